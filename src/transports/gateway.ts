import { setTimeout as sleep } from 'node:timers/promises'
import {
  Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayDispatchEvents,
  Status,
} from 'discord.js'
import type { Logger } from 'pino'
import * as z from 'zod'
import type { Bot } from '../bot.ts'
import type { Command } from '../command.ts'
import { deliver, isOutage } from '../discord/deliver.ts'
import { inviteLines } from '../discord/invite.ts'
import { badToken, register } from '../discord/register.ts'
import { ExitError } from '../exit.ts'

interface Options {
  bot: Bot
  commands: readonly Command[]
  token: string
  log: Logger
  /** Where REST goes; Discord itself where it is left out. The gateway's address comes from there. */
  api?: string | undefined
  /** The one server that the commands are registered for; all of Discord where it is left out. */
  guildId?: string | undefined
  /** Milliseconds after which a silent connection counts as lost. Discord's heart beats every 41 s. */
  patience?: number
}

export interface Gateway {
  /** Connected, and not silent for too long. */
  ready: () => boolean
  /** Leaves the gateway, and resolves when the last answer is out. */
  close: () => Promise<void>
  /** Rejects when Discord has closed the connection for good; never resolves. */
  failed: Promise<never>
}

/** Discord's close codes after which it takes no new connection of the same kind. */
const fatal: Readonly<Record<number, () => ExitError>> = {
  4004: badToken,
  4010: () =>
    new ExitError('INVALID_SHARD', 'Discord closed the gateway with 4010, invalid shard. Start the bot again'),
  4011: () =>
    new ExitError(
      'SHARDING_REQUIRED',
      'Discord closed the gateway with 4011: the bot is in too many servers for its shards. Start it again, and it takes as many as Discord asks for',
    ),
  4012: () =>
    new ExitError(
      'INVALID_API_VERSION',
      'Discord closed the gateway with 4012, invalid API version: this version of the bot is too old. Update it',
    ),
  4013: () => new ExitError('INVALID_INTENTS', 'Discord closed the gateway with 4013, invalid intents. Update the bot'),
  4014: () =>
    new ExitError(
      'DISALLOWED_INTENTS',
      'Discord closed the gateway with 4014, disallowed intents. The bot asks for none: look for what stands between it and Discord',
    ),
}

/** What an answer needs of an interaction; the rest is the bot's to parse. */
const addressed = z.looseObject({ id: z.string(), token: z.string() })

