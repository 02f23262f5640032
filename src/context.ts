import { commands } from '../commands/index.ts'
import type { Context, Paint } from './command.ts'
import type { Knowledge } from './knowledge/parse.ts'
import { createMatcher } from './matching/matcher.ts'

/** Everything that answers are made from, for one store; `paint` paints its pictures. */
export function createContext(knowledge: Knowledge, paint?: Paint): Context {
  return {
    knowledge,
    match: createMatcher(knowledge),
    commands,
    paint,
  }
}
