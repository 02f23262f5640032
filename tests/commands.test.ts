import { beforeAll, describe, expect, it } from 'vitest'
import type { Bot } from '../src/bot.ts'
import type { Context } from '../src/command.ts'
import { createContext } from '../src/context.ts'
import { encodePress } from '../src/discord/custom-id.ts'
import { plain } from '../src/discord/render.ts'
import { parseKnowledge } from '../src/knowledge/parse.ts'
import { readFiles } from '../src/knowledge/read.ts'
import { asker, other, press, slash, third, typing } from './interactions.ts'
import { ask, choices, type Message } from './replies.ts'
import { corpus, openBot, openContext, real } from './stores.ts'

interface Call {
  command: string
  options: Record<string, string>
}

/** Every command over every entity that it has something to say about. */
function answered({ knowledge }: Context): Call[] {
  const { people, parties, meetings, topics, quotes, events, positions, differences, questions } = knowledge
  const call = (command: string, options: Record<string, string> = {}) => ({ command, options })
  const subjects = [...topics, ...parties, ...people, ...meetings]
  const speakers = new Set(quotes.map(({ speaker }) => speaker))
  const pairs = new Set(quotes.flatMap(({ speaker, about }) => about.map((id) => `${speaker} ${id}`)))
  return [
    ...questions.map(({ question }) => call('ask', { question })),
    call('who-attended'),
    ...meetings.map(({ name }) => call('who-attended', { meeting: name })),
    ...people.filter(({ id }) => speakers.has(id)).map(({ name }) => call('quote', { speaker: name })),
    ...[...pairs].map((pair) => {
      const [speaker = '', about = ''] = pair.split(' ')
      return call('quote', { speaker, about })
    }),
    call('timeline'),
    ...subjects
      .filter(({ id }) =>
        events.some((event) => [event.meeting, ...event.people, ...event.parties, ...event.about].includes(id)),
      )
      .map(({ id }) => call('timeline', { about: id })),
    ...events.flatMap(({ when: { date } }) =>
      date ? [call('timeline', { from: date.slice(0, 10) }), call('timeline', { to: date.slice(-10) })] : [],
    ),
    ...parties
      .filter(({ id }) => positions.some(({ party }) => party === id))
      .map(({ name }) => call('position', { party: name })),
    ...positions.map(({ party, topic }) => call('position', { party, topic })),
    ...[...people, ...parties].map(({ name }) => call('who-is', { person: name })),
    call('differences'),
    ...new Set(differences.map(({ topic }) => topic)).values().map((topic) => call('differences', { topic })),
    call('sources'),
    call('help'),
  ]
}

/** What a message offers to press. */
function presses({ buttons, menus }: Message): { id: string; choice?: string }[] {
  return [
    ...buttons.filter(({ disabled }) => !disabled).map(({ custom_id }) => ({ id: custom_id })),
    ...menus.flatMap(({ custom_id, options }) => options.map(({ value }) => ({ id: custom_id, choice: value }))),
  ]
}

/** Presses everything that is offered by `first`, and by what comes of it, once. */
async function walk(
  bot: Bot,
  first: readonly Message[],
  seen: (message: Message, id: string) => void,
): Promise<number> {
  const done = new Set<string>()
  const queue = first.flatMap(presses)
  for (let at = 0; at < queue.length; at++) {
    const { id, choice } = queue[at] ?? { id: '' }
    const key = `${id} ${choice ?? ''}`
    if (done.has(key)) continue
    done.add(key)
    const message = await ask(bot, press(id, choice))
    seen(message, id)
    queue.push(...presses(message))
  }
  return done.size
}

const inPublic = ['in public', false] as const
const inPrivate = ['in private', true] as const

