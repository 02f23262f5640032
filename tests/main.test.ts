import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { commands } from '../commands/index.ts'
import { startFakeDiscord, token } from './fake-discord.ts'
import { slash } from './interactions.ts'
import { start } from './program.ts'
import { createSender } from './sender.ts'

/** The program connected to a Discord of the test's own. */
async function goLive(env: Readonly<Record<string, string>> = {}, ...args: string[]) {
  const discord = await startFakeDiscord()
  onTestFinished(discord.stop)
  const program = start('src/main.ts', { DISCORD_TOKEN: token, DISCORD_API_URL: discord.api, ...env }, ...args)
  return { discord, ...program, connected: () => program.says(/"connected to Discord"/) }
}

/** A copy of the tests' store that a test may change. */
async function copyStore() {
  const dir = await mkdtemp(join(tmpdir(), 'store-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  await cp(new URL('corpus', import.meta.url), dir, { recursive: true })
  const file = join(dir, 'topics.yaml')
  const whole = await readFile(file, 'utf8')
  return {
    dir,
    breakIt: () => writeFile(file, whole.replace(/^- id: .*$/m, '- id: Not An Id')),
    mend: () => writeFile(file, `${whole}\n- id: something-new\n  name: Something new\n`),
  }
}

test('without any variable it serves the playground, and says in one line where and how to go on', async () => {
  const { lines, says, signal, ended } = start('src/main.ts', { PORT: '0' })
  const url = await says(/^Playground: (http:\/\/127\.0\.0\.1:\d+) .*DISCORD_TOKEN=… into \.env/)
  expect(lines).toHaveLength(1)
  expect((await fetch(`${url}/setup.json`)).status).toBe(200)
  signal('SIGTERM')
  expect((await ended).code).toBe(0)
})

test('with a token it registers, connects, prints the links, and answers', async () => {
  const { discord, connected, lines, says } = await goLive()
  await connected()
  expect(discord.registered.get('')).toHaveLength(commands.length)
  const sent = discord.send(slash('who-attended'))
  await discord.until(() => sent.answer !== undefined)
  await says(/"msg":"interaction"/)
  const log = lines.map((line) => JSON.parse(line))
  expect(log.map(({ msg }) => msg)).toEqual([
    `${commands.length} commands registered for all servers`,
    expect.stringContaining('permissions=0'),
    expect.stringContaining('integration_type=1'),
    'connected to Discord',
    'interaction',
  ])
  expect(log.at(-1)).toEqual({
    level: 'info',
    time: expect.any(Number),
    msg: 'interaction',
    transport: 'gateway',
    command: 'who-attended',
    outcome: 'answer',
    ms: expect.any(Number),
  })
})

test('with a public key it answers signed requests, and links to the invitation', async () => {
  const sender = await createSender()
  const { says } = start('src/main.ts', {
    PORT: '0',
    DISCORD_PUBLIC_KEY: sender.publicKey,
    DISCORD_APPLICATION_ID: '112233445566778899',
  })
  const url = await says(/(http:\/\/127\.0\.0\.1:\d+)\/interactions/)
  await says(/client_id=112233445566778899&scope=bot/)
  const response = await fetch(await sender.request(url, '{"type":1,"id":"1"}'))
  expect(await response.text()).toBe('{"type":1}')
  expect((await fetch(`${url}/interactions`, { method: 'POST', body: '{"type":1}' })).status).toBe(401)
})

test('with both it answers both ways', async () => {
  const sender = await createSender()
  const { discord, says, connected } = await goLive({ PORT: '0', DISCORD_PUBLIC_KEY: sender.publicKey })
  const url = await says(/(http:\/\/127\.0\.0\.1:\d+)\/interactions/)
  await connected()
  const sent = discord.send(slash('sources'))
  await discord.until(() => sent.answer !== undefined)
  const interaction = { ...slash('sources'), id: sent.id, token: sent.token }
  const response = await fetch(await sender.request(url, JSON.stringify(interaction)))
  expect(await response.json()).toEqual(sent.answer?.body)
  await says(/"transport":"http"/)
})

describe('it ends with a code and one line', () => {
  test.for<[string, Record<string, string>, string[], number, RegExp]>([
    ['a malformed variable', { DISCORD_TOKEN: 'abc' }, [], 1, /^DISCORD_TOKEN is not a bot token: [^\n]+\n$/],
    ['no store', { KNOWLEDGE_DIR: 'nowhere' }, [], 1, /^nowhere[^\n]+KNOWLEDGE_DIR[^\n]+\n$/],
    ['an option that there isn’t', {}, ['--wacht'], 2, /^npm start -- \[--watch\]\n$/],
  ])('%s', async ([, env, args, code, line]) => {
    const { ended } = start('src/main.ts', env, ...args)
    expect(await ended).toEqual({ code, lines: [], stderr: expect.stringMatching(line) })
  })

  test('a port that is taken', async () => {
    const { says } = start('src/main.ts', { PORT: '0' })
    const port = await says(/^Playground: http:\/\/127\.0\.0\.1:(\d+)/)
    const { code, stderr } = await start('src/main.ts', { PORT: port }).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/^PORT \d+ [^\n]+\n$/)
  })

  test('a connection that Discord closes for good', async () => {
    const { discord, connected, ended } = await goLive()
    await connected()
    discord.closeWith(4014)
    const { code, lines, stderr } = await ended
    expect(code).toBe(16)
    expect(stderr).toMatch(/^DISALLOWED_INTENTS: [^\n]+\n$/)
    expect([...lines, stderr].join()).not.toContain(token)
  })

  test('a token that Discord refuses', async () => {
    const { ended } = await goLive({ DISCORD_TOKEN: token.replace('Gfake', 'Wrong') })
    const { code, lines, stderr } = await ended
    expect({ code, lines }).toEqual({ code: 11, lines: [] })
    expect(stderr).toMatch(/^BAD_TOKEN: [^\n]+Reset Token\n$/)
  })
})

describe('SIGTERM', () => {
  test('lets the answer under way finish, takes nothing new, and ends within three seconds', async () => {
    const { discord, connected, signal, ended } = await goLive()
    discord.trouble((_, sent) => (sent ? { slow: 1000 } : undefined))
    await connected()
    const sent = discord.send(slash('help'))
    await discord.until(() => sent.attempts === 1)
    const start = performance.now()
    signal('SIGTERM')
    // npm passes on what the whole group has got: this is no second wish.
    await setTimeout(20)
    signal('SIGTERM')
    await discord.until(() => discord.closes.length === 1)
    expect(sent.answer).toBeUndefined()
    const missed = discord.send(slash('help'))
    const { code, lines, stderr } = await ended
    expect(performance.now() - start).toBeLessThan(3000)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(sent.answer).toBeDefined()
    expect(missed.attempts).toBe(0)
    expect(discord.closes).toEqual([1000])
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ msg: 'left the gateway', answered: 1, late: 0 })
  })

  test('ends within three seconds though an answer hangs and Discord doesn’t let go', async () => {
    const { discord, connected, signal, ended } = await goLive()
    discord.trouble((_, sent) => (sent ? { slow: 20_000 } : undefined))
    await connected()
    const sent = discord.send(slash('help'))
    await discord.until(() => sent.attempts === 1)
    discord.freeze()
    const start = performance.now()
    signal('SIGTERM')
    expect((await ended).code).toBe(0)
    expect(performance.now() - start).toBeLessThan(3000)
  })

  test.for([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('and then %s ends it at once', async ([second, expected]) => {
    const { discord, connected, signal, ended } = await goLive()
    discord.trouble((_, sent) => (sent ? { slow: 20_000 } : undefined))
    await connected()
    const sent = discord.send(slash('help'))
    await discord.until(() => sent.attempts === 1)
    signal('SIGTERM')
    await discord.until(() => discord.closes.length === 1)
    await setTimeout(250)
    const start = performance.now()
    signal(second)
    expect((await ended).code).toBe(expected)
    expect(performance.now() - start).toBeLessThan(500)
  })
})

describe('HEALTH_PORT', () => {
  test('is alive from the start, ready once it is connected, and not ready without a connection', async () => {
    const { discord, connected, says } = await goLive({ HEALTH_PORT: '0' })
    discord.mood.identify = 'nothing'
    const url = await says(/(http:\/\/127\.0\.0\.1:\d+)\/healthz/)
    const ready = async () => {
      const response = await fetch(`${url}/readyz`)
      return { status: response.status, body: await response.json() }
    }
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    await discord.until(() => discord.counts.identify === 1)
    expect(await ready()).toEqual({ status: 503, body: { ready: false, checks: { store: true, gateway: false } } })
    discord.welcome()
    await connected()
    expect(await ready()).toEqual({ status: 200, body: { ready: true, checks: { store: true, gateway: true } } })
    discord.mood.upgrade = 503
    discord.cut()
    await expect.poll(async () => (await ready()).status, { interval: 20 }).toBe(503)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })
})

describe('a changed store', () => {
  test.for<[string, string[], (signal: (name: NodeJS.Signals) => boolean) => void]>([
    ['by SIGHUP', [], (signal) => signal('SIGHUP')],
    ['by --watch', ['--watch'], () => {}],
  ])(
    'is taken up %s in one step; a broken one is refused by file, line and field, and the old one answers',
    async ([, args, nudge]) => {
      const { dir, breakIt, mend } = await copyStore()
      const { discord, connected, says, signal } = await goLive({ KNOWLEDGE_DIR: dir }, ...args)
      await connected()
      const help = async () => {
        const sent = discord.send(slash('help'))
        await discord.until(() => sent.answer !== undefined)
        return JSON.stringify(sent.answer?.body)
      }
      const before = await help()
      const hash = /store ([a-z0-9]{8}):/.exec(before)?.[1] ?? ''
      await breakIt()
      nudge(signal)
      await says(/refused, the one before it goes on answering:\\ntopics\.yaml:\d+ {2}\S[^:]*id: must be/)
      expect(await help()).toContain(hash)
      await mend()
      nudge(signal)
      const next = await says(/"store":"([a-z0-9]{8})","msg":"the store was reloaded"/)
      expect(next).not.toBe(hash)
      expect(await help()).toContain(next)
    },
  )
})
