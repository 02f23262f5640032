import type { Knowledge } from '../knowledge/parse.ts'
import { fillers, stopWords } from './stop-words.ts'
import { type Word, words } from './words.ts'

/** A text as the matcher sees it: what it is about, in order. */
export interface Reading {
  /** Concepts in the order of the text, repetitions included: "@russia", "leave-power", or the stem of a word. */
  concepts: string[]
  /** The text's own words for each concept. */
  spans: string[]
  words: Word[]
}

export interface Lexicon {
  /** Maps words and expressions to concepts; words without meaning of their own are dropped. */
  read: (text: string, mend?: (word: Word) => Word) => Reading
  /** True for a word that some name or expression of the store uses. */
  has: (word: Word) => boolean
}

/** Builds the map from words to concepts out of the store's names and vocabulary. */
export function createLexicon(knowledge: Knowledge): Lexicon {
  const concepts = new Map<string, string>()
  let longest = 1
  const add = (expression: string, concept: string) => {
    const parts = words(expression).map(({ stem }) => stem)
    const key = parts.join(' ')
    // A name that is also a function word ("IS") can't be told from it.
    if (parts.length === 0 || (parts.length === 1 && stopWords.has(expression.toLowerCase()))) return
    if (!concepts.has(key)) concepts.set(key, concept)
    longest = Math.max(longest, parts.length)
  }
  for (const { id, words } of knowledge.vocabulary) for (const word of words) add(word, id)
  for (const { id, name, aliases } of [...knowledge.people, ...knowledge.parties])
    for (const alias of [name, ...aliases]) add(alias, `@${id}`)
  const known = new Set([...concepts.keys()].flatMap((key) => key.split(' ')))

  return {
    has: ({ stem }) => known.has(stem),
    read: (text, mend = (word) => word) => {
      const all = words(text).map(mend)
      const reading: Reading = { concepts: [], spans: [], words: all }
      for (let at = 0; at < all.length; ) {
        let length = Math.min(longest, all.length - at)
        let concept: string | undefined
        for (; length > 0; length--) {
          const key = all
            .slice(at, at + length)
            .map(({ stem }) => stem)
            .join(' ')
          concept = concepts.get(key)
          if (concept !== undefined) break
        }
        const word = all[at]
        if (concept !== undefined) {
          reading.concepts.push(concept)
          reading.spans.push(
            all
              .slice(at, at + length)
              .map(({ text }) => text)
              .join(' '),
          )
          at += length
        } else {
          if (word && !stopWords.has(word.text) && !fillers.has(word.text)) {
            reading.concepts.push(word.stem)
            reading.spans.push(word.text)
          }
          at++
        }
      }
      return reading
    },
  }
}