describe.each([
  { name: 'the fictional store', dir: corpus.dir, views: [inPublic, inPrivate] },
  { name: 'the real store', dir: real.dir, views: [inPublic] },
])('$name', ({ dir, views }) => {
  let context: Context
  let bot: Bot
  beforeAll(() => {
    context = openContext(dir)
    bot = openBot(context)
  })

  it.each(views)(
    'answers every command over every entity %s, and everything that can be pressed from there',
    async (_, hidden) => {
      const starts: Message[] = []
      for (const { command, options } of answered(context)) {
        const message = await ask(bot, slash(command, { ...options, private: hidden }))
        const told = `/${command} ${JSON.stringify(options)}: ${message.description}`
        // Which question a free text is read as is not tested here.
        if (command !== 'ask') expect(message, told).toMatchObject({ kind: 'answer', hidden, type: 4 })
        starts.push(message)
      }
      const count = await walk(bot, starts, (message, id) => {
        expect(message.kind, `${id}: ${message.description}`).not.toBe('decline')
        if (message.kind === 'suggest') expect(message.hidden).toBe(true)
      })
      expect(count).toBeGreaterThan(context.knowledge.questions.length)
    },
  )

  it('refuses in private and without footnotes what no entry says', async () => {
    const { people, parties, topics, quotes, unknowns } = context.knowledge
    const calls: Call[] = [
      ...unknowns.map(({ question }) => ({ command: 'ask', options: { question } })),
      ...people.flatMap(({ id, name }) => [
        ...(quotes.some(({ speaker }) => speaker === id) ? [] : [{ command: 'quote', options: { speaker: name } }]),
        { command: 'quote', options: { speaker: id, about: 'Zanzibar' } },
      ]),
      ...parties.flatMap(({ id }) =>
        topics.map((topic) => ({ command: 'position', options: { party: id, topic: topic.id } })),
      ),
      ...['who-is', 'quote', 'position', 'who-attended', 'differences', 'timeline'].flatMap((command) => {
        const option = {
          'who-is': 'person',
          quote: 'speaker',
          position: 'party',
          'who-attended': 'meeting',
          differences: 'topic',
        }[command]
        return [{ command, options: { [option ?? 'about']: 'Zyxwvut Qponmlk' } }]
      }),
      { command: 'timeline', options: { from: '1999', to: '2000' } },
      { command: 'timeline', options: { from: 'the day before' } },
    ]
    const refused: Message[] = []
    for (const { command, options } of calls) {
      const message = await ask(bot, slash(command, options))
      if (message.kind === 'answer') continue
      expect(message, JSON.stringify(options)).toMatchObject({ hidden: true, users: [] })
      expect(message.description).not.toMatch(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/)
      refused.push(message)
    }
    expect(refused.length).toBeGreaterThan(people.length)
    await walk(bot, refused, () => {})
  })

  it('names the question without an answer that a refusal is for, but for those off the topic', async () => {
    for (const { question, reason } of context.knowledge.unknowns) {
      const { title } = await ask(bot, slash('ask', { question }))
      expect(title).toBe(reason === 'off-topic' ? '' : question)
    }
  })

  it('never cuts a quotation, wherever the pages end', async () => {
    for (const { id } of context.knowledge.people) {
      const quotes = context.knowledge.quotes.filter(({ speaker }) => speaker === id)
      if (quotes.length === 0) continue
      const pages = await allPages(bot, slash('quote', { speaker: id }))
      for (const { words } of quotes)
        expect(
          pages.filter((page) => page.includes(`“${plain(words)}”`)),
          words,
        ).toHaveLength(1)
    }
  })

  it('opens from a button exactly the question that stands on it', async () => {
    for (const { id, question } of context.knowledge.questions) {
      const message = await ask(bot, press(open(context, { command: 'ask', options: { question: id } })))
      expect(message).toMatchObject({ kind: 'answer', title: question })
    }
  })

  it('answers every choice that it offers, with and without something typed', async () => {
    for (const { name: command, completes } of context.commands) {
      for (const option of completes) {
        for (const typed of ['', 'a', 'th', 'se']) {
          const offered = await choices(bot, typing(command, option, typed))
          if (typed === '') expect(offered.length, `/${command} ${option}`).toBeGreaterThan(0)
          expect(new Set(offered.map(({ value }) => value)).size).toBe(offered.length)
          for (const { name, value } of offered) {
            const party = context.knowledge.positions.find(
              ({ topic }) => context.knowledge.topic(topic).name === value,
            )?.party
            const beside =
              command === 'position' && option === 'topic'
                ? { party: party ?? '' }
                : command === 'quote' && option === 'about'
                  ? { speaker: quoted(context, value) }
                  : {}
            const message = await ask(bot, slash(command, { ...beside, [option]: value }))
            if (name.endsWith('(never quoted)')) expect(message.description).toContain('never quoted')
            else expect(message.kind, `/${command} ${option}: ${value} → ${message.description}`).toBe('answer')
          }
        }
      }
    }
  })
})

