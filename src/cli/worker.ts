/** npm run worker: bundles the Worker and the knowledge folder into dist/worker.js, which wrangler deploys. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import dotenv from 'dotenv'
import { bundleWorker } from '../bundle.ts'
import { parseConfig } from '../config.ts'
import { readKnowledge } from '../knowledge/read.ts'
import { run } from './run.ts'

const file = new URL('../../dist/worker.js', import.meta.url)

await run(async () => {
  dotenv.config({ quiet: true })
  const knowledge = await readKnowledge(parseConfig(process.env).KNOWLEDGE_DIR)
  const code = await bundleWorker(knowledge)
  mkdirSync(new URL('.', file), { recursive: true })
  writeFileSync(file, code)
  const size = Math.round(gzipSync(code).length / 1024)
  process.stdout.write(`dist/worker.js: ${size} KB gzipped, store ${knowledge.hash}\n`)
})
