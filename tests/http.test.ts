import { once } from 'node:events'
import { request as post } from 'node:http'
import { connect } from 'node:net'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { createBot } from '../src/bot.ts'
import { createContext } from '../src/context.ts'
import { readKnowledge } from '../src/knowledge/read.ts'
import { createHttp } from '../src/transports/http.ts'
import { serve } from '../src/transports/serve.ts'
import { badRequests } from './bad-requests.ts'
import { jsonOf, replyOf } from './interactions.ts'
import { createSender } from './sender.ts'

const sender = await createSender()
let handled = 0
const bot = createBot(createContext(await readKnowledge('knowledge')), { info: () => handled++, error: console.error })
const app = createHttp({ bot, publicKey: sender.publicKey })
const listening = await serve(app, { host: '127.0.0.1', port: 0 })
afterAll(() => listening.close())

const help = JSON.stringify({ type: 2, id: '1', user: { id: '5' }, data: { name: 'help' } })

describe.for([
  { way: 'in memory', origin: 'http://bot', send: (request: Request) => app.fetch(request) },
  { way: 'over node:http', origin: listening.url, send: (request: Request) => fetch(request) },
])('$way', ({ origin, send }) => {
  test.for(badRequests)('refuses $name with $status, and nothing runs', async ({ make, status }) => {
    const before = handled
    const response = await send(await make(sender, origin))
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ error: expect.any(String) })
    expect(response.headers.get('allow')).toBe(status === 405 ? 'POST' : null)
    expect(handled).toBe(before)
  })

  test('answers a PING with a PONG as JSON', async () => {
    const response = await send(await sender.request(origin, '{"type":1,"id":"1"}'))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.text()).toBe('{"type":1}')
  })

  test('answers a command once, with the very bytes of the bot', async () => {
    const before = handled
    const response = await send(await sender.request(origin, help))
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(handled).toBe(before + 1)
    expect(await response.text()).toBe(jsonOf(await bot(JSON.parse(help))))
  })

  test('takes a signature in capitals', async () => {
    const headers = await sender.sign(help)
    const request = new Request(`${origin}/interactions`, {
      method: 'POST',
      body: help,
      headers: { ...headers, 'x-signature-ed25519': headers['x-signature-ed25519']?.toUpperCase() ?? '' },
    })
    expect((await send(request)).status).toBe(200)
  })

  test('takes a body whose characters are several bytes long', async () => {
    const request = await sender.request(origin, help.replace('help', 'hélp 🕊'))
    expect(await (await send(request)).json()).toMatchObject({ type: 4, data: { flags: 64 } })
  })
})

test.for([
  { age: 299, status: 200 },
  { age: 300, status: 200 },
  { age: 301, status: 401 },
  // A clock that runs behind Discord's must not take the bot off the air; nobody else can sign the future.
  { age: -3600, status: 200 },
])('a request that is $age s old gets $status', async ({ age, status }) => {
  const now = 1_790_000_000
  const stopped = createHttp({ bot, publicKey: sender.publicKey, now: () => now * 1000 })
  const body = '{"type":1,"id":"1"}'
  const request = new Request('http://bot/interactions', {
    method: 'POST',
    body,
    headers: await sender.sign(body, now - age),
  })
  expect((await stopped.fetch(request)).status).toBe(status)
})

test('files go out as a form with the JSON beside them', async () => {
  const json = JSON.stringify({ type: 4, data: { content: '“é”', attachments: [{ id: '0', filename: 'a.png' }] } })
  const picture = { name: 'a.png', type: 'image/png', bytes: new Uint8Array([1, 2, 3]) }
  const pictured = createHttp({
    bot: async () => ({ json: new TextEncoder().encode(json), files: [picture] }),
    publicKey: sender.publicKey,
  })
  const response = await pictured.fetch(await sender.request('http://bot', help))
  expect(response.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/)
  const form = await response.formData()
  expect([...form.keys()]).toEqual(['payload_json', 'files[0]'])
  expect(form.get('payload_json')).toBe(json)
  const sent = form.get('files[0]')
  if (!(sent instanceof File)) throw new TypeError('a file was expected')
  expect([sent.name, sent.type, new Uint8Array(await sent.arrayBuffer())]).toEqual([
    'a.png',
    'image/png',
    new Uint8Array([1, 2, 3]),
  ])
})

test('clients that hang up while files are on their way harm nobody', async () => {
  const file = { name: 'picture.png', type: 'image/png', bytes: new Uint8Array(200_000) }
  const pictured = createHttp({
    bot: async () => ({ ...replyOf({ type: 1 }), files: [file] }),
    publicKey: sender.publicKey,
  })
  const fragile = await serve(pictured, { host: '127.0.0.1', port: 0 })
  onTestFinished(fragile.close)
  const headers = await sender.sign(help)
  for (let round = 0; round < 10; round++) {
    const requests = Array.from({ length: 20 }, () =>
      post(`${fragile.url}/interactions`, { method: 'POST', headers })
        .end(help)
        .on('error', () => {}),
    )
    const gone = requests.map((request) => new Promise((resolve) => request.once('close', resolve)))
    await Promise.race(requests.map((request) => once(request, 'response')))
    for (const request of requests) request.destroy()
    await Promise.all(gone)
  }
  const response = await fetch(await sender.request(fragile.url, help))
  expect((await response.formData()).get('files[0]')).toHaveProperty('size', file.bytes.length)
})

describe('serve', () => {
  test('close lets the request under way finish, takes no other, and ends with the last connection', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
    const { promise: answer, resolve: release } = Promise.withResolvers<Response>()
    const slow = await serve(
      {
        fetch: () => {
          ask()
          return answer
        },
      },
      { host: '127.0.0.1', port: 0 },
    )
    const underWay = fetch(slow.url)
    await asked
    const idle = connect(Number(new URL(slow.url).port), '127.0.0.1')
    onTestFinished(() => void idle.destroy())
    await once(idle, 'connect')
    const closed = slow.close()
    await expect(fetch(slow.url)).rejects.toThrow()
    release(new Response('done'))
    expect(await (await underWay).text()).toBe('done')
    const start = performance.now()
    await closed
    expect(performance.now() - start).toBeLessThan(1000)
  })

  test('close waits no longer than Discord does', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
    const stuck = await serve(
      {
        fetch: () => {
          ask()
          return new Promise<Response>(() => {})
        },
      },
      { host: '127.0.0.1', port: 0 },
    )
    const underWay = fetch(stuck.url)
    await asked
    const start = performance.now()
    await Promise.all([stuck.close(), expect(underWay).rejects.toThrow()])
    expect(performance.now() - start).toBeLessThan(3500)
  })

  test.for([
    { host: '127.0.0.1', port: Number(new URL(listening.url).port), says: /^PORT \d+ on 127\.0\.0\.1 is taken/ },
    { host: '192.0.2.1', port: 0, says: /^HOST 192\.0\.2\.1 is no address of this machine/ },
  ])('a start that fails names the variable: $says', async ({ host, port, says }) => {
    await expect(serve(app, { host, port })).rejects.toThrow(says)
  })
})
