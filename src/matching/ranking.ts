import { type AnswerKind, answerKinds } from '../knowledge/answer-kinds.ts'
import type { Question, Unknown } from '../knowledge/schema.ts'
import type { Knowledge } from '../knowledge/store.ts'
import { type Features, featureNames } from './features.ts'
import { asksWhoNot, kindOf } from './kinds.ts'
import { createLexicon, isLight, type Reading } from './lexicon.ts'
import { likelihoods, toSizes } from './likelihood.ts'
import {
  count,
  fromSteps,
  indexLists,
  invert,
  type Lists,
  type Postings,
  search,
  toLists,
  toStarts,
} from './postings.ts'
import { type Readings, readPhrasings, textsOf } from './readings.ts'
import learned from './weights.json' with { type: 'json' }

export type Entry = Question | Unknown

/** An entry that may be what a question asks for. */
export interface Candidate {
  /** Its place in `entries`: the questions, then the unknowns. */
  entry: number
  /** Its phrasing that is closest to the question, by place in `phrasings`. */
  phrasing: number
  /** How much of both that phrasing and the question have in common, from 0 to 1. */
  closeness: number
  /** The share of that phrasing, by weight, that the question has too. */
  met: number
  features: Features
  score: number
}

export interface Ranked {
  reading: Reading
  /** Best first. */
  candidates: Candidate[]
  /** Concepts of the question that no phrasing of the store has. */
  strangers: string[]
  /** The share of the question's weight that is in them. */
  strange: number
  /** How much the question's words are those of questions without an answer (above 0) or with one (below 0). */
  lean: number
  /** The weight of all concepts of the question. */
  weight: number
  /** Whether it asks who did NOT do something. */
  asksWhoNot: boolean
  /** The one entry that has the question itself among its phrasings, as they are read; by place in `entries`. */
  verbatim: number | undefined
}

export interface Ranking {
  entries: readonly Entry[]
  phrasings: readonly { text: string; entry: number }[]
  /**
   * Scores the entries that share a concept with the question. `without` leaves one phrasing out of the index, by its
   * place: how the quality of answers is measured.
   */
  rank: (question: string, without?: number) => Ranked
}

/** What a word that no phrasing has weighs, where the most telling word of the store weighs 1. */
const strangerWeight = 0.8
/** What a light word ("who", "did", "from") weighs beside a word of the subject that is as rare. */
const lightWeight = 0.6
/** Features are to be about as large as one another. */
export const likelihoodScale = 4
const negations: ReadonlySet<string> = new Set(['~not', '~never', '~no', '~neither', '~nobody', '~nothing'])
/** How many entries are looked at closely. */
const poolSize = 24
/** So many phrasings with something in them make it usual, however many an entry has. */
const enough = 12
/** A name that fewer of its phrasings have is only mentioned in passing. */
const passingShare = 0.05
/** An entry is expected to have a concept that this share of its phrasings has. */
const expectedShare = 0.4

