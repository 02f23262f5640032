import type { Knowledge } from '../knowledge/store.ts'
import type { Readings } from './readings.ts'
import { createSpeller, type Speller } from './spelling.ts'
import { fillers, lightWords, stopWords } from './stop-words.ts'
import { type Word, words } from './words.ts'

/** A text as the matcher sees it: what it is about, in order. */
export interface Reading {
  /** Concepts in the order of the text: "@russia", "leave-power", or the stem of a word. */
  concepts: string[]
  /** How many of the words each concept was read from, with the place of the first. */
  spans: { at: number; length: number }[]
  words: Word[]
  /** Words that were taken for a misspelling, with what they were taken for. */
  mended: { typed: string; meant: string }[]
}

export interface Lexicon {
  /** Maps words and expressions to concepts; words without meaning of their own are dropped. */
  read: (text: string) => Reading
  /** The same for what people type: misspelt words are mended first. */
  readTyped: (text: string) => Reading
}

/** What a word stands for on its own, and how many words the longest expression has that starts with it. */
interface Term {
  concept: string | undefined
  longest: number
}

/**
 * Builds the map from words to concepts out of the store's names and vocabulary. What people type is mended by these and
 * by the words of the store's phrasings.
 */
export function createLexicon(knowledge: Knowledge, phrasings?: Pick<Readings, 'words' | 'stems'>): Lexicon {
  const concepts = new Map<string, string>()
  /** The most words of an expression that starts with this one. */
  const longest = new Map<string, number>()
  const add = (expression: string, concept: string) => {
    const parts = words(expression).map(({ stem }) => stem)
    const key = parts.join(' ')
    // A name that is also a function word ("IS") can't be told from it.
    if (parts.length === 0 || (parts.length === 1 && stopWords.has(expression.toLowerCase()))) return
    if (!concepts.has(key)) concepts.set(key, concept)
    const [first = ''] = parts
    longest.set(first, Math.max(longest.get(first) ?? 0, parts.length))
  }
  for (const { id, words } of knowledge.vocabulary) for (const word of words) add(word, id)
  for (const { id, name, aliases } of [...knowledge.people, ...knowledge.parties])
    for (const alias of [name, ...aliases]) add(alias, `@${id}`)

  const terms = new WeakMap<Word, Term>()
  const termOf = (word: Word): Term => {
    const known = terms.get(word)
    if (known) return known
    const term = { concept: conceptOf(word, concepts), longest: longest.get(word.stem) ?? 0 }
    terms.set(word, term)
    return term
  }

  /** The longest expression of two words or more that starts here. */
  const expressionAt = (
    all: readonly Word[],
    at: number,
    most: number,
  ): { concept: string; length: number } | undefined => {
    let key = all[at]?.stem ?? ''
    let found: { concept: string; length: number } | undefined
    for (let length = 2; length <= most && at + length <= all.length; length++) {
      key = `${key} ${all[at + length - 1]?.stem}`
      const concept = concepts.get(key)
      if (concept !== undefined) found = { concept, length }
    }
    return found
  }

  const readWords = (all: Word[], mended: Reading['mended']): Reading => {
    const reading: Reading = { concepts: [], spans: [], words: all, mended }
    let next = 0
    for (const [at, word] of all.entries()) {
      if (at < next) continue
      const { concept: own, longest } = termOf(word)
      const expression = longest > 1 ? expressionAt(all, at, longest) : undefined
      const concept = expression ? expression.concept : own
      const length = expression?.length ?? 1
      next = at + length
      if (concept === undefined) continue
      reading.concepts.push(concept)
      reading.spans.push({ at, length })
    }
    return reading
  }

  const known = countNames(knowledge)
  for (const [word, times] of phrasings?.words ?? []) known.counts.set(word, (known.counts.get(word) ?? 0) + times)
  for (const stem of phrasings?.stems ?? []) known.stems.add(stem)
  let speller: Speller | undefined

  return {
    read: (text) => readWords(words(text), []),
    readTyped: (text) => {
      speller ??= createSpeller(known.counts, known.names)
      const mended: Reading['mended'] = []
      const all: Word[] = []
      for (const word of words(text)) {
        const meant = known.stems.has(word.stem) || isPlain(word.text) ? undefined : speller.mend(word.text)
        if (meant === undefined) all.push(word)
        else {
          mended.push({ typed: word.text, meant })
          all.push(...words(meant))
        }
      }
      return readWords(all, mended)
    },
  }
}

const lightMark = '~'

/** True for the concept of a word like "who" or "from": it tells questions apart, and says nothing of their subject. */
export function isLight(concept: string): boolean {
  return concept.startsWith(lightMark)
}

/** The concept of a word on its own. */
function conceptOf({ text, stem }: Word, concepts: ReadonlyMap<string, string>): string | undefined {
  if (stopWords.has(text) || fillers.has(text)) return undefined
  return lightWords.has(text) ? `${lightMark}${text}` : (concepts.get(stem) ?? stem)
}

/** Words that stand for no concept on their own, whatever their stem: "willing" and "will" share one. */
function isPlain(word: string): boolean {
  return stopWords.has(word) || lightWords.has(word) || fillers.has(word)
}

/** Every word of the store's names and vocabulary. */
function countNames({ vocabulary, people, parties }: Knowledge): {
  counts: Map<string, number>
  names: Set<string>
  stems: Set<string>
} {
  const counts = new Map<string, number>()
  const stems = new Set<string>()
  const names = new Set<string>()
  for (const word of [...stopWords, ...lightWords, ...fillers]) counts.set(word, 3)
  const aliases = [...people, ...parties].flatMap((entry) => [entry.name, ...entry.aliases])
  for (const expression of [...vocabulary.flatMap((concept) => concept.words), ...aliases]) {
    for (const word of words(expression)) {
      counts.set(word.text, (counts.get(word.text) ?? 0) + 1)
      stems.add(word.stem)
    }
  }
  for (const alias of aliases) for (const { text } of words(alias)) names.add(text)
  return { counts, names, stems }
}
