/**
 * npm run fit: learns the weights of src/matching/weights.json from the store itself. Each phrasing is left out of the
 * index and asked; the ranking learns to put its entry first, and the confidence learns when the first is right.
 * Seeded, and started from the weights that are there: the same store and weights give the same ones.
 */
import { writeFileSync } from 'node:fs'
import { readKnowledge } from '../src/knowledge/read.ts'
import { judge, type Sign } from '../src/matching/confidence.ts'
import { featureNames } from '../src/matching/features.ts'
import { createRanking, type Ranked } from '../src/matching/ranking.ts'
import weights from '../src/matching/weights.json' with { type: 'json' }
import { isRight, learnedFrom, readQuestions } from './questions.ts'
import { seeded } from './seeded.ts'

/** One phrasing in this many is asked: more changes the weights no more. */
const step = 2
/** How many phrasings a question of a real set counts for: phrasings come from curators, these from people who ask. */
const real = 12
const rounds = 12

const knowledge = await readKnowledge(process.env.KNOWLEDGE_DIR ?? 'knowledge')
const ranking = createRanking(knowledge)
const answerable = knowledge.questions.length
const sample = [...ranking.phrasings.keys()].filter((at) => at % step === 0)

fitRanking()
fitJudge()
writeFileSync(
  new URL('../src/matching/weights.json', import.meta.url),
  `${JSON.stringify(weights, (_, value) => (typeof value === 'number' ? Number(value.toFixed(3)) : value), 2)}\n`,
)

/** Softmax over the candidates of each phrasing: its own entry should come first. */
function fitRanking(): void {
  const rows = sample.flatMap((at) => {
    const { text, entry } = ranking.phrasings[at] ?? { text: '', entry: -1 }
    const candidates = ranking.rank(text, at).candidates.slice(0, 20)
    const right = candidates.findIndex((candidate) => candidate.entry === entry)
    return right < 0
      ? []
      : [{ vectors: candidates.map(({ features }) => featureNames.map((name) => features[name])), right }]
  })
  const learned = descend(
    featureNames.map((name) => weights.rank[name]),
    rows,
    ({ vectors, right }, current) => {
      const scores = vectors.map((vector) => dot(vector, current))
      const most = Math.max(...scores)
      const shares = scores.map((score) => Math.exp(score - most))
      const all = shares.reduce((a, b) => a + b, 0)
      const gradient = current.map(() => 0)
      for (const [at, vector] of vectors.entries()) {
        const error = (shares[at] ?? 0) / all - (at === right ? 1 : 0)
        for (const [index, value] of vector.entries()) gradient[index] = (gradient[index] ?? 0) + error * value
      }
      return gradient
    },
  )
  for (const [at, name] of featureNames.entries()) weights.rank[name] = learned[at] ?? 0
}

/** Logistic regression: is the best entry the right one? For an open question, and for one whose own entry is taken out, none is. */
function fitJudge(): void {
  const rows: { vector: number[]; right: number }[] = []
  let names: Sign[] = []
  const add = (ranked: Ranked, isAnswer: (entry: number) => boolean) => {
    const judged = judge(ranked, answerable)
    if (!judged) return
    names = Object.keys(judged.signs) as Sign[]
    rows.push({ vector: names.map((name) => judged.signs[name]), right: isAnswer(judged.best.entry) ? 1 : 0 })
  }
  for (const at of sample) {
    const { text, entry } = ranking.phrasings[at] ?? { text: '', entry: -1 }
    const ranked = ranking.rank(text, at)
    add(ranked, (best) => best === entry)
    if (entry >= answerable)
      add({ ...ranked, candidates: ranked.candidates.filter((candidate) => candidate.entry !== entry) }, () => false)
  }
  for (const asked of learnedFrom.flatMap(readQuestions)) {
    const ranked = ranking.rank(asked.question)
    const isAnswer = (best: number): boolean => {
      const question = knowledge.questions[best]
      return asked.kind === 'answerable' && question !== undefined && isRight(asked, question)
    }
    for (let times = 0; times < real; times++) add(ranked, isAnswer)
  }
  const learned = descend(
    names.map(() => 0),
    rows,
    ({ vector, right }, current) => {
      const error = 1 / (1 + Math.exp(-dot(vector, current))) - right
      return vector.map((value, index) => error * value + 1e-4 * (current[index] ?? 0))
    },
  )
  weights.judge = Object.fromEntries(names.map((name, at) => [name, learned[at] ?? 0])) as typeof weights.judge
}

/**
 * Stochastic gradient descent with a step of its own for each weight (AdaGrad). Gives the mean over the later half of
 * the rounds, which hangs less on the rows that happen to come last.
 */
function descend<Row>(
  start: readonly number[],
  rows: Row[],
  gradientOf: (row: Row, current: readonly number[]) => number[],
): number[] {
  const random = seeded(7)
  const current = [...start]
  const mean = current.map(() => 0)
  let steps = 0
  const squares = current.map(() => 1e-6)
  for (let round = 0; round < rounds; round++) {
    for (let at = rows.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1))
      const [a, b] = [rows[at], rows[other]]
      if (a !== undefined && b !== undefined) [rows[at], rows[other]] = [b, a]
    }
    for (const row of rows) {
      for (const [index, value] of gradientOf(row, current).entries()) {
        squares[index] = (squares[index] ?? 0) + value * value
        current[index] = (current[index] ?? 0) - (0.25 / Math.sqrt(squares[index] ?? 1)) * value
      }
      if (round < rounds / 2) continue
      steps++
      for (const [index, value] of current.entries())
        mean[index] = (mean[index] ?? 0) + (value - (mean[index] ?? 0)) / steps
    }
  }
  return mean
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
}
