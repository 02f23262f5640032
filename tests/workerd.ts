import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { Miniflare } from 'miniflare'
import * as z from 'zod'

/** What `wrangler deploy` reads. */
export const wrangler = z
  .strictObject({
    $schema: z.url(),
    name: z.string(),
    main: z.string(),
    compatibility_date: z.iso.date(),
    build: z.strictObject({ command: z.string() }),
    no_bundle: z.literal(true),
    workers_dev: z.boolean(),
    observability: z.strictObject({ enabled: z.boolean() }),
  })
  .parse(JSON.parse(readFileSync('wrangler.jsonc', 'utf8').replace(/^\s*\/\/.*$/gm, '')))

/** A bundle on the runtime that Cloudflare runs, as it is configured there; `heard` gets what it logs. */
export async function startWorkerd(
  code: string,
  bindings: Record<string, string>,
  heard: (text: string) => void = () => {},
): Promise<{ origin: string; close: () => Promise<void> }> {
  const worker = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.js', contents: code }],
    compatibilityDate: wrangler.compatibility_date,
    bindings,
    handleRuntimeStdio: (...streams: Readable[]) => {
      for (const stream of streams) stream.on('data', (text: Buffer) => heard(String(text)))
    },
  })
  return { origin: (await worker.ready).origin, close: () => worker.dispose() }
}
