import type { Knowledge } from '../knowledge/store.ts'
import { createAsk, type Explanation, type Verdict } from './ask.ts'
import { createNames, type Names } from './names.ts'
import type { Readings } from './readings.ts'

/** Everything that turns what people type into entries of the store. */
export interface Matcher {
  /** Decides what a question is answered with. */
  ask: (question: string) => Verdict
  /** How a question was understood and decided, for people who write the knowledge. */
  explain: (question: string) => Explanation
  /** Ids of the store's questions that are closest to what is being typed. */
  questions: (typed: string, limit: number) => string[]
  people: Names
  parties: Names
  meetings: Names
  topics: Names
}

/** `readings` of the store's phrasings, where they are known already. */
export function createMatcher(knowledge: Knowledge, readings?: Readings): Matcher {
  const { decide, explain, complete } = createAsk(knowledge, readings)
  return {
    ask: (question) => decide(question),
    explain,
    questions: complete,
    people: createNames(knowledge.people),
    parties: createNames(knowledge.parties),
    meetings: createNames(knowledge.meetings),
    topics: createNames(knowledge.topics),
  }
}
