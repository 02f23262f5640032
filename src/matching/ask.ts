import type { RefusalReason } from '../answer.ts'
import type { Knowledge } from '../knowledge/parse.ts'
import type { AnswerKind } from '../knowledge/schema.ts'
import { kindOf } from './kinds.ts'
import { createLexicon, type Reading } from './lexicon.ts'

export interface Candidate {
  /** Place in questions followed by unknowns. */
  entry: number
  score: number
  phrasing: number
}

export type Verdict =
  | { outcome: 'answer'; question: string; others: string[] }
  | { outcome: 'suggest'; questions: string[] }
  | { outcome: 'decline'; reason: Exclude<RefusalReason, 'unclear'>; unknown?: string; nearest: string[] }

export const tuning = {
  recall: 0.55,
  others2: 0.8,
  others1: 0.6,
  inAnswer: 0.4,
  unknownWeight: 1,
  wrongKind: 0.8,
  answer: 0.62,
  margin: 0.04,
  suggest: 0.4,
}

interface Phrasing {
  text: string
  entry: number
  concepts: number[]
  kind: AnswerKind | undefined
  weight: number
}

export function createAsk(knowledge: Knowledge) {
  const lexicon = createLexicon(knowledge)
  const ids = new Map<string, number>()
  const idOf = (concept: string): number => {
    const known = ids.get(concept)
    if (known !== undefined) return known
    ids.set(concept, ids.size)
    return ids.size - 1
  }
  const entries = [...knowledge.questions, ...knowledge.unknowns]
  const phrasings: Phrasing[] = []
  const inEntry: Map<number, number>[] = [] // concept → count of phrasings of the entry
  const inAnswer: Set<number>[] = []
  for (const [entry, item] of entries.entries()) {
    const counts = new Map<number, number>()
    const seen = new Set<string>()
    for (const text of [item.question, ...item.ask]) {
      if (seen.has(text.toLowerCase())) continue
      seen.add(text.toLowerCase())
      const reading = lexicon.read(text)
      const concepts = [...new Set(reading.concepts.map(idOf))]
      phrasings.push({ text, entry, concepts, kind: kindOf(reading.words), weight: 0 })
      for (const concept of concepts) counts.set(concept, (counts.get(concept) ?? 0) + 1)
    }
    inEntry.push(counts)
    inAnswer.push(new Set('answer' in item ? lexicon.read(item.answer).concepts.map(idOf) : []))
  }
  const entryCount = new Array<number>(ids.size).fill(0)
  for (const counts of inEntry)
    for (const concept of counts.keys()) entryCount[concept] = (entryCount[concept] ?? 0) + 1
  const postings: number[][] = Array.from({ length: ids.size }, () => [])
  for (const [at, { concepts }] of phrasings.entries()) for (const concept of concepts) postings[concept]?.push(at)
  const top = Math.log(1 + entries.length)
  const weights = entryCount.map((count) => (count === 0 ? 1 : Math.log(1 + entries.length / count) / top))
  for (const phrasing of phrasings)
    phrasing.weight = phrasing.concepts.reduce((sum, concept) => sum + (weights[concept] ?? 0), 0)

  /** Scores all entries that share a concept with the question. `without` takes one phrasing out of the index. */
  function rank(question: string, without = -1): { candidates: Candidate[]; reading: Reading; known: number } {
    const reading = lexicon.read(question)
    const asked = kindOf(reading.words)
    const left = without >= 0 ? phrasings[without] : undefined
    const query: { id: number; weight: number }[] = []
    let total = 0
    let known = 0
    for (const concept of new Set(reading.concepts)) {
      let id = ids.get(concept) ?? -1
      if (left && id >= 0 && postings[id]?.length === 1 && left.concepts.includes(id)) id = -1
      const weight = id < 0 ? tuning.unknownWeight : (weights[id] ?? 1)
      total += weight
      if (id >= 0) known += weight
      query.push({ id, weight })
    }
    if (total === 0) return { candidates: [], reading, known: 0 }
    const overlap = new Map<number, number>()
    for (const { id, weight } of query) {
      if (id < 0) continue
      for (const at of postings[id] ?? []) if (at !== without) overlap.set(at, (overlap.get(at) ?? 0) + weight)
    }
    const best = new Map<number, Candidate>()
    const extra = new Map<number, number>()
    const concepts = new Set(query.map(({ id }) => id))
    for (const [at, shared] of overlap) {
      const phrasing = phrasings[at]
      if (!phrasing) continue
      const { entry } = phrasing
      let cover = extra.get(entry)
      if (cover === undefined) {
        cover = 0
        for (const { id, weight } of query) {
          if (id < 0) continue
          const count =
            (inEntry[entry]?.get(id) ?? 0) - (left && left.entry === entry && left.concepts.includes(id) ? 1 : 0)
          cover +=
            weight *
            (count >= 2
              ? tuning.others2
              : count === 1
                ? tuning.others1
                : inAnswer[entry]?.has(id)
                  ? tuning.inAnswer
                  : 0)
        }
        extra.set(entry, cover)
      }
      // what the entry knows beside this phrasing
      let inside = 0
      for (const { id, weight } of query) {
        if (id < 0 || !phrasing.concepts.includes(id)) continue
        const count =
          (inEntry[entry]?.get(id) ?? 0) - (left && left.entry === entry && left.concepts.includes(id) ? 1 : 0)
        inside += weight * (count >= 2 ? tuning.others2 : count === 1 ? tuning.others1 : 0)
      }
      const recall = (shared + cover - inside) / total
      const precision = shared / phrasing.weight
      let score = recall ** tuning.recall * precision ** (1 - tuning.recall)
      const item = entries[entry]
      if (asked && item && 'gives' in item && !item.gives.includes(asked) && phrasing.kind !== asked)
        score *= tuning.wrongKind
      const before = best.get(entry)
      if (!before || score > before.score) best.set(entry, { entry, score, phrasing: at })
    }
    void concepts
    return { candidates: [...best.values()].sort((a, b) => b.score - a.score), reading, known: known / total }
  }

  function decide(question: string, without = -1): Verdict {
    const { candidates, reading, known } = rank(question, without)
    const [first, second] = candidates
    const isQuestion = (candidate: Candidate | undefined): boolean =>
      candidate !== undefined && candidate.entry < knowledge.questions.length
    const idsOf = (some: readonly Candidate[]): string[] =>
      some.filter(isQuestion).map(({ entry }) => entries[entry]?.id ?? '')
    if (reading.words.length === 0) return { outcome: 'decline', reason: 'empty', nearest: [] }
    if (first && first.score >= tuning.answer && (!second || first.score - second.score >= tuning.margin)) {
      const item = entries[first.entry]
      if (item && isQuestion(first))
        return { outcome: 'answer', question: item.id, others: idsOf(candidates.slice(1, 4)) }
      if (item && 'reason' in item)
        return { outcome: 'decline', reason: item.reason, unknown: item.id, nearest: item.nearest }
    }
    if (first && isQuestion(first) && first.score >= tuning.suggest)
      return { outcome: 'suggest', questions: idsOf(candidates.slice(0, 4)).slice(0, 3) }
    if (first && !isQuestion(first) && first.score >= tuning.suggest) {
      const item = entries[first.entry]
      if (item && 'reason' in item)
        return { outcome: 'decline', reason: item.reason, unknown: item.id, nearest: item.nearest }
    }
    return { outcome: 'decline', reason: known > 0.3 ? 'absent' : 'off-topic', nearest: idsOf(candidates.slice(0, 3)) }
  }

  return {
    why: (question: string): string => JSON.stringify(rank(question).candidates.slice(0, 3)),
    decide,
    rank,
    phrasings,
    entries,
    lexicon,
    complete: (typed: string, limit: number): string[] =>
      typed.trim() === ''
        ? knowledge.questions.slice(0, limit).map(({ id }) => id)
        : rank(typed)
            .candidates.filter(({ entry }) => entry < knowledge.questions.length)
            .slice(0, limit)
            .map(({ entry }) => entries[entry]?.id ?? ''),
  }
}
