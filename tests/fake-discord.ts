import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  ApplicationCommandUpdateRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod'
import { vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import * as z from 'zod'

/** What happens to one REST call instead of its being served. */
export type Trouble =
  /** Refused: 429 with `Retry-After`, or any other status. `counts` serves the call all the same. */
  | { status: number; retryAfter?: number; counts?: boolean; code?: number }
  /** The connection is cut, before the call counts or after. */
  | { drop: true; counts: boolean }
  /** Served, after so many milliseconds. */
  | { slow: number }

/** How the gateway behaves towards connections that come from now on. */
export interface Mood {
  /** Milliseconds between heartbeats. */
  heartbeat: number
  acks: boolean
  /** What a RESUME is answered with. `invalid` is INVALID_SESSION with `d: false`, `again` the same with `d: true`. */
  resume: 'resumed' | 'invalid' | 'again' | 'nothing'
  /** What an IDENTIFY is answered with: READY, nothing, or a close code. */
  identify: 'ready' | 'nothing' | number
  /** The status that an upgrade is refused with. */
  upgrade?: number | undefined
}

/** One interaction on its way: what was sent, and every answer that Discord would have taken. */
export interface Sent {
  id: string
  token: string
  /** Milliseconds since 1970; Discord takes an answer for 3 s from here. */
  created: number
  delivered: boolean
  attempts: number
  /** The answer as members see it. */
  answer?: { body: unknown; files: File[]; at: number; connection: Socket }
  /** A call that counted and whose response was lost: the bot may ask again. */
  unsure: boolean
  refusal?: number
}

export interface Call {
  method: string
  path: string
  body: unknown
}

interface Session {
  id: string
  socket: WebSocket | undefined
  /** Every dispatch since READY, by its sequence number less one. */
  dispatches: { op: 0; t: string; s: number; d: unknown }[]
}

const frame = z.object({ op: z.int(), d: z.unknown() })
const identify = z.object({
  token: z.string(),
  intents: z.int(),
  shard: z.tuple([z.int(), z.int()]),
  properties: z.object({ os: z.string(), browser: z.string(), device: z.string() }),
})
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.int() })
const callback = z.union([
  CreateMessageInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
  ApplicationCommandAutocompleteCallbackRequestSchema,
])

export const token = 'MTEyMjMzNDQ1NTY2Nzc4ODk5.GfakeT.this_is_not_a_real_token_0123456789abc'
export const applicationId = '112233445566778899'
const discordEpoch = 1_420_070_400_000

/**
 * Discord on loopback, REST and gateway, for as much of it as the bot uses. Whatever it doesn't expect is written
 * down, and `stop` throws it.
 */
