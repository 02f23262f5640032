import { describe, expect, test } from 'vitest'
import { createLog } from '../src/log.ts'
import { startGateway } from '../src/transports/gateway.ts'
import { applicationId, type Call, type FakeDiscord, type Trouble, token } from './fake-discord.ts'
import { replyOf, slash } from './interactions.ts'
import { type Circumstances, context, goLive } from './on-discord.ts'

describe.concurrent('the connection', () => {
  test.for<[string, (discord: FakeDiscord) => void]>([
    ['is cut', ({ cut }) => cut()],
    ['ends with RECONNECT', ({ tell }) => tell(7)],
    ['ends with INVALID_SESSION that may be resumed', ({ tell }) => tell(9, true)],
    ['ends with an unknown error', ({ closeWith }) => closeWith(4000)],
    ['ends with a session that timed out', ({ closeWith }) => closeWith(4009)],
    [
      'is cut while Discord takes no connections',
      ({ cut, mood }) => {
        mood.upgrade = 503
        cut()
        setTimeout(() => {
          mood.upgrade = undefined
        }, 700)
      },
    ],
  ])('%s: it is resumed, and what was missed is answered', async ([, harm], { onTestFinished }) => {
    const { discord, ready } = await goLive({}, onTestFinished)
    await ready()
    const before = discord.send(slash('help'))
    await discord.until(() => before.answer !== undefined)
    harm(discord)
    const missed = discord.send(slash('help'))
    await discord.until(() => missed.answer !== undefined && discord.counts.resume === 1)
    expect(discord.counts.identify).toBe(1)
    expect([before.attempts, missed.attempts]).toEqual([1, 1])
    await ready()
  })

  test('that no longer answers heartbeats is left and resumed', async ({ onTestFinished }) => {
    const { discord, gateway, ready } = await goLive({ heartbeat: 80 }, onTestFinished)
    await ready()
    await discord.until(() => discord.counts.heartbeat > 1)
    discord.mood.acks = false
    const missed = discord.send(slash('help'))
    await discord.until(() => discord.closes.length === 1)
    // Discord ends a session that is closed with 1000 or 1001.
    expect(discord.closes).toEqual([4200])
    expect(gateway.ready()).toBe(false)
    discord.mood.acks = true
    await discord.until(() => missed.answer !== undefined)
    expect(discord.counts).toMatchObject({ identify: 1, resume: 1 })
    await ready()
  })

  test('is not ready once its last heartbeat was answered too long ago', async ({ onTestFinished }) => {
    const { discord, gateway, ready } = await goLive({ heartbeat: 60_000, patience: 300 }, onTestFinished)
    await ready()
    await discord.until(() => !gateway.ready(), 1000)
  })

  test('begins afresh where Discord leaves a RESUME without an answer', async ({ onTestFinished }) => {
    const { discord, ready, logged } = await goLive({ heartbeat: 200, patience: 1200 }, onTestFinished)
    await ready()
    discord.mood.resume = 'nothing'
    discord.cut()
    await discord.until(() => discord.counts.identify === 2)
    await ready()
    expect(logged(/starting a new session/)).toHaveLength(1)
    const sent = discord.send(slash('help'))
    await discord.until(() => sent.answer !== undefined)
    expect(sent.attempts).toBe(1)
  })

  // discord.js waits five seconds and more between two IDENTIFYs, as Discord asks.
  test('begins a new session where Discord says that the old one is over', async ({ onTestFinished }) => {
    const { discord, ready } = await goLive({}, onTestFinished)
    await ready()
    discord.mood.resume = 'invalid'
    discord.cut()
    await discord.until(() => discord.counts.identify === 2, 9000)
    await ready()
    const sent = discord.send(slash('help'))
    await discord.until(() => sent.answer !== undefined)
  })
})

describe.concurrent('ends with a named code and one line without the token', () => {
  const fatal = [
    [4004, 'BAD_TOKEN'],
    [4010, 'INVALID_SHARD'],
    [4011, 'SHARDING_REQUIRED'],
    [4012, 'INVALID_API_VERSION'],
    [4013, 'INVALID_INTENTS'],
    [4014, 'DISALLOWED_INTENTS'],
  ] as const
  test.for(fatal)('%i while it is connected: %s', async ([code, exit], { onTestFinished }) => {
    const { discord, gateway, ready, lines } = await goLive({}, onTestFinished)
    await ready()
    discord.closeWith(code)
    await expect(gateway.failed).rejects.toMatchObject({ exit, message: expect.stringMatching(/^[A-Z_]+: [^\n]+$/) })
    expect(gateway.ready()).toBe(false)
    expect(JSON.stringify([lines, await gateway.failed.catch(String)])).not.toContain(token)
  })

  test.for(fatal)('%i as an answer to IDENTIFY: %s', async ([code, exit], { onTestFinished }) => {
    const { gateway } = await goLive({ mood: { identify: code } }, onTestFinished)
    await expect(gateway.failed).rejects.toMatchObject({ exit })
  })

  test('a token that REST refuses: BAD_TOKEN', async ({ onTestFinished }) => {
    const { gateway, lines } = await goLive({ token: `${token}x` }, onTestFinished)
    await expect(gateway.failed).rejects.toMatchObject({ exit: 'BAD_TOKEN' })
    expect(JSON.stringify([lines, await gateway.failed.catch(String)])).not.toContain(token)
  })

  test('a gateway that takes no first connection: UNREACHABLE', async ({ onTestFinished }) => {
    const { gateway } = await goLive({ mood: { upgrade: 503 } }, onTestFinished)
    await expect(gateway.failed).rejects.toMatchObject({ exit: 'UNREACHABLE', message: expect.stringContaining('503') })
  })
})

