import { answerKinds } from '../knowledge/answer-kinds.ts'
import type { Knowledge } from '../knowledge/store.ts'
import { kindOf } from './kinds.ts'
import { createLexicon } from './lexicon.ts'
import type { Word } from './words.ts'

/**
 * Every phrasing of a store as the matcher reads it, in plain numbers: reading them takes longer than all else at a
 * start, so the readings are kept for the next one, and a Worker is given them instead of the phrasings.
 */
export interface Readings {
  /** Names by id. */
  concepts: string[]
  stems: string[]
  /** Every word, and in how many places it stands. */
  words: [word: string, times: number][]
  /** How many phrasings each entry has: the questions, then the unknowns. */
  phrasings: number[]
  /** Of each entry, one after the other, for each of `answerKinds`: how many of its phrasings ask for it. */
  kinds: number[]
  /** Of each phrasing, one after the other: how many concepts it has, and their ids in its order. */
  conceptCounts: number[]
  conceptIds: number[]
  /**
   * Of each stem, one after the other: how many entries have it, which (in rising order, each as its distance from the
   * one before: small numbers make a Worker smaller), and in how many phrasings.
   */
  stemEntries: { counts: number[]; steps: number[]; phrasings: number[] }
}

/** Reads all phrasings of a store. */
export function readPhrasings(knowledge: Knowledge): Readings {
  const lexicon = createLexicon(knowledge)
  const concepts = new Map<string, number>()
  const stems = new Map<string, number>()
  const words = new Map<string, WordUse>()
  const readings: Pick<Readings, 'phrasings' | 'kinds' | 'conceptCounts' | 'conceptIds'> = {
    phrasings: [],
    kinds: [],
    conceptCounts: [],
    conceptIds: [],
  }
  const byStem: StemUse[] = []
  const useOf = (word: Word): WordUse => {
    const known = words.get(word.text)
    if (known) return known
    const id = idOf(stems, word.stem)
    const stem = byStem[id] ?? { entries: [], phrasings: [], latest: 0 }
    byStem[id] = stem
    const use = { stem, times: 0 }
    words.set(word.text, use)
    return use
  }
  let phrasing = 0
  for (const [at, entry] of [...knowledge.questions, ...knowledge.unknowns].entries()) {
    const texts = textsOf(entry)
    readings.phrasings.push(texts.length)
    const kinds = answerKinds.map(() => 0)
    for (const text of texts) {
      const read = lexicon.read(text)
      const kind = kindOf(read.words)
      if (kind) kinds[answerKinds.indexOf(kind)] = (kinds[answerKinds.indexOf(kind)] ?? 0) + 1
      readings.conceptCounts.push(read.concepts.length)
      for (const concept of read.concepts) readings.conceptIds.push(idOf(concepts, concept))
      phrasing++
      for (const word of read.words) {
        const use = useOf(word)
        use.times++
        if (use.stem.latest !== phrasing) count(use.stem, at)
        use.stem.latest = phrasing
      }
    }
    readings.kinds.push(...kinds)
  }
  return {
    ...readings,
    concepts: [...concepts.keys()],
    stems: [...stems.keys()],
    words: [...words].map(([word, { times }]) => [word, times]),
    stemEntries: {
      counts: byStem.map(({ entries }) => entries.length),
      steps: byStem.flatMap(({ entries }) => entries.map((entry, at) => entry - (entries[at - 1] ?? 0))),
      phrasings: byStem.flatMap(({ phrasings }) => phrasings),
    },
  }
}

interface WordUse {
  stem: StemUse
  times: number
}

/** Where a stem is used: in which entries, in how many phrasings of each, and in which phrasing of all last. */
interface StemUse {
  entries: number[]
  phrasings: number[]
  latest: number
}

function count({ entries, phrasings }: StemUse, entry: number): void {
  const last = entries.length - 1
  if (entries[last] === entry) phrasings[last] = (phrasings[last] ?? 0) + 1
  else {
    entries.push(entry)
    phrasings.push(1)
  }
}

/** The phrasings of an entry, its own question first. */
export function textsOf({ question, ask }: { question: string; ask: readonly string[] }): string[] {
  return [...new Set([question, ...ask])]
}

function idOf(ids: Map<string, number>, name: string): number {
  const known = ids.get(name)
  if (known !== undefined) return known
  ids.set(name, ids.size)
  return ids.size - 1
}