export function createRanking(knowledge: Knowledge, readings: Readings = readPhrasings(knowledge)): Ranking {
  let phrasings: Ranking['phrasings'] | undefined
  const entries: Entry[] = [...knowledge.questions, ...knowledge.unknowns]
  const lexicon = createLexicon(knowledge, readings)
  const concepts = new Map(readings.concepts.map((concept, id) => [concept, id]))
  const stems = new Map(readings.stems.map((stem, id) => [stem, id]))
  /** The phrasings of entry n stand from firsts[n] to firsts[n + 1]. */
  const firsts = toStarts(readings.phrasings)
  const conceptsOf = toLists(readings.conceptCounts, readings.conceptIds)
  const sameReading = indexLists(conceptsOf)
  const { pairs, pairsOf } = readPairs(readings)

  const sizeOf = (entry: number): number => (firsts[entry + 1] ?? 0) - (firsts[entry] ?? 0)
  const sizes = toSizes(readings.phrasings)
  const byConcept = invert(firsts, conceptsOf, concepts.size)
  const byStem: Postings = {
    starts: toStarts(readings.stemEntries.counts),
    entries: fromSteps(readings.stemEntries.counts, readings.stemEntries.steps),
    counts: Uint16Array.from(readings.stemEntries.phrasings),
  }
  const byPair = invert(firsts, pairsOf, pairs.ids.length)
  const light = readings.concepts.map(isLight)
  const isNegation = readings.concepts.map((concept) => negations.has(concept))
  const isName = readings.concepts.map((concept) => concept.startsWith('@'))
  const weight = readings.concepts.map((_, id) => weigh(id))
  const lean = readings.concepts.map((_, id) => leanOf(id))
  /** What the answers tell; unknowns have none. */
  const inAnswer = knowledge.questions.map(
    ({ answer }) => new Set(lexicon.read(answer).concepts.flatMap((concept) => concepts.get(concept) ?? [])),
  )
  const weights = Float32Array.from({ length: sizes.all }, (_, at) => sumOf(weight, at))
  const expected = expectations()
  const kinds = Uint16Array.from(readings.kinds)

  /** Telling words weigh more: those that few entries have, and those that one entry has again and again. */
  function weigh(id: number): number {
    const [from, to] = [byConcept.starts[id] ?? 0, byConcept.starts[id + 1] ?? 0]
    const all = Math.log(1 + entries.length)
    const rarity = Math.log(1 + entries.length / Math.max(1, to - from)) / all
    let sum = 0
    for (let at = from; at < to; at++) sum += (byConcept.counts[at] ?? 0) / sizeOf(byConcept.entries[at] ?? 0)
    let entropy = 0
    for (let at = from; at < to; at++) {
      const share = (byConcept.counts[at] ?? 0) / sizeOf(byConcept.entries[at] ?? 0) / sum
      entropy -= share * Math.log(share)
    }
    return ((rarity + 1 - entropy / all) / 2) * (light[id] ? lightWeight : 1)
  }

  /** From 0, a word of questions that have an answer, to 1, a word of those that have none. */
  function leanOf(id: number): number {
    let answered = 0.5
    let open = 0.5
    for (let at = byConcept.starts[id] ?? 0; at < (byConcept.starts[id + 1] ?? 0); at++) {
      if ((byConcept.entries[at] ?? 0) < knowledge.questions.length) answered += byConcept.counts[at] ?? 0
      else open += byConcept.counts[at] ?? 0
    }
    const border = firsts[knowledge.questions.length] ?? 0
    const [shareAnswered, shareOpen] = [answered / Math.max(1, border), open / Math.max(1, sizes.all - border)]
    return shareOpen / (shareOpen + shareAnswered)
  }

  function expectations(): { id: number; weight: number }[][] {
    const lists: { id: number; weight: number }[][] = entries.map(() => [])
    for (let id = 0; id < concepts.size; id++) {
      for (let at = byConcept.starts[id] ?? 0; at < (byConcept.starts[id + 1] ?? 0); at++) {
        const entry = byConcept.entries[at] ?? 0
        const share = (byConcept.counts[at] ?? 0) / sizeOf(entry)
        if (share >= expectedShare) lists[entry]?.push({ id, weight: share * (weight[id] ?? 0) })
      }
    }
    return lists
  }

  /** The sum of what the concepts of a phrasing are worth. */
  function sumOf(worth: readonly number[] | Float64Array, phrasing: number): number {
    let sum = 0
    for (let at = conceptsOf.starts[phrasing] ?? 0; at < (conceptsOf.starts[phrasing + 1] ?? 0); at++)
      sum += worth[conceptsOf.ids[at] ?? -1] ?? 0
    return sum
  }

  function rank(question: string, without = -1): Ranked {
    const left =
      without < 0
        ? undefined
        : {
            entry: entryOf(without),
            concepts: idsOf(without),
          }
    const reading = left ? lexicon.read(question) : lexicon.readTyped(question)
    const query = new Map<number, number>()
    const strangers: string[] = []
    let total = 0
    let leaning = 0
    for (const concept of new Set(reading.concepts)) {
      const id = concepts.get(concept)
      if (id === undefined || (left && isOnlyIn(left, id))) {
        strangers.push(concept)
        total += strangerWeight
      } else {
        query.set(id, weight[id] ?? 0)
        total += weight[id] ?? 0
        const open = lean[id] ?? 0.5
        leaning += Math.log(open / (1 - open))
      }
    }
    const strange = total > 0 ? (strangers.length * strangerWeight) / total : 0
    const result = {
      reading,
      strangers,
      strange,
      lean: query.size > 0 ? clamp(leaning / Math.sqrt(query.size) / 2, 3) : 0,
      weight: total,
      asksWhoNot: asksWhoNot(reading.words),
    }
    const ids = reading.concepts.map((concept) => concepts.get(concept) ?? -1)
    if (query.size === 0) return { ...result, verbatim: undefined, candidates: [] }

    const own = left?.entry ?? -1
    const said = reading.words.map(({ stem }) => stems.get(stem) ?? -1)
    const byWords = likelihoods(byStem, sizes, unique(said), own)
    const byConcepts = likelihoods(byConcept, sizes, unique(ids), own)
    const asked: Asked = {
      query,
      worth: asFloats(query, concepts.size),
      isNegated: reading.concepts.some((concept) => negations.has(concept)),
      names: [...query.keys()].filter((id) => isName[id]),
      total,
      strangers: strangers.length * strangerWeight,
      kind: kindOf(reading.words),
      focus: focusOf(reading.concepts).map((concept) => concepts.get(concept) ?? -1),
      words: behindBest(byWords),
      pairs: behindBest(likelihoods(byPair, sizes, unique(neighbours(ids)), own)),
      left,
    }
    for (let entry = 0; entry < byConcepts.length; entry++)
      byConcepts[entry] = (byConcepts[entry] ?? 0) + (byWords[entry] ?? 0) / 2
    const verbatim = readingAs(ids, without)
    const candidates = [...new Set([...verbatim, ...likeliest(byConcepts)])]
      .map((entry) => consider(entry, asked, without))
      .filter((candidate) => candidate !== undefined)
      .sort((a, b) => b.score - a.score)
    return { ...result, verbatim: verbatim.length === 1 ? verbatim[0] : undefined, candidates }
  }

  /** The entries that have a phrasing with just these concepts, in this order. */
  function readingAs(ids: readonly number[], without: number): number[] {
    const found = sameReading.find([...new Set(ids)]).filter((phrasing) => phrasing !== without)
    return [...new Set(found.map(entryOf))]
  }

  function entryOf(phrasing: number): number {
    return firsts.findIndex((first) => first > phrasing) - 1
  }

  function isOnlyIn(left: { concepts: Int32Array }, id: number): boolean {
    const from = byConcept.starts[id] ?? 0
    return left.concepts.includes(id) && (byConcept.starts[id + 1] ?? 0) - from === 1 && byConcept.counts[from] === 1
  }

  /** The pairs of neighbours, each -1 where no phrasing has it. */
  function neighbours(ids: readonly number[]): number[] {
    return ids.slice(1).map((id, at) => {
      const before = ids[at] ?? -1
      return before < 0 || id < 0 ? -1 : findPair(pairs, before, id)
    })
  }

  function consider(entry: number, asked: Asked, without: number): Candidate | undefined {
    const item = entries[entry]
    const own = asked.left?.entry === entry ? asked.left : undefined
    const size = sizeOf(entry) - (own ? 1 : 0)
    const best = closest(entry, asked, without)
    if (!item || !best || size === 0) return undefined

    const countOf = (id: number): number => count(byConcept, id, entry) - (own?.concepts.includes(id) ? 1 : 0)
    const subject = { all: asked.strangers, known: 0, oddest: 0, fresh: 0, absentNames: 0 }
    const lights = { all: 0, usual: 0 }
    for (const [id, worth] of asked.query) {
      const times = countOf(id)
      if (light[id]) {
        lights.all++
        lights.usual += Math.sqrt(usual(times, size))
        continue
      }
      subject.all += worth
      const isTold = inAnswer[entry]?.has(id) ?? false
      if (isName[id] && !isTold) subject.absentNames += worth * Math.max(0, 1 - times / size / passingShare)
      if (times > 0) {
        subject.known += worth
      } else if (!isTold) {
        const open = lean[id] ?? 0.5
        subject.oddest = Math.max(subject.oddest, worth * open)
        subject.fresh += worth * (1 - open)
      }
    }
    let [hoped, missed] = [0, 0]
    for (const { id, weight: worth } of expected[entry] ?? []) {
      hoped += worth
      if (asked.worth[id] === 0) missed += worth
    }
    const focus = asked.focus.map((id) => ({
      id,
      times: id < 0 ? 0 : countOf(id),
      told: inAnswer[entry]?.has(id) ?? false,
    }))
    // The phrasing that is left out is the question itself, and asks for the same kind.
    const kindCount = asked.kind
      ? (kinds[entry * answerKinds.length + answerKinds.indexOf(asked.kind)] ?? 0) - (own ? 1 : 0)
      : 0
    const order = orderIn(asked.names, best.at)
    const features: Features = {
      known: subject.known / (subject.all || 1),
      closestThree: best.three,
      missed: hoped > 0 ? missed / hoped : 0,
      sameKind: asked.kind ? usual(kindCount, size) : 0.3,
      gives: asked.kind && 'gives' in item ? (item.gives.includes(asked.kind) ? 1 : -1) : 0,
      same: best.score > 0.97 && order >= 0 ? 1 : 0,
      order,
      negated: asked.isNegated && !phrasingHas(best.at, isNegation) ? 1 : 0,
      words: asked.words[entry] ?? 0,
      pairs: asked.pairs[entry] ?? 0,
      light: lights.all > 0 ? lights.usual / lights.all : 0.4,
      oddest: subject.oddest,
      fresh: subject.fresh,
      absentNames: subject.absentNames,
      oddFocus: Math.max(0, ...focus.map(({ id, times, told }) => (times === 0 && !told ? (lean[id] ?? 1) : 0))),
    }
    return {
      entry,
      phrasing: best.at,
      closeness: best.score,
      met: best.met,
      features,
      score: featureNames.reduce((sum, name) => sum + features[name] * learned.rank[name], 0),
    }
  }

  function idsOf(phrasing: number): Int32Array {
    return conceptsOf.ids.subarray(conceptsOf.starts[phrasing], conceptsOf.starts[phrasing + 1])
  }

  function phrasingHas(phrasing: number, concepts: readonly boolean[]): boolean {
    for (let at = conceptsOf.starts[phrasing] ?? 0; at < (conceptsOf.starts[phrasing + 1] ?? 0); at++)
      if (concepts[conceptsOf.ids[at] ?? -1]) return true
    return false
  }

  /** From 1, the names stand in a phrasing as they stand in the question, to -1, the other way round. */
  function orderIn(names: readonly number[], phrasing: number): number {
    const concepts = idsOf(phrasing)
    const places = names.map((id) => concepts.indexOf(id)).filter((place) => place >= 0)
    let [kept, turned] = [0, 0]
    for (const [at, place] of places.entries())
      for (const later of places.slice(at + 1)) later > place ? kept++ : turned++
    return kept + turned > 0 ? (kept - turned) / (kept + turned) : 0
  }

  /** The phrasing of an entry that is closest to the question, by the harmonic mean of what each has of the other. */
  function closest(
    entry: number,
    { worth, total }: Asked,
    without: number,
  ): { at: number; score: number; three: number; met: number } | undefined {
    let [first, second, third, place] = [0, 0, 0, -1]
    for (let at = firsts[entry] ?? 0; at < (firsts[entry + 1] ?? 0); at++) {
      if (at === without) continue
      const shared = sumOf(worth, at)
      const score = shared === 0 ? 0 : (2 * shared) / (total + (weights[at] ?? 0))
      if (score > first) {
        ;[first, second, third, place] = [score, first, second, at]
      } else if (score > second) {
        ;[second, third] = [score, second]
      } else if (score > third) third = score
    }
    const weight = weights[place]
    if (weight === undefined) return undefined
    return {
      at: place,
      score: first,
      three: (first + second + third) / 3,
      met: (first * (total + weight)) / 2 / weight,
    }
  }

  return {
    entries,
    rank,
    get phrasings() {
      // Only tools ask for the texts.
      phrasings ??= entries.flatMap((entry, at) => textsOf(entry).map((text) => ({ text, entry: at })))
      return phrasings
    },
  }
}

