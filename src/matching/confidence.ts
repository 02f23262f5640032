import type { Feature } from './features.ts'
import { type Candidate, likelihoodScale, type Ranked } from './ranking.ts'
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
  | 'likely'
  | 'openByWords'
  | 'openByPairs'
  | 'plain'
  | Exclude<Feature, Likelihood>

/** The features that are likelihoods: they say how entries compare, and nothing of one alone. */
type Likelihood = 'words' | 'pairs'

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
  const { words: _, pairs: __, ...features } = best.features
  // That nothing in the store is meant is one more candidate: else the only one, however weak, would lead by far.
  const all = candidates.reduce((sum, { score }) => sum + Math.exp(score - top.score), Math.exp(-top.score))
  const share = Math.exp(best.score - top.score) / all
  const signs: Record<Sign, number> = {
    bias: 1,
    lead: Math.max(-4, Math.log(share / (1.001 - share))) / 3,
    score: best.score / 5,
    margin: Math.min(2, (best.score - Math.max(0, next?.score ?? 0)) / 2),
    marginOpen: Math.max(-2, Math.min(2, (best.score - (open?.score ?? 0)) / 2)),
    // Nothing in the question speaks against the entry: that an open question is as close makes it no less the answer.
    plain:
      features.order >= 0 && features.oddest + features.fresh + features.oddFocus + features.negated + strange < 0.05
        ? 1
        : 0,
    lean,
    strange,
    length: Math.min(1, weight / 6),
    likely: Math.max(-8, Math.log(shareOf(candidates, 'words', (one) => one === best))) / 3,
    openByWords: shareOf(candidates, 'words', ({ entry }) => entry >= answerable),
    openByPairs: shareOf(candidates, 'pairs', ({ entry }) => entry >= answerable),
    ...features,
  }
  const sum = Object.entries<number>(weights.judge).reduce(
    (total, [sign, worth]) => total + worth * (sign in signs ? signs[sign as Sign] : 0),
    0,
  )
  return { best, confidence: 1 / (1 + Math.exp(-sum)), signs }
}

/** How likely it is, by one likelihood, that one of certain candidates is meant, if any is. */
function shareOf(
  candidates: readonly Candidate[],
  likelihood: Likelihood,
  isMeant: (candidate: Candidate) => boolean,
): number {
  let [all, meant] = [0, 0]
  for (const candidate of candidates) {
    const worth = Math.exp(candidate.features[likelihood] * likelihoodScale)
    all += worth
    if (isMeant(candidate)) meant += worth
  }
  return meant / all
}
