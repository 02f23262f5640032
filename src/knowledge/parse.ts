import { loadAll, YAMLException } from 'js-yaml'
import * as z from 'zod'
import { composeLayout, type Layout } from './layout.ts'
import { didYouMean } from './nearest.ts'
import { KnowledgeError, type Problem } from './problem.ts'
import { checkReferences } from './references.ts'
import { type FileName, fileSchemas, type Store } from './schema.ts'
import { type Knowledge, openStore } from './store.ts'

/** One YAML file, read. */
interface Source {
  file: string
  layout: () => Layout
}

/** Says where the value at `path` of entry `index` of a list stands. */
type Locate = (list: FileName, index: number, path: readonly PropertyKey[], message: string) => Problem

/** Collects what is wrong with the value at `path` of entry `index` of a list. */
export type Refuse = (...place: Parameters<Locate>) => void

/** A store, and the way from its values back to the lines that a curator wrote. */
export interface Parsed {
  store: Store
  knowledge: Knowledge
  locate: Locate
  /** Where an entry was written: `questions/cnn.yaml:12`. */
  place: (list: FileName, index: number) => string
}

/**
 * Parses the files of a knowledge folder, by their path in it (`people.yaml`, `questions/cnn.yaml`).
 * Throws a KnowledgeError that lists all problems.
 */
export function parseKnowledge(files: Readonly<Record<string, string>>): Knowledge {
  return parseFiles(files).knowledge
}

/** The same for tools that go on to name lines. */
export function parseFiles(files: Readonly<Record<string, string>>): Parsed {
  const problems: Problem[] = []
  const origins = new Map<FileName, { source: Source; at: number }[]>()
  const lists: Record<string, unknown[]> = {}

  const names = Object.keys(fileSchemas) as FileName[]
  for (const file of Object.keys(files)) {
    const name = file.replace(/\.ya?ml$|\/.*/g, '')
    if (file.endsWith('.yml')) problems.push(problemOf(file, 'is not read: its name must end in .yaml'))
    else if (!Object.hasOwn(fileSchemas, name))
      problems.push(
        problemOf(
          file,
          `is not read: the files are ${names.map((one) => `${one}.yaml`).join(', ')}${didYouMean(name, names)}`,
        ),
      )
  }
  for (const name of names) {
    const paths = Object.keys(files)
      .filter((path) => path === `${name}.yaml` || (path.startsWith(`${name}/`) && path.endsWith('.yaml')))
      .sort()
    if (paths.length === 0)
      problems.push(problemOf(`${name}.yaml`, 'is missing; write "[]" into it if there is nothing to say'))
    const entries: { source: Source; at: number }[] = []
    const values: unknown[] = []
    for (const file of paths) {
      const { source, content } = read(file, files[file] ?? '', problems)
      for (const [at, value] of content.entries()) {
        const result = fileSchemas[name].element.safeParse(value)
        if (result.success) {
          entries.push({ source, at })
          values.push(result.data)
        } else {
          for (const issue of result.error.issues) problems.push(...explain(source, at, value, issue, name))
        }
      }
    }
    origins.set(name, entries)
    lists[name] = values
  }
  const store = lists as Store

  const locate: Locate = (list, index, path, message) => {
    const origin = origins.get(list)?.[index]
    return origin
      ? problemAt(origin.source, origin.at, store[list][index], path, message)
      : problemOf(`${list}.yaml`, message)
  }
  // A broken entry is left out above, so a reference to it would be reported as one more problem that isn't there.
  if (problems.length === 0) checkReferences(store, (...place) => problems.push(locate(...place)))
  if (problems.length > 0) throw new KnowledgeError(problems)

  return {
    store,
    knowledge: openStore(store),
    locate,
    place: (list, index) => {
      const origin = origins.get(list)?.[index]
      return origin ? `${origin.source.file}:${origin.source.layout().lineOf([origin.at])}` : list
    },
  }
}

/** Reads a file's values with js-yaml, which is several times as fast; the lines are only looked for when one is to be named. */
function read(file: string, text: string, problems: Problem[]): { source: Source; content: unknown[] } {
  let layout: Layout | undefined
  const source: Source = {
    file,
    layout: () => {
      layout ??= composeLayout(text)
      return layout
    },
  }
  try {
    const [content = [], more] = loadAll(text)
    if (Array.isArray(content) && more === undefined) return { source, content }
    problems.push(
      problemOf(
        file,
        more === undefined
          ? 'must be a list: every entry starts with "- "'
          : 'must be one list: leave out the line "---"',
      ),
    )
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const { fault } = source.layout()
    problems.push(
      problemOf(file, faultOf(error.reason, fault?.code), error.mark ? error.mark.line + 1 : (fault?.line ?? 1)),
    )
  }
  return { source, content: [] }
}

