import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCommandLine } from '../src/discord/command-line.ts'
import { createReader } from '../src/pictures/painted.ts'
import { paintAll } from '../src/pictures/painter.ts'
import { drawAll } from '../src/pictures/pictures.ts'
import { asker, bodyOf, jsonOf, other, press, slash, typing } from './interactions.ts'
import { corpus, openBot, openContext } from './stores.ts'

/** A way in: `send` gives the response's JSON as Discord would get it, byte for byte. */
export interface Target {
  send: (interaction: unknown) => Promise<string>
  close?: () => Promise<void>
}

interface Row {
  name: string
  interaction: unknown
  /** JSON that Discord's gateway never brings: a PING, and what is no interaction. */
  endpointOnly?: boolean
  /** What the bot answers in memory. */
  response: string
}

type Draft = Omit<Row, 'response'>

const store = openContext(corpus.dir)
/** With the pictures that a Worker has, so that every way in carries the same. */
export const context = { ...store, paint: createReader(await paintAll(drawAll(store.knowledge))) }
export const bot = openBot(context)

/** Every command as people type it: found, misspelt, unknown, with and without options. */
const typed = [
  '/help',
  '/sources',
  '/who-attended',
  '/who-attended meeting: second round',
  '/who-attended meeting: the moon landing',
  '/quote speaker: Feldmark',
  '/quote speaker: feldmrk',
  '/quote speaker: Revik about: toll',
  '/quote speaker: Napoleon',
  '/timeline',
  '/timeline about: Veshtar',
  '/timeline from: 4 June to: 6 June',
  '/timeline from: 6 June to: 4 June',
  '/timeline from: some day',
  '/position party: Ulmland',
  '/position party: Veshtar topic: toll',
  '/position party: Atlantis',
  '/who-is person: Revik',
  '/who-is person: Rewick',
  '/who-is person: Napoleon',
  '/differences',
  '/differences topic: names',
  '/differences topic: cooking',
  '/ask question: how much is the toll',
  '/ask question: who sat at the pier house',
  '/ask question: toll',
  '/ask question: how old is Feldmark',
  '/ask question: what came out of the second round',
  '/ask question: how do I bake a cake',
].map((line) => {
  const parsed = parseCommandLine(
    line,
    context.commands.map(({ name, options }) => ({
      name,
      options: Object.keys(options.shape).map((name) => ({ name })),
    })),
  )
  if (!parsed) throw new TypeError(`no such command: ${line}`)
  return { line, ...parsed }
})

/** What is typed into an option that completes: nothing yet, a letter, a name, a typo, what nobody is called. */
const fragments = ['', 'f', 'Revik', 'feldmrk', 'toll', 'zzzzzz', '@everyone', 'x'.repeat(6000)]

const badTexts = [
  { name: 'blank', text: '   ' },
  { name: 'long', text: 'who sat at the pier house '.repeat(230) },
  { name: 'emoji only', text: '🚢🚢🚢' },
  { name: 'right-to-left', text: '\u202eesuoh reip eht ta tas ohw' },
  { name: 'zero-width', text: 'who\u200b sat\u200d at the\ufeff pier house' },
  { name: 'Markdown', text: '**who** ~~sat~~ [here](https://evil.example) `x` ||y||' },
  { name: 'mentioning', text: '@everyone <@80351110224678912> <#645027906669510667>' },
  { name: 'a half character', text: 'who sat \ud83d at' },
]

const question = slash('ask', { question: 'toll' })
const withoutText = { ...question, data: { ...question.data, options: [{ name: 'question', type: 10, value: 7 }] } }

