import { isDeepStrictEqual } from 'node:util'
import { DiscordAPIError, RateLimitError, REST, Routes } from 'discord.js'
import * as z from 'zod'
import type { Command } from '../command.ts'
import { ExitError } from '../exit.ts'
import { toRegistration } from './registration.ts'

interface Options {
  commands: readonly Command[]
  token: string
  /** Where REST goes; Discord itself where it is left out. */
  api?: string | undefined
  /** Registers for one server, at once; for all of Discord where it is left out. */
  guildId?: string | undefined
}

export interface Registered {
  applicationId: string
  /** Whether Discord had other commands until now. */
  changed: boolean
  /** Where Discord sends interactions instead of the gateway; null where it doesn't. */
  endpoint: string | null
}

/** Nobody waits longer for a rate limit: Discord takes only so many new commands a day. */
const maxWaitMs = 60_000

/** Tells Discord the commands if and only if it has others: one GET, and one PUT where they differ. */
export async function register({ commands, token, api, guildId }: Options): Promise<Registered> {
  const rest = new REST({
    ...(api === undefined ? {} : { api }),
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > maxWaitMs,
  }).setToken(token)
  try {
    const application = applicationSchema.parse(await rest.get(Routes.currentApplication()))
    const route =
      guildId === undefined
        ? Routes.applicationCommands(application.id)
        : Routes.applicationGuildCommands(application.id, guildId)
    const wanted = commands.map(toRegistration).map(({ integration_types, contexts, ...command }) =>
      // Where a command may be used is for Discord to know only if it is there for all of Discord.
      guildId === undefined ? { ...command, integration_types, contexts } : command,
    )
    const changed = !isDeepStrictEqual(comparable(await rest.get(route), guildId), comparable(wanted, guildId))
    if (changed) await rest.put(route, { body: wanted })
    return { applicationId: application.id, changed, endpoint: application.interactions_endpoint_url }
  } catch (error) {
    throw explain(error)
  } finally {
    rest.clearHashSweeper()
    rest.clearHandlerSweeper()
  }
}

const applicationSchema = z.object({ id: z.string(), interactions_endpoint_url: z.string().nullish().default(null) })

const places = z
  .array(z.int())
  .nullish()
  .transform((list) => (list ?? []).toSorted())

/** What makes two options the same to whoever uses them; Discord leaves out what is false. */
const option = z.object({
  type: z.int(),
  name: z.string(),
  description: z.string(),
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
  min_length: z.int().optional(),
  max_length: z.int().optional(),
  choices: z.array(z.unknown()).default([]),
  options: z.array(z.unknown()).default([]),
})

const commandList = z.array(
  z.object({
    type: z.int().default(1),
    name: z.string(),
    description: z.string(),
    options: z.array(option).default([]),
    default_member_permissions: z.string().nullish().default(null),
    nsfw: z.boolean().default(false),
    integration_types: places,
    contexts: places,
  }),
)

/** Commands without what Discord adds to them, in an order of their own. */
function comparable(commands: unknown, guildId: string | undefined): unknown {
  return commandList
    .parse(commands)
    .map(({ integration_types, contexts, ...command }) =>
      guildId === undefined ? { ...command, integration_types, contexts } : command,
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function explain(error: unknown): unknown {
  if (error instanceof RateLimitError)
    return new ExitError(
      'UNREACHABLE',
      `Discord takes no commands for another ${Math.ceil(error.retryAfter / 60_000)} minutes. Register them later`,
    )
  if (!(error instanceof DiscordAPIError)) return error
  if (error.status === 401) return badToken()
  // 50001: Missing Access, 10004: Unknown Guild.
  if (error.code === 50001 || error.code === 10004)
    return new ExitError(
      'UNUSABLE',
      'DISCORD_GUILD_ID names a server that the bot is not in: invite it there first, or leave the variable out to register for all servers',
    )
  return error
}

/** What to do about a token that Discord refuses. */
export function badToken(): ExitError {
  return new ExitError(
    'BAD_TOKEN',
    'Discord refuses DISCORD_TOKEN. Get a new one: discord.com/developers → your application → Bot → Reset Token',
  )
}
