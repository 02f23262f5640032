import type { Knowledge } from '../knowledge/parse.ts'
import type { AnswerKind, Question, Unknown } from '../knowledge/schema.ts'
import { type Features, featureNames } from './features.ts'
import { kindOf } from './kinds.ts'
import { createLexicon, isLight, type Reading } from './lexicon.ts'
import learned from './weights.json' with { type: 'json' }
import { words } from './words.ts'

export type Entry = Question | Unknown

/** An entry that may be what a question asks for. */
export interface Candidate {
  /** Its place in `entries`: the questions, then the unknowns. */
  entry: number
  /** Its phrasing that is closest to the question, by place in `phrasings`. */
  phrasing: number
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
/** How many entries are looked at closely. */
const poolSize = 40
/** So many phrasings with something in them make it usual, however many an entry has. */
const enough = 12
/** An entry is expected to have a concept that this share of its phrasings has. */
const expectedShare = 0.4

/** Entries by something that they have, as one flat list: those of `id` stand from `starts[id]` to `starts[id + 1]`. */
interface Postings {
  starts: Int32Array
  entries: Int32Array
  counts: Uint16Array
}

export function createRanking(knowledge: Knowledge): Ranking {
  const entries: Entry[] = [...knowledge.questions, ...knowledge.unknowns]
  const lexicon = createLexicon(knowledge)
  const concepts = new Ids<string>()
  const pairs = new Ids<number>()
  const phrasings: { text: string; entry: number }[] = []
  const conceptsOf = new Lists()
  const pairsOf = new Lists()
  /** The phrasings of entry n stand from firsts[n] to firsts[n + 1]. */
  const firsts = new Int32Array(entries.length + 1)
  for (const [entry, { question, ask }] of entries.entries()) {
    for (const text of new Set([question, ...ask])) {
      phrasings.push({ text, entry })
      conceptsOf.start()
      pairsOf.start()
      let before = -1
      for (const concept of lexicon.learn(text)) {
        const id = concepts.add(concept)
        conceptsOf.add(id)
        if (before >= 0) pairsOf.add(pairs.add(pairKey(before, id)))
        before = id
      }
    }
    firsts[entry + 1] = phrasings.length
  }

  const sizeOf = (entry: number): number => (firsts[entry + 1] ?? 0) - (firsts[entry] ?? 0)
  const byConcept = invert(phrasings, conceptsOf, concepts.size)
  const byPair = invert(phrasings, pairsOf, pairs.size)
  const light = concepts.names.map(isLight)
  const weight = concepts.names.map((_, id) => weigh(id))
  const lean = concepts.names.map((_, id) => leanOf(id))
  const inAnswer = entries.map(
    (entry) =>
      new Set(
        'answer' in entry ? lexicon.read(entry.answer).concepts.flatMap((concept) => concepts.find(concept) ?? []) : [],
      ),
  )
  const weights = Float32Array.from(phrasings, (_, at) => {
    let sum = 0
    for (let place = conceptsOf.from(at); place < conceptsOf.from(at + 1); place++)
      sum += weight[conceptsOf.at(place)] ?? 0
    return sum
  })
  const expected = expectations()
  const kinds: (ReadonlyMap<AnswerKind, number> | undefined)[] = entries.map(() => undefined)

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
    const [shareAnswered, shareOpen] = [answered / Math.max(1, border), open / Math.max(1, phrasings.length - border)]
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

  /** The kinds of answer that an entry's phrasings ask for. Reading them all takes longer than most programs live. */
  function kindsOf(entry: number): ReadonlyMap<AnswerKind, number> {
    const known = kinds[entry]
    if (known) return known
    const counts = new Map<AnswerKind, number>()
    for (let at = firsts[entry] ?? 0; at < (firsts[entry + 1] ?? 0); at++) {
      const kind = kindOf(words(phrasings[at]?.text ?? ''))
      if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    kinds[entry] = counts
    return counts
  }

  function rank(question: string, without = -1): Ranked {
    const phrasing = phrasings[without]
    const left = phrasing && { entry: phrasing.entry, concepts: conceptsOf.of(without), pairs: pairsOf.of(without) }
    const reading = left ? lexicon.read(question) : lexicon.readTyped(question)
    const query = new Map<number, number>()
    const strangers: string[] = []
    let total = 0
    let leaning = 0
    for (const concept of new Set(reading.concepts)) {
      const id = concepts.find(concept)
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
    }
    if (query.size === 0) return { ...result, candidates: [] }

    const order = reading.concepts.map((concept) => concepts.find(concept) ?? -1)
    const asked: Asked = {
      query,
      total,
      strangers: strangers.length * strangerWeight,
      kind: kindOf(reading.words),
      focus: focusOf(reading.concepts).map((concept) => concepts.find(concept) ?? -1),
      pairs: pairWeights(order),
      left,
    }
    const candidates = pool(query)
      .map((entry) => consider(entry, asked, without))
      .filter((candidate) => candidate !== undefined)
      .sort((a, b) => b.score - a.score)
    return { ...result, candidates }
  }

  function isOnlyIn(left: { concepts: readonly number[] }, id: number): boolean {
    const from = byConcept.starts[id] ?? 0
    return left.concepts.includes(id) && (byConcept.starts[id + 1] ?? 0) - from === 1 && byConcept.counts[from] === 1
  }

  /** The entries that share most with the question. */
  function pool(query: ReadonlyMap<number, number>): number[] {
    const reach = new Float32Array(entries.length)
    const touched: number[] = []
    for (const [id, worth] of query) {
      for (let at = byConcept.starts[id] ?? 0; at < (byConcept.starts[id + 1] ?? 0); at++) {
        const entry = byConcept.entries[at] ?? 0
        if (reach[entry] === 0) touched.push(entry)
        reach[entry] =
          (reach[entry] ?? 0) + worth * (0.4 + 0.6 * Math.sqrt(usual(byConcept.counts[at] ?? 0, sizeOf(entry))))
      }
    }
    return touched.sort((a, b) => (reach[b] ?? 0) - (reach[a] ?? 0)).slice(0, poolSize)
  }

  function pairWeights(order: readonly number[]): Map<number, number> {
    const found = new Map<number, number>()
    for (let at = 0; at + 1 < order.length; at++) {
      const [a = -1, b = -1] = [order[at], order[at + 1]]
      if (a < 0 || b < 0) continue
      const id = pairs.find(pairKey(a, b)) ?? -1 - at
      found.set(id, (weight[a] ?? 0) + (weight[b] ?? 0))
    }
    return found
  }

  function consider(entry: number, asked: Asked, without: number): Candidate | undefined {
    const item = entries[entry]
    const own = asked.left?.entry === entry ? asked.left : undefined
    const size = sizeOf(entry) - (own ? 1 : 0)
    const best = closest(entry, asked, without)
    if (!item || !best || size === 0) return undefined

    const countOf = (id: number): number => count(byConcept, id, entry) - (own?.concepts.includes(id) ? 1 : 0)
    const subject = { all: asked.strangers, known: 0, usual: 0, odd: 0, oddest: 0, fresh: 0 }
    const lights = { all: 0, usual: 0 }
    for (const [id, worth] of asked.query) {
      const times = countOf(id)
      if (light[id]) {
        lights.all++
        lights.usual += Math.sqrt(usual(times, size))
        continue
      }
      subject.all += worth
      if (times > 0) {
        subject.known += worth
        subject.usual += worth * Math.sqrt(usual(times, size))
      } else if (!inAnswer[entry]?.has(id)) {
        const open = lean[id] ?? 0.5
        subject.odd += worth * open
        subject.oddest = Math.max(subject.oddest, worth * open)
        subject.fresh += worth * (1 - open)
      }
    }
    let [pairsAll, pairsUsual] = [0, 0]
    for (const [id, worth] of asked.pairs) {
      pairsAll += worth
      const times = id < 0 ? 0 : count(byPair, id, entry) - (own?.pairs.includes(id) ? 1 : 0)
      pairsUsual += worth * Math.sqrt(usual(times, size))
    }
    let [hoped, missed] = [0, 0]
    for (const { id, weight: worth } of expected[entry] ?? []) {
      hoped += worth
      if (!asked.query.has(id)) missed += worth
    }
    const focus = asked.focus.map((id) => ({
      id,
      times: id < 0 ? 0 : countOf(id),
      told: inAnswer[entry]?.has(id) ?? false,
    }))
    // The phrasing that is left out is the question itself, and asks for the same kind.
    const kindCount = asked.kind ? (kindsOf(entry).get(asked.kind) ?? 0) - (own ? 1 : 0) : 0
    const features: Features = {
      known: subject.known / (subject.all || 1),
      usual: subject.usual / (subject.all || 1),
      closest: best.score,
      closestThree: best.three,
      missed: hoped > 0 ? missed / hoped : 0,
      sameKind: asked.kind ? usual(kindCount, size) : 0.3,
      gives: asked.kind && 'gives' in item ? (item.gives.includes(asked.kind) ? 1 : -1) : 0,
      open: 'reason' in item ? 1 : 0,
      same: best.score > 0.97 ? 1 : 0,
      pairs: pairsAll > 0 ? pairsUsual / pairsAll : 0,
      light: lights.all > 0 ? lights.usual / lights.all : 0.4,
      focus:
        focus.length === 0
          ? 0.3
          : Math.max(...focus.map(({ times, told }) => Math.sqrt(usual(times, size) + (told ? 1 / 6 : 0)))),
      oddest: subject.oddest,
      odd: subject.odd,
      fresh: subject.fresh,
      oddFocus: Math.max(
        0,
        ...focus.map(({ id, times, told }) => (id >= 0 && times === 0 && !told ? (lean[id] ?? 0) : 0)),
      ),
    }
    return {
      entry,
      phrasing: best.at,
      met: best.met,
      features,
      score: featureNames.reduce((sum, name) => sum + features[name] * learned.rank[name], 0),
    }
  }

  /** The phrasing of an entry that is closest to the question, by the harmonic mean of what each has of the other. */
  function closest(
    entry: number,
    { query, total }: Asked,
    without: number,
  ): { at: number; score: number; three: number; met: number } | undefined {
    let [first, second, third, place] = [0, 0, 0, -1]
    for (let at = firsts[entry] ?? 0; at < (firsts[entry + 1] ?? 0); at++) {
      if (at === without) continue
      let shared = 0
      for (let place = conceptsOf.from(at); place < conceptsOf.from(at + 1); place++)
        shared += query.get(conceptsOf.at(place)) ?? 0
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

  return { entries, phrasings, rank }
}

/** A question, read and looked up. */
interface Asked {
  /** Its concepts that the store has, with their weights. */
  query: ReadonlyMap<number, number>
  /** The weight of all its concepts, and of those that the store hasn't. */
  total: number
  strangers: number
  kind: AnswerKind | undefined
  /** The concepts that are asked for: "which CITY". */
  focus: readonly number[]
  /** Its neighbouring concepts, below 0 where no phrasing has them. */
  pairs: ReadonlyMap<number, number>
  /** The phrasing that is left out of the index. */
  left: { entry: number; concepts: readonly number[]; pairs: readonly number[] } | undefined
}

/** Numbers for names, in the order in which they are first seen. */
class Ids<Name extends string | number> {
  readonly names: Name[] = []
  readonly #ids = new Map<Name, number>()

  get size(): number {
    return this.names.length
  }

  find(name: Name): number | undefined {
    return this.#ids.get(name)
  }

  add(name: Name): number {
    const known = this.#ids.get(name)
    if (known !== undefined) return known
    const id = this.names.push(name) - 1
    this.#ids.set(name, id)
    return id
  }
}

/** Many short lists of ids, each id once in a list, as one long one: an object for each would be most of the memory. */
class Lists {
  readonly #starts: number[] = []
  readonly #values: number[] = []

  /** Begins the next list. */
  start(): void {
    this.#starts.push(this.#values.length)
  }

  /** Adds to the last list. */
  add(id: number): void {
    for (let place = this.#starts.at(-1) ?? 0; place < this.#values.length; place++)
      if (this.#values[place] === id) return
    this.#values.push(id)
  }

  /** Where list `at` begins, which is where the one before it ends. */
  from(at: number): number {
    return this.#starts[at] ?? this.#values.length
  }

  at(place: number): number {
    return this.#values[place] ?? -1
  }

  of(at: number): readonly number[] {
    return this.#values.slice(this.from(at), this.from(at + 1))
  }
}

/** Turns phrasings with ids around into ids with entries; the phrasings of an entry stand together. */
function invert(phrasings: readonly { entry: number }[], lists: Lists, size: number): Postings {
  const starts = new Int32Array(size + 1)
  const latest = new Int32Array(size).fill(-1)
  for (const [at, { entry }] of phrasings.entries()) {
    for (let place = lists.from(at); place < lists.from(at + 1); place++) {
      const id = lists.at(place)
      if (latest[id] !== entry) starts[id + 1] = (starts[id + 1] ?? 0) + 1
      latest[id] = entry
    }
  }
  for (let id = 0; id < size; id++) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0)

  const postings: Postings = {
    starts,
    entries: new Int32Array(starts[size] ?? 0),
    counts: new Uint16Array(starts[size] ?? 0),
  }
  const next = starts.slice(0, size)
  latest.fill(-1)
  for (const [at, { entry }] of phrasings.entries()) {
    for (let place = lists.from(at); place < lists.from(at + 1); place++) {
      const id = lists.at(place)
      if (latest[id] !== entry) {
        postings.entries[next[id] ?? 0] = entry
        next[id] = (next[id] ?? 0) + 1
        latest[id] = entry
      }
      const last = (next[id] ?? 1) - 1
      postings.counts[last] = (postings.counts[last] ?? 0) + 1
    }
  }
  return postings
}

/** How many phrasings of an entry have something; entries stand in rising order. */
function count({ starts, entries, counts }: Postings, id: number, entry: number): number {
  let low = starts[id] ?? 0
  let high = (starts[id + 1] ?? 0) - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = entries[middle] ?? 0
    if (found === entry) return counts[middle] ?? 0
    if (found < entry) low = middle + 1
    else high = middle - 1
  }
  return 0
}

/**
 * How usual something is in an entry, from 0 to 1. An entry that answers several questions at once has many phrasings,
 * of which only some ask for each: enough of them is as good as all.
 */
function usual(times: number, size: number): number {
  return Math.min(1, times / Math.min(size, enough))
}

function pairKey(a: number, b: number): number {
  return a * 0x100000 + b
}

/** What exactly is asked for: a name, or what stands after "what", "which" or "how many". */
function focusOf(concepts: readonly string[]): string[] {
  if (concepts.includes('name-of')) return ['name-of']
  const at = concepts.findIndex((concept) => ['~what', '~which', '~many', '~much', '~any'].includes(concept))
  const next = at < 0 ? undefined : concepts.slice(at + 1, at + 4).find((concept) => !concept.startsWith('@'))
  return next === undefined || isLight(next) ? [] : [next]
}

function clamp(value: number, bound: number): number {
  return Math.max(-bound, Math.min(bound, value))
}