export async function startFakeDiscord() {
  const mood: Mood = { heartbeat: 45_000, acks: true, resume: 'resumed', identify: 'ready' }
  const application: Record<string, unknown> = { id: applicationId, name: 'Talks', interactions_endpoint_url: null }
  const problems: string[] = []
  const doubts: Promise<void>[] = []
  const calls: Call[] = []
  const interactions = new Map<string, Sent>()
  const registered = new Map<string, unknown[]>()
  const counts = { identify: 0, resume: 0, heartbeat: 0 }
  /** The codes with which gateway connections ended. */
  const closes: number[] = []
  let trouble: (call: Call, sent: Sent | undefined) => Trouble | undefined = () => undefined
  let session: Session | undefined
  let sessions = 0
  /** Connections whose IDENTIFY has no answer yet. */
  const held: (() => void)[] = []
  let serial = 0n

  const http = createServer((request, response) => {
    serveCall(request, response).catch((error: unknown) => {
      problems.push(`the fake failed at ${request.method} ${request.url}: ${error}`)
      response.destroy()
    })
  })
  const sockets = new WebSocketServer({ noServer: true })
  http.on('upgrade', upgrade)
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  if (typeof address !== 'object' || address === null) throw new TypeError('no port')
  const host = `127.0.0.1:${address.port}`

  async function serveCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { payload, files } = await readBody(new Uint8Array(Buffer.concat(chunks)), request.headers['content-type'])
    const call: Call = { method: request.method ?? '', path: (request.url ?? '').split('?')[0] ?? '', body: payload }
    calls.push(call)
    const parts = /^\/api\/v10\/interactions\/(\d+)\/([^/]+)\/callback$/.exec(call.path)
    const sent = parts?.[1] === undefined ? undefined : interactions.get(parts[1])
    if (sent) sent.attempts++

    const troubled = trouble(call, sent)
    if (troubled && 'slow' in troubled) await new Promise((resolve) => setTimeout(resolve, troubled.slow))
    // Whoever hung up and asked again was served then.
    if (response.destroyed && sent?.answer) return
    const counts = troubled === undefined || 'slow' in troubled || troubled.counts === true
    const served = counts ? route(call, request, parts?.[2], sent, files) : undefined
    const lost = troubled !== undefined && !('slow' in troubled)
    if (sent?.answer && (lost || response.destroyed)) sent.unsure = true

    if (troubled && 'drop' in troubled) {
      request.socket.destroy()
    } else if (troubled && 'status' in troubled) {
      if (troubled.retryAfter !== undefined) response.setHeader('Retry-After', String(troubled.retryAfter))
      json(response, troubled.status, {
        message: 'trouble',
        code: troubled.code ?? 0,
        retry_after: troubled.retryAfter,
      })
    } else if (served) {
      json(response, served.status, served.body)
    }
  }

  function route(
    { method, path, body }: Call,
    request: IncomingMessage,
    interactionToken: string | undefined,
    sent: Sent | undefined,
    files: File[],
  ): { status: number; body?: unknown } {
    if (interactionToken !== undefined && method === 'POST') return take(interactionToken, sent, body, files, request)
    if (request.headers.authorization !== `Bot ${token}`)
      return { status: 401, body: { message: '401: Unauthorized', code: 0 } }
    if (method === 'GET' && path === '/api/v10/gateway/bot') {
      const limit = { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 }
      return { status: 200, body: { url: `ws://${host}`, shards: 1, session_start_limit: limit } }
    }
    if (method === 'GET' && path === '/api/v10/applications/@me') return { status: 200, body: application }
    const scope = /^\/api\/v10\/applications\/(\d+)(\/guilds\/\d+)?\/commands$/.exec(path)
    if (scope?.[1] === applicationId && method === 'GET')
      return { status: 200, body: (registered.get(scope[2] ?? '') ?? []).map(asDiscordTellsIt) }
    if (scope?.[1] === applicationId && method === 'PUT') {
      const commands = z.array(z.unknown()).max(100).parse(body)
      for (const command of commands) {
        const parsed = ApplicationCommandUpdateRequestSchema.safeParse(command)
        if (!parsed.success) problems.push(`PUT ${path}: ${parsed.error.message}`)
      }
      registered.set(scope[2] ?? '', commands)
      return { status: 200, body: commands.map(asDiscordTellsIt) }
    }
    problems.push(`unexpected call: ${method} ${path}`)
    return { status: 404, body: { message: '404: Not Found', code: 0 } }
  }

  /** Whoever hung up may have missed the response, and may ask again; the end of a connection is heard a little later. */
  async function judge(connection: Socket, after: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 200))
    if (!connection.destroyed && after < 1000) problems.push(`a second answer, ${after} ms after the first`)
  }

  /** Takes an answer to an interaction, as strictly as Discord does. */
  function take(
    interactionToken: string,
    sent: Sent | undefined,
    body: unknown,
    files: File[],
    { headers, socket }: IncomingMessage,
  ): { status: number; body?: unknown } {
    if (sent?.token !== interactionToken) {
      problems.push('an answer to an interaction that was never sent')
      return { status: 404, body: { message: 'Unknown interaction', code: 10062 } }
    }
    if (headers.authorization !== undefined) problems.push('an answer that carries the bot token')
    if (sent.answer) {
      if (!sent.unsure) doubts.push(judge(sent.answer.connection, Date.now() - sent.answer.at))
      sent.unsure = false
      sent.refusal = 40060
      return { status: 400, body: { message: 'Interaction has already been acknowledged.', code: 40060 } }
    }
    if (Date.now() - sent.created > 3000) {
      sent.refusal = 10062
      return { status: 404, body: { message: 'Unknown interaction', code: 10062 } }
    }
    const parsed = callback.safeParse(body)
    if (!parsed.success) {
      problems.push(`a malformed answer: ${parsed.error.message}`)
      return { status: 400, body: { message: 'Invalid Form Body', code: 50035 } }
    }
    sent.answer = { body, files, at: Date.now(), connection: socket }
    return { status: 204 }
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (mood.upgrade !== undefined) {
      socket.end(`HTTP/1.1 ${mood.upgrade} No\r\nConnection: close\r\n\r\n`)
      return
    }
    const query = new URL(request.url ?? '', `ws://${host}`).searchParams
    if (query.get('v') !== '10' || query.get('encoding') !== 'json') problems.push(`gateway query: ${query}`)
    sockets.handleUpgrade(request, socket, head, (connection) => {
      connection.on('message', (data) => hear(connection, frame.parse(JSON.parse(String(data)))))
      connection.on('close', (code) => {
        closes.push(code)
        if (session?.socket === connection) session.socket = undefined
      })
      connection.on('error', () => {})
      say(connection, { op: 10, d: { heartbeat_interval: mood.heartbeat } })
    })
  }

  function hear(connection: WebSocket, { op, d }: z.output<typeof frame>): void {
    switch (op) {
      case 1: {
        const sequence = session?.dispatches.length ?? 0
        if (d !== null && !(typeof d === 'number' && d >= 1 && d <= sequence)) problems.push(`heartbeat with ${d}`)
        counts.heartbeat++
        if (mood.acks) say(connection, { op: 11 })
        return
      }
      case 2:
        start(connection, identify.parse(d))
        return
      case 6:
        goOn(connection, resume.parse(d))
        return
      default:
        problems.push(`unexpected opcode ${op}`)
        connection.close(4001)
    }
  }

  function start(connection: WebSocket, wish: z.output<typeof identify>): void {
    counts.identify++
    if (wish.intents !== 0) problems.push(`intents ${wish.intents}`)
    if (wish.token !== token) {
      connection.close(4004)
    } else if (typeof mood.identify === 'number') {
      connection.close(mood.identify)
    } else if (mood.identify === 'nothing') {
      held.push(() => begin(connection, wish.shard))
    } else {
      begin(connection, wish.shard)
    }
  }

  function begin(connection: WebSocket, shard: [number, number]): void {
    session = { id: `session-${++sessions}`, socket: connection, dispatches: [] }
    dispatch(session, 'READY', {
      v: 10,
      user: { id: applicationId, username: 'Vienna Talks', discriminator: '0', avatar: null, bot: true },
      guilds: [{ id: '223344556677889900', unavailable: true }],
      session_id: session.id,
      resume_gateway_url: `ws://${host}`,
      shard,
      application: { id: applicationId, flags: 0 },
    })
  }

  function goOn(connection: WebSocket, wish: z.output<typeof resume>): void {
    counts.resume++
    if (wish.token !== token) problems.push('RESUME with another token')
    if (!session || wish.session_id !== session.id || wish.seq < 1 || wish.seq > session.dispatches.length) {
      problems.push(`RESUME of ${wish.session_id} at ${wish.seq}`)
      say(connection, { op: 9, d: false })
    } else if (mood.resume === 'resumed') {
      session.socket = connection
      for (const missed of session.dispatches.slice(wish.seq)) deliver(connection, missed)
      dispatch(session, 'RESUMED', {})
    } else if (mood.resume === 'again') {
      mood.resume = 'resumed'
      say(connection, { op: 9, d: true })
    } else if (mood.resume === 'invalid') {
      mood.resume = 'resumed'
      session = undefined
      say(connection, { op: 9, d: false })
    }
  }

  function dispatch(to: Session, t: string, d: unknown): void {
    const one = { op: 0 as const, t, s: to.dispatches.length + 1, d }
    to.dispatches.push(one)
    // A connection without heartbeats is a dead one: what is sent waits for the next.
    if (to.socket && mood.acks) deliver(to.socket, one)
  }

  function deliver(connection: WebSocket, one: Session['dispatches'][number]): void {
    say(connection, one)
    const id = one.t === 'INTERACTION_CREATE' ? z.looseObject({ id: z.string() }).parse(one.d).id : undefined
    const sent = id === undefined ? undefined : interactions.get(id)
    if (sent) sent.delivered = true
  }

  function say(connection: WebSocket, payload: unknown): void {
    if (connection.readyState === connection.OPEN) connection.send(JSON.stringify(payload))
  }

  return {
    api: `http://${host}/api`,
    mood,
    application,
    problems,
    calls,
    counts,
    closes,
    registered,
    interactions,
    /** Decides which REST calls meet trouble. */
    trouble: (next: typeof trouble) => {
      trouble = next
    },
    /** Sends an interaction through the open session; a session without a socket gets it when it is resumed. */
    send: (interaction: Record<string, unknown>, created = Date.now()): Sent => {
      if (!session) throw new Error('nobody is connected')
      const id = String(((BigInt(created) - BigInt(discordEpoch)) << 22n) + (++serial & 0x3fffffn))
      const sent: Sent = { id, token: `aW50ZXJhY3Rpb24-${id}`, created, delivered: false, attempts: 0, unsure: false }
      interactions.set(id, sent)
      dispatch(session, 'INTERACTION_CREATE', { ...interaction, id, application_id: applicationId, token: sent.token })
      return sent
    },
    /** Dispatches something else, or something broken. */
    dispatch: (t: string, d: unknown) => {
      if (session) dispatch(session, t, d)
    },
    /** Tells the bot something of the gateway's own: RECONNECT (7), INVALID_SESSION (9). */
    tell: (op: 7 | 9, d: unknown = null) => {
      if (session?.socket) say(session.socket, { op, d })
      // Nothing of the session comes on this connection any more.
      if (session) session.socket = undefined
    },
    /** Answers the IDENTIFYs that were answered with nothing. */
    welcome: () => {
      for (const greet of held.splice(0)) greet()
    },
    /** Whether a connection carries the session. */
    attached: () => session?.socket !== undefined,
    /** Closes the gateway connection with a code. */
    closeWith: (code: number) => session?.socket?.close(code),
    /** Leaves whatever comes over the gateway connection unread, its closing too. */
    freeze: () => session?.socket?.pause(),
    /** Cuts the gateway connection without a word. */
    cut: () => session?.socket?.terminate(),
    /** Resolves once it is so, looking every few milliseconds. */
    until: (isSo: () => boolean, ms = 5000): Promise<void> =>
      vi.waitFor(
        () => {
          if (!isSo()) throw new Error(`still not so: ${isSo}`)
        },
        { timeout: ms, interval: 5 },
      ),
    /** Ends it; throws what it had not expected. */
    stop: async (): Promise<void> => {
      await Promise.all(doubts)
      for (const connection of sockets.clients) connection.terminate()
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
      if (problems.length > 0) throw new Error(`Discord did not expect this:\n${problems.join('\n')}`)
    },
  }
}

