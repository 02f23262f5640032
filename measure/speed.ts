/**
 * npm run bench [-- --most 100] [--http]
 * Speed and memory, beside search libraries over the same phrasings, in one run: one question on the store, and on
 * stores 10 and 100 times as large; the start of the terminal command; the started program, idle. `--http` goes on with
 * the Worker (bench:worker) and the endpoint under load (bench:load).
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import * as z from 'zod'
import manifest from '../package.json' with { type: 'json' }
import { startProgress } from '../src/cli/progress.ts'
import { parseConfig } from '../src/config.ts'
import { createContext } from '../src/context.ts'
import { readKnowledge } from '../src/knowledge/read.ts'
import { readPhrasings } from '../src/matching/readings.ts'
import { ours } from './figures.ts'
import { residentOf } from './process.ts'
import { readQuestions, sets } from './questions.ts'
import { median } from './score.ts'

const engines = [ours, 'Fuse, default', 'Fuse, token search', 'MiniSearch', 'Orama']
/** How long an engine may take to be built and asked, in minutes. */
const limit = 10
const starts = 9

/** What an engine costs on one store. */
const engineCost = z.object({
  phrasings: z.number(),
  words: z.number().describe('Different words in them'),
  build: z.number().describe('ms'),
  memory: z.number().describe('MB that the index holds beside the texts of the store'),
  asked: z.number(),
  median: z.number().describe('ms'),
  p99: z.number().describe('ms'),
})
export type EngineCost = z.output<typeof engineCost>

const { values } = parseArgs({ options: { http: { type: 'boolean' }, most: { type: 'string', default: '100' } } })
const run = promisify(execFile)
const path = (file: string) => fileURLToPath(new URL(file, import.meta.url))
// An empty variable keeps what .env says of it out.
const env = { ...process.env, DISCORD_TOKEN: '', DISCORD_PUBLIC_KEY: '', HEALTH_PORT: '', PORT: '0' }

const { length: cores } = cpus()
console.log(`${cores} cores, ${(loadavg()[0] ?? 0).toFixed(1)} of them busy before the start\n`)
await measureAsk()
await measureStart()
await measureIdle()
await compareEngines([1, 10, 100].filter((times) => times <= Number(values.most)))
if (values.http) {
  for (const file of ['worker.ts', 'load.ts'])
    await once(spawn(process.execPath, [path(file)], { stdio: 'inherit' }), 'exit')
}

/** The whole command, from what was typed to the answer, in this process. */
async function measureAsk(): Promise<void> {
  const start = performance.now()
  const knowledge = await readKnowledge(parseConfig(process.env).KNOWLEDGE_DIR)
  const checked = performance.now()
  const readings = readPhrasings(knowledge)
  const read = performance.now()
  const context = createContext(knowledge, undefined, readings)
  const built = performance.now()
  const command = context.commands.find(({ name }) => name === 'ask')
  const questions = sets.flatMap((set) => readQuestions(set))
  const spent: number[] = []
  for (let round = 0; round < 6; round++) {
    for (const { question } of questions) {
      const from = performance.now()
      command?.answer({ question }, context)
      // The first rounds warm it up.
      if (round > 1) spent.push(performance.now() - from)
    }
  }
  console.log(`/ask, warm, ${questions.length} questions of ${sets.join(', ')}`)
  line('one question, median', `${ms(median(spent))}`, 'goal 0.5 ms')
  line('one question, p99', `${ms(percentile(spent, 0.99))}`, 'goal 4 ms')
  line('open the store', ms(checked - start), 'read and checked only where no earlier start kept it')
  line('read its phrasings', ms(read - checked), 'cold, once an edit: kept for the next start')
  line('build the index', ms(built - read), 'cold, at each start; goal 200 ms')
}

async function measureStart(): Promise<void> {
  const question = 'was iran invited'
  const bare = await timeStarts(process.execPath, [...argumentsOf('ask'), question])
  const npm = await timeStarts('npm', ['run', '--silent', 'ask', '--', question])
  console.log(`\nStart to first answer, as a whole process, the median of ${starts}`)
  line('what npm run ask runs', ms(bare), 'goal 700 ms')
  line('npm run ask itself', ms(npm), 'npm’s own start in it')
}

/** The arguments that an npm script gives to node: what is measured is what people start. */
function argumentsOf(script: keyof typeof manifest.scripts): string[] {
  return manifest.scripts[script].split(' ').slice(1)
}

async function timeStarts(file: string, args: string[]): Promise<number> {
  const spent: number[] = []
  for (let count = 0; count < starts; count++) {
    const from = performance.now()
    await run(file, args, { cwd: path('..'), env })
    spent.push(performance.now() - from)
  }
  return median(spent)
}

/** What `npm start` starts, with the playground listening and nobody there. */
async function measureIdle(): Promise<void> {
  const child = spawn(process.execPath, argumentsOf('start'), {
    cwd: path('..'),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const said of createInterface({ input: child.stdout })) if (said.startsWith('Playground')) break
  await sleep(3000)
  console.log('\nThe started program, idle')
  line('resident memory', `${residentOf(child.pid).toFixed(0)} MB`, 'goal 130 MB')
  child.kill()
  await once(child, 'exit')
}

async function compareEngines(sizes: readonly number[]): Promise<void> {
  console.log('\nBeside search libraries over the same phrasings, each in a process of its own')
  console.log('store   phrasings   words  engine               build     memory    median       p99  questions asked')
  const progress = startProgress('indexes', sizes.length * engines.length)
  for (const times of sizes) {
    for (const engine of engines) {
      const cost = await costOf(engine, times)
      progress.step()
      const size = `${times}×`.padEnd(6)
      if (cost === undefined)
        console.log(`${size}${' '.repeat(21)}${engine.padEnd(18)} not within ${limit} minutes or the memory`)
      else {
        const { phrasings, words, build, memory, asked, median, p99 } = cost
        const numbers = [
          ms(build).padStart(10),
          `${memory.toFixed(0)} MB`.padStart(10),
          ms(median).padStart(10),
          ms(p99).padStart(10),
          String(asked).padStart(8),
        ]
        console.log(
          `${size}${String(phrasings).padStart(11)} ${String(words).padStart(7)}  ${engine.padEnd(18)} ${numbers.join('')}`,
        )
      }
    }
  }
  progress.done()
}

/** Undefined where it takes longer, or more memory, than there is. */
async function costOf(engine: string, times: number): Promise<EngineCost | undefined> {
  const args = ['--expose-gc', '--max-old-space-size=12000', path('engine.ts'), engine, String(times)]
  try {
    const { stdout } = await run(process.execPath, args, { cwd: path('..'), timeout: limit * 60_000 })
    return engineCost.parse(JSON.parse(stdout))
  } catch {
    return undefined
  }
}

function percentile(numbers: readonly number[], share: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)] ?? Number.NaN
}

function line(what: string, figure: string, note = ''): void {
  console.log(`  ${what.padEnd(26)}${figure.padStart(10)}${note && `  (${note})`}`)
}

function ms(value: number): string {
  return value < 10
    ? `${value.toFixed(2)} ms`
    : value < 10_000
      ? `${value.toFixed(0)} ms`
      : `${(value / 1000).toFixed(0)} s`
}