/** A question, read and looked up. */
interface Asked {
  /** Its concepts that the store has, with their weights. */
  query: ReadonlyMap<number, number>
  /** The same by concept, 0 for those that it hasn't: it is read some ten thousand times. */
  worth: Float64Array
  /** Whether it says "not". */
  isNegated: boolean
  /** Those of them that are people or parties, in its order. */
  names: readonly number[]
  /** The weight of all its concepts, and of those that the store hasn't. */
  total: number
  strangers: number
  kind: AnswerKind | undefined
  /** The concepts that are asked for: "which CITY". */
  focus: readonly number[]
  /** How likely those who ask each entry are to use its words, and its neighbouring concepts. */
  words: Float32Array
  pairs: Float32Array
  /** The phrasing that is left out of the index. */
  left: { entry: number; concepts: Int32Array } | undefined
}

/**
 * How usual something is in an entry, from 0 to 1. An entry that answers several questions at once has many phrasings,
 * of which only some ask for each: enough of them is as good as all.
 */
function usual(times: number, size: number): number {
  return Math.min(1, times / Math.min(size, enough))
}

/**
 * The pairs of neighbouring concepts that occur, as lists of the second by the first, in rising order, and those of each
 * phrasing by their places among all.
 */
function readPairs({ concepts, conceptCounts, conceptIds }: Readings): { pairs: Lists; pairsOf: Lists } {
  const each = (found: (first: number, second: number) => void): void => {
    let from = 0
    for (const count of conceptCounts) {
      for (let at = from; at + 1 < from + count; at++) found(conceptIds[at] ?? -1, conceptIds[at + 1] ?? -1)
      from += count
    }
  }
  const lengths = new Array<number>(concepts.length).fill(0)
  each((first) => {
    lengths[first] = (lengths[first] ?? 0) + 1
  })
  const ends = toStarts(lengths)
  const ids = new Int32Array(ends.at(-1) ?? 0)
  each((first, second) => {
    const at = ends[first] ?? 0
    ids[at] = second
    ends[first] = at + 1
  })
  const starts = new Int32Array(concepts.length + 1)
  let [from, size] = [0, 0]
  for (const [first, length] of lengths.entries()) {
    let last = -1
    for (const id of ids.subarray(from, from + length).sort()) {
      if (id !== last) ids[size++] = id
      last = id
    }
    from += length
    starts[first + 1] = size
  }
  const pairs = { starts, ids: ids.slice(0, size) }
  const places: number[] = []
  each((first, second) => places.push(findPair(pairs, first, second)))
  return {
    pairs,
    pairsOf: toLists(
      conceptCounts.map((count) => Math.max(0, count - 1)),
      places,
    ),
  }
}

