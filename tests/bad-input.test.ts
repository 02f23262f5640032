import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodePress } from '../src/discord/custom-id.ts'
import { asker, press, slash, third, typing } from './interactions.ts'
import { ask, choices, send } from './replies.ts'
import { corpus, openBot, openContext } from './stores.ts'

const context = openContext(corpus.dir)
const bot = openBot(context)
const { commands, knowledge } = context

/** The same inputs on every run: a failure can be looked at again. */
const runs = (numRuns: number) => ({ seed: 20151023, numRuns })

describe('a question that can’t be answered gets a clear private reply', () => {
  const nothing = 'There is no question in that.'
  it.each([
    ['blank', '', nothing],
    ['only spaces', ' \n\t\u00a0 ', nothing],
    ['only emoji', '🎉🔥 👍🏽', undefined],
    ['only punctuation', '?!… —', undefined],
    ['only zero-width characters', '\u200b\u200d\u2060\ufeff', nothing],
    ['only direction marks', '\u202e\u200f\u2067\u2069', nothing],
    ['only Markdown', '**__~~``~~__**', undefined],
    ['a mention of everyone', '@everyone @here', undefined],
    ['a mention of someone', '<@110000000000000012> <@&1> <#2> </ask:3>', undefined],
    ['another script', 'ما هي الرسوم', undefined],
    ['6,000 characters', 'toll '.repeat(1200), '“question” takes at most 300 characters'],
    ['one word of 6,000 characters', 'x'.repeat(6000), '“question” takes at most 300 characters'],
    ['half a surrogate pair', '\ud83d', undefined],
    ['words of the programming language', '__proto__ constructor toString', undefined],
  ])('%s', async (_, question, text) => {
    const message = await ask(bot, slash('ask', { question }))
    expect(message.kind).not.toBe('answer')
    expect(message).toMatchObject({ hidden: true, users: [], content: '' })
    expect(message.description).toContain(text ?? '.')
    expect(message.description).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|@everyone|<@/)
  })
})

describe('what leads nowhere is said so, in private', () => {
  it.each([
    [
      'a speaker who doesn’t exist',
      slash('quote', { speaker: 'Zebulon Quark' }),
      'Nobody called “Zebulon Quark” speaks in the articles. They quote Oda Feldmark, Tomas Revik, Mira Solen, Jonas Quill, Lena Aster, Unnamed ministry officials.',
    ],
    [
      'a person who doesn’t exist',
      slash('who-is', { person: 'Zebulon' }),
      'Nobody called “Zebulon” is in the articles.',
    ],
    [
      'a name with characters that hide and turn round',
      slash('who-is', { person: '\u202eZe\u200bbu\u00adlon\u2066\n\u0007' }),
      'Nobody called “Zebulon” is in the articles.',
    ],
    [
      'a meeting that doesn’t exist',
      slash('who-attended', { meeting: 'Yalta' }),
      'I know no meeting called “Yalta”. Choose one from the menu.',
    ],
    [
      'a person who is never quoted',
      slash('quote', { speaker: 'the deputy' }),
      "Feldmark's deputy is in the articles but is never quoted there.",
    ],
    [
      'a day that can’t be read',
      slash('timeline', { from: 'last tuesday' }),
      '“last tuesday” is not a day that I can read.',
    ],
    [
      'days the wrong way round',
      slash('timeline', { from: '9 June', to: '3 June' }),
      '“9 June” is later than “3 June”: swap them.',
    ],
    [
      'an option that is missing',
      slash('quote', {}),
      '“speaker” is missing or not a text. /quote takes “speaker”, “about”.',
    ],
    [
      'an option that is empty',
      slash('quote', { speaker: ' ' }),
      '“speaker” is empty. /quote takes “speaker”, “about”.',
    ],
    [
      'an option of another type',
      slash('quote', { speaker: true }),
      '“speaker” is missing or not a text. /quote takes “speaker”, “about”.',
    ],
    [
      'an option that it doesn’t have',
      slash('sources', { colour: 'red' }),
      'It has no option “colour”. /sources takes no options of its own.',
    ],
    [
      'an unknown command',
      slash('weather', { city: 'Orla' }),
      'I have no command of that name. These I have: /ask, /who-attended,',
    ],
    ['an unknown button', press('something-else'), 'I don’t know that button any more. Please ask again.'],
    [
      'a button of a command that is gone',
      press(`o|${knowledge.hash}|1|||weather|x`),
      'I don’t know that button any more.',
    ],
    [
      'JSON that is no interaction',
      { hello: 'world' },
      'That isn’t an interaction that I understand. Type / to see my commands.',
    ],
    ['no JSON object at all', null, 'That isn’t an interaction that I understand.'],
    ['a modal, which it never opens', { ...slash('ask'), type: 5 }, 'That isn’t an interaction that I understand.'],
    ['nobody who asks', { ...slash('help'), member: undefined }, 'Discord didn’t say who asks.'],
  ])('%s', async (_, interaction, text) => {
    const message = await ask(bot, interaction)
    expect(message).toMatchObject({ kind: 'decline', hidden: true, type: 4, users: [] })
    expect(message.description).toContain(text)
  })
})

