import { setTimeout as sleep } from 'node:timers/promises'
import { DiscordAPIError, HTTPError, RateLimitError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js'
import type { Reply } from '../bot.ts'
import { encodeReply } from './encode.ts'

/** How long Discord waits for the first response to an interaction. */
const patienceMs = 3000
/** Half of it: when a call hangs, there is time for another. */
const attemptMs = 1400

/**
 * What became of a reply. `late`: Discord had stopped waiting, or did not take it in time. `taken`: an answer was
 * there already, as after a response that got lost on its way back to us.
 */
export type Delivery = 'answered' | 'taken' | 'late'

/**
 * Gives Discord the reply to an interaction that arrived at `since` (performance.now()), again and again until it is
 * taken or too late. Throws what Discord refuses for another reason. `rest` must neither retry nor wait by itself.
 */
export async function deliver(
  rest: REST,
  { id, token }: { id: string; token: string },
  reply: Reply,
  since: number,
): Promise<Delivery> {
  const { type, body } = encodeReply(reply)
  const left = () => since + patienceMs - performance.now()
  // The first attempt is made whatever the clock says: only Discord knows when it stops waiting.
  for (let pause = 100; ; pause = Math.min(pause * 2, 500)) {
    try {
      await rest.post(Routes.interactionCallback(id, token), {
        body,
        passThroughBody: true,
        headers: { 'content-type': type },
        auth: false,
        signal: AbortSignal.timeout(Math.ceil(Math.max(100, Math.min(attemptMs, left())))),
      })
      return 'answered'
    } catch (error) {
      if (error instanceof DiscordAPIError) {
        switch (error.code) {
          case RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged:
            return 'taken'
          case RESTJSONErrorCodes.UnknownInteraction:
          case RESTJSONErrorCodes.InvalidWebhookToken:
            return 'late'
          default:
            throw error
        }
      }
      if (!(error instanceof RateLimitError || isOutage(error))) throw error
      const wait = error instanceof RateLimitError ? error.retryAfter : pause
      if (wait >= left()) return 'late'
      await sleep(wait)
    }
  }
}

/** Whether trying again can help: Discord is down or slow, or the way to it is cut. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof HTTPError || error.name === 'AbortError') return true
  // The codes of the system and of undici, such as ECONNRESET and UND_ERR_SOCKET; ERR_… are mistakes of ours.
  return 'code' in error && typeof error.code === 'string' && /^(E(?!RR_)|UND_ERR_)/.test(error.code)
}
