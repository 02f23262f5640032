import type { RefusalReason } from '../answer.ts'
import type { Unknown } from '../knowledge/schema.ts'
import type { Knowledge } from '../knowledge/store.ts'
import { judge } from './confidence.ts'
import { isLight, type Reading } from './lexicon.ts'
import { type Candidate, createRanking, type Ranked, type Ranking } from './ranking.ts'
import type { Readings } from './readings.ts'

export type Verdict =
  | { outcome: 'answer'; question: string; others: string[] }
  | { outcome: 'suggest'; questions: string[] }
  | { outcome: 'decline'; reason: Exclude<RefusalReason, 'unclear'>; unknown?: string; nearest: string[] }

/** How a question was read and why it was answered, offered or refused. */
export interface Explanation {
  verdict: Verdict
  understood: { words: string; concept: string }[]
  mended: { typed: string; meant: string }[]
  unknown: string[]
  best: { id: string; question: string; closest: string; score: number; open: boolean }[]
  confidence: number
  /** What decided it, where that wasn't the confidence. */
  because: string | undefined
  thresholds: { answer: number; suggest: number }
}

export interface Ask {
  ranking: Ranking
  /** `without` leaves one phrasing out of the index, by its place: how quality is measured. */
  decide: (question: string, without?: number) => Verdict
  explain: (question: string) => Explanation
  /** Ids of questions that have an answer, closest to what is being typed first. */
  complete: (typed: string, limit: number) => string[]
}

/**
 * How sure the bot has to be. A wrong answer is worse than a suggestion, and a suggestion is worse than a right
 * answer; `npm run eval` shows what each threshold costs.
 */
export const thresholds = { answer: 0.45, suggest: 0.12 } as const
/** Below this share of words that the store knows, a question is about something else. */
const onTopic = 0.35
/** From this share of words that the store doesn't know on, it neither answers nor offers. */
const tooStrange = 0.5
/**
 * How much of an open question's closest phrasing has to be asked for its own refusal to be shown: whatever makes it
 * unanswerable is in there. "The articles report otherwise" says more than "they don't say", so it takes more.
 */
const sureOpen = { otherwise: 0.65, later: 0.5, absent: 0.5, 'off-topic': 0.5 } as const

export function createAsk(knowledge: Knowledge, readings?: Readings): Ask {
  const ranking = createRanking(knowledge, readings)
  const { entries } = ranking
  const answerable = knowledge.questions.length
  const idOf = (entry: number): string => entries[entry]?.id ?? ''
  const answerableIds = ({ candidates }: Ranked): string[] =>
    candidates.filter(({ entry }) => entry < answerable).map(({ entry }) => idOf(entry))

  const decideRanked = (ranked: Ranked): { verdict: Verdict; confidence: number } => {
    const judged = judge(ranked, answerable)
    const confidence = judged?.confidence ?? 0
    const ids = answerableIds(ranked)
    const [top] = ranked.candidates
    const answer = (id: string): Verdict => ({
      outcome: 'answer',
      question: id,
      others: ids.filter((other) => other !== id).slice(0, 3),
    })
    const refuse = ({ reason, id, nearest }: Unknown): Verdict => ({
      outcome: 'decline',
      reason,
      unknown: id,
      nearest: nearest.length > 0 || reason === 'off-topic' ? nearest : ids.slice(0, 2),
    })
    // What a curator wrote under an entry is that entry's, however close others come.
    const asked = entries[ranked.verbatim ?? -1]
    if (asked)
      return 'answer' in asked
        ? { verdict: answer(asked.id), confidence: 1 }
        : { verdict: refuse(asked), confidence: 0 }
    // "Hi", "help", "why?": of these nothing is left that could be asked for once small talk is dropped.
    if (isEmpty(ranked.reading)) return { verdict: { outcome: 'decline', reason: 'empty', nearest: [] }, confidence: 0 }
    if (judged && confidence >= thresholds.answer && obstacleTo(judged.best, ranked) === undefined)
      return { verdict: answer(idOf(judged.best.entry)), confidence }
    const open = entries[top?.entry ?? -1]
    if (top && open && 'reason' in open && top.met >= sureOpen[open.reason])
      return { verdict: refuse(open), confidence }
    // That the articles don't say can only be claimed where something in the question shows it.
    const isStrange = ranked.strange >= tooStrange
    if (ids.length > 0 && ((confidence >= thresholds.suggest && !isStrange) || ranked.strangers.length === 0)) {
      return { verdict: { outcome: 'suggest', questions: ids.slice(0, 3) }, confidence }
    }
    const related = 1 - ranked.strange >= onTopic && (top?.features.known ?? 0) >= onTopic
    return {
      verdict: {
        outcome: 'decline',
        reason: related ? 'absent' : 'off-topic',
        nearest: related ? ids.slice(0, 2) : [],
      },
      confidence,
    }
  }

  return {
    ranking,
    decide: (question, without) => decideRanked(ranking.rank(question, without)).verdict,
    explain: (question) => {
      const ranked = ranking.rank(question)
      const { reading, strangers, candidates, verbatim } = ranked
      const decided = decideRanked(ranked)
      const best = candidates.find(({ entry }) => entry < answerable)
      const obstacle = best && decided.confidence >= thresholds.answer ? obstacleTo(best, ranked) : undefined
      return {
        ...decided,
        because: verbatim === undefined ? obstacle : 'a phrasing of the entry reads just so',
        understood: reading.concepts.map((concept, index) => {
          const { at = 0, length = 0 } = reading.spans[index] ?? {}
          return {
            words: reading.words
              .slice(at, at + length)
              .map(({ text }) => text)
              .join(' '),
            concept,
          }
        }),
        mended: reading.mended,
        unknown: strangers,
        best: candidates.slice(0, 3).map(({ entry, phrasing, score }) => ({
          id: idOf(entry),
          question: entries[entry]?.question ?? '',
          closest: ranking.phrasings[phrasing]?.text ?? '',
          score: Math.round(score * 100) / 100,
          open: entry >= answerable,
        })),
        thresholds,
      }
    },
    complete: (typed, limit) => {
      if (typed.trim() === '') return knowledge.questions.slice(0, limit).map(({ id }) => id)
      return answerableIds(ranking.rank(typed)).slice(0, limit)
    },
  }
}

function isEmpty({ concepts: [first, ...rest] }: Reading): boolean {
  return first === undefined || (rest.length === 0 && isLight(first))
}

/** What keeps an entry from being the answer, however close it is. */
function obstacleTo({ features }: Candidate, { reading, strange, asksWhoNot }: Ranked): string | undefined {
  if (strange >= tooStrange) return 'half of it or more is words that the store doesn’t have'
  if (asksWhoNot && features.negated === 1) return 'it asks who did not, and the closest phrasing asks who did'
  if (reading.concepts.length < 2 && features.same === 0)
    return 'a lone word is a question only where a phrasing is that word'
  return undefined
}
