import { expect, test } from 'vitest'
import * as z from 'zod'
import type { Sent, Trouble } from './fake-discord.ts'
import { press, slash, typing } from './interactions.ts'
import { goLive } from './on-discord.ts'

const total = 1000
const batch = 20

/** mulberry32: the same faults in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const kinds = [
  slash('help'),
  slash('ask', { question: 'who was at the pier house' }),
  slash('ask', { question: 'how tall is the lighthouse', private: true }),
  slash('timeline'),
  typing('quote', 'speaker', 'rev'),
  press('an older button'),
]

/** What the answers to one interaction meet, attempt by attempt; the ones after that meet nothing. */
function plan(random: () => number): Trouble[] {
  const share = random()
  const amount = random()
  if (share < 0.06) return [{ status: 429, retryAfter: 0.05 + amount / 2 }]
  if (share < 0.07) return [{ status: 429, retryAfter: 60 }]
  if (share < 0.12) return Array.from({ length: Math.ceil(amount * 3) }, () => ({ status: 502 }))
  if (share < 0.125) return Array.from({ length: 50 }, () => ({ status: 503 }))
  if (share < 0.14) return [{ status: 504, counts: true }]
  if (share < 0.17) return [{ drop: true, counts: false }]
  if (share < 0.19) return [{ drop: true, counts: true }]
  if (share < 0.23) return [{ slow: amount * 400 }]
  if (share < 0.24) return [{ slow: 1450 }]
  return []
}

test(`answers ${total} interactions once each, or counts them as late, through drops, resumes, 429s and 5xxs`, async () => {
  const random = seeded(20151023)
  const plans = new Map<string, Trouble[]>()
  const { discord, gateway, lines, logged, ready } = await goLive({
    trouble: (_call, sent) => (sent ? plans.get(sent.id)?.[sent.attempts - 1] : undefined),
  })
  await ready()

  const faults = [
    () => discord.cut(),
    () => discord.tell(7),
    () => discord.closeWith(4000),
    () => discord.closeWith(4009),
    () => {
      discord.mood.resume = 'again'
      discord.cut()
    },
  ]
  const all: Sent[] = []
  for (let at = 0; at < total; at++) {
    // One in a hundred comes too late to be answered at all.
    const sent = discord.send(kinds[at % kinds.length] ?? {}, random() < 0.01 ? Date.now() - 3500 : Date.now())
    plans.set(sent.id, plan(random))
    all.push(sent)
    if (at % 190 === 100) {
      await discord.until(discord.attached)
      faults[Math.floor(at / 190)]?.()
    }
    if (at % batch === batch - 1) await new Promise((resolve) => setTimeout(resolve, 50))
  }

  const late = () => logged(/^late: /).length
  const answered = () => all.filter(({ answer }) => answer).length
  await discord.until(() => answered() + late() >= total, 8000)
  expect(all.every(({ delivered }) => delivered)).toBe(true)
  expect(logged(/^interaction$/)).toHaveLength(total)
  // The stop below fails the test over a second answer, a malformed one, or one to nobody.
  await gateway.close()
  const counts = z.object({ answered: z.int(), late: z.int(), refused: z.literal(0) }).parse(logged(/^left the/)[0])
  expect(counts.answered + counts.late).toBe(total)
  expect(counts.late).toBe(late())
  // An answer that Discord took, and whose receipt didn't reach us in time, is late as well.
  expect(counts.late).toBeGreaterThanOrEqual(total - answered())
  expect(lines.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([])

  // The faults did happen: each kind of trouble was met, and the same session was taken up again and again.
  expect(discord.counts.identify).toBe(1)
  expect(discord.counts.resume).toBeGreaterThanOrEqual(6)
  expect(late()).toBeGreaterThanOrEqual(10)
  expect(logged(/had its answer already/).length).toBeGreaterThanOrEqual(10)
  expect(all.filter(({ attempts }) => attempts > 1).length).toBeGreaterThanOrEqual(100)
  expect(Math.max(...all.map(({ attempts }) => attempts))).toBeLessThanOrEqual(8)
}, 20_000)