/** Text of the kinds that break bots, alone and in a sentence. */
const awkward = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '@everyone',
    '@here',
    `<@${third}>`,
    '<@&1>',
    '<#1>',
    '</ask:1>',
    '<:x:1>',
    '||spoiler||',
    '```',
    '> # -# *',
    '[a](https://x.example)',
    'https://x.example',
    '\u202eevil',
    '\u200b',
    '👩‍👩‍👧',
    '¹²³',
    '|',
    '~0.1',
    '~zzzz',
    '%00',
    '\0',
    '\ud800',
    '__proto__',
    'ʇxǝʇ',
  ),
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.constantFrom(
    ...[...knowledge.people, ...knowledge.parties, ...knowledge.meetings, ...knowledge.topics].flatMap(
      ({ id, name }) => [id, name],
    ),
  ),
)
const text = fc.oneof(
  awkward,
  fc.tuple(awkward, awkward).map((two) => two.join(' ')),
  fc.tuple(awkward, fc.integer({ min: 10, max: 2000 })).map(([some, count]) => some.repeat(count).slice(0, 6000)),
)

describe('whatever is sent', () => {
  it('any text in any option is answered, refused in private, and mentions nobody but the one it is aimed at', async () => {
    const command = fc.constantFrom(
      ...commands.flatMap(({ name, options }) => Object.keys(options.shape).map((option) => ({ name, option }))),
    )
    await fc.assert(
      fc.asyncProperty(
        command,
        text,
        text,
        fc.boolean(),
        fc.boolean(),
        async ({ name, option }, typed, beside, hidden, aimed) => {
          const second =
            name === 'quote' && option === 'about'
              ? { speaker: 'Solen' }
              : name === 'position' && option === 'topic'
                ? { party: 'Veshtar' }
                : name === 'timeline' && option === 'to'
                  ? { from: beside }
                  : {}
          const message = await ask(
            bot,
            slash(name, { ...second, [option]: typed, private: hidden, ...(aimed ? { for: third } : {}) }),
          )
          if (message.kind !== 'answer') expect(message.hidden).toBe(true)
          expect(message.users).toEqual(aimed && !message.hidden ? [third] : [])
        },
      ),
      runs(1500),
    )
  })

  it('any text that is being typed gets at most 25 choices, none of which can turn into a mention', async () => {
    const command = fc.constantFrom(
      ...commands.flatMap(({ name, completes }) => [...completes].map((option) => ({ name, option }))),
    )
    await fc.assert(
      fc.asyncProperty(command, text, async ({ name, option }, typed) => {
        for (const choice of await choices(bot, typing(name, option, typed))) expect(choice.name).not.toMatch(/^[#@]/)
      }),
      runs(600),
    )
  })

  it('any button, whole or garbled, is answered or not known any more', async () => {
    const call = fc.constantFrom(
      ...knowledge.questions.map(({ id }) => ({ command: 'ask', options: { question: id } })),
      ...knowledge.people.map(({ id }) => ({ command: 'quote', options: { speaker: id } })),
      { command: 'timeline', options: { about: 'revik', from: '2019-06-03' } },
    )
    const whole = fc
      .record({
        call,
        action: fc.constantFrom('turn', 'open', 'share', 'retract', 'menu'),
        hash: fc.constantFrom(knowledge.hash, 'oldstore'),
        hidden: fc.boolean(),
        page: fc.nat(9999),
        owner: fc.constantFrom(asker, third),
      })
      .map((one) => {
        const command = commands.find(({ name }) => name === one.call.command)
        return command ? encodePress(one, command) : ''
      })
    const garbled = fc
      .tuple(whole, fc.nat(60), fc.nat(20), text)
      .map(([id, at, length, other]) => (id.slice(0, at) + other + id.slice(at + length)).slice(0, 100))
    await fc.assert(
      fc.asyncProperty(fc.oneof(whole, garbled, text), fc.option(text, { nil: undefined }), async (id, choice) => {
        const message = await ask(bot, press(id, choice))
        if (message.kind !== 'answer') expect(message).toMatchObject({ hidden: true, users: [] })
      }),
      runs(1500),
    )
  })

  it('any JSON gets a response that Discord takes', async () => {
    const value = fc.jsonValue({ maxDepth: 4 })
    const interaction = fc.oneof(
      value,
      fc.record({ ...fields(slash('ask', { question: 'toll' })), type: fc.integer({ min: 0, max: 6 }), data: value }),
      fc
        .tuple(
          fc.constantFrom(
            slash('quote', { speaker: 'Solen' }),
            press(`o|${knowledge.hash}|1||0|help`),
            typing('quote', 'speaker', 's'),
          ),
          fc.nat(12),
          value,
        )
        .map(replaceAt),
    )
    await fc.assert(
      fc.asyncProperty(interaction, async (sent) => {
        await send(bot, sent)
      }),
      runs(2000),
    )
  })
})

function fields(interaction: object) {
  return Object.fromEntries(Object.entries(interaction).map(([key, value]) => [key, fc.constant(value)]))
}

/** The interaction with one of its values, counted from the outside in, replaced. */
function replaceAt([interaction, at, value]: [object, number, unknown]): unknown {
  let left = at
  return JSON.parse(JSON.stringify(interaction), (_, inner) => (left-- === 0 ? value : inner))
}

describe('a click on a message from an older store', () => {
  it('is told so in private, whatever it was, except that the asker may take the message back', async () => {
    for (const action of ['turn', 'open', 'share', 'retract', 'menu'] as const) {
      const help = commands.find(({ name }) => name === 'help')
      if (!help) throw new RangeError('no /help')
      const id = encodePress(
        { action, hash: 'oldstore', owner: asker, hidden: false, page: 0, call: { command: 'help', options: {} } },
        help,
      )
      const message = await ask(bot, press(id))
      if (action === 'retract')
        expect(message).toMatchObject({ type: 7, content: '-# Taken back by the one who asked.' })
      else expect(message).toMatchObject({ kind: 'decline', type: 4, hidden: true })
    }
  })
})
