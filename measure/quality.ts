/**
 * npm run eval [-- --quick]
 * How good the answers are: sets of questions, typos, phrasings left out one at a time, and search libraries over the
 * same store. Writes docs/quality.md and measure/quality.json, which the tests hold the matcher to; --quick measures
 * what the tests measure and writes nothing.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startProgress } from '../src/cli/progress.ts'
import type { Context } from '../src/command.ts'
import { parseConfig } from '../src/config.ts'
import { createContext } from '../src/context.ts'
import { readKnowledge } from '../src/knowledge/read.ts'
import { createAsk } from '../src/matching/ask.ts'
import { type Compared, type Figures, mostFalse, ours, renderFigures, renderQuick } from './figures.ts'
import { type Hit, type Open, type Phrasing, peers, type Search } from './peers.ts'
import { type Asked, isRight, readQuestions, sets } from './questions.ts'
import { leaveOneOut, type Step, scoreSet, sharedWords, withTypos } from './score.ts'

/** The tests leave out one phrasing in so many. */
const every = 30
const typoSeeds = 5

const { values } = parseArgs({ options: { quick: { type: 'boolean' } } })
const knowledge = await readKnowledge(parseConfig(process.env).KNOWLEDGE_DIR)
const context = createContext(knowledge)
const entries = [...knowledge.questions, ...knowledge.unknowns]
const phrasings: Phrasing[] = createAsk(knowledge).ranking.phrasings.map(({ text, entry }, id) => ({ id, text, entry }))

const measured = measureSets(context)
const sample = { ...leaveOneOut(context, every), every }
if (values.quick) console.log(renderQuick(measured, sample))
else {
  const figures: Figures = {
    store: {
      hash: knowledge.hash,
      questions: knowledge.questions.length,
      unknowns: knowledge.unknowns.length,
      phrasings: phrasings.length,
    },
    sets: measured,
    leftOut: during('phrasings left out', phrasings.length, (step) => leaveOneOut(context, 1, step)),
    sample,
    sharedWords: Number(sharedWords(context).toFixed(3)),
    peers: await comparePeers(readQuestions('practice')),
  }
  writeFileSync(new URL('quality.json', import.meta.url), `${JSON.stringify(figures, null, 2)}\n`)
  writeFileSync(new URL('../docs/quality.md', import.meta.url), renderFigures(figures))
  console.log(renderFigures(figures))
}

function measureSets(context: Context): Figures['sets'] {
  const measure = (set: (typeof sets)[number]) => {
    const questions = readQuestions(set)
    const typos = withTypos(questions, typoSeeds)
    return during(`questions of ${set}`, questions.length + typos.length, (step) => ({
      asked: scoreSet(questions, context, step),
      typos: scoreSet(typos, context, step),
    }))
  }
  return Object.fromEntries(sets.map((set) => [set, measure(set)])) as Figures['sets']
}

function during<Result>(what: string, total: number, run: (step: Step) => Result): Result {
  const { step, done } = startProgress(what, total)
  const result = run(step)
  done()
  return result
}

async function comparePeers(questions: readonly Asked[]): Promise<Figures['peers']> {
  const { explain } = createAsk(knowledge)
  const places = new Map(entries.map(({ id }, at) => [id, at]))
  const own: Search = (question) => {
    const { verdict, confidence } = explain(question)
    return verdict.outcome === 'answer' ? { entry: places.get(verdict.question) ?? -1, score: confidence } : undefined
  }
  const found: Figures['peers'] = {}
  for (const [name, open] of Object.entries<Open>({ [ours]: () => own, ...peers })) {
    const search = await open(phrasings)
    const progress = startProgress(`questions by ${name}`, questions.length)
    const hits: (Hit | undefined)[] = []
    for (const { question } of questions) {
      hits.push(await search(question))
      progress.step()
    }
    progress.done()
    found[name] = atBest(questions, hits)
  }
  return found
}

/** The threshold that gets most right with few enough false answers. */
function atBest(questions: readonly Asked[], hits: readonly (Hit | undefined)[]): Compared {
  const allowed = mostFalse * questions.filter(({ kind }) => kind === 'unanswerable').length
  let best: Compared = { right: 0, wrong: 0, answered: 0 }
  for (const threshold of hits.flatMap((hit) => hit?.score ?? [])) {
    const at: Compared = { right: 0, wrong: 0, answered: 0 }
    for (const [index, asked] of questions.entries()) {
      const hit = hits[index]
      // An unknown has no place here: to hit one is to refuse.
      const entry = hit && hit.score >= threshold ? knowledge.questions[hit.entry] : undefined
      if (!entry) continue
      if (asked.kind === 'unanswerable') at.answered++
      else if (isRight(asked, entry)) at.right++
      else at.wrong++
    }
    if (at.answered > allowed) continue
    if (at.right > best.right || (at.right === best.right && at.wrong < best.wrong)) best = at
  }
  return best
}
