import { onTestFinished, type TestContext } from 'vitest'
import { type Bot, createBot } from '../src/bot.ts'
import { createLog } from '../src/log.ts'
import { startGateway } from '../src/transports/gateway.ts'
import { type Call, type Mood, type Sent, startFakeDiscord, type Trouble, token } from './fake-discord.ts'
import { corpus, openContext } from './stores.ts'

export const context = openContext(corpus.dir)

export interface Circumstances {
  wrap?: (bot: Bot) => Bot
  patience?: number
  heartbeat?: number
  endpoint?: string
  mood?: Partial<Mood>
  token?: string
  trouble?: (call: Call, sent: Sent | undefined) => Trouble | undefined
}

/** The bot and the gateway transport on a Discord of the test's own, ended with the test. */
export async function goLive(
  { wrap = (bot) => bot, patience, heartbeat, endpoint, mood, trouble, ...own }: Circumstances = {},
  finished: TestContext['onTestFinished'] = onTestFinished,
) {
  const discord = await startFakeDiscord()
  if (endpoint !== undefined) discord.application.interactions_endpoint_url = endpoint
  if (trouble) discord.trouble(trouble)
  Object.assign(discord.mood, mood)
  if (heartbeat !== undefined) discord.mood.heartbeat = heartbeat
  const lines: Record<string, unknown>[] = []
  const log = await createLog(
    { LOG_LEVEL: 'debug', DISCORD_TOKEN: own.token ?? token },
    { write: (line) => void lines.push(JSON.parse(line)) },
  )
  const gateway = startGateway({
    bot: wrap(createBot(context, log.child({ transport: 'gateway' }))),
    commands: context.commands,
    token: own.token ?? token,
    api: discord.api,
    log,
    ...(patience === undefined ? {} : { patience }),
  })
  finished(async () => {
    await gateway.close()
    await discord.stop()
  })
  return {
    discord,
    gateway,
    lines,
    /** The lines that say so. */
    logged: (message: RegExp) => lines.filter(({ msg }) => typeof msg === 'string' && message.test(msg)),
    ready: () => discord.until(gateway.ready),
  }
}
