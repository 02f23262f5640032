import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { bundleWorker } from '../src/bundle.ts'
import { readKnowledge } from '../src/knowledge/read.ts'
import { badRequests } from './bad-requests.ts'
import { slash } from './interactions.ts'
import { createSender } from './sender.ts'
import { startWorkerd } from './workerd.ts'

const sender = await createSender()
const code = await bundleWorker(await readKnowledge('tests/corpus'))
let log = ''

const { origin, close } = await startWorkerd(code, { DISCORD_PUBLIC_KEY: sender.publicKey }, (text) => {
  log += text
})
afterAll(close)

/** workerd closes the connection of a body that it refused; what a client sends on it just then has to be sent again. */
async function send(make: () => Request | Promise<Request>): Promise<Response> {
  try {
    return await fetch(await make())
  } catch (error) {
    const cause = error instanceof TypeError ? error.cause : undefined
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code !== 'ECONNRESET' && code !== 'EPIPE' && code !== 'UND_ERR_SOCKET') throw error
    return await fetch(await make())
  }
}

describe('on workerd', () => {
  test.for(badRequests)('refuses $name with $status, and nothing runs', async ({ make, status }) => {
    log = ''
    const response = await send(() => make(sender, origin))
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ error: expect.any(String) })
    expect(log).toBe('')
  })

  test('answers a PING with a PONG as JSON', async () => {
    const response = await send(() => sender.request(origin, '{"type":1,"id":"1"}'))
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json',
      '{"type":1}',
    ])
  })

  test('answers twenty at once, the first ones too', async () => {
    const fresh = await startWorkerd(code, { DISCORD_PUBLIC_KEY: sender.publicKey })
    onTestFinished(fresh.close)
    const body = JSON.stringify(slash('help'))
    const requests = await Promise.all(Array.from({ length: 20 }, () => sender.request(fresh.origin, body)))
    const texts = await Promise.all(requests.map(async (request) => (await fetch(request)).text()))
    expect(new Set(texts).size).toBe(1)
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({ type: 4, data: { embeds: [{ title: 'What you can ask' }] } })
  })

  test('logs an interaction in one line, without who asked and what', async () => {
    log = ''
    await fetch(await sender.request(origin, JSON.stringify(slash('ask', { question: 'how much is the toll' }))))
    await expect.poll(() => log).toMatch(/\n$/)
    expect(JSON.parse(log)).toEqual({
      level: 'info',
      command: 'ask',
      outcome: 'answer',
      ms: expect.any(Number),
      transport: 'worker',
      msg: 'interaction',
    })
  })

  test.for([
    { bindings: { LOG_LEVEL: 'info' }, says: /^DISCORD_PUBLIC_KEY is missing: .*npx wrangler secret put/ },
    { bindings: { DISCORD_PUBLIC_KEY: 'abc' }, says: /^DISCORD_PUBLIC_KEY is not a public key/ },
  ])('says with 503 what to set: $says', async ({ bindings, says }) => {
    const wrong = await startWorkerd(code, bindings)
    onTestFinished(wrong.close)
    const response = await fetch(await sender.request(wrong.origin, '{"type":1,"id":"1"}'))
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ error: expect.stringMatching(says) })
  })
})

describe('the bundle', () => {
  test('is one module that imports nothing and needs no Node', () => {
    expect(code).not.toMatch(/\bimport\s*["'{*(]|\brequire\s*\(|["']node:/)
  })

  test('carries the version and nothing else of package.json', () => {
    expect(code).toContain(manifest.version)
    expect(code).not.toContain(manifest.description)
    expect(code).not.toContain('devDependencies')
  })

  test('with the whole knowledge is under 1 MB gzipped', async () => {
    const whole = await bundleWorker(await readKnowledge('knowledge'))
    expect(gzipSync(whole).length).toBeLessThan(1_000_000)
  })

  test.for(['node:fs', 'fs', 'node:crypto'])('is refused where a file of it imports %s', async (name) => {
    const dir = mkdtempSync(join(tmpdir(), 'worker-'))
    onTestFinished(() => rmSync(dir, { recursive: true }))
    const entry = join(dir, 'entry.js')
    writeFileSync(
      entry,
      `import * as node from '${name}'\nexport default { fetch: () => new Response(String(node)) }\n`,
    )
    await expect(bundleWorker(await readKnowledge('tests/corpus'), entry)).rejects.toThrow(
      `${entry} imports ${name}, which Cloudflare Workers don't have`,
    )
  })
})
