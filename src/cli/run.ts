import { ConfigError } from '../config.ts'
import { ExitError, type ExitName, exitCodes } from '../exit.ts'
import { KnowledgeError } from '../knowledge/problem.ts'

/** Runs a program; what a curator or operator can mend ends it with a plain line instead of a stack. */
export async function run(program: () => void | Promise<void>): Promise<void> {
  // Whoever reads the output may have had enough of it ("| head"): that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
  try {
    await program()
  } catch (error) {
    const exit = exitOf(error)
    if (exit === undefined || !(error instanceof Error)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = exitCodes[exit]
  }
}

function exitOf(error: unknown): ExitName | undefined {
  if (error instanceof ExitError) return error.exit
  if (error instanceof UsageError) return 'USAGE'
  if (error instanceof ConfigError || error instanceof KnowledgeError) return 'UNUSABLE'
  return undefined
}

/** A command line that can't be followed; the message says what to type instead. */
export class UsageError extends Error {
  override name = 'UsageError'
}