const badInput: readonly Draft[] = [
  ...badTexts.flatMap(({ name, text }) =>
    context.commands.flatMap((one) =>
      Object.keys(one.options.shape)
        .slice(0, 1)
        .map((option) => ({
          name: `/${one.name} with ${name} text`,
          interaction: slash(one.name, { [option]: text }),
        })),
    ),
  ),
  ...context.commands.map(({ name }) => ({ name: `/${name} without its options`, interaction: slash(name) })),
  { name: 'an unknown command', interaction: slash('drop-tables') },
  { name: 'an unknown option', interaction: slash('help', { verbose: 'yes' }) },
  { name: 'a number for a text', interaction: withoutText },
  { name: 'an option of an unknown command', interaction: typing('drop-tables', 'table', 'u') },
  { name: 'an unknown option being typed', interaction: typing('ask', 'answer', 'yes') },
  { name: 'somebody who is nobody', interaction: slash('help', { for: 'everyone' }) },
  { name: 'a button of another bot', interaction: press('role:42') },
  { name: 'a button of an unknown command', interaction: press(`o|${context.knowledge.hash}|1|5|0|drop|x`) },
  { name: 'a button of another store', interaction: press('t|00000000|ly3q|5|1|timeline') },
  { name: 'a menu of another store', interaction: press('m|00000000|ly3q||0|who-attended', 'pier-house') },
  { name: 'a page that is not there', interaction: press(`t|${context.knowledge.hash}|ly3q||9999|timeline`) },
  {
    name: 'a PING',
    interaction: { id: '1', application_id: '2', type: 1, token: 't', version: 1 },
    endpointOnly: true,
  },
  ...[
    null,
    7,
    'text',
    [],
    {},
    { type: 99 },
    { type: 2 },
    { type: 2, id: '1', data: { name: 5 } },
    { type: 3, data: {} },
  ].map((interaction) => ({ name: JSON.stringify(interaction), interaction, endpointOnly: true })),
]

/**
 * One table of interactions with the responses that the bot gives in memory: commands, autocomplete, every button and
 * menu of every reply, clicked by the one who asked and by somebody else, and bad input.
 */
export const rows: readonly Row[] = await fill([
  ...typed.flatMap(({ line, command, options }) => [
    { name: line, interaction: slash(command, options) },
    ...(line.includes(': ')
      ? []
      : [
          { name: `${line} private: true`, interaction: slash(command, { private: true }) },
          { name: `${line} for: somebody`, interaction: slash(command, { for: other }) },
          { name: `${line} in a direct message`, interaction: inDirectMessage(slash(command)) },
        ]),
  ]),
  ...context.commands.flatMap(({ name, completes }) =>
    [...completes].flatMap((option) =>
      fragments.map((text) => ({
        name: `typing /${name} ${option}: ${text.slice(0, 12)}`,
        interaction: typing(name, option, text),
      })),
    ),
  ),
  ...badInput,
])

async function fill(drafts: readonly Draft[]): Promise<Row[]> {
  const presses = new Map<string, Draft>()
  for (const { name, interaction } of drafts)
    for (const { key, ...draft } of await pressesAfter(name, interaction)) presses.set(key, draft)
  return Promise.all(
    [...drafts, ...presses.values()].map(async (draft) => ({
      ...draft,
      response: jsonOf(await bot(draft.interaction)),
    })),
  )
}

/** A click on everything that can be clicked in a reply, by the one who asked and by somebody else. */
async function pressesAfter(name: string, interaction: unknown): Promise<(Draft & { key: string })[]> {
  const body = bodyOf(await bot(interaction))
  const rows = body.type === 4 || body.type === 7 ? (body.data?.components ?? []) : []
  return rows
    .flatMap((row) => (row.type === 1 ? row.components : []))
    .flatMap((one): { id: string; label: string; value?: string }[] => {
      if (!('custom_id' in one)) return []
      if (one.type === 3) return one.options.map(({ label, value }) => ({ id: one.custom_id, label, value }))
      return one.type === 2 && !one.disabled ? [{ id: one.custom_id, label: one.label ?? '' }] : []
    })
    .flatMap(({ id, label, value }) =>
      [asker, other].map((by) => ({
        key: `${id} ${value} ${by}`,
        name: `${name} → ${label}${by === asker ? '' : ', by somebody else'}`,
        interaction: press(id, value, by),
      })),
    )
}

function inDirectMessage({ member, ...rest }: ReturnType<typeof slash>): unknown {
  return { ...rest, user: member.user, context: 1 }
}

/** Checks that a way in answers the whole table as the bot does in memory, to the byte. */
export function describeContract(
  name: string,
  open: () => Promise<Target>,
  brings: (row: Row) => boolean = () => true,
): void {
  describe(name, () => {
    let target: Target
    beforeAll(async () => {
      target = await open()
    })
    afterAll(() => target.close?.())
    test.concurrent.for(rows.filter(brings))('$name', async ({ interaction, response }) => {
      expect(await target.send(interaction)).toBe(response)
    })
  })
}
