import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { Parsed } from './parse.ts'
import { KnowledgeError, type Problem } from './problem.ts'
import { citationsOf } from './references.ts'
import type { Citation, FileName, Store } from './schema.ts'

/** The file in a knowledge folder that says what was proved against the articles. */
export const lockFile = 'verified.lock.json'

const hash = z.string().regex(/^[0-9a-f]{16}$/)
const schema = z.strictObject({
  /** The SHA-256 of each article's text. */
  articles: z.record(z.string(), z.string()),
  /** By paragraph, `cnn 5`: a hash of each excerpt that stands in it. */
  excerpts: z.record(z.string(), z.array(hash)),
})

export type Lock = z.output<typeof schema>

type Place = Pick<Citation, 'article' | 'paragraph'>

/** Words that an entry says stand in an article. */
export interface Excerpt {
  /** citation: the words of a footnote · quotation: what a speaker said · source: words of the article about it · passage: words that our own text puts in quotation marks */
  kind: 'citation' | 'quotation' | 'source' | 'passage'
  list: FileName
  index: number
  path: readonly PropertyKey[]
  words: string
  /** The paragraphs that the words may stand in. */
  places: readonly Place[]
}

/** Reads a lock file; throws a KnowledgeError where it is none. */
export function parseLock(text: string): Lock {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    content = undefined
  }
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data
  throw new KnowledgeError([{ file: lockFile, line: 1, field: '', message: `can't be read: ${remedy}` }])
}

const remedy = 'run `npm run knowledge -- verify --articles DIR`'

/** What stands in the store without having been proved against the articles. */
export function unverified({ knowledge, locate }: Parsed, lock: Lock): Problem[] {
  const changed = [...knowledge.articles.entries()].filter(([, { id, sha256 }]) => lock.articles[id] !== sha256)
  // Every excerpt of such an article would be reported too.
  if (changed.length > 0)
    return changed.map(([index]) =>
      locate('articles', index, ['sha256'], `is not the text that was verified: ${remedy}`),
    )
  const proved = new Set(
    Object.entries(lock.excerpts).flatMap(([place, hashes]) => hashes.map((one) => `${place} ${one}`)),
  )
  return excerptsOf(knowledge)
    .filter(({ places, words }) =>
      places.every((place) => !proved.has(`${placeKey(place)} ${excerptHash(place, words, knowledge)}`)),
    )
    .map(({ list, index, path, words }) => locate(list, index, path, `“${words}” was never verified: ${remedy}`))
}

/** The key of a paragraph in the lock: "cnn 5". */
export function placeKey({ article, paragraph }: Place): string {
  return `${article} ${paragraph}`
}

/** Changes with the words, their place and the article's text. */
export function excerptHash(
  { article, paragraph }: Place,
  words: string,
  { articles }: Pick<Store, 'articles'>,
): string {
  const sha256 = articles.find(({ id }) => id === article)?.sha256
  return createHash('sha256').update(`${sha256} ${paragraph} ${words}`).digest('hex').slice(0, 16)
}

/** Everything in the store that has to stand in the articles word for word. */
export function excerptsOf(store: Store): Excerpt[] {
  const anywhere = store.articles.flatMap(({ id, paragraphs }) =>
    Array.from({ length: paragraphs }, (_, at) => ({ article: id, paragraph: at + 1 })),
  )
  const headlines = new Set(store.articles.map(({ headline }) => headline))
  const all: Excerpt[] = []
  for (const list of [
    'articles',
    'parties',
    'people',
    'meetings',
    'quotes',
    'events',
    'positions',
    'differences',
    'questions',
    'unknowns',
  ] as const) {
    for (const [index, entry] of store[list].entries()) {
      const cited = citationsOf(entry)
      const places = cited.map(({ citation }) => citation)
      const add = (kind: Excerpt['kind'], path: readonly PropertyKey[], words: string, places: readonly Place[]) =>
        all.push({ kind, list, index, path, words, places })
      for (const { citation, path } of cited) add('citation', path, citation.words, [citation])
      if ('when' in entry && entry.when?.words !== undefined) add('source', ['when', 'words'], entry.when.words, places)
      if ('attribution' in entry) {
        add('quotation', ['words'], entry.words, places)
        add('source', ['attribution'], entry.attribution, places)
      }
      for (const { text, path } of textsOf(entry))
        for (const words of quotedIn(text)) if (!headlines.has(words)) add('passage', path, lowerFirst(words), anywhere)
    }
  }
  return all
}

/** The fields that hold our own words. */
const ownWords = new Set(['about', 'answer', 'dated', 'note', 'position', 'says', 'setting', 'text', 'what'])

function textsOf(value: unknown, path: readonly PropertyKey[] = []): { text: string; path: readonly PropertyKey[] }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key]
    if (typeof inner === 'string') return ownWords.has(key) ? [{ text: inner, path: at }] : []
    return textsOf(inner, at)
  })
}

/** What a text puts in quotation marks, without the punctuation that it adds; in pieces where it leaves words out. */
function quotedIn(text: string): string[] {
  return [...text.matchAll(/["“]([^"“”]+)["”]/g)].flatMap(([, words = '']) =>
    words
      .split(/…|\.{3}/)
      .map((piece) => piece.trim().replace(/[.,;:!?]+$/, ''))
      .filter(Boolean),
  )
}

/** Our own sentences may begin with words that stand further on in an article's. */
function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
