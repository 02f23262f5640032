import dotenv from 'dotenv'
import { pino } from 'pino'
import { createBot } from './bot.ts'
import { run } from './cli/run.ts'
import { parseConfig } from './config.ts'
import { createContext } from './context.ts'
import { readKnowledge } from './knowledge/read.ts'

await run(() => {
  dotenv.config({ quiet: true })
  const config = parseConfig(process.env)
  const log = pino({ level: config.LOG_LEVEL })
  const context = createContext(readKnowledge(config.KNOWLEDGE_DIR))
  createBot(context, log)
})
