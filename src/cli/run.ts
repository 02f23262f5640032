import { ConfigError } from '../config.ts'
import { KnowledgeError } from '../knowledge/parse.ts'

/** Runs a program; what a curator or operator can mend ends it with a plain line instead of a stack. */
export async function run(program: () => void | Promise<void>): Promise<void> {
  try {
    await program()
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof KnowledgeError || error instanceof UsageError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

/** A command line that can't be followed; the message says what to type instead. */
export class UsageError extends Error {
  override name = 'UsageError'
}
