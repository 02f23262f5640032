import { commands } from '../commands/index.ts'
import type { Context } from './command.ts'
import type { Knowledge } from './knowledge/parse.ts'
import { createMatcher } from './matching/matcher.ts'

/** Everything that answers are made from, for one store. */
export function createContext(knowledge: Knowledge): Context {
  return { knowledge, match: createMatcher(knowledge), commands }
}
