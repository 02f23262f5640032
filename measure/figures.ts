import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { sets } from './questions.ts'
import { openKinds, openOf, type SetScore } from './score.ts'

const count = z.int().min(0)
const leftOut = z.object({ asked: count, right: count, wrong: count })
const bothLeftOut = { questions: leftOut, unknowns: leftOut }
const setScore = z.object({
  ...{ answerable: count, right: count, wrong: count, suggested: count, suggestedRight: count, declined: count },
  open: z.record(z.enum(openKinds), z.object({ asked: count, answered: count })),
  known: count,
})
const setFigures = z.object({ asked: setScore, typos: setScore })
const compared = z.object({ right: count, wrong: count, answered: count })

/** What `npm run eval` measures: numbers of questions. */
const figures = z.object({
  store: z.object({ hash: z.string(), questions: count, unknowns: count, phrasings: count }),
  sets: z.record(z.enum(sets), setFigures),
  leftOut: z.object(bothLeftOut),
  /** The same over one phrasing in `every`, which the tests measure again. */
  sample: z.object({ ...bothLeftOut, every: count }),
  sharedWords: z.number(),
  /** Of the practice set, each at its best threshold that gives few enough false answers. */
  peers: z.record(z.string(), compared),
})

export type Figures = z.output<typeof figures>
export type Compared = z.output<typeof compared>

export const ours = 'Vienna Talks'
/** The share of the unanswerable questions that may be answered. */
export const mostFalse = 0.025

const file = new URL('quality.json', import.meta.url)

