import type { Command } from '../src/command.ts'
import ask from './ask.ts'
import differences from './differences.ts'
import help from './help.ts'
import position from './position.ts'
import quote from './quote.ts'
import sources from './sources.ts'
import timeline from './timeline.ts'
import whoAttended from './who-attended.ts'
import whoIs from './who-is.ts'

/** The one list of commands: the bot, the registration and /help all read it. */
export const commands: readonly Command[] = [
  ask,
  whoAttended,
  quote,
  timeline,
  position,
  whoIs,
  differences,
  sources,
  help,
]
