/**
 * npm run bench:worker
 * The Cloudflare Worker on workerd, Cloudflare's own runtime: size of the bundle, CPU at start-up and CPU a request,
 * each less what a Worker that only returns a constant takes in the same place.
 */
import { gzipSync } from 'node:zlib'
import { createBot } from '../src/bot.ts'
import { bundleWorker } from '../src/bundle.ts'
import { parseConfig } from '../src/config.ts'
import { createContext } from '../src/context.ts'
import { readKnowledge } from '../src/knowledge/read.ts'
import { createSender } from '../tests/sender.ts'
import { startWorkerd } from '../tests/workerd.ts'
import { children, cpuOf } from './process.ts'
import { createTraffic } from './traffic.ts'

const empty = `export default { fetch: async (request) => { await request.arrayBuffer(); return Response.json({ type: 1 }) } }`
const starts = 5
const requests = 1000

const sender = await createSender()
const knowledge = await readKnowledge(parseConfig(process.env).KNOWLEDGE_DIR)
const context = createContext(knowledge)
const traffic = await createTraffic(context, createBot(context, { info: () => {}, error: console.error }))
const code = await bundleWorker(knowledge)
console.log(
  `bundle          ${kilobytes(code.length)} KB, ${kilobytes(gzipSync(code).length)} KB gzipped (limit 1,000)`,
)

const cost = { empty: await startUp(empty), ours: await startUp(code) }
console.log(`CPU at start-up ${ms(cost.ours - cost.empty)} ms (limit 1,000)`)

console.log('CPU a request, in ms (limit of the free plan 10)')
for (const [kind, interactions] of Object.entries(traffic)) {
  const none = await perRequest(empty, interactions)
  const ours = await perRequest(code, interactions)
  console.log(`  ${kind.padEnd(14)}${ms(ours - none)}`)
}

/** CPU time from the start of the runtime to its first answer, in ms: the least of several starts. */
async function startUp(module: string): Promise<number> {
  const times: number[] = []
  for (let count = 0; count < starts; count++) {
    const { origin, close } = await startWorkerd(module, { DISCORD_PUBLIC_KEY: sender.publicKey })
    await fetch(await sender.request(origin, '{"type":1,"id":"1"}'))
    times.push(cpuOf(workerd()))
    await close()
  }
  return Math.min(...times)
}

/** CPU time of a warm Worker for one request, in ms. */
async function perRequest(module: string, interactions: readonly unknown[]): Promise<number> {
  const { origin, close } = await startWorkerd(module, { DISCORD_PUBLIC_KEY: sender.publicKey })
  const send = async (count: number) => {
    for (let at = 0; at < count; at++) {
      const body = JSON.stringify(interactions[at % interactions.length])
      await (await fetch(await sender.request(origin, body))).arrayBuffer()
    }
  }
  await send(requests / 5)
  const before = cpuOf(workerd())
  await send(requests)
  const spent = cpuOf(workerd()) - before
  await close()
  return spent / requests
}

/** The one workerd that this process has started. */
function workerd(): number {
  const [pid, ...others] = children()
  if (pid === undefined || others.length > 0)
    throw new Error(`one child process was expected, not ${1 + others.length}`)
  return pid
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(0)
}

function ms(value: number): string {
  return value < 20 ? value.toFixed(2) : value.toFixed(0)
}