describe.concurrent('at start', () => {
  test.for([`/api/v10/applications/@me`, `/api/v10/applications/${applicationId}/commands`, '/api/v10/gateway/bot'])(
    'a Discord that answers %s with 503 is asked again',
    async (path, { onTestFinished }) => {
      // The commands are asked for four times in a row, as discord.js does it.
      let refusals = path.endsWith('bot') ? 1 : 4
      const trouble = (call: Call): Trouble | undefined =>
        call.path === path && refusals-- > 0 ? { status: 503 } : undefined
      const { discord, ready, logged } = await goLive({ trouble }, onTestFinished)
      await ready()
      expect(logged(/can’t be reached; trying again in 1 s/)).toHaveLength(1)
      expect(discord.counts.identify).toBe(1)
    },
  )

  test('a Discord that isn’t there is waited for, and closing ends the wait', async ({ onTestFinished }) => {
    const lines: { msg: string; err?: { code: string } }[] = []
    const gateway = startGateway({
      bot: async () => replyOf({ type: 1 }),
      commands: context.commands,
      token,
      // Nothing listens there.
      api: 'http://127.0.0.1:9/api',
      log: await createLog(
        { LOG_LEVEL: 'info', DISCORD_TOKEN: token },
        { write: (line) => lines.push(JSON.parse(line)) },
      ),
    })
    onTestFinished(() => gateway.close())
    await expect.poll(() => lines.map(({ err }) => err?.code), { interval: 5 }).toEqual(['ECONNREFUSED'])
    expect(gateway.ready()).toBe(false)
    await gateway.close()
    expect(lines).toHaveLength(1)
  })
})

describe.concurrent('an answer', () => {
  test.for<[string, Circumstances, number, RegExp]>([
    ['that Discord no longer waits for (10062) is counted as late', {}, 3500, /^late: /],
    ['whose rate limit ends too late is given up at once', always({ status: 429, retryAfter: 60 }), 0, /^late: /],
    ['that meets a 503 for three seconds is given up', always({ status: 503 }), 0, /^late: /],
    ['that hangs for three seconds is given up', always({ slow: 20_000 }), 0, /^late: /],
    [
      'that was taken, though the connection broke, is asked about once (40060)',
      { trouble: (_, sent) => (sent?.attempts === 1 ? { drop: true, counts: true } : undefined) },
      0,
      /had its answer already/,
    ],
  ])('%s, quietly', async ([, circumstances, age, message], { onTestFinished }) => {
    const { discord, gateway, ready, lines, logged } = await goLive(circumstances, onTestFinished)
    await ready()
    const sent = discord.send(slash('help'), Date.now() - age)
    await discord.until(() => logged(message).length === 1)
    expect(lines.filter(({ level, err }) => level === 'error' || err !== undefined)).toEqual([])
    await gateway.close()
    const late = sent.answer ? 0 : 1
    expect(logged(/^left the gateway$/)).toMatchObject([{ answered: 1 - late, late, refused: 0 }])
    expect(sent.attempts).toBeLessThanOrEqual(8)
  })

  test('that Discord refuses for another reason is logged as an error, without its content', async ({
    onTestFinished,
  }) => {
    const { discord, ready, lines, logged } = await goLive(
      {
        trouble: (_, sent) => (sent ? { status: 400, code: 50035 } : undefined),
      },
      onTestFinished,
    )
    await ready()
    const sent = discord.send(slash('ask', { question: 'xyzzy' }))
    await discord.until(() => logged(/refused an answer/).length === 1)
    expect(logged(/refused an answer/)).toMatchObject([{ level: 'error', err: { code: 50035, status: 400 } }])
    expect(JSON.stringify(lines)).not.toContain(sent.token)
    expect(JSON.stringify(lines)).not.toContain('embeds')
    expect(sent.attempts).toBe(1)
  })

  test('that waits for its rate limit comes in time', async ({ onTestFinished }) => {
    const { discord, ready } = await goLive(
      {
        trouble: (_, sent) => (sent?.attempts === 1 ? { status: 429, retryAfter: 0.3 } : undefined),
      },
      onTestFinished,
    )
    await ready()
    const start = performance.now()
    const sent = discord.send(slash('help'))
    await discord.until(() => sent.answer !== undefined)
    expect(performance.now() - start).toBeGreaterThanOrEqual(300)
    expect(sent.attempts).toBe(2)
  })
})

/** The same trouble for each answer. */
function always(trouble: Trouble) {
  return { trouble: (_: unknown, sent: unknown) => (sent ? trouble : undefined) }
}
