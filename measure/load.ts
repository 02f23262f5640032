/**
 * npm run bench:load -- [--seconds 5] [--minutes 5]
 * The interactions endpoint of `npm start` under load, beside a bare node:http server that only verifies the signature,
 * in one run; then minutes of mixed load, with the memory before and after.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import manifest from '../package.json' with { type: 'json' }
import { createBot } from '../src/bot.ts'
import { parseConfig } from '../src/config.ts'
import { createContext } from '../src/context.ts'
import { readKnowledge } from '../src/knowledge/read.ts'
import { createSender } from '../tests/sender.ts'
import { cpuOf, residentOf } from './process.ts'
import { createTraffic } from './traffic.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, minutes: { type: 'string', default: '5' } },
})
const seconds = Number(values.seconds)
const connections = 20

const sender = await createSender()
const context = createContext(readKnowledge(parseConfig(process.env).KNOWLEDGE_DIR))
const traffic = await createTraffic(context, createBot(context, { info: () => {}, error: console.error }))

interface Server {
  url: string
  child: ChildProcess
}

/** What `npm start` runs, without npm, which would stand between it and its signals. */
const [, ...npmStart] = manifest.scripts.start.split(' ')

async function start(args: readonly string[]): Promise<Server> {
  const port = await freePort()
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    // An empty variable keeps what .env says of it out.
    env: {
      ...process.env,
      DISCORD_TOKEN: '',
      DISCORD_PUBLIC_KEY: sender.publicKey,
      PORT: String(port),
      HEALTH_PORT: '',
    },
  })
  const url = `http://127.0.0.1:${port}/interactions`
  for (let tries = 0; tries < 200; tries++) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return { url, child }
    await sleep(50)
  }
  throw new Error(`${args.at(-1)} doesn't listen on ${url}`)
}

async function stop({ child }: Server): Promise<void> {
  child.kill()
  await once(child, 'exit')
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

interface Signed {
  method: 'POST'
  body: string
  headers: Record<string, string>
}

/** Signs anew: a signature is good for five minutes. */
function sign(interactions: readonly unknown[]): Promise<Signed[]> {
  return Promise.all(
    interactions.map(async (interaction) => {
      const body = JSON.stringify(interaction)
      return { method: 'POST', body, headers: await sender.sign(body) }
    }),
  )
}

/** Sends interactions as fast as they are answered; gives how many a second that is. */
async function rush(url: string, interactions: readonly unknown[], duration: number): Promise<number> {
  const result = await autocannon({ url, connections, duration, requests: await sign(interactions) })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refusals, ${result.errors} errors`)
  return result.requests.average
}

/**
 * Sends so many interactions a second, evenly; gives the 99th percentile of their times in ms, each from when it was due.
 * Autocannon can't do that: it sends each second's share at once and pauses until the next second.
 */
async function pace(url: string, interactions: readonly unknown[], duration: number, rate: number): Promise<number> {
  const requests = await sign(interactions)
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  const times: number[] = []
  const answers: Promise<void>[] = []
  const start = performance.now()
  for (let sent = 0; sent < rate * duration; ) {
    for (const due = ((performance.now() - start) / 1000) * rate; sent < due && sent < rate * duration; sent++) {
      const signed = requests[sent % requests.length]
      const since = start + (1000 * sent) / rate
      if (signed) answers.push(post(url, signed, agent).then(() => void times.push(performance.now() - since)))
    }
    await sleep(1)
  }
  await Promise.all(answers)
  agent.destroy()
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN
}

function post(url: string, { method, body, headers }: Signed, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const posted = request(url, { method, agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } })
    posted.once('error', reject).once('response', (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve()
        else reject(new Error(`refused with ${response.statusCode}`))
      })
    })
    posted.end(body)
  })
}

async function compare(): Promise<void> {
  const bare = await start(['measure/bare.ts'])
  const ours = await start(npmStart)
  console.log(`${connections} connections, ${seconds} s a run, the median of 3 runs each, in turns`)
  console.log('                requests a second           CPU a request     p99 at half of')
  console.log('                bare     ours    ratio      bare     ours     ours’ maximum')
  for (const [kind, interactions] of Object.entries(traffic)) {
    await rush(bare.url, interactions, 1)
    await rush(ours.url, interactions, 2)
    const runs = { bare: [] as Run[], ours: [] as Run[] }
    for (let round = 0; round < 3; round++) {
      runs.bare.push(await measure(bare, interactions))
      runs.ours.push(await measure(ours, interactions))
    }
    const [least, most] = [median(runs.bare), median(runs.ours)]
    const p99 = await pace(ours.url, interactions, seconds, most.rate / 2)
    const cells = [
      kind.padEnd(13),
      least.rate.toFixed(0).padStart(7),
      most.rate.toFixed(0).padStart(8),
      `${((100 * most.rate) / least.rate).toFixed(0)} %`.padStart(8),
      `${least.cpu.toFixed(0)} µs`.padStart(10),
      `${most.cpu.toFixed(0)} µs`.padStart(8),
      `${p99.toFixed(1)} ms`.padStart(11),
    ]
    console.log(cells.join(' '))
  }
  await stop(bare)
  await stop(ours)
}

interface Run {
  /** Requests a second. */
  rate: number
  /** CPU time of the server for one request, all threads, in µs: it depends least on what else the machine does. */
  cpu: number
}

async function measure({ url, child }: Server, interactions: readonly unknown[]): Promise<Run> {
  const before = cpuOf(child.pid)
  const rate = await rush(url, interactions, seconds)
  return { rate, cpu: ((cpuOf(child.pid) - before) * 1000) / (rate * seconds) }
}

function median(runs: readonly Run[]): Run {
  const middle = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0
  return { rate: middle(runs.map(({ rate }) => rate)), cpu: middle(runs.map(({ cpu }) => cpu)) }
}

async function soak(minutes: number): Promise<void> {
  const server = await start(npmStart)
  console.log(`\n${minutes} minutes of mixed load at half of the maximum, resident memory in MB`)
  console.log(`before any request ${residentOf(server.child.pid).toFixed(0)}`)
  const most = await rush(server.url, traffic.mix, 10)
  console.log(`start (after 10 s at the maximum) ${residentOf(server.child.pid).toFixed(0)}`)
  const part = Math.min(30, minutes * 60)
  const readings: number[] = []
  for (let passed = 0; passed < minutes * 60; passed += part) {
    await pace(server.url, traffic.mix, part, most / 2)
    readings.push(residentOf(server.child.pid))
  }
  console.log(`every ${part} s ${readings.map((reading) => reading.toFixed(0)).join(' ')}`)
  console.log(`end ${readings.at(-1)?.toFixed(0)}, ${Math.round((most / 2) * minutes * 60)} interactions`)
  await stop(server)
}

await compare()
if (Number(values.minutes) > 0) await soak(Number(values.minutes))
