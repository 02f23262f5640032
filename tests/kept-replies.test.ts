import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { type Bot, createBot } from '../src/bot.ts'
import { createStore } from '../src/reload.ts'
import { createReplies, type Made, maxBytes } from '../src/replies.ts'
import { rows } from './contract.ts'
import { asker, jsonOf, other, press, slash, third, typing } from './interactions.ts'
import { corpus, openBot, openContext, real } from './stores.ts'

const context = openContext(corpus.dir)

/** A bot that keeps nothing from one interaction to the next. */
const forgetful: Bot = (interaction) => openBot(context)(interaction)

const users = [asker, other, third, '1', '99999999999999999999']

/** The same interaction by somebody else. */
function by(user: string, interaction: unknown): unknown {
  return JSON.parse(JSON.stringify(interaction)?.replaceAll(`"id":"${asker}"`, `"id":"${user}"`) ?? 'null')
}

describe('a reply that is kept is, to the byte, the one that would be made anew', () => {
  test('whatever was asked and clicked before, by whomever, for each row of the contract', async () => {
    const bot = openBot(context)
    for (const { name, interaction } of rows)
      for (const user of users.slice(0, 3)) {
        const sent = by(user, interaction)
        expect(await bot(sent), `${name}, by ${user}`).toEqual(await forgetful(sent))
      }
  })

  /** Texts that look like the parts of a reply between which an id is filled in. */
  const text = fc.constantFrom(
    'toll',
    'Toll',
    'Feldmark',
    'nobody',
    '"custom_id":"o|x|1|',
    '","custom_id":"oh|00000000|ly3q||0|ask","x":"',
    '\\","custom_id":"o|x|1|',
    `|${BigInt(asker).toString(36)}|`,
    asker,
    '__proto__',
    'true',
    '',
  )
  const user = fc.constantFrom(...users)
  const value = fc.oneof(text, fc.boolean())
  const interaction = fc.oneof(
    fc
      .tuple(
        fc.constantFrom(...context.commands.map(({ name }) => name)),
        fc.dictionary(
          fc.constantFrom(
            'question',
            'speaker',
            'about',
            'person',
            'party',
            'private',
            'for',
            'x","y',
            '"custom_id":"o|',
          ),
          value,
          { maxKeys: 3 },
        ),
        user,
      )
      .map((all) => slash(...all)),
    fc
      .tuple(fc.constantFrom('ask', 'quote', 'nothing'), fc.constantFrom('question', 'speaker'), text, user)
      .map((all) => typing(...all)),
    fc
      .tuple(
        fc.constantFrom('t', 'o', 's', 'x', 'm', 'th', 'oh', 'sh'),
        fc.constantFrom(...users),
        fc.constantFrom('', BigInt(third).toString(36)),
        fc.nat(2),
        fc.constantFrom('timeline', 'timeline|Veshtar', 'help', 'ask|toll', 'quote|solen'),
        user,
      )
      .map(([action, owner, aimed, page, call, user]) =>
        press(
          `${action}|${context.knowledge.hash}|${BigInt(owner).toString(36)}|${aimed}|${page}|${call}`,
          undefined,
          user,
        ),
      ),
  )

  test('for any interactions in any order', async () => {
    const bot = openBot(context)
    await fc.assert(
      fc.asyncProperty(interaction, async (sent) => {
        expect(await bot(sent)).toEqual(await forgetful(sent))
      }),
      { seed: 20151023, numRuns: 2000 },
    )
  })
})

describe('what is kept', () => {
  const made = (text: string, bytes = 0): Made => ({
    response: { type: 4, data: { content: text } },
    files: [{ name: 'a.png', type: 'image/png', bytes: new Uint8Array(bytes) }],
    command: 'help',
    outcome: 'answer',
  })

  test('is used for the same key only, and without a key nothing is kept', async () => {
    const replies = createReplies()
    let count = 0
    const make = async () => made(String(count++))
    const contents = []
    for (const key of ['a', 'b', 'a', undefined, undefined])
      contents.push(jsonOf(await replies.recall(key, '1', make)).match(/\d+(?="\})/)?.[0])
    expect(contents).toEqual(['0', '1', '0', '2', '3'])
  })

  test('is not what lacks something, nor what failed', async () => {
    const replies = createReplies()
    await replies.recall('a', '1', async () => ({ ...made('x'), incomplete: true }))
    await expect(replies.recall('a', '1', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(replies.size()).toBe(0)
  })

  test('stays within its bytes, pictures and questions included, and the latest stay', async () => {
    const replies = createReplies()
    const sizes: number[] = []
    for (let at = 0; at < 3000; at++) {
      await replies.recall(`${at} ${'q'.repeat(300)}`, '1', async () =>
        made('x'.repeat(4000), at % 10 === 0 ? 100_000 : 0),
      )
      sizes.push(replies.size())
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(maxBytes)
    expect(sizes.at(-1)).toBeGreaterThan(maxBytes * 0.9)
    const again = async () => made('anew')
    expect(jsonOf(await replies.recall(`2999 ${'q'.repeat(300)}`, '1', again))).not.toContain('anew')
    expect(jsonOf(await replies.recall(`0 ${'q'.repeat(300)}`, '1', again))).toContain('anew')
  })

  test('counts the response', async () => {
    const replies = createReplies()
    await replies.recall('a', '1', async () => made('x'.repeat(1_000_000)))
    expect(replies.size()).toBeGreaterThan(1_000_000)
  })

  test('counts the question that it answers', async () => {
    const replies = createReplies()
    await replies.recall('q'.repeat(1_000_000), '1', async () => made('x'))
    expect(replies.size()).toBeGreaterThan(1_000_000)
  })

  test('one reply of a size that would push out all others is not kept', async () => {
    const replies = createReplies()
    await replies.recall('a', '1', async () => made('x'))
    const before = replies.size()
    await replies.recall('b', '1', async () => made('x', maxBytes))
    expect(replies.size()).toBe(before)
  })

  test('goes when the store is reloaded', async () => {
    const stores = [openContext(corpus.dir), openContext(real.dir)]
    const store = await createStore(async () => stores.shift() ?? context, pino({ level: 'silent' }))
    const bot = store.follow((current) =>
      createBot(current, { info: () => {}, error: ({ bug }) => console.error(bug) }),
    )
    const before = await bot()(slash('help'))
    expect(await bot()(slash('help'))).toEqual(before)
    await store.reload()
    const after = await bot()(slash('help'))
    expect(after).toEqual(await openBot(openContext(real.dir))(slash('help')))
    expect(after).not.toEqual(before)
  })
})
