/** npm run register: tells Discord the commands, for all servers or for the one in DISCORD_GUILD_ID. */
import dotenv from 'dotenv'
import { commands } from '../../commands/index.ts'
import { ConfigError, parseConfig } from '../config.ts'
import { isOutage } from '../discord/deliver.ts'
import { inviteLines } from '../discord/invite.ts'
import { register } from '../discord/register.ts'
import { ExitError } from '../exit.ts'
import { run } from './run.ts'

await run(async () => {
  dotenv.config({ quiet: true })
  const { DISCORD_TOKEN: token, DISCORD_API_URL: api, DISCORD_GUILD_ID: guildId } = parseConfig(process.env)
  if (token === undefined)
    throw new ConfigError('DISCORD_TOKEN is missing: discord.com/developers → your application → Bot → Reset Token')
  const { applicationId, changed } = await register({ commands, token, api, guildId }).catch((error: unknown) => {
    throw isOutage(error) ? new ExitError('UNREACHABLE', `Discord can’t be reached (${error}). Try again later`) : error
  })
  const where = guildId === undefined ? 'for all servers' : 'for the server in DISCORD_GUILD_ID'
  const done = `${commands.length} commands ${changed ? 'registered' : 'were registered already'} ${where}`
  process.stdout.write(`${[done, ...inviteLines(applicationId)].join('\n')}\n`)
})
