/**
 * node --expose-gc measure/engine.ts NAME TIMES: builds one index over the store grown TIMES, asks it, and prints one
 * line of JSON. A process of its own for each, so that no engine's memory or compiled code is another's.
 */
import { parseConfig } from '../src/config.ts'
import { readKnowledge } from '../src/knowledge/read.ts'
import { createMatcher } from '../src/matching/matcher.ts'
import { ours } from './figures.ts'
import { grow } from './growth.ts'
import { type Phrasing, peers } from './peers.ts'
import { readQuestions, sets } from './questions.ts'
import type { EngineCost } from './speed.ts'

/** How long questions are asked for, after a third of it to get warm. */
const budget = 6_000

const [name = ours, times = '1'] = process.argv.slice(2)
const grown = grow(await readKnowledge(parseConfig(process.env).KNOWLEDGE_DIR), Number(times))
const { knowledge } = grown
const phrasings = [...knowledge.questions, ...knowledge.unknowns].flatMap(({ question, ask }, entry) =>
  [...new Set([question, ...ask])].map((text): Omit<Phrasing, 'id'> => ({ text, entry })),
)
const documents = phrasings.map((phrasing, id) => ({ id, ...phrasing }))
const questions = sets.flatMap((set) => readQuestions(set)).map(({ question }) => grown.ask(question))

const before = memory()
const start = performance.now()
const search = await open()
const build = performance.now() - start
const held = memory() - before

const first = await ask(search, budget / 3)
// An engine that takes seconds for one question has no use for more.
const spent = first.length > 1 ? await ask(search, budget) : first
spent.sort((a, b) => a - b)
const cost: EngineCost = {
  phrasings: phrasings.length,
  words: new Set(phrasings.flatMap(({ text }) => text.toLowerCase().match(/\p{L}+/gu) ?? [])).size,
  build,
  memory: held,
  asked: spent.length,
  median: spent[spent.length >> 1] ?? 0,
  p99: spent[Math.floor(spent.length * 0.99)] ?? 0,
}
process.stdout.write(`${JSON.stringify(cost)}\n`)

/** Asks one question after the other, and gives the ms that each took; at least one. */
async function ask(search: (question: string) => unknown, during: number): Promise<number[]> {
  const spent: number[] = []
  const end = performance.now() + during
  do {
    const from = performance.now()
    await search(questions[spent.length % questions.length] ?? '')
    spent.push(performance.now() - from)
  } while (performance.now() < end)
  return spent
}

async function open(): Promise<(question: string) => unknown> {
  if (name === ours) return createMatcher(knowledge).ask
  const create = peers[name]
  if (!create) throw new RangeError(`no engine "${name}"`)
  return create(documents)
}

/** What is in use once all that isn't has been collected, in MB. */
function memory(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}
