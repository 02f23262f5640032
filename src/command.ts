import type * as z from 'zod'
import { type Answer, type Picture, unclear } from './answer.ts'
import type { Knowledge } from './knowledge/store.ts'
import type { Matcher } from './matching/matcher.ts'

/** What a command may look at. */
export interface Context {
  knowledge: Knowledge
  match: Matcher
  commands: readonly Command[]
  /** Turns pictures into PNGs; where it is missing, answers go without. */
  paint?: Paint | undefined
}

/** A picture as a PNG; undefined where it can't be had here. */
export type Paint = (picture: Picture) => Promise<Uint8Array<ArrayBuffer> | undefined>

/** One line of an autocomplete list; `value` is what the command then gets. */
export interface Choice {
  name: string
  value: string
}

/** Options are strings, in the order in which Discord shows them. */
type OptionsSchema = z.ZodObject<Record<string, z.ZodType<string | undefined>>>

interface Definition<Schema extends OptionsSchema> {
  name: string
  description: string
  /** Calls that work, for /help and the first visit. */
  examples: readonly string[]
  options: Schema
  /** Ranked choices for an option while it is typed; the most useful ones while it is empty. */
  suggest?: Partial<Record<keyof z.output<Schema>, (typed: string, context: Context) => readonly Choice[]>>
  run: (options: z.output<Schema>, context: Context) => Answer
}

/** A command as the bot sees it: whatever was typed goes in, an Answer comes out. */
export interface Command {
  name: string
  description: string
  examples: readonly string[]
  options: OptionsSchema
  /** The options that offer choices while they are typed. */
  completes: ReadonlySet<string>
  choices: (option: string, typed: string, context: Context) => readonly Choice[]
  /** Parses the options; what doesn't fit is refused in the member's words. */
  answer: (typed: Readonly<Record<string, unknown>>, context: Context) => Answer
}

export function defineCommand<Schema extends OptionsSchema>(definition: Definition<Schema>): Command {
  const { name, description, examples, options, run } = definition
  const strict = options.strict()
  const suggest = new Map(
    Object.entries<((typed: string, context: Context) => readonly Choice[]) | undefined>(definition.suggest ?? {}),
  )
  return {
    name,
    description,
    examples,
    options,
    completes: new Set(suggest.keys()),
    choices: (option, typed, context) => suggest.get(option)?.(typed, context) ?? [],
    answer: (typed, context) => {
      const parsed = strict.safeParse(typed)
      return parsed.success
        ? run(parsed.data as z.output<Schema>, context)
        : unclear(explain(name, options, parsed.error))
    },
  }
}

function explain(name: string, options: OptionsSchema, error: z.ZodError): string {
  const known = Object.keys(options.shape)
  const parts = error.issues.map((issue) => {
    const option = String(issue.path[0] ?? '')
    switch (issue.code) {
      case 'unrecognized_keys':
        return `It has no option ${issue.keys.map((key) => `“${key.slice(0, 32)}”`).join(', ')}.`
      case 'too_big':
        return `“${option}” takes at most ${issue.maximum} characters: say it in fewer words.`
      case 'too_small':
        return `“${option}” is empty.`
      default:
        return `“${option}” is missing or not a text.`
    }
  })
  const takes =
    known.length > 0
      ? `/${name} takes ${known.map((option) => `“${option}”`).join(', ')}.`
      : `/${name} takes no options of its own.`
  return [...new Set(parts), takes].join(' ')
}
