import type { Feature } from './features.ts'
import type { Candidate, Ranked } from './ranking.ts'
import weights from './weights.json' with { type: 'json' }

/** What tells a right answer from a wrong one, beside the features of the candidate itself. */
export type Sign =
  | 'bias'
  | 'lead'
  | 'score'
  | 'margin'
  | 'marginOpen'
  | 'lean'
  | 'strange'
  | 'length'
  | Exclude<Feature, 'open'>

export interface Judged {
  /** The best entry that has an answer. */
  best: Candidate
  /** How likely it is that it answers the question, from 0 to 1. */
  confidence: number
  signs: Record<Sign, number>
}

/** Judges the best of the first `answerable` entries: those after them have no answer. */
export function judge({ candidates, lean, strange, weight }: Ranked, answerable: number): Judged | undefined {
  const best = candidates.find(({ entry }) => entry < answerable)
  const top = candidates[0]
  if (!best || !top) return undefined
  const next = candidates.find((one) => one !== best && one.entry < answerable)
  const open = candidates.find(({ entry }) => entry >= answerable)
  const { open: _, ...features } = best.features
  const share =
    Math.exp(best.score - top.score) / candidates.reduce((sum, { score }) => sum + Math.exp(score - top.score), 0)
  const signs: Record<Sign, number> = {
    bias: 1,
    lead: Math.max(-4, Math.log(share / (1.001 - share))) / 3,
    score: best.score / 5,
    margin: Math.min(2, (best.score - (next?.score ?? 0)) / 2),
    marginOpen: Math.max(-2, Math.min(2, (best.score - (open?.score ?? 0)) / 2)),
    lean,
    strange,
    length: Math.min(1, weight / 6),
    ...features,
  }
  const sum = Object.entries<number>(weights.judge).reduce(
    (total, [sign, worth]) => total + worth * (sign in signs ? signs[sign as Sign] : 0),
    0,
  )
  return { best, confidence: 1 / (1 + Math.exp(-sum)), signs }
}
