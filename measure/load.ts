/**
 * npm run bench:load -- [--rounds 9] [--seconds 1] [--minutes 5]
 * The interactions endpoint of `npm start` under load, beside a bare node:http server that only verifies the signature,
 * in one run; then minutes of mixed load, with the memory before and after. Each of the three is a process of its own.
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
import { slash } from '../tests/interactions.ts'
import { createSender } from '../tests/sender.ts'
import { cpuOf, residentOf } from './process.ts'
import { byMembers, createTraffic, freshCommands, freshQuestions } from './traffic.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '5' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const connections = 20

const sender = await createSender()
const context = createContext(await readKnowledge(parseConfig(process.env).KNOWLEDGE_DIR))
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

function sign(interactions: readonly unknown[]): Promise<Signed[]> {
  return Promise.all(
    interactions.map(async (interaction) => {
      const body = JSON.stringify(interaction)
      return { method: 'POST', body, headers: await sender.sign(body) }
    }),
  )
}

/** Sends interactions as fast as they are answered; gives how many a second that is. */
async function rush(url: string, requests: readonly Signed[], duration: number): Promise<number> {
  const share = Math.ceil(requests.length / connections)
  let opened = 0
  const result = await autocannon({
    url,
    connections,
    duration,
    setupClient: (client) => {
      // Its own share for each connection: with one list for all, each request would come twenty times in a row.
      const from = opened++ * share
      client.setRequests(requests.slice(from, from + share))
      // It reads each body as text, which takes it 1.5 ms for a picture: more than the server takes to send it.
      if ('pipelinedRequests' in client && client.pipelinedRequests instanceof Object)
        Object.assign(client.pipelinedRequests, { addBody: () => {} })
    },
  })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refusals, ${result.errors} errors`)
  return result.requests.average
}

/**
 * Sends so many interactions a second, evenly; gives the 99th percentile of their times in ms for each second but the
 * first, where connections are opened. A time counts from when the interaction was due. Autocannon can't do that: it
 * sends each second's share at once and pauses until the next second.
 */
async function pace(url: string, requests: readonly Signed[], duration: number, rate: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  const times = Array.from({ length: duration }, (): number[] => [])
  const answers: Promise<void>[] = []
  const start = performance.now()
  for (let sent = 0; sent < rate * duration; ) {
    for (const now = ((performance.now() - start) / 1000) * rate; sent < now && sent < rate * duration; sent++) {
      const signed = requests[sent % requests.length]
      const due = sent / rate
      if (!signed) continue
      answers.push(
        post(url, signed, agent).then(() => void times[Math.floor(due)]?.push(performance.now() - start - 1000 * due)),
      )
    }
    await sleep(1)
  }
  await Promise.all(answers)
  agent.destroy()
  return times.slice(1).map((second) => quantile(second, (time) => time, 0.99))
}

function post(url: string, { method, body, headers }: Signed, agent?: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const posted = request(url, {
      method,
      ...(agent && { agent }),
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    })
    posted.once('error', reject).once('response', (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve()
        else reject(new Error(`refused with ${response.statusCode}`))
      })
    })
    posted.end(body)
  })
}

/** How many requests a run is given: more than any server answers in a second, or as many as come round again. */
const perRun = { repeated: 2000, fresh: 9000 } as const

/** Seconds at an even rate, of which the first doesn't count. */
const paced = 4

/** Gives the interactions of the next run. */
type Source = (count: number) => unknown[]

async function compare(): Promise<void> {
  const bare = await start(['measure/bare.ts'])
  const ours = await start(npmStart)
  console.log(
    `${connections} connections, ${rounds} rounds of ${seconds} s for each server in turns: medians, and the middle half of the ratios`,
  )
  console.log('                   requests a second                  CPU a request      p99 at half of ours')
  console.log('                   bare     ours      ratio           bare     ours       ours     bare')
  for (const [kind, interactions] of Object.entries(traffic)) {
    // So that each picture is painted: that is measured by itself.
    for (const request of await sign(interactions)) await post(ours.url, request)
    await report(kind, bare, ours, (count) => byMembers(interactions, count), perRun.repeated)
  }
  for (const [kind, all] of [
    ['new commands', freshCommands(context)],
    ['new questions', freshQuestions(context)],
  ] as const)
    await report(
      kind,
      bare,
      ours,
      (count) => Array.from({ length: count }, () => all.next().value),
      perRun.fresh * seconds,
    )
  await reportPictures(ours)
  await stop(bare)
  await stop(ours)
}

async function report(kind: string, bare: Server, ours: Server, source: Source, perRun: number): Promise<void> {
  const runs: { bare: Run; ours: Run }[] = []
  // The first round warms up and doesn't count.
  for (let round = 0; round <= rounds; round++) {
    const requests = await sign(source(perRun))
    const first = round % 2 === 0 ? await measure(bare, requests) : undefined
    const own = await measure(ours, requests)
    if (round > 0) runs.push({ bare: first ?? (await measure(bare, requests)), ours: own })
  }
  const most = quantile(runs, ({ ours }) => ours.rate)
  const waits = { bare: [] as number[], ours: [] as number[] }
  for (let round = 0; round < 3; round++) {
    const requests = await sign(source(Math.ceil((most / 2) * paced)))
    waits.ours.push(...(await pace(ours.url, requests, paced, most / 2)))
    waits.bare.push(...(await pace(bare.url, requests, paced, most / 2)))
  }
  const ratio = (share: number) => (100 * quantile(runs, ({ bare, ours }) => ours.rate / bare.rate, share)).toFixed(0)
  const cells = [
    kind.padEnd(14),
    quantile(runs, ({ bare }) => bare.rate)
      .toFixed(0)
      .padStart(8),
    most.toFixed(0).padStart(8),
    `${ratio(0.5)} %`.padStart(8),
    `(${ratio(0.25)}–${ratio(0.75)})`.padEnd(11),
    `${quantile(runs, ({ bare }) => bare.cpu).toFixed(0)} µs`.padStart(8),
    `${quantile(runs, ({ ours }) => ours.cpu).toFixed(0)} µs`.padStart(8),
    `${quantile(waits.ours, (wait) => wait).toFixed(1)} ms`.padStart(10),
    `${quantile(waits.bare, (wait) => wait).toFixed(1)} ms`.padStart(8),
  ]
  console.log(cells.join(' '))
}

interface Run {
  /** Requests a second. */
  rate: number
  /** CPU time of the server for one request, all threads, in µs: it depends least on what else the machine does. */
  cpu: number
}

async function measure({ url, child }: Server, requests: readonly Signed[]): Promise<Run> {
  const before = cpuOf(child.pid)
  const rate = await rush(url, requests, seconds)
  return { rate, cpu: ((cpuOf(child.pid) - before) * 1000) / (rate * seconds) }
}

/** The median of what is measured, or the value that another share of them stays below. */
function quantile<Item>(items: readonly Item[], measured: (item: Item) => number, share = 0.5): number {
  const sorted = items.map(measured).sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
}

/** What is painted for the first time: ranges of days that nobody asked for before. */
async function reportPictures({ url, child }: Server): Promise<void> {
  const days = [1, 2, 3, 4, 5]
  const ranges = days.flatMap((from) =>
    days.map((to) => slash('timeline', { from: `${from} September`, to: `${20 + to} October` })),
  )
  const before = cpuOf(child.pid)
  for (const request of await sign(ranges)) await post(url, request)
  const paint = (cpuOf(child.pid) - before) / ranges.length
  console.log(`${ranges.length} timelines of days that nobody asked for before: ${paint.toFixed(0)} ms of CPU each`)
}

async function soak(minutes: number): Promise<void> {
  const server = await start(npmStart)
  console.log(`\n${minutes} minutes of mixed load at half of the maximum, resident memory in MB`)
  console.log(`before any request ${residentOf(server.child.pid).toFixed(0)}`)
  const requests = await sign(byMembers(traffic.mix, perRun.repeated))
  const most = await rush(server.url, requests, 10)
  console.log(`start (after 10 s at the maximum) ${residentOf(server.child.pid).toFixed(0)}`)
  const part = Math.min(30, minutes * 60)
  const readings: number[] = []
  for (let passed = 0; passed < minutes * 60; passed += part) {
    // Signed anew: a signature is good for five minutes.
    await pace(server.url, await sign(byMembers(traffic.mix, perRun.repeated)), part, most / 2)
    readings.push(residentOf(server.child.pid))
  }
  console.log(`every ${part} s ${readings.map((reading) => reading.toFixed(0)).join(' ')}`)
  console.log(`end ${readings.at(-1)?.toFixed(0)}, ${Math.round((most / 2) * minutes * 60)} interactions`)
  await stop(server)
}

await compare()
if (Number(values.minutes) > 0) await soak(Number(values.minutes))
