import type { Bot } from '../src/bot.ts'
import type { Context } from '../src/command.ts'
import { parseCommandLine } from '../src/discord/command-line.ts'
import { asker, bodyOf, press, slash, typing } from '../tests/interactions.ts'
import { seeded } from './seeded.ts'
import { misspell } from './typos.ts'

/**
 * Interactions as a server's members send them, by kind; `mix` holds all kinds as they come in a busy hour. They come
 * again and again, each time from another member.
 */
export interface Traffic {
  ping: readonly unknown[]
  commands: readonly unknown[]
  autocomplete: readonly unknown[]
  questions: readonly unknown[]
  mix: readonly unknown[]
}

export async function createTraffic(context: Context, bot: Bot): Promise<Traffic> {
  const { commands: all } = context
  const signatures = all.map(({ name, options }) => ({
    name,
    options: Object.keys(options.shape).map((option) => ({ name: option })),
  }))
  const lines = all.flatMap(({ name, examples }) => (name === 'ask' ? [] : examples))
  const typed = lines.flatMap((line) => {
    const parsed = parseCommandLine(line, signatures)
    return parsed ? [slash(parsed.command, parsed.options)] : []
  })
  const clicks = (await Promise.all(typed.map((one) => clicksAfter(bot, one)))).flat()
  const commands = [...typed, ...every(clicks, 40)]

  const phrasings = phrasingsOf(context)
  const questions = every(phrasings, 200).map((question) => slash('ask', { question }))

  const names = namesOf(context)
  const beginnings = [...every(names, 10), ...every(phrasings, 10)].map((text) => text.slice(0, 6))
  const autocomplete = all.flatMap(({ name, completes }) =>
    [...completes].flatMap((option) => beginnings.map((text) => typing(name, option, text))),
  )
  const mix = Array.from({ length: 500 }, (_, at) => {
    const list = at % 5 < 2 ? questions : at % 5 === 2 ? autocomplete : commands
    return list[(at * 7) % list.length]
  })
  return {
    ping: [{ type: 1, id: '1', application_id: '2', token: 't', version: 1 }],
    commands,
    autocomplete,
    questions,
    mix,
  }
}

/** How many members a server has that takes part. */
const members = 500

/** The same interactions, each from another member, again and again until there are `count`. */
export function byMembers(interactions: readonly unknown[], count: number): unknown[] {
  return Array.from({ length: count }, (_, at) => {
    const member = String(BigInt(asker) + BigInt((at * 7919) % members))
    // Presses name their owner in base 36: each clicks on what they asked for themselves.
    const text = JSON.stringify(interactions[at % interactions.length])
      .replaceAll(`"${asker}"`, `"${member}"`)
      .replaceAll(`|${BigInt(asker).toString(36)}|`, `|${BigInt(member).toString(36)}|`)
    return JSON.parse(text)
  })
}

/** Questions of which none comes twice: phrasings of the store, every other one misspelt. */
export function* freshQuestions(context: Context): Generator<unknown> {
  const pick = picker(20151030)
  const phrasings = phrasingsOf(context)
  for (const question of distinct((at) => (at % 2 === 0 ? pick(phrasings) : misspell(pick(phrasings), at))))
    yield slash('ask', { question })
}

/**
 * Calls of the other commands of which none comes twice: names of the store, alone or in pairs, most of them misspelt.
 * Days are left out: each new range of them is a new picture, which is measured by itself.
 */
export function* freshCommands(context: Context): Generator<unknown> {
  const pick = picker(20151030)
  const names = namesOf(context)
  const calls = context.commands.flatMap(({ name, completes }) => {
    const options = [...completes].filter((option) => option !== 'from' && option !== 'to')
    return name === 'ask' || options.length === 0 ? [] : [{ name, options }]
  })
  const call = (at: number): string => {
    const { name, options } = pick(calls)
    return JSON.stringify([
      name,
      Object.fromEntries(options.map((option, nth) => [option, misspell(pick(names), at + nth)])),
    ])
  }
  for (const text of distinct(call)) {
    const [name, options] = JSON.parse(text)
    yield slash(name, options)
  }
}

/** What `make` makes for 0, 1, 2 and so on, each once. */
function* distinct(make: (at: number) => string): Generator<string> {
  const seen = new Set<string>()
  for (let at = 0; ; at++) {
    const one = make(at)
    if (!seen.has(one)) yield one
    seen.add(one)
  }
}

/** Picks one of a list by chance, the same ones for the same seed. */
function picker(seed: number): <Item>(list: readonly Item[]) => Item {
  const random = seeded(seed)
  return (list) => {
    const item = list[Math.floor(random() * list.length)]
    if (item === undefined) throw new RangeError('an empty list')
    return item
  }
}

function phrasingsOf({ knowledge }: Context): string[] {
  return [...knowledge.questions, ...knowledge.unknowns].flatMap(({ ask }) => ask)
}

function namesOf({ knowledge }: Context): string[] {
  return [...knowledge.people, ...knowledge.parties, ...knowledge.meetings].map(({ name }) => name)
}

async function clicksAfter(bot: Bot, interaction: unknown): Promise<unknown[]> {
  const body = bodyOf(await bot(interaction))
  const rows = body.type === 4 || body.type === 7 ? (body.data?.components ?? []) : []
  return rows
    .flatMap((row) => (row.type === 1 ? row.components : []))
    .flatMap((one) => {
      if (one.type === 3) return [press(one.custom_id, one.options[0]?.value)]
      return one.type === 2 && 'custom_id' in one && !one.disabled ? [press(one.custom_id)] : []
    })
}

/** At most `count` of a list, spread evenly over it. */
function every<Item>(list: readonly Item[], count: number): Item[] {
  const step = Math.max(1, list.length / count)
  return Array.from({ length: Math.min(count, list.length) }, (_, at) => list[Math.floor(at * step)]).filter(
    (item) => item !== undefined,
  )
}
