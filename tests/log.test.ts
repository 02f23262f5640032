import { describe, expect, test } from 'vitest'
import { createBot } from '../src/bot.ts'
import { createLog } from '../src/log.ts'
import { token } from './fake-discord.ts'
import { jsonOf, slash } from './interactions.ts'
import { corpus, openContext } from './stores.ts'

const nosy = { id: '987654321098765432', username: 'nosy.reader', global_name: 'Nosy Reader' }
const asked = { ...slash('ask', { question: 'xyzzy' }), member: { user: nosy } }

async function written(level: 'info' | 'error', entry: object, message = 'x'): Promise<string> {
  let text = ''
  const log = await createLog(
    { LOG_LEVEL: 'trace', DISCORD_TOKEN: token },
    {
      write: (line) => {
        text += line
      },
    },
  )
  log[level](entry, message)
  expect(JSON.parse(text)).toMatchObject({ level })
  return text
}

describe('nothing leaks', () => {
  const callback = '/interactions/112233445566778899/aW50ZXJhY3Rpb24-secret_part.x/callback'
  test.each<[string, object, string, string[]]>([
    ['the token in a field', { token }, 'x', [token]],
    ['the token in a text', {}, `Bot ${token} was refused`, [token]],
    ['the token in an error', { err: new Error(`bad ${token}`) }, 'x', [token]],
    ['a header', { headers: { authorization: 'Bot abc' }, request: { authorization: 'Bot abc' } }, 'x', ['Bot abc']],
    ['the address of an answer', { url: callback }, callback, ['secret_part']],
    [
      'what a library hangs on an error',
      { err: Object.assign(new Error('no'), { url: callback, requestBody: { json: 'xyzzy' }, input: 'xyzzy' }) },
      'x',
      ['secret_part', 'xyzzy'],
    ],
    ['an interaction', { interaction: asked }, 'x', ['xyzzy', nosy.id, nosy.username]],
    ['an interaction’s fields', asked, 'x', ['xyzzy', nosy.id, nosy.username]],
    ['a field deep inside', { a: { b: { token: 'xyzzy' } }, list: [{ user: nosy }] }, 'x', ['xyzzy', nosy.id]],
    ['a user', { from: { user: nosy } }, 'x', [nosy.id, nosy.username, nosy.global_name]],
  ])('%s', async (_name, entry, message, secrets) => {
    const text = await written('info', entry, message)
    for (const secret of secrets) expect(text).not.toContain(secret)
  })
})

test('a bug is logged with where it happened, and without its message, which may quote what was asked', async () => {
  const lines: string[] = []
  const log = await createLog({ LOG_LEVEL: 'trace', DISCORD_TOKEN: token }, { write: (line) => void lines.push(line) })
  const store = openContext(corpus.dir)
  const commands = store.commands.map((one) => ({
    ...one,
    answer: ({ question }: Readonly<Record<string, unknown>>) => {
      throw new TypeError(`no ${question}\n    at ${question} (x.ts:1:1)`)
    },
  }))
  const json = jsonOf(await createBot({ ...store, commands }, log)(asked))
  expect(json).toContain('Something went wrong on my side')
  for (const secret of ['xyzzy', nosy.id, nosy.username]) expect(lines.join('')).not.toContain(secret)
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      level: 'error',
      time: expect.any(Number),
      msg: 'a bug: the interaction was answered with an apology',
      bug: { type: 'TypeError', at: expect.arrayContaining([expect.stringMatching(/log\.test\.ts:\d+:\d+/)]) },
    },
    expect.objectContaining({ level: 'info', outcome: 'failed' }),
  ])
})

test('a list stays a list, and a day a day', async () => {
  const text = await written('info', { shards: [1, { id: 2, token }], since: new Date(0) })
  expect(JSON.parse(text)).toMatchObject({
    shards: [1, { id: 2, token: '[left out]' }],
    since: '1970-01-01T00:00:00.000Z',
  })
})

test('an error keeps what is needed to find it', async () => {
  const err = Object.assign(new TypeError('no such thing'), { code: 'E1', status: 400 })
  const text = await written('error', { err }, 'it failed')
  expect(JSON.parse(text)).toEqual({
    level: 'error',
    time: expect.any(Number),
    msg: 'it failed',
    err: { type: 'TypeError', message: 'no such thing', code: 'E1', status: 400, stack: err.stack },
  })
})
