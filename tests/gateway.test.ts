import { describe, expect, test } from 'vitest'
import { applicationId, type Trouble, token } from './fake-discord.ts'
import { bodyOf, jsonOf, press, slash, typing } from './interactions.ts'
import { context, goLive } from './on-discord.ts'
import { openBot } from './stores.ts'

const bot = openBot(context)

/** Whoever asks here; no log line may hold any of it. */
const nosy = { id: '987654321098765432', username: 'nosy.reader', global_name: 'Nosy Reader' }

// The contract runs all that Discord sends over the gateway; this is what it doesn't send, or not yet.
describe('gets an answer, and does not end the process', () => {
  test.for<[string, Record<string, unknown>]>([
    ['a command without what discord.js expects of it', { type: 2, data: { type: 1, name: 'help' } }],
    ['a press without data', { type: 3, data: null }],
    ['a channel of a kind that there isn’t yet', { ...slash('sources'), channel: { id: '1', type: 99 } }],
    ['a type that there isn’t yet', { type: 77, data: 'what' }],
  ])('%s', async ([, interaction]) => {
    const { discord, ready } = await goLive()
    await ready()
    const sent = discord.send(interaction)
    await discord.until(() => sent.answer !== undefined)
    const json = jsonOf(await bot({ ...interaction, id: sent.id, token: sent.token }))
    expect(JSON.stringify(sent.answer?.body)).toBe(json)
    expect(sent.attempts).toBe(1)
  })
})

test('asks for no intent and no permission, and names the links at start', async () => {
  const { discord, logged, ready } = await goLive()
  await ready()
  expect(discord.counts.identify).toBe(1)
  expect(logged(/discord\.com\/oauth2/).map(({ msg }) => msg)).toEqual([
    `Invite it to a server (it needs no permission): https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=0&integration_type=0`,
    `Install it for yourself, to use it everywhere: https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=applications.commands&integration_type=1`,
  ])
})

test('registers its commands before the first connection', async () => {
  const { discord, ready } = await goLive()
  await ready()
  expect(discord.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/v10/applications/@me',
    `GET /api/v10/applications/${applicationId}/commands`,
    `PUT /api/v10/applications/${applicationId}/commands`,
    'GET /api/v10/gateway/bot',
  ])
})

test.for<[string, Trouble]>([
  ['refuses new ones', { status: 400, code: 50035 }],
  ['takes no new ones for an hour', { status: 429, retryAfter: 3600 }],
])('answers with the commands that Discord has where it %s', async ([, refusal]) => {
  const { discord, ready, logged } = await goLive({
    trouble: ({ method }) => (method === 'PUT' ? refusal : undefined),
  })
  await ready()
  expect(logged(/refused the commands/)).toMatchObject([{ level: 'error' }])
  const sent = discord.send(slash('help'))
  await discord.until(() => sent.answer !== undefined)
})

test('says so where Discord sends interactions to an endpoint instead', async () => {
  const { ready, logged } = await goLive({ endpoint: 'https://elsewhere.example/interactions' })
  await ready()
  expect(logged(/https:\/\/elsewhere\.example\/interactions and not here/)).toHaveLength(1)
})

test('sends files beside the answer that names them', async () => {
  const card = { name: 'card.png', type: 'image/png', bytes: new Uint8Array([137, 80, 78, 71]) }
  const { discord, ready } = await goLive({
    wrap: (bot) => async (interaction) => ({ ...(await bot(interaction)), files: [card] }),
  })
  await ready()
  const sent = discord.send(slash('help'))
  await discord.until(() => sent.answer !== undefined)
  const [file, ...others] = sent.answer?.files ?? []
  expect(others).toEqual([])
  expect(file).toMatchObject({ name: 'card.png', type: 'image/png' })
  expect([...((await file?.bytes()) ?? [])]).toEqual([137, 80, 78, 71])
  expect(sent.answer?.body).toEqual(bodyOf(await bot(slash('help'))))
})

test('lets an interaction pass that has no token to answer with', async () => {
  const { discord, ready, logged } = await goLive()
  await ready()
  discord.dispatch('INTERACTION_CREATE', { ...slash('help'), token: undefined })
  await discord.until(() => logged(/without an id or a token/).length === 1)
})

test('logs one line an interaction, and nothing of who asked or what', async () => {
  const { discord, lines, logged, ready } = await goLive()
  await ready()
  const sent = [
    slash('ask', { question: 'who was at the pier house xyzzy' }),
    slash('ask', { question: 'why does xyzzy glow' }),
    slash('quote', { speaker: 'xyzzy' }),
    typing('quote', 'speaker', 'xyzzy'),
    press('xyzzy'),
    slash('xyzzy'),
    { type: 2, data: 'xyzzy' },
  ].map((interaction) => discord.send({ ...interaction, member: { user: nosy, nick: 'Nosy' } }))
  await discord.until(() => sent.every(({ answer }) => answer !== undefined))
  const told = logged(/^interaction$/)
  expect(told).toHaveLength(sent.length)
  for (const line of told)
    expect(line).toEqual({
      level: 'info',
      time: expect.any(Number),
      msg: 'interaction',
      transport: 'gateway',
      command: expect.stringMatching(/^(ask|quote|none)$/),
      outcome: expect.any(String),
      ms: expect.any(Number),
    })
  const all = JSON.stringify(lines)
  for (const secret of [
    'xyzzy',
    nosy.id,
    nosy.username,
    nosy.global_name,
    'Nosy',
    token,
    ...sent.map(({ token }) => token),
  ])
    expect(all).not.toContain(secret)
})
