import { createSender, type Sender } from './sender.ts'

/** A request that must be refused before anything of it is read, and the status that says why. */
interface BadRequest {
  name: string
  status: 400 | 401 | 404 | 405 | 413
  make: (sender: Sender, origin: string) => Request | Promise<Request>
}

const ping = JSON.stringify({ type: 1, id: '1', application_id: '2', token: 't', version: 1 })
const now = () => Math.floor(Date.now() / 1000)

function post(origin: string, body: BodyInit, headers: Record<string, string>): Request {
  // TypeScript's RequestInit doesn't know `duplex`, which a stream needs.
  const init = { method: 'POST', body, headers, duplex: 'half' }
  return new Request(`${origin}/interactions`, init)
}

/** A ping with good headers, some of which are then replaced; undefined takes one away. */
function withHeaders(name: string, change: (good: string) => Record<string, string | undefined>): BadRequest {
  return {
    name,
    status: 401,
    make: async (sender, origin) => {
      const good = await sender.sign(ping)
      const headers = { ...good, ...change(good['x-signature-ed25519'] ?? '') }
      return post(
        origin,
        ping,
        Object.fromEntries(
          Object.entries(headers).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
        ),
      )
    },
  }
}

export const badRequests: readonly BadRequest[] = [
  {
    name: 'a signature by another key',
    status: 401,
    make: async (_, origin) => post(origin, ping, await (await createSender()).sign(ping)),
  },
  {
    name: 'a body that was changed after signing',
    status: 401,
    make: async (sender, origin) => post(origin, ping.replace('"2"', '"3"'), await sender.sign(ping)),
  },
  {
    name: 'a timestamp that was changed after signing',
    status: 401,
    make: async (sender, origin) =>
      post(origin, ping, { ...(await sender.sign(ping, now() - 1)), 'x-signature-timestamp': String(now()) }),
  },
  {
    name: 'a good signature that is older than five minutes',
    status: 401,
    make: async (sender, origin) => post(origin, ping, await sender.sign(ping, now() - 5 * 60 - 1)),
  },
  {
    name: 'a good signature of a timestamp that is no number',
    status: 401,
    make: async (sender, origin) => post(origin, ping, await sender.sign(ping, 'yesterday')),
  },
  {
    name: 'a good signature of an empty body',
    status: 401,
    make: async (sender, origin) => post(origin, '', await sender.sign('')),
  },
  withHeaders('no headers at all', () => ({ 'x-signature-ed25519': undefined, 'x-signature-timestamp': undefined })),
  withHeaders('no signature', () => ({ 'x-signature-ed25519': undefined })),
  withHeaders('no timestamp', () => ({ 'x-signature-timestamp': undefined })),
  withHeaders('an empty signature', () => ({ 'x-signature-ed25519': '' })),
  withHeaders('a short signature', (good) => ({ 'x-signature-ed25519': good.slice(0, 64) })),
  withHeaders('a long signature', (good) => ({ 'x-signature-ed25519': `${good}00` })),
  withHeaders('a signature with an odd number of digits', (good) => ({ 'x-signature-ed25519': good.slice(1) })),
  withHeaders('a signature that is not hexadecimal', (good) => ({ 'x-signature-ed25519': good.replace(/./, 'g') })),
  withHeaders('a signature of zeros', () => ({ 'x-signature-ed25519': '0'.repeat(128) })),
  {
    name: 'a good signature of 1 MB',
    status: 413,
    make: async (sender, origin) => {
      const body = JSON.stringify({ ...JSON.parse(ping), padding: 'x'.repeat(1_000_000) })
      return post(origin, body, await sender.sign(body))
    },
  },
  {
    // Only a byte more than is read: whoever sends much more may find the connection gone before the status arrives.
    name: 'a body that comes without its length and is too long',
    status: 413,
    make: async (sender, origin) => {
      const body = ' '.repeat(256 * 1024 + 1)
      return post(origin, new Blob([body]).stream(), await sender.sign(body))
    },
  },
  {
    name: 'a good signature of what is not JSON',
    status: 400,
    make: (sender, origin) => sender.request(origin, '{"type":'),
  },
  ...(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const).map(
    (method): BadRequest => ({
      name: `${method} with a good signature`,
      status: 405,
      make: async (sender, origin) =>
        new Request(`${origin}/interactions`, {
          method,
          headers: await sender.sign(ping),
          ...(method === 'GET' ? {} : { body: ping }),
        }),
    }),
  ),
  ...['/', '/interactions/', '/interactions/1', '/api/interactions', '/.env'].map(
    (path): BadRequest => ({
      name: `a signed POST to ${path}`,
      status: 404,
      make: async (sender, origin) =>
        new Request(`${origin}${path}`, { method: 'POST', body: ping, headers: await sender.sign(ping) }),
    }),
  ),
]
