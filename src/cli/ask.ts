/** npm run ask -- "question" [--json] [--why] · --file questions.jsonl · no argument: a prompt */
import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createInterface as createPrompt } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { SingleBar } from 'cli-progress'
import dotenv from 'dotenv'
import * as z from 'zod'
import type { Answer } from '../answer.ts'
import type { Context } from '../command.ts'
import { parseConfig } from '../config.ts'
import { openContext } from '../open.ts'
import { toJson, toText, toWhy } from '../transports/terminal.ts'
import { run, UsageError } from './run.ts'

const usage = `npm run --silent ask -- "was iran invited"        the answer and its sources
npm run --silent ask -- --json "was iran invited"  the same as one line of JSON
npm run --silent ask -- --why "was iran invited"   how the question was understood
npm run --silent ask -- --file questions.jsonl     a line of JSON for each line with "id" and "question"
npm run --silent ask                               a prompt with history and completion`

/** A line of a file of questions. It stands above the call, which runs before what is below it. */
const line = z.object({ id: z.union([z.string(), z.number()]), question: z.string() })

await run(async () => {
  dotenv.config({ quiet: true })
  const { values, positionals } = parse()
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    return
  }
  const context = await openContext(parseConfig(process.env).KNOWLEDGE_DIR)
  const question = positionals.join(' ')
  if (values.file !== undefined) await askFile(values.file, context)
  else if (positionals.length === 0) await prompt(context)
  else if (values.why) process.stdout.write(`${toWhy(context.match.explain(question))}\n`)
  else if (values.json) process.stdout.write(`${JSON.stringify(toJson(ask(question, context), context.knowledge))}\n`)
  else process.stdout.write(`${toText(ask(question, context), context.knowledge)}\n`)
})

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        why: { type: 'boolean' },
        file: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}

function ask(question: string, context: Context): Answer {
  const command = context.commands.find(({ name }) => name === 'ask')
  if (!command) throw new RangeError('no command "ask"')
  return command.answer({ question }, context)
}

/** Answers a file of questions in order; a line that can't be read gets an error line and the rest goes on. */
async function askFile(path: string, context: Context): Promise<void> {
  if (!existsSync(path)) throw new UsageError(`There is no file ${path}.`)
  const lines: string[] = []
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY }))
    if (text.trim() !== '') lines.push(text)
  const bar =
    process.stderr.isTTY && lines.length >= 200
      ? new SingleBar({
          stream: process.stderr,
          format: '{bar} {value}/{total} questions, {eta} s left',
          clearOnComplete: true,
        })
      : undefined
  bar?.start(lines.length, 0)
  for (const [at, text] of lines.entries()) {
    process.stdout.write(`${JSON.stringify(answerLine(text, at + 1, context))}\n`)
    bar?.increment()
    // A turn of the event loop now and then lets the bar draw.
    if (bar && at % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  bar?.stop()
}

function answerLine(text: string, number: number, context: Context): Record<string, unknown> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { line: number, error: `Line ${number} is not JSON.` }
  }
  const parsed = line.safeParse(json)
  if (!parsed.success) return { line: number, error: `Line ${number} needs an "id" and a "question" that is a text.` }
  return { id: parsed.data.id, ...toJson(ask(parsed.data.question, context), context.knowledge) }
}

async function prompt(context: Context): Promise<void> {
  const { stdin, stdout } = process
  const interface_ = createPrompt({
    input: stdin,
    output: stdout,
    prompt: 'ask> ',
    historySize: 200,
    completer: (typed: string): [string[], string] => [
      context.match.questions(typed, 8).map((id) => context.knowledge.question(id).question),
      typed,
    ],
  })
  if (stdin.isTTY)
    stdout.write('Ask about the October 2015 Vienna talks on Syria. Tab completes, an empty line or Ctrl-D ends.\n')
  interface_.prompt()
  for await (const typed of interface_) {
    if (typed.trim() === '') break
    stdout.write(`${toText(ask(typed, context), context.knowledge)}\n\n`)
    interface_.prompt()
  }
  interface_.close()
}
