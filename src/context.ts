import { commands } from '../commands/index.ts'
import type { Context, Paint } from './command.ts'
import type { Knowledge } from './knowledge/store.ts'
import { createMatcher } from './matching/matcher.ts'
import type { Readings } from './matching/readings.ts'

/** Everything that answers are made from, for one store; `paint` paints its pictures, `readings` spare the reading of its phrasings. */
export function createContext(knowledge: Knowledge, paint?: Paint, readings?: Readings): Context {
  return {
    knowledge,
    match: createMatcher(knowledge, readings),
    commands,
    paint,
  }
}