/** The fictional store with thirty more of everything, each as long as its schema lets it be, in text full of Markdown. */
function swollen(): Context {
  const files = readFiles(corpus.dir)
  const add = (file: string, entry: (at: number) => Record<string, unknown>) => {
    const entries = Array.from({ length: 30 }, (_, at) => entry(at))
    files[file] = `${files[file]}\n${entries.map((one) => `- ${JSON.stringify(one)}`).join('\n')}\n`
  }
  const cite = [{ 'wire 1': 'ORLA, June 7 (Lakes Wire)' }, { 'wire 6': 'Feldmark travels on to Quillhaven' }]
  const id = (kind: string, at: number, length = 24) => `${kind}-${at}-`.padEnd(length, 'x')
  const long = (length: number, start = '') =>
    `${start} ${'_long_ **words** [of](all) ~kinds~ '.repeat(50)}`
      .trim()
      .slice(0, length - 1)
      .padEnd(length, '*')
  add('parties.yaml', (at) => ({
    id: id('party', at),
    name: long(80, `Party ${at}`),
    kind: 'group',
    about: long(400),
    cite,
  }))
  add('people.yaml', (at) => ({
    id: id('person', at),
    name: long(80, `Person ${at}`),
    party: id('party', at),
    roles: Array.from({ length: 5 }, () => ({ role: long(120), cite })),
    note: long(400),
  }))
  add('topics.yaml', (at) => ({ id: id('topic', at), name: long(80, `Topic ${at}`) }))
  add('meetings.yaml', (at) => ({
    id: id('meeting', at),
    name: long(100, `Meeting ${at}`),
    kind: 'talks',
    status: 'held',
    where: long(80),
    purpose: { text: long(600), cite },
    outcome: { text: long(600), cite },
    seats: Array.from({ length: 30 }, (_, seat) => ({
      party: id('party', seat),
      people: [id('person', seat)],
      status: 'attended',
      note: long(300),
      cite,
    })),
    cite,
  }))
  add('quotes.yaml', (at) => ({
    id: id('quote', at),
    speaker: id('person', 0),
    words: long(1500, `${at}`),
    attribution: long(120),
    setting: long(300),
    about: [id('topic', at), id('meeting', at)],
    note: long(300),
    cite,
  }))
  add('events.yaml', (at) => ({
    id: id('event', at),
    when: { date: `2019-07-${String(1 + Math.floor(at / 2)).padStart(2, '0')}` },
    what: long(500),
    people: [id('person', 0)],
    parties: [id('party', 0)],
    meeting: id('meeting', at % 4),
    about: [id('topic', at)],
    cite,
  }))
  add('positions.yaml', (at) => ({
    id: id('position', at),
    party: id('party', at % 3),
    topic: id('topic', at),
    position: long(500),
    according: long(120),
    cite,
  }))
  add('differences.yaml', (at) => ({
    id: id('difference', at),
    kind: 'facts',
    topic: id('topic', at),
    what: long(200),
    sides: ['herald', 'beacon', 'wire'].map((article) => ({ article, says: long(500), cite })),
    note: long(400),
  }))
  add('questions/after.yaml', (at) => ({
    id: id('question', at, 50),
    question: long(100, `Question ${at}`),
    gives: ['what'],
    answer: `${long(890)} [1][2]`,
    cite,
    ask: Array.from({ length: 8 }, (_, way) => long(200, `Question ${at} asked in way ${way}`)),
  }))
  add('unknowns/gaps.yaml', (at) => ({
    id: id('unknown', at, 50),
    question: long(100, `Unknown ${at}`),
    reason: 'absent',
    says: long(400),
    nearest: [id('question', at, 50), id('question', (at + 1) % 30, 50), id('question', (at + 2) % 30, 50)],
    ask: Array.from({ length: 8 }, (_, way) => long(200, `Unknown ${at} asked in way ${way}`)),
  }))
  return createContext(parseKnowledge(files))
}

it('stays within Discord’s limits whatever a store holds', async () => {
  const context = swollen()
  const bot = openBot(context)
  const starts: Message[] = []
  for (const { command, options } of [
    ...answered(context),
    ...context.knowledge.unknowns.map(({ question }) => ({ command: 'ask', options: { question } })),
  ])
    starts.push(await ask(bot, slash(command, { ...options, for: third }, '4611686018427387904')))
  await walk(bot, starts, () => {})
  for (const { name, completes } of context.commands)
    for (const option of completes)
      for (const typed of ['', 'x', 'Person', 'Party', 'long words']) await choices(bot, typing(name, option, typed))
}, 60_000)

