import { readFileSync } from 'node:fs'
import * as z from 'zod'
import type { Question } from '../src/knowledge/schema.ts'

const pattern = z.string().transform((source) => new RegExp(source, 'i'))
const asked = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('answerable'),
    id: z.string(),
    question: z.string(),
    style: z.string(),
    /** Every group has to match the answer with one of its patterns. */
    must: z.array(z.array(pattern)),
    never: z.array(pattern).default([]),
    /** Places of which the answer has to cite one. */
    cite: z.array(z.tuple([z.string(), z.number()])),
  }),
  z.looseObject({
    kind: z.literal('unanswerable'),
    id: z.string(),
    question: z.string(),
    style: z.string(),
    why: z.enum(['absent', 'false-premise', 'later', 'off-topic', 'hostile']),
  }),
])

export type Asked = z.output<typeof asked>
export type Answerable = Extract<Asked, { kind: 'answerable' }>

/** The question sets of tests/questions, each written by people who had not seen the store. */
export const sets = [
  'practice',
  'callers',
  'newcomers',
  'guests',
  'visitors',
  'strangers',
  'students',
  'personas',
  'styles',
] as const
/** Those that `npm run fit` learns from; by the others it is judged. */
export const learnedFrom = ['guests', 'visitors', 'strangers', 'students', 'personas', 'styles'] as const

export function readQuestions(set: (typeof sets)[number]): Asked[] {
  const lines = readFileSync(new URL(`../tests/questions/${set}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => asked.parse(JSON.parse(line)))
}

/** Whether an answer is right: it says all that it must, nothing that it may not, and cites a place that supports it. */
export function isRight(
  { must, never, cite }: Answerable,
  { answer, cite: cited }: Pick<Question, 'answer' | 'cite'>,
): boolean {
  const text = answer.replace(/\s*\[\d+\]/g, '')
  return (
    must.every((group) => group.some((pattern) => pattern.test(text))) &&
    !never.some((pattern) => pattern.test(text)) &&
    cited.some(({ article, paragraph }) => cite.some(([id, place]) => id === article && place === paragraph))
  )
}