export function readFigures(): Figures {
  return figures.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** What is to be reached, what was measured, and whether that is enough. */
interface Goal {
  name: string
  goal: string
  figure: string
  met: boolean
}

export function goals({ sets: { practice }, leftOut: { questions, unknowns }, sharedWords, peers }: Figures): Goal[] {
  const { asked, typos } = practice
  const open = openOf(asked)
  const atLeast = (name: string, share: number, goal: number): Goal => ({
    name,
    goal: `≥ ${percent(goal)}`,
    figure: percent(share),
    met: share >= goal,
  })
  const atMost = (name: string, share: number, goal: number): Goal => ({
    name,
    goal: `≤ ${percent(goal)}`,
    figure: percent(share),
    met: share <= goal,
  })
  const drop = asked.right / asked.answerable - typos.right / typos.answerable
  const best = Math.max(...Object.entries(peers).flatMap(([name, { right }]) => (name === ours ? [] : [right])))
  const own = peers[ours]?.right ?? 0
  return [
    atLeast('practice set: right', asked.right / asked.answerable, 0.95),
    atMost('practice set: wrong', asked.wrong / asked.answerable, 0.02),
    atMost('practice set: unanswerable and answered', open.answered / open.asked, mostFalse),
    atLeast('a phrasing left out: right', questions.right / questions.asked, 0.8),
    atMost('a phrasing left out: wrong', questions.wrong / questions.asked, 0.04),
    {
      name: 'words that two phrasings of an entry share',
      goal: '≤ 0.40',
      figure: sharedWords.toFixed(2),
      met: sharedWords <= 0.4,
    },
    atMost('an unknown’s phrasing left out: answered', unknowns.wrong / unknowns.asked, 0.05),
    {
      name: 'typos: right answers lost',
      goal: '≤ 5 points',
      figure: `${(100 * drop).toFixed(1)} points`,
      met: drop <= 0.05,
    },
    { name: 'right, beside the best of the peers', goal: 'more', figure: `${own} to ${best}`, met: own > best },
  ]
}

/** The figures as docs/quality.md and the terminal show them. */
export function renderFigures(all: Figures): string {
  const { store, sets: measured, leftOut, peers } = all
  const { answerable } = measured.practice.asked
  const missed = goals(all).filter(({ met }) => !met)
  return `# How good the answers are

Written by \`npm run eval\`, which measures all of it anew; \`npm run eval -- --quick\` measures what the tests hold it to.
Store \`${store.hash}\`: ${store.questions} questions with an answer, ${store.unknowns} known unknowns, ${store.phrasings} phrasings.

## Against the goals

${table([['measured', 'goal', 'figure', ''], ...goals(all).map(({ name, goal, figure, met }) => [name, goal, figure, met ? 'met' : 'missed'])])}

${missed.length === 0 ? 'Every goal is met.' : `What falls short: ${missed.map(({ name, goal, figure }) => `${name} (${figure}, the goal is ${goal})`).join('; ')}.`}

## Sets of questions

Right: the answer states all that it must and nothing that it may not, and cites a place that supports it. Wrong: any
other answer. Suggested: up to three questions were offered; in brackets, how often a right one was among them.

${table([
  ['set', 'answerable', 'right', 'wrong', 'suggested', 'declined', 'right with typos'],
  ...sets.map((set) => setRow(set, measured[set].asked, measured[set].typos)),
])}

Questions that the articles don't answer, and how many of them got an answer all the same:

${table([['set', 'false answers', ...openKinds.map((kind) => kind.replace('-', ' '))], ...sets.map((set) => openRow(set, measured[set].asked))])}

- \`practice\`: no weight is learned from it, but it was at hand while the store was written, so it flatters the store. One
  of its questions is ${(100 / answerable).toFixed(1)} points.
- \`callers\` was written last, in the manner of the practice set, by somebody who had not seen the store. No weight is
  learned from it, no phrasing was written for it and none of its questions was read; its totals were, while the
  threshold was chosen. Expect of a stranger's questions what it shows. \`newcomers\` is such a set too, looked at
  longer. Of people who ask in a roundabout way, expect what \`visitors\` shows.
- \`guests\`, \`visitors\`, \`strangers\`, \`students\`, \`personas\` and \`styles\` were written by people who had not seen the
  store either. How sure to be is learned from them (\`npm run fit\`), so they flatter the confidence a little.
- Questions that stand in the store word for word, and so measure nothing: ${sets.map((set) => `${measured[set].asked.known} of ${set}`).join(', ')}.
- Typos: one or two slips (letters swapped, left out, doubled, or the key beside) in words of five letters or more,
  never in numbers, dates or negations; each question in ${measured.practice.typos.answerable / answerable} ways.

## Phrasings left out, one at a time

Each phrasing is taken out of the index and asked. Of the ${leftOut.questions.asked} phrasings of questions, their own entry answers
${percent(leftOut.questions.right / leftOut.questions.asked)}, another one ${percent(leftOut.questions.wrong / leftOut.questions.asked)}, and the rest is offered or declined. Of the ${leftOut.unknowns.asked} phrasings of known unknowns, ${percent(leftOut.unknowns.wrong / leftOut.unknowns.asked)} get an answer.
Another entry counts as wrong even where its answer would do. Two phrasings of an entry share ${all.sharedWords.toFixed(2)} of their content words
(the median over all pairs: twice what they share, by what both have). How rare words are is counted with the phrasing in.

## Beside search libraries

The same phrasings of questions and of unknowns, one hit each, in one run over the practice set. A hit on an unknown
counts as a refusal. Each has the threshold at which it gets most right with at most ${percent(mostFalse)} false answers, chosen on
these very questions: what nobody could know beforehand.

${table([['', 'right', 'wrong', 'false answers'], ...Object.entries(peers).map(([name, { right, wrong, answered }]) => [name, `${right} of ${answerable}`, String(wrong), String(answered)])])}
`
}

/** The part of it that takes seconds. */
export function renderQuick(measured: Figures['sets'], { every, questions, unknowns }: Figures['sample']): string {
  return `${table([
    ['set', 'answerable', 'right', 'wrong', 'suggested', 'declined', 'right with typos'],
    ...sets.map((set) => setRow(set, measured[set].asked, measured[set].typos)),
  ])}

${table([['set', 'false answers', ...openKinds.map((kind) => kind.replace('-', ' '))], ...sets.map((set) => openRow(set, measured[set].asked))])}

One phrasing in ${every} left out: ${percent(questions.right / questions.asked)} right, ${percent(questions.wrong / questions.asked)} wrong; of unknowns ${percent(unknowns.wrong / unknowns.asked)} answered.
`
}

function setRow(set: string, score: SetScore, typos: SetScore): string[] {
  const { answerable, right, wrong, suggested, suggestedRight, declined } = score
  const of = (number: number) => `${number} (${percent(number / answerable)})`
  return [
    set,
    String(answerable),
    of(right),
    of(wrong),
    `${suggested} (${suggestedRight})`,
    String(declined),
    percent(typos.right / typos.answerable),
  ]
}

function openRow(set: string, score: SetScore): string[] {
  const { asked, answered } = openOf(score)
  return [
    set,
    `${answered} of ${asked} (${percent(answered / asked)})`,
    ...openKinds.map((kind) => `${score.open[kind].answered} of ${score.open[kind].asked}`),
  ]
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

/** A Markdown table that reads well as it is. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}
