import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Bot, Reply } from '../bot.ts'
import { createVerify } from './signature.ts'

/** Far above Discord's largest interaction, and little enough to read before the sender is known. */
const maxBody = 256 * 1024

const tooLarge = (c: Context, headers: Record<string, string> = {}) =>
  c.json({ error: `The body is over ${maxBody} bytes.` }, 413, headers)
// Its rest stays unread, so another request on the same connection would wait in vain.
const countWhileReading = bodyLimit({ maxSize: maxBody, onError: (c) => tooLarge(c, { Connection: 'close' }) })

interface Options {
  bot: Bot
  /** The application's public key: 64 hexadecimal digits. */
  publicKey: string
  /** Milliseconds since 1970. */
  now?: () => number
}

/** Discord's interactions endpoint: `POST /interactions`, signed by Discord, answered with the bot's response. */
export function createHttp({ bot, publicKey, now = Date.now }: Options): Hono {
  const verify = createVerify(publicKey, now)
  return new Hono()
    .post('/interactions', (c, next) => {
      // A length that is declared needs no counting, which on Node costs a third of the requests a second.
      const length = c.req.header('content-length')
      if (length === undefined) return countWhileReading(c, next)
      return Number(length) > maxBody ? Promise.resolve(tooLarge(c)) : next()
    })
    .post('/interactions', async (c) => {
      const body = await c.req.arrayBuffer()
      const refusal = await verify({
        signature: c.req.header('x-signature-ed25519'),
        timestamp: c.req.header('x-signature-timestamp'),
        body,
      })
      if (refusal !== undefined) return c.json({ error: refusal }, 401)
      let interaction: unknown
      try {
        interaction = JSON.parse(new TextDecoder().decode(body))
      } catch {
        return c.json({ error: 'The body is not JSON.' }, 400)
      }
      return respond(await bot(interaction))
    })
    .all('/interactions', (c) => c.json({ error: 'Interactions are sent with POST.' }, 405, { Allow: 'POST' }))
    .notFound((c) => c.json({ error: 'There is nothing here: Discord posts to /interactions.' }, 404))
}

/** The response as Discord reads it: JSON, or a form with the JSON and the files that it names. */
async function respond({ body, files }: Reply): Promise<Response> {
  if (files.length === 0) return Response.json(body)
  const form = new FormData()
  form.set('payload_json', JSON.stringify(body))
  for (const [at, file] of files.entries()) form.set(`files[${at}]`, file)
  // Node streams a form, and throws where nobody can catch it when the other side hangs up in the middle.
  const streamed = new Response(form)
  const type = streamed.headers.get('content-type') ?? 'multipart/form-data'
  return new Response(await streamed.arrayBuffer(), { headers: { 'content-type': type } })
}