/** Connects to Discord's gateway in the background, and answers what comes until it is closed. */
export function startGateway({ bot, commands, token, log, api, guildId, patience = 90_000 }: Options): Gateway {
  const underway = new Set<Promise<void>>()
  const counts = { answered: 0, late: 0, refused: 0 }
  const closing = new AbortController()
  const failed = Promise.withResolvers<never>()
  // Whoever awaits it hears of it; until then it must not count as unhandled.
  failed.promise.catch(() => {})
  /** When each shard last came to life, in milliseconds since 1970. */
  const alive = new Map<number, number>()
  const waiting = new Map<number, NodeJS.Timeout>()
  let client = createClient()

  function createClient(): Client {
    const fresh = new Client({
      intents: [],
      shards: 'auto',
      // An answer has three seconds: `deliver` decides whether to wait or to try again.
      rest: { ...(api === undefined ? {} : { api }), retries: 0, rejectOnRateLimit: ['/interactions/'] },
    })
    fresh.ws.on(GatewayDispatchEvents.InteractionCreate, (raw) => {
      const work = answer(fresh, { ...raw }).finally(() => underway.delete(work))
      underway.add(work)
      // discord.js reads it too: it would keep each user and channel, and end the process over a shape it doesn't know.
      Object.assign(raw, { type: 0, channel: undefined })
    })
    const revive = (shard: number) => {
      alive.set(shard, Date.now())
      clearTimeout(waiting.get(shard))
    }
    fresh
      .on(Events.ClientReady, ({ guilds, ws }) =>
        log.info({ servers: guilds.cache.size, shards: ws.shards.size }, 'connected to Discord'),
      )
      .on(Events.ShardReady, revive)
      .on(Events.ShardResume, (shard, replayed) => {
        revive(shard)
        log.info({ shard, replayed }, 'resumed')
      })
      .on(Events.ShardReconnecting, (shard) => {
        log.info({ shard }, 'the gateway connection is gone; reconnecting')
        clearTimeout(waiting.get(shard))
        // discord.js waits for the answer to a RESUME for ever.
        waiting.set(
          shard,
          setTimeout(() => startAfresh(fresh), patience),
        )
      })
      .on(Events.ShardDisconnect, ({ code }) => {
        const end = fatal[code]
        if (end) failed.reject(end())
      })
      .on(Events.ShardError, (err, shard) => log.warn({ err, shard }, 'the gateway connection has a fault'))
      .on(Events.Error, (err) => log.error({ err }, 'discord.js has a fault'))
      .on(Events.Debug, (message) => log.debug(message))
    return fresh
  }

  async function answer(from: Client, raw: unknown): Promise<void> {
    const since = performance.now()
    const interaction = addressed.safeParse(raw)
    if (!interaction.success) {
      log.warn('an interaction came without an id or a token: there is nobody to answer')
      return
    }
    try {
      const delivery = await deliver(from.rest, interaction.data, await bot(raw), since)
      const ms = Math.round(performance.now() - since)
      if (delivery === 'late') {
        counts.late++
        log.warn({ ms, late: counts.late }, 'late: Discord no longer waited for this answer')
      } else {
        counts.answered++
        if (delivery === 'taken') log.debug({ ms }, 'this interaction had its answer already')
      }
    } catch (err) {
      counts.refused++
      log.error({ err, refused: counts.refused }, 'Discord refused an answer')
    }
  }

  async function introduce(): Promise<void> {
    try {
      const { applicationId, changed, endpoint } = await register({ commands, token, api, guildId })
      log.info(
        `${commands.length} commands ${changed ? 'registered' : 'are registered already'} ${guildId === undefined ? 'for all servers' : 'for the server in DISCORD_GUILD_ID'}`,
      )
      for (const line of inviteLines(applicationId)) log.info(line)
      if (endpoint !== null)
        log.warn(
          `Discord sends interactions to ${endpoint} and not here: clear "Interactions Endpoint URL" at discord.com/developers → your application → General Information to answer from here`,
        )
    } catch (err) {
      if (!(err instanceof DiscordAPIError || (err instanceof ExitError && err.exit === 'UNREACHABLE'))) throw err
      log.error({ err }, 'Discord refused the commands; the ones that it has go on working')
    }
  }

  async function connect(): Promise<void> {
    if (closing.signal.aborted) return
    try {
      await client.login(token)
    } catch (error) {
      if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) throw badToken()
      // Without an address it has not begun to connect, so that a second client is the only one.
      if (client.ws.gateway !== null)
        throw new ExitError(
          'UNREACHABLE',
          `Discord’s gateway takes no connection (${error instanceof Error ? error.message : error}). Start the bot again later`,
        )
      client = createClient()
      throw error
    }
  }

  function startAfresh(stuck: Client): void {
    log.warn({ seconds: patience / 1000 }, 'Discord did not take the connection up again; starting a new session')
    for (const timer of waiting.values()) clearTimeout(timer)
    client = createClient()
    // Not awaited: a dead connection is closed only after half a minute.
    stuck.destroy().catch((err: unknown) => log.warn({ err }, 'the old connection did not end well'))
    insist(connect).catch(fail)
  }

  /** Does it again, after ever longer pauses, while Discord can't be reached. */
  async function insist(task: () => Promise<void>): Promise<void> {
    for (let pause = 1000; ; pause = Math.min(pause * 2, 60_000)) {
      try {
        return await task()
      } catch (err) {
        if (!isOutage(err)) throw err
        log.warn({ err }, `Discord can’t be reached; trying again in ${pause / 1000} s`)
        await sleep(pause, undefined, { signal: closing.signal })
      }
    }
  }

  function fail(error: unknown): void {
    if (!closing.signal.aborted) failed.reject(error)
  }

  insist(introduce)
    .then(() => insist(connect))
    .catch(fail)

  return {
    failed: failed.promise,
    ready: () =>
      client.isReady() &&
      client.ws.shards.every(({ id, status, lastPingTimestamp }) => {
        const heard = Math.max(lastPingTimestamp, alive.get(id) ?? 0)
        return status === Status.Ready && Date.now() - heard < patience
      }),
    close: async () => {
      closing.abort()
      for (const timer of waiting.values()) clearTimeout(timer)
      await client.destroy()
      while (underway.size > 0) await Promise.all(underway)
      if (client.ws.gateway !== null) log.info(counts, 'left the gateway')
    },
  }
}