/** What a curator most likely did where a file stops being YAML. */
function faultOf(reason: string, code: NonNullable<Layout['fault']>['code'] | undefined): string {
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BAD_INDENT':
      return 'this line or the one above is indented differently from the lines around it, lacks ": " after the name of a field, or has ": " within a text: put quotes round such a text'
    case 'UNEXPECTED_TOKEN':
    case 'TAB_AS_INDENT':
      return 'this line goes on after a closing quotation mark, or is indented with a tab: quote a text as a whole, and indent with spaces'
    case 'BAD_SCALAR_START':
    case 'BAD_ALIAS':
    case 'TAG_RESOLVE_FAILED':
      return 'this line has a text that starts with a sign that means something in YAML (@ ` % * & !): put quotes round the text'
    case 'MISSING_CHAR':
      return 'this line lacks a closing quotation mark or bracket here or above, a "- ", or the indentation of the lines around it'
    case 'DUPLICATE_KEY':
      return 'this line has a field that the entry already has'
    default:
      return `this is not YAML: ${reason}`
  }
}

function explain(source: Source, at: number, entry: unknown, issue: z.core.$ZodIssue, list: FileName): Problem[] {
  if (issue.code !== 'unrecognized_keys')
    return [problemAt(source, at, entry, issue.path, inPlainWords(issue, valueAt(entry, issue.path)))]
  const known = fieldsAt(list, issue.path)
  return issue.keys.map((key) =>
    problemAt(
      source,
      at,
      entry,
      issue.path,
      `has no field "${key}"${didYouMean(key, known) || `; it has ${known.join(', ')}`}`,
      key,
    ),
  )
}

function problemOf(file: string, message: string, line = 1): Problem {
  return { file, line, field: '', message }
}

function problemAt(
  { file, layout }: Source,
  at: number,
  entry: unknown,
  path: readonly PropertyKey[],
  message: string,
  key?: string,
): Problem {
  const id = valueAt(entry, ['id'])
  const name = typeof id === 'string' && id !== '' ? `"${id}"` : `entry ${at + 1}`
  const field = path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join(' ')
  return { file, line: layout().lineOf([at, ...path], key), field: field ? `${name} → ${field}` : name, message }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, part) : undefined),
    value,
  )
}

/** The fields that the schema knows at a path. */
function fieldsAt(list: FileName, path: readonly PropertyKey[]): string[] {
  const schema: unknown = z.toJSONSchema(fileSchemas[list].element, { io: 'input' })
  const inner = valueAt(
    schema,
    path.flatMap((part) => (typeof part === 'number' ? ['items'] : ['properties', part])),
  )
  return Object.keys(valueAt(inner, ['properties']) ?? {})
}

function inPlainWords(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue, value)
    case 'too_big':
      return issue.origin === 'string'
        ? `is too long: at most ${issue.maximum} characters, and it has ${String(value).length}`
        : `must be at most ${issue.maximum}`
    case 'too_small':
      if (!issue.message.startsWith('Too small')) return issue.message
      return issue.origin === 'array' ? `must hold at least ${issue.minimum}` : `must be at least ${issue.minimum}`
    case 'invalid_format':
      return issue.format === 'url' ? 'must be a web address that starts with https://' : issue.message
    case 'invalid_value':
      return `${value === undefined ? 'is missing; it ' : ''}must be one of: ${issue.values.join(', ')}`
    default:
      return issue.message
  }
}

function wrongType(issue: z.core.$ZodIssueInvalidType, value: unknown): string {
  if (value === undefined)
    return issue.path.at(-1) === 'id'
      ? 'is missing: every entry needs a name of its own, such as "assad-moscow"'
      : 'is missing'
  if (value === null) return 'is empty'
  if (!issue.message.startsWith('Invalid input')) return issue.message
  switch (issue.expected) {
    case 'string':
      if (Array.isArray(value)) return 'must be one text, not a list'
      return `must be a text: put quotes round it${typeof value === 'object' ? ', since it has ": " in it' : ` ("${value}")`}`
    case 'array':
      return 'must be a list: "[one, two]", or lines that start with "- "'
    case 'object':
      return 'must be fields with values, such as "id: …"'
    case 'boolean':
      return 'must be true or false'
    default:
      return 'must be a whole number'
  }
}