function findPair({ starts, ids }: Lists, first: number, second: number): number {
  return search(ids, second, starts[first], starts[first + 1])
}

/** What exactly is asked for: a name, or what stands after "what", "which" or "how many". */
function focusOf(concepts: readonly string[]): string[] {
  if (concepts.includes('name-of')) return ['name-of']
  const at = concepts.findIndex((concept) => ['~what', '~which', '~many', '~much', '~any'].includes(concept))
  const next = at < 0 ? undefined : concepts.slice(at + 1, at + 4).find((concept) => !concept.startsWith('@'))
  return next === undefined || isLight(next) ? [] : [next]
}

function asFloats(values: ReadonlyMap<number, number>, length: number): Float64Array {
  const floats = new Float64Array(length)
  for (const [at, value] of values) floats[at] = value
  return floats
}

/** Each id once; ids below 0 stand for different things. */
function unique(ids: readonly number[]): number[] {
  return ids.filter((id, at) => id < 0 || ids.indexOf(id) === at)
}

/** The entries that are looked at closely, likeliest first. */
function likeliest(likelihoods: Float32Array): number[] {
  const best: number[] = []
  for (const [entry, likelihood] of likelihoods.entries()) {
    const last = likelihoods[best[poolSize - 1] ?? -1]
    if (last !== undefined && likelihood <= last) continue
    let at = Math.min(best.length, poolSize - 1)
    for (; at > 0 && (likelihoods[best[at - 1] ?? -1] ?? 0) < likelihood; at--) best[at] = best[at - 1] ?? -1
    best[at] = entry
  }
  return best
}

/** From 0, the best, to -3: so little likely that it makes no difference how little. */
function behindBest(likelihoods: Float32Array): Float32Array {
  let best = Number.NEGATIVE_INFINITY
  for (const likelihood of likelihoods) if (likelihood > best) best = likelihood
  const behind = new Float32Array(likelihoods.length)
  for (let entry = 0; entry < behind.length; entry++)
    behind[entry] = Math.max(-3, ((likelihoods[entry] ?? 0) - best) / likelihoodScale)
  return behind
}

function clamp(value: number, bound: number): number {
  return Math.max(-bound, Math.min(bound, value))
}
