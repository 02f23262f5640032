import type { Question, Unknown } from '../src/knowledge/schema.ts'
import type { Knowledge } from '../src/knowledge/store.ts'
import { fillers, lightWords, stopWords } from '../src/matching/stop-words.ts'
import { seeded } from './seeded.ts'

/** Heaps' law: a text that is n times as long has n to this power as many words; 0.4 to 0.6 in English. */
const exponent = 0.55

export interface Grown {
  knowledge: Knowledge
  /** Questions as people would ask them of the grown store: in the words of one of its parts. */
  ask: (question: string) => string
}

/**
 * A store `times` as large: parts that are each the store in other words. Grammar stays, words of the subject become
 * others that are about as frequent, and the vocabulary grows as it does in real texts. The same for the same store.
 */
export function grow(knowledge: Knowledge, times: number): Grown {
  const random = seeded(times)
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)]
  const frequency = countWords(knowledge)
  const classOf = (word: string): number => Math.floor(Math.log2(frequency.get(word) ?? 1))
  /** Words by how frequent they are. */
  const pools = Map.groupBy(frequency.keys(), classOf)
  const taken = new Set(frequency.keys())

  const invent = (): string => {
    for (;;) {
      const word =
        Array.from({ length: 2 + Math.floor(random() * 3) }, () => `${pick(onsets)}${pick(vowels)}`).join('') +
        pick(codas)
      if (taken.has(word)) continue
      taken.add(word)
      return word
    }
  }
  const parts: ReadonlyMap<string, string>[] = [new Map()]
  for (let part = 1; part < times; part++) {
    const fresh = (part + 1) ** exponent - part ** exponent
    const others = new Map<string, string>()
    for (const word of frequency.keys()) {
      const pool = pools.get(classOf(word)) ?? []
      if (random() < fresh) pool.push(invent())
      others.set(word, (random() < fresh ? pool.at(-1) : pick(pool)) ?? word)
    }
    parts.push(others)
  }

  const entriesOf = <Entry extends Question | Unknown>(entries: readonly Entry[]): Entry[] =>
    parts.flatMap((part, at) =>
      at === 0 ? entries : entries.map((entry) => ({ ...entry, id: `${entry.id}-${at}`, ...reworded(entry, part) })),
    )
  return {
    knowledge: { ...knowledge, questions: entriesOf(knowledge.questions), unknowns: entriesOf(knowledge.unknowns) },
    ask: (question) => reword(question, pick(parts) ?? new Map()),
  }
}

const onsets = [...'bdfghjklmnprstvz', 'br', 'dr', 'kr', 'pl', 'sh', 'st', 'th', 'tr']
const vowels = [...'aeiou', 'ai', 'ea', 'ou']
const codas = ['', '', 'n', 'r', 's', 't', 'l', 'nd', 'rk']

function reworded({ question, ask, ...rest }: Question | Unknown, part: ReadonlyMap<string, string>) {
  const texts = { question: reword(question, part), ask: ask.map((text) => reword(text, part)) }
  return 'answer' in rest ? { ...texts, answer: reword(rest.answer, part) } : texts
}

const word = /\p{L}+/gu

function reword(text: string, part: ReadonlyMap<string, string>): string {
  return text.replace(word, (found) => part.get(found.toLowerCase()) ?? found)
}

/** How often phrasings use each word of the subject. */
function countWords({ questions, unknowns }: Knowledge): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { question, ask } of [...questions, ...unknowns]) {
    for (const found of [question, ...ask].join(' ').toLowerCase().match(word) ?? []) {
      if (found.length > 2 && !stopWords.has(found) && !lightWords.has(found) && !fillers.has(found))
        counts.set(found, (counts.get(found) ?? 0) + 1)
    }
  }
  return counts
}
