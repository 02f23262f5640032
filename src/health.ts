import { Hono } from 'hono'

/** What has to hold for the process to take work, by name. */
export type Checks = Readonly<Record<string, () => boolean>>

/** `GET /healthz` says that the process is alive; `GET /readyz` whether it can answer, and what is missing. */
export function createHealth(checks: Checks): Hono {
  return new Hono()
    .get('/healthz', (c) => c.json({ alive: true }))
    .get('/readyz', (c) => {
      const results = Object.entries(checks).map(([name, holds]) => [name, holds()] as const)
      const ready = results.every(([, holds]) => holds)
      return c.json({ ready, checks: Object.fromEntries(results) }, ready ? 200 : 503)
    })
}
