import type { Bot } from '../src/bot.ts'
import type { Context } from '../src/command.ts'
import { parseCommandLine } from '../src/discord/command-line.ts'
import { press, slash, typing } from '../tests/interactions.ts'

/** Interactions as a server's members send them, by kind; `mix` holds all kinds as they come in a busy hour. */
export interface Traffic {
  ping: readonly unknown[]
  commands: readonly unknown[]
  autocomplete: readonly unknown[]
  questions: readonly unknown[]
  mix: readonly unknown[]
}

export async function createTraffic(context: Context, bot: Bot): Promise<Traffic> {
  const { knowledge, commands: all } = context
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

  const phrasings = [...knowledge.questions, ...knowledge.unknowns].flatMap(({ ask }) => ask)
  const questions = every(phrasings, 200).map((question) => slash('ask', { question }))

  const names = [...knowledge.people, ...knowledge.parties, ...knowledge.meetings].map(({ name }) => name)
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

async function clicksAfter(bot: Bot, interaction: unknown): Promise<unknown[]> {
  const { body } = await bot(interaction)
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