function quoted({ knowledge }: Context, about: string): string {
  return knowledge.quotes.find((quote) => quote.about.includes(about))?.speaker ?? ''
}

function open({ knowledge, commands }: Context, call: Call, owner = asker): string {
  const command = commands.find(({ name }) => name === call.command)
  if (!command) throw new RangeError(`no command ${call.command}`)
  return encodePress({ action: 'open', hash: knowledge.hash, owner, hidden: false, page: 0, call }, command)
}

/** The text of each page, turned with the buttons. */
async function allPages(bot: Bot, first: unknown): Promise<string[]> {
  const pages: string[] = []
  let message = await ask(bot, first)
  for (;;) {
    pages.push(message.description)
    const next = message.buttons.find(({ label, disabled }) => label.startsWith('Next') && !disabled)
    if (!next) return pages
    message = await ask(bot, press(next.custom_id))
  }
}

it('turns the pages of quotations with certain words, however many words were typed', async () => {
  const context = openContext(corpus.dir)
  const bot = openBot(context)
  const typed = 'THE WOMAN WHO IS LATE; she has | done the sum more often'
  const first = await ask(bot, slash('quote', { speaker: 'Solen', about: typed }))
  expect(first).toMatchObject({ kind: 'answer', title: 'Quotations: Mira Solen with “THE WOMAN WHO IS LATE; s”' })
  expect(await ask(bot, press(first.buttons[0]?.custom_id.replace(/^x/, 't') ?? ''))).toMatchObject({
    description: first.description,
  })
})

describe('a message', () => {
  const label = (message: Message, start: string) => {
    const found = message.buttons.find((button) => button.label.startsWith(start))
    if (!found) throw new RangeError(`no button "${start}" among ${message.buttons.map((button) => button.label)}`)
    return found.custom_id
  }
  const bot = openBot(openContext(corpus.dir))
  const long = slash('quote', { speaker: 'Solen' })

  it('turns its pages in place, after a restart too', async () => {
    const first = await ask(bot, long)
    const restarted = openBot(openContext(corpus.dir))
    const second = await ask(restarted, press(label(first, 'Next')))
    expect(second).toMatchObject({ type: 7, hidden: false })
    expect(second.description).not.toBe(first.description)
    const back = await ask(restarted, press(label(second, '◀')))
    expect(back.description).toBe(first.description)
  })

  it('turns for someone else only on a page of their own', async () => {
    const first = await ask(bot, long)
    const theirs = await ask(bot, press(label(first, 'Next'), undefined, other))
    expect(theirs).toMatchObject({ type: 4, hidden: true })
    // Their page is theirs from then on.
    const back = await ask(bot, press(label(theirs, '◀'), undefined, other))
    expect(back).toMatchObject({ type: 7, hidden: true, description: first.description })
  })

  it('says kindly that its buttons no longer fit once the store was edited', async () => {
    const first = await ask(bot, long)
    const files = readFiles(corpus.dir)
    const edited = openBot(
      createContext(
        parseKnowledge({
          ...files,
          'parties.yaml': (files['parties.yaml'] ?? '').replace('Wants the toll', 'Would like the toll'),
        }),
      ),
    )
    const reply = await ask(edited, press(label(first, 'Next')))
    expect(reply).toMatchObject({ type: 4, hidden: true, kind: 'decline', buttons: [] })
    expect(reply.description).toMatchInlineSnapshot(
      `"What I know has been edited since that message was written, so its buttons no longer fit. Please ask again with /quote."`,
    )
    // Taking back needs nothing of the store.
    expect(await ask(edited, press(label(first, 'Take back')))).toMatchObject({ type: 7, kind: 'answer' })
  })

  it('is shared by a button where it was private, with the page that was open', async () => {
    const first = await ask(bot, slash('quote', { speaker: 'Solen', private: true }))
    expect(first).toMatchObject({ hidden: true })
    const second = await ask(bot, press(label(first, 'Next')))
    expect(second).toMatchObject({ type: 7, hidden: true })
    const shared = await ask(bot, press(label(second, 'Share')))
    expect(shared).toMatchObject({ type: 4, hidden: false, description: second.description })
    label(shared, 'Take back')
  })

  it('is taken back by the one who asked, and by nobody else', async () => {
    const first = await ask(bot, long)
    const refused = await ask(bot, press(label(first, 'Take back'), undefined, other))
    expect(refused).toMatchObject({ type: 4, hidden: true, kind: 'decline' })
    const taken = await ask(bot, press(label(first, 'Take back')))
    expect(taken).toMatchObject({ type: 7, buttons: [], menus: [], description: '', users: [] })
    expect(taken.content).toMatchInlineSnapshot(`"-# Taken back by the one who asked."`)
  })

  it('notifies the one person that it is aimed at, and nobody where it is private or a refusal', async () => {
    const aimed = await ask(bot, slash('who-is', { person: 'Revik', for: third }))
    expect(aimed).toMatchObject({ hidden: false, users: [third], content: `<@${third}>` })
    expect(await ask(bot, slash('who-is', { person: 'Revik', for: third, private: true }))).toMatchObject({
      hidden: true,
      users: [],
      content: '',
    })
    expect(await ask(bot, slash('who-is', { person: 'Nobody', for: third }))).toMatchObject({
      hidden: true,
      users: [],
      content: '',
    })
    const theirs = await ask(bot, press(aimed.buttons.at(-1)?.custom_id ?? '', undefined, other))
    expect(theirs).toMatchObject({ hidden: true, users: [] })
  })

  it('offers other answers in a menu that works for anyone', async () => {
    const first = await ask(bot, slash('who-attended'))
    const menu = first.menus[0]
    const choice = menu?.options[0]
    expect(choice?.label).toBe('Second round on Marrow Island (planned)')
    expect(await ask(bot, press(menu?.custom_id ?? '', choice?.value))).toMatchObject({
      type: 7,
      title: `Who attended: ${choice?.label}`,
    })
    expect(await ask(bot, press(menu?.custom_id ?? '', choice?.value, other))).toMatchObject({ type: 4, hidden: true })
  })
})

