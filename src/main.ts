import dotenv from 'dotenv'
import { commands } from '../commands/index.ts'
import { type Bot, createBot } from './bot.ts'
import { run, UsageError } from './cli/run.ts'
import { parseConfig } from './config.ts'
import { inviteLines } from './discord/invite.ts'
import { createHealth } from './health.ts'
import { createLog } from './log.ts'
import { openContext } from './open.ts'
import { createPainter } from './pictures/painter.ts'
import { createStore, watchFolder } from './reload.ts'
import { type Service, untilShutdown } from './shutdown.ts'
import { createHttp } from './transports/http.ts'
import { type App, serve } from './transports/serve.ts'

await run(async () => {
  const watching = process.argv.includes('--watch')
  if (process.argv.length > (watching ? 3 : 2)) throw new UsageError('npm start -- [--watch]')
  dotenv.config({ quiet: true })
  const config = parseConfig(process.env)
  const { DISCORD_TOKEN: token, DISCORD_PUBLIC_KEY: publicKey, KNOWLEDGE_DIR: knowledgeDir } = config
  const log = await createLog(config)
  const store = await createStore(() => openContext(knowledgeDir, createPainter()), log)
  const botFor = (transport: string): Bot => {
    const bot = store.follow((context) => createBot(context, log.child({ transport })))
    return (interaction) => bot()(interaction)
  }

  const services: Service[] = []
  const listen = async (app: App, port: number, variable = 'PORT'): Promise<string> => {
    const listening = await serve(app, { host: config.HOST, port, variable })
    services.push(listening)
    return listening.url
  }
  const checks: Record<string, () => boolean> = { store: () => true }

  if (token !== undefined) {
    // discord.js takes longer to load than all the rest: whoever doesn't need it doesn't wait for it.
    const { startGateway } = await import('./transports/gateway.ts')
    const { DISCORD_API_URL: api, DISCORD_GUILD_ID: guildId } = config
    const gateway = startGateway({ bot: botFor('gateway'), commands, token, api, guildId, log })
    checks.gateway = gateway.ready
    services.push(gateway)
  }
  if (publicKey !== undefined) {
    const url = await listen(createHttp({ bot: botFor('http'), publicKey }), config.PORT)
    log.info(`Interactions are answered at ${url}/interactions: give Discord its public https address`)
    if (token === undefined) for (const line of inviteLines(config.DISCORD_APPLICATION_ID)) log.info(line)
  }
  if (services.length === 0) {
    const { createPlayground } = await import('./transports/playground.ts')
    const playground = store.follow((context) =>
      createPlayground({ context, log: log.child({ transport: 'playground' }), knowledgeDir }),
    )
    const url = await listen({ fetch: (request) => playground().fetch(request) }, config.PORT)
    process.stdout.write(
      `Playground: ${url} (to answer on Discord, put DISCORD_TOKEN=… into .env: .env.example says where to get it)\n`,
    )
  }
  if (config.HEALTH_PORT !== undefined) {
    const url = await listen(createHealth(checks), config.HEALTH_PORT, 'HEALTH_PORT')
    log.info(`Health: ${url}/healthz and ${url}/readyz`)
  }

  // What the start left behind goes back to the system: to run with --optimize-for-size instead costs a seventh of the speed.
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })

  process.on('SIGHUP', store.reload)
  if (watching) services.push(watchFolder(knowledgeDir, store.reload, log))
  await untilShutdown(services)
})
// What a library left behind, a timer or a connection, must not keep the process.
process.exit()
