/** npm run interact: Discord's interaction JSON, one a line, in; the response that Discord would be sent, one a line, out. */
import { createInterface } from 'node:readline'
import dotenv from 'dotenv'
import { createBot } from '../bot.ts'
import { parseConfig } from '../config.ts'
import { openContext } from '../open.ts'
import { createPainter } from '../pictures/painter.ts'
import { run } from './run.ts'

await run(async () => {
  dotenv.config({ quiet: true })
  const bot = createBot(await openContext(parseConfig(process.env).KNOWLEDGE_DIR, createPainter()), {
    info: () => {},
    error: ({ bug }) => process.stderr.write(`${bug instanceof Error ? bug.stack : bug}\n`),
  })
  let number = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++
    if (line.trim() === '') continue
    let interaction: unknown
    try {
      interaction = JSON.parse(line)
    } catch {
      process.stdout.write(`${JSON.stringify({ error: `Line ${number} is not JSON.` })}\n`)
      continue
    }
    process.stdout.write((await bot(interaction)).json)
    process.stdout.write('\n')
  }
})
