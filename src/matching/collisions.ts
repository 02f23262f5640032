import type { Parsed } from '../knowledge/parse.ts'
import type { Knowledge } from '../knowledge/store.ts'
import { createAsk } from './ask.ts'
import { createLexicon } from './lexicon.ts'
import type { Entry } from './ranking.ts'

/** One phrasing, by its entry's place among the questions and then the unknowns. */
export interface Phrasing {
  entry: number
  text: string
}

export interface Collisions {
  /** Phrasings of two entries that share nearly all that is read in them. */
  alike: { one: Phrasing; other: Phrasing }[]
  /** Entries to whose own phrasings another entry would answer if they did not stand in the store. */
  losing: { entry: number; phrasings: number; lost: (Phrasing & { to: number })[] }[]
}

/** From this much in common, phrasings are hard to tell apart. */
const nearlyAlike = 0.85
/** From this share of its phrasings, and this many of them, an entry is said to lose. */
const lostShare = 0.25
const lostPhrasings = 3

/** Phrasings of different entries that are the same to the matcher. Two unknowns that are refused alike don't collide. */
export function sameReadings(knowledge: Knowledge): Collisions['alike'] {
  const { read } = createLexicon(knowledge)
  const seen = new Map<string, Phrasing>()
  const alike: Collisions['alike'] = []
  for (const [entry, { question, ask }] of entriesOf(knowledge).entries()) {
    for (const text of new Set([question, ...ask])) {
      const reading = [...new Set(read(text).concepts)].join(' ')
      const other = seen.get(reading)
      if (other === undefined) seen.set(reading, { entry, text })
      else if (collide(knowledge, entry, other.entry)) alike.push({ one: other, other: { entry, text } })
    }
  }
  return alike
}

/** Leaves each phrasing out, asks it, and finds what other entries take; `step` is called after each. */
export function findCollisions(knowledge: Knowledge, step: () => void = () => {}): Collisions {
  const { ranking, decide } = createAsk(knowledge)
  const places = new Map(ranking.entries.map(({ id }, at) => [id, at]))
  const alike = sameReadings(knowledge)
  const lost = new Map<number, (Phrasing & { to: number })[]>()
  const sizes = new Map<number, number>()
  for (const [at, { text, entry }] of ranking.phrasings.entries()) {
    sizes.set(entry, (sizes.get(entry) ?? 0) + 1)
    const verdict = decide(text, at)
    const taker =
      verdict.outcome === 'answer' ? verdict.question : verdict.outcome === 'decline' ? verdict.unknown : undefined
    const to = places.get(taker ?? '')
    step()
    if (to === undefined || !collide(knowledge, entry, to)) continue
    lost.set(entry, [...(lost.get(entry) ?? []), { entry, text, to }])
    const candidate = ranking.rank(text, at).candidates.find((one) => one.entry === to)
    const twin = ranking.phrasings[candidate?.phrasing ?? -1]
    if (
      candidate &&
      twin &&
      candidate.closeness >= nearlyAlike &&
      !alike.some(({ one, other }) => one.text === text || other.text === text)
    )
      alike.push({ one: { entry, text }, other: twin })
  }
  const losing = [...lost]
    .map(([entry, list]) => ({ entry, phrasings: sizes.get(entry) ?? 0, lost: list }))
    .filter(({ phrasings, lost: list }) => list.length >= Math.max(lostPhrasings, lostShare * phrasings))
    .sort((a, b) => b.lost.length / b.phrasings - a.lost.length / a.phrasings)
  return { alike, losing }
}

/** What a curator reads: each phrasing with its file and line. */
export function formatCollisions({ alike, losing }: Collisions, { knowledge, locate }: Parsed): string {
  const entries = entriesOf(knowledge)
  const idOf = (entry: number): string => entries[entry]?.id ?? ''
  const line = ({ entry, text }: Phrasing, note = ''): string => {
    const ask = entries[entry]?.ask.indexOf(text) ?? -1
    const [list, index] =
      entry < knowledge.questions.length
        ? (['questions', entry] as const)
        : (['unknowns', entry - knowledge.questions.length] as const)
    const { file, line } = locate(list, index, ask < 0 ? ['question'] : ['ask', ask], '')
    return `  ${file}:${line}  ${idOf(entry)}: “${text}”${note}`
  }
  const takers = (lost: Collisions['losing'][number]['lost']): string =>
    [...Map.groupBy(lost, ({ to }) => to)]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([to, list]) => `${list.length} to ${idOf(to)}`)
      .join(', ')
  return [
    `${alike.length} pairs of phrasings are (nearly) the same to the matcher. Reword one, move it, or make the two entries one:`,
    ...alike.map(({ one, other }) => `${line(one)}\n${line(other)}\n`),
    `${losing.length} entries lose phrasings to others once these are not in the store word for word. Ask for them in more words of their own:`,
    ...losing.flatMap(({ entry, phrasings, lost }) => [
      `${idOf(entry)} loses ${lost.length} of ${phrasings}: ${takers(lost)}`,
      ...lost.map((phrasing) => line(phrasing, ` → ${idOf(phrasing.to)}`)),
      '',
    ]),
  ].join('\n')
}

function entriesOf({ questions, unknowns }: Knowledge): Entry[] {
  return [...questions, ...unknowns]
}

/** True for two entries of which a reader would notice that the one was taken for the other. */
function collide(knowledge: Knowledge, one: number, other: number): boolean {
  const border = knowledge.questions.length
  return (
    one !== other &&
    (one < border ||
      other < border ||
      knowledge.unknowns[one - border]?.reason !== knowledge.unknowns[other - border]?.reason)
  )
}
