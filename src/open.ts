import type { Context, Paint } from './command.ts'
import { createContext } from './context.ts'
import { keep, recall } from './kept.ts'
import { readKnowledge } from './knowledge/read.ts'
import type { Knowledge } from './knowledge/store.ts'
import { type Readings, readPhrasings } from './matching/readings.ts'

/** What decides how a phrasing is read. */
const code = ['knowledge', 'matching']

/** Opens a knowledge folder, with what an earlier start kept of it. Throws a KnowledgeError where it can't be used. */
export async function openContext(dir: string, paint?: Paint): Promise<Context> {
  const knowledge = await readKnowledge(dir)
  return createContext(knowledge, paint, readingsOf(knowledge))
}

function readingsOf(knowledge: Knowledge): Readings {
  const known = recall<Readings>('readings', [knowledge.hash], code)
  if (known) return known
  const readings = readPhrasings(knowledge)
  keep('readings', [knowledge.hash], code, readings)
  return readings
}
