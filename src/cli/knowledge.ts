/** npm run knowledge -- check · verify --articles DIR · stats · collisions · schema */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import dotenv from 'dotenv'
import { parseConfig } from '../config.ts'
import { jsonSchemas } from '../knowledge/json-schema.ts'
import { lockFile, parseLock, unverified } from '../knowledge/lock.ts'
import { type Parsed, parseFiles } from '../knowledge/parse.ts'
import { KnowledgeError, type Problem } from '../knowledge/problem.ts'
import { readFiles } from '../knowledge/read.ts'
import { stats } from '../knowledge/stats.ts'
import { verify } from '../knowledge/verify.ts'
import { findCollisions, formatCollisions, sameReadings } from '../matching/collisions.ts'
import { startProgress } from './progress.ts'
import { run, UsageError } from './run.ts'

const usage = `npm run knowledge -- check                   finds what is wrong in the knowledge folder, with file and line
npm run knowledge -- verify --articles DIR   proves every quotation and citation against DIR/ID.txt (a line is a paragraph)
npm run knowledge -- stats                   what is in the store, and how often each paragraph is cited
npm run knowledge -- collisions              phrasings of different entries that are hardly told apart, and entries that lose to others
npm run knowledge -- schema                  writes the JSON Schemas by which editors check the YAML`

await run(() => {
  dotenv.config({ quiet: true })
  const { command, articles } = parse()
  const dir = parseConfig(process.env).KNOWLEDGE_DIR
  const open = (): Parsed => parseFiles(readFiles(dir))
  switch (command) {
    case 'check': {
      const parsed = open()
      refuse(unverified(parsed, readLock(dir)))
      say(
        `${dir}: ${parsed.knowledge.questions.length} questions, ${parsed.knowledge.unknowns.length} unknowns; nothing is wrong, and all is verified.`,
      )
      const { length } = sameReadings(parsed.knowledge)
      if (length > 0)
        process.stderr.write(
          `${length} phrasings read the same as one of another entry; npm run knowledge -- collisions shows them.\n`,
        )
      return
    }
    case 'verify': {
      if (articles === undefined)
        throw new UsageError('verify needs --articles DIR, the folder with a text ID.txt for each article.')
      const parsed = open()
      const { problems, lock } = verify(parsed, readTexts(articles, parsed))
      refuse(problems)
      writeFileSync(join(dir, lockFile), `${JSON.stringify(lock, null, 2)}\n`)
      return say(
        `${join(dir, lockFile)}: ${Object.values(lock.excerpts).flat().length} excerpts stand in the articles, word for word.`,
      )
    }
    case 'stats':
      return say(stats(open().knowledge))
    case 'collisions': {
      const parsed = open()
      const { questions, unknowns } = parsed.knowledge
      const phrasings = [...questions, ...unknowns].reduce(
        (sum, { question, ask }) => sum + new Set([question, ...ask]).size,
        0,
      )
      const { step, done } = startProgress('phrasings', phrasings)
      const collisions = findCollisions(parsed.knowledge, step)
      done()
      return say(formatCollisions(collisions, parsed))
    }
    case 'schema': {
      mkdirSync(join(dir, 'schema'), { recursive: true })
      for (const [file, text] of Object.entries(jsonSchemas())) writeFileSync(join(dir, 'schema', file), text)
      return say(`${join(dir, 'schema')}: written. Editors find them by the first line of each YAML file.`)
    }
    case 'help':
      return say(usage)
    default:
      throw new UsageError(`There is no "${command}".\n${usage}`)
  }
})

function parse(): { command: string; articles: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { articles: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    return { command: values.help ? 'help' : (positionals[0] ?? 'help'), articles: values.articles }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new KnowledgeError(problems)
}

function readLock(dir: string) {
  const path = join(dir, lockFile)
  return parseLock(existsSync(path) ? readFileSync(path, 'utf8') : '')
}

function readTexts(dir: string, { knowledge }: Parsed): Record<string, string> {
  if (!existsSync(dir)) throw new UsageError(`There is no folder ${dir}.`)
  return Object.fromEntries(
    knowledge.articles
      .map(({ id }) => ({ id, path: join(dir, `${id}.txt`) }))
      .filter(({ path }) => existsSync(path))
      .map(({ id, path }) => [id, readFileSync(path, 'utf8')]),
  )
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
