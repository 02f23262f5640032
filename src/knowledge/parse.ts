import { type Document, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml'
import type * as z from 'zod'
import { checkReferences } from './references.ts'
import {
  type Article,
  type Event,
  type FileName,
  fileSchemas,
  type Meeting,
  type Party,
  type Person,
  type Question,
  type Quote,
  type Store,
  type Topic,
  type Unknown,
} from './schema.ts'

/** One thing that a curator has to mend, with where it stands. */
export interface Problem {
  file: string
  line: number
  /** The entry and the field, such as `"jet-distance" → cite 2`; empty where the file itself is wrong. */
  field: string
  message: string
}

/** The knowledge folder can't be used: every problem found, not only the first. */
export class KnowledgeError extends Error {
  override name = 'KnowledgeError'
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'))
    this.problems = problems
  }
}

/** The whole store, parsed and cross-checked: every id in it resolves. */
export interface Knowledge extends Store {
  /** Eight characters that change with the content; buttons carry it. */
  hash: string
  article: (id: string) => Article
  party: (id: string) => Party
  person: (id: string) => Person
  topic: (id: string) => Topic
  meeting: (id: string) => Meeting
  quote: (id: string) => Quote
  event: (id: string) => Event
  question: (id: string) => Question
  unknown: (id: string) => Unknown
  /** Where an entry was written: `questions/cnn.yaml:12`. */
  place: (file: FileName, index: number) => string
}

/** One YAML file, read. */
interface Source {
  file: string
  doc: Document
  lines: LineCounter
}

/** Says where the value at `path` of entry `index` of a list stands, and collects what is wrong with it. */
export type Refuse = (list: FileName, index: number, path: readonly PropertyKey[], message: string) => void

export function formatProblem({ file, line, field, message }: Problem): string {
  return `${file}:${line}${field ? `  ${field}` : ''}: ${message}`
}

/**
 * Parses the files of a knowledge folder, by their path in it (`people.yaml`, `questions/cnn.yaml`).
 * Throws a KnowledgeError that lists all problems.
 */
export function parseKnowledge(files: Readonly<Record<string, string>>): Knowledge {
  const problems: Problem[] = []
  const origins = new Map<FileName, { source: Source; at: number }[]>()
  const lists: Record<string, unknown[]> = {}

  for (const name of Object.keys(fileSchemas) as FileName[]) {
    const paths = Object.keys(files)
      .filter((path) => path === `${name}.yaml` || path.startsWith(`${name}/`))
      .sort()
    if (paths.length === 0) {
      problems.push({
        file: `${name}.yaml`,
        line: 1,
        field: '',
        message: `is missing; write "[]" into it if there is nothing to say`,
      })
    }
    const entries: { source: Source; at: number }[] = []
    const values: unknown[] = []
    for (const file of paths) {
      const source = read(file, files[file] ?? '', problems)
      const content: unknown = source.doc.toJS() ?? []
      if (!Array.isArray(content)) {
        problems.push({ file, line: 1, field: '', message: 'must be a list: every entry starts with "- "' })
        continue
      }
      for (const [at, value] of content.entries()) {
        const result = fileSchemas[name].element.safeParse(value)
        if (result.success) {
          entries.push({ source, at })
          values.push(result.data)
        } else {
          for (const issue of result.error.issues) problems.push(explain(source, at, value, issue))
        }
      }
    }
    origins.set(name, entries)
    lists[name] = values
  }
  const store = lists as Store

  const refuse: Refuse = (list, index, path, message) => {
    const origin = origins.get(list)?.[index]
    const entry: unknown = store[list][index]
    if (origin) problems.push(locate(origin.source, origin.at, entry, path, message))
  }
  // A broken entry is left out above, so a reference to it would be reported as one more problem that isn't there.
  if (problems.length === 0) checkReferences(store, refuse)
  if (problems.length > 0) throw new KnowledgeError(problems)

  return {
    ...store,
    hash: contentHash(store),
    article: finder(store.articles),
    party: finder(store.parties),
    person: finder(store.people),
    topic: finder(store.topics),
    meeting: finder(store.meetings),
    quote: finder(store.quotes),
    event: finder(store.events),
    question: finder(store.questions),
    unknown: finder(store.unknowns),
    place: (file, index) => {
      const origin = origins.get(file)?.[index]
      return origin ? `${origin.source.file}:${lineOf(origin.source, [origin.at])}` : file
    },
  }
}

function finder<Entry extends { id: string }>(entries: readonly Entry[]): (id: string) => Entry {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return (id) => {
    const entry = byId.get(id)
    if (!entry) throw new RangeError(`no entry "${id}" in the store`)
    return entry
  }
}

function read(file: string, text: string, problems: Problem[]): Source {
  const lines = new LineCounter()
  const doc = parseDocument(text, { lineCounter: lines })
  for (const error of doc.errors) {
    problems.push({
      file,
      line: lines.linePos(error.pos[0]).line,
      field: '',
      message: `is not YAML: ${error.message.split(' at line')[0]}`,
    })
  }
  return { file, doc, lines }
}

function explain(source: Source, at: number, value: unknown, issue: z.core.$ZodIssue): Problem {
  return locate(
    source,
    at,
    value,
    issue.path,
    inPlainWords(issue),
    issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined,
  )
}

function locate(
  source: Source,
  at: number,
  entry: unknown,
  path: readonly PropertyKey[],
  message: string,
  key?: string,
): Problem {
  const id = typeof entry === 'object' && entry !== null && 'id' in entry ? String(entry.id) : ''
  const name = id ? `"${id}"` : `entry ${at + 1}`
  const field = path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join(' ')
  return {
    file: source.file,
    line: lineOf(source, [at, ...path], key),
    field: field ? `${name} → ${field}` : name,
    message,
  }
}

/** The line of the value at a path; of the nearest thing around it where the value isn't there. */
function lineOf({ doc, lines }: Source, path: readonly PropertyKey[], key?: string): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = doc.getIn(path.slice(0, depth), true)
    if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) continue
    if (key !== undefined && 'items' in node) {
      const pair = (node as YAMLMap).items.find((item) => isScalar(item.key) && item.key.value === key)
      if (pair && isScalar(pair.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line
    }
    return lines.linePos(node.range[0]).line
  }
  return 1
}

function inPlainWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.message.endsWith('received undefined')
        ? 'is missing'
        : `must be ${issue.expected === 'array' ? 'a list' : `a ${issue.expected}`}`
    case 'unrecognized_keys':
      return `has no field ${issue.keys.map((key) => `"${key}"`).join(', ')}; is it misspelt?`
    case 'too_big':
      return issue.origin === 'string'
        ? `is too long: at most ${issue.maximum} characters`
        : `is too large: at most ${issue.maximum}`
    case 'invalid_value':
      return `must be one of: ${issue.values.join(', ')}`
    default:
      return issue.message
  }
}

/** cyrb53: enough to tell two stores apart, and needs neither await nor Node, so that a Worker can do it too. */
function contentHash(store: Store): string {
  const text = JSON.stringify(store)
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36).padStart(11, '0').slice(-8)
}