export type FakeDiscord = Awaited<ReturnType<typeof startFakeDiscord>>

/** A command as Discord hands it back: with ids and nulls of its own, without what is false. */
function asDiscordTellsIt(command: unknown, at: number): Record<string, unknown> {
  const { options, ...rest } = z.looseObject({ options: z.array(z.looseObject({})).optional() }).parse(command)
  return {
    id: String(1000 + at),
    application_id: applicationId,
    version: String(2000 + at),
    default_member_permissions: null,
    name_localizations: null,
    description_localizations: null,
    nsfw: false,
    ...rest,
    ...(options && options.length > 0
      ? {
          options: options.map((option) => Object.fromEntries(Object.entries(option).filter(([, is]) => is !== false))),
        }
      : {}),
  }
}

async function readBody(
  bytes: Uint8Array<ArrayBuffer>,
  type: string | undefined,
): Promise<{ payload: unknown; files: File[] }> {
  if (bytes.length === 0) return { payload: undefined, files: [] }
  if (!type?.startsWith('multipart/form-data'))
    return { payload: JSON.parse(new TextDecoder().decode(bytes)), files: [] }
  const form = await new Response(bytes, { headers: { 'Content-Type': type } }).formData()
  const files = [...form.values()].filter((value) => value instanceof File)
  return { payload: JSON.parse(String(form.get('payload_json'))), files }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  if (status === 204) response.writeHead(204).end()
  else response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}