describe('names as people type them', () => {
  let context: Context
  let bot: Bot
  beforeAll(() => {
    context = openContext(real.dir)
    bot = openBot(context)
  })

  it.each([
    ['quote', 'speaker', 'kery', 'John Kerry'],
    ['quote', 'speaker', 'lavarov', 'Sergei Lavrov'],
    ['who-is', 'person', 'KSA', 'Saudi Arabia'],
    ['position', 'party', 'ksa', 'Saudi Arabia'],
    ['who-is', 'person', 'kery', 'John Kerry'],
  ])('/%s offers first, under “%s”, for “%s”: %s', async (command, option, typed, name) => {
    const [first] = await choices(bot, typing(command, option, typed))
    expect(first?.name).toMatch(new RegExp(`^${name}`))
    const message = await ask(bot, slash(command, { [option]: typed }))
    expect(message.kind).toBe('answer')
    expect(message.title).toContain(name)
  })

  it('offers on empty input what most is held of', async () => {
    const counts = (await choices(bot, typing('quote', 'speaker', ''))).map(({ name }) =>
      Number(/(\d+) quotation/.exec(name)?.[1] ?? 0),
    )
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    const { positions, party } = context.knowledge
    const [first] = await choices(bot, typing('position', 'party', ''))
    const most = Math.max(...positions.map(({ party }) => positions.filter((one) => one.party === party).length))
    expect(positions.filter((one) => party(one.party).name === first?.value)).toHaveLength(most)
  })
})

it('writes a button of at most 100 characters, whatever ids a store has', () => {
  const { commands } = openContext(corpus.dir)
  const id = 'x'.repeat(24)
  const calls: Call[] = [
    { command: 'ask', options: { question: 'x'.repeat(50) } },
    { command: 'position', options: { party: id, topic: id } },
    { command: 'quote', options: { speaker: id, about: 'words that were typed ab' } },
    { command: 'timeline', options: { about: id, from: '2015-10-19', to: '2015-10-23' } },
    { command: 'who-attended', options: { meeting: id } },
  ]
  for (const call of calls) {
    const command = commands.find(({ name }) => name === call.command)
    if (!command) throw new RangeError(call.command)
    // Discord's ids stay below this until 2050.
    const user = '4700000000000000000'
    const press = { action: 'menu', hash: '12345678', owner: user, aimed: user, hidden: true, page: 99, call } as const
    expect(encodePress(press, command).length).toBeLessThanOrEqual(100)
  }
})
