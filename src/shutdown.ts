import { setTimeout as sleep } from 'node:timers/promises'

/** A part of the program that runs until it is closed, or until it can't go on. */
export interface Service {
  /** Takes no new work, and resolves when what was under way is done. */
  close: () => Promise<void>
  failed?: Promise<never>
}

/** Discord gives up on an answer after three seconds: no work that counts takes longer. */
const drainMs = 2900

/** npm passes a signal on that the terminal or systemd has sent to the whole group already: two of them at once are one. */
const echoMs = 200

/**
 * Runs until SIGTERM or SIGINT, or until a service fails; then closes all of them, within three seconds. A second
 * signal ends the process at once. Throws what a service failed with.
 */
export async function untilShutdown(services: readonly Service[]): Promise<void> {
  const { promise: signalled, resolve } = Promise.withResolvers<void>()
  let first: { name: string; at: number } | undefined
  const hear = (name: 'SIGTERM' | 'SIGINT', code: number) =>
    process.on(name, () => {
      const now = performance.now()
      if (first && (first.name !== name || now - first.at > echoMs)) process.exit(code)
      first ??= { name, at: now }
      resolve()
    })
  hear('SIGTERM', 143)
  hear('SIGINT', 130)
  try {
    await Promise.race([signalled, ...services.flatMap(({ failed }) => failed ?? [])])
  } finally {
    await Promise.race([Promise.allSettled(services.map(({ close }) => close())), sleep(drainMs)])
  }
}
