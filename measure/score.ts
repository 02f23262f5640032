import { citations, plainText } from '../src/answer.ts'
import type { Context } from '../src/command.ts'
import { createAsk } from '../src/matching/ask.ts'
import { fillers, lightWords, stopWords } from '../src/matching/stop-words.ts'
import { words } from '../src/matching/words.ts'
import { type Asked, isRight } from './questions.ts'
import { misspell } from './typos.ts'

/** Called after each question, to show how far a measurement has come. */
export type Step = () => void

/** The kinds of question that have no answer, in the order in which the table shows them. */
export const openKinds = ['absent', 'false-premise', 'later', 'off-topic', 'hostile'] as const
export type OpenKind = (typeof openKinds)[number]

/** What became of the questions of a set: numbers of questions. */
export interface SetScore {
  answerable: number
  right: number
  wrong: number
  /** Suggestions were offered, and with `suggestedRight` one of them was right. */
  suggested: number
  suggestedRight: number
  declined: number
  /** Questions that have no answer, of each kind, and how many got one all the same. */
  open: Record<OpenKind, { asked: number; answered: number }>
  /** Questions that are, but for case and punctuation, a phrasing of the store: they measure nothing. */
  known: number
}

/** Asks a set of questions as a member of a server would, through the command. */
export function scoreSet(questions: readonly Asked[], context: Context, step: Step = () => {}): SetScore {
  const score: SetScore = {
    ...{ answerable: 0, right: 0, wrong: 0, suggested: 0, suggestedRight: 0, declined: 0 },
    open: { absent: none(), 'false-premise': none(), later: none(), 'off-topic': none(), hostile: none() },
    known: 0,
  }
  const { questions: entries, unknowns } = context.knowledge
  const phrasings = new Set([...entries, ...unknowns].flatMap(({ question, ask }) => [question, ...ask].map(fold)))
  const command = context.commands.find(({ name }) => name === 'ask')
  for (const asked of questions) {
    step()
    const answer = command?.answer({ question: asked.question }, context)
    if (phrasings.has(fold(asked.question))) score.known++
    if (asked.kind === 'unanswerable') {
      score.open[asked.why].asked++
      if (answer?.outcome === 'answer') score.open[asked.why].answered++
      continue
    }
    score.answerable++
    if (answer?.outcome === 'answer') {
      if (isRight(asked, { answer: plainText(answer), cite: citations(answer) })) score.right++
      else score.wrong++
    } else if (answer?.outcome === 'suggest') {
      score.suggested++
      if (answer.suggestions.some(({ text, cite }) => isRight(asked, { answer: text, cite: [...cite] })))
        score.suggestedRight++
    } else score.declined++
  }
  return score
}

function none() {
  return { asked: 0, answered: 0 }
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

export function openOf({ open }: SetScore): { asked: number; answered: number } {
  const counts = Object.values(open)
  return { asked: sum(counts.map(({ asked }) => asked)), answered: sum(counts.map(({ answered }) => answered)) }
}

/** The answerable questions of a set with slips of the fingers, each in as many ways as there are seeds. */
export function withTypos(questions: readonly Asked[], seeds: number): Asked[] {
  const answerable = questions.filter(({ kind }) => kind === 'answerable')
  return Array.from({ length: seeds }, (_, seed) =>
    answerable.map((asked) => ({ ...asked, question: misspell(asked.question, seed + 1) })),
  ).flat()
}

/** What became of phrasings that were left out of the index, one at a time, and asked. */
export interface LeftOutScore {
  asked: number
  /** Their own entry answered. */
  right: number
  /** Another entry answered; of a known unknown any answer is wrong. */
  wrong: number
}

/**
 * Leaves phrasings out of the index, one at a time, and asks them: those of the questions, and those of the unknowns.
 * One in `every`, chosen by their text, so that an edited entry changes no other's part in it.
 */
export function leaveOneOut(
  { knowledge }: Context,
  every = 1,
  step: Step = () => {},
): { questions: LeftOutScore; unknowns: LeftOutScore } {
  const { ranking, decide } = createAsk(knowledge)
  const score = { questions: { asked: 0, right: 0, wrong: 0 }, unknowns: { asked: 0, right: 0, wrong: 0 } }
  for (const [at, { text, entry }] of ranking.phrasings.entries()) {
    if (!isSampled(text, every)) continue
    step()
    const part = entry < knowledge.questions.length ? score.questions : score.unknowns
    part.asked++
    const verdict = decide(text, at)
    if (part === score.unknowns) part[verdict.outcome === 'answer' ? 'wrong' : 'right']++
    else if (verdict.outcome === 'answer') part[verdict.question === ranking.entries[entry]?.id ? 'right' : 'wrong']++
  }
  return score
}

function isSampled(text: string, every: number): boolean {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0
  // The low bits of this hash hang on the last letters alone.
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0 < 0x100000000 / every
}

/**
 * The median share of content words (neither grammar nor small talk, by their stems) that two phrasings of one entry
 * have in common: twice what they share, by what both have. Only while phrasings differ does leaving one out say anything.
 */
export function sharedWords({ knowledge }: Context): number {
  const shares: number[] = []
  for (const { question, ask } of [...knowledge.questions, ...knowledge.unknowns]) {
    const contents = [...new Set([question, ...ask])].map(contentWords)
    for (const [at, one] of contents.entries()) {
      for (const other of contents.slice(at + 1)) {
        if (one.size + other.size > 0) shares.push((2 * one.intersection(other).size) / (one.size + other.size))
      }
    }
  }
  return median(shares)
}

function contentWords(text: string): Set<string> {
  return new Set(
    words(text)
      .filter((word) => !stopWords.has(word.text) && !lightWords.has(word.text) && !fillers.has(word.text))
      .map(({ stem }) => stem),
  )
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
