import { commands } from '../commands/index.ts'
import type { Command, Context, Paint } from './command.ts'
import type { Knowledge } from './knowledge/parse.ts'
import { createMatcher } from './matching/matcher.ts'

/** Everything that answers are made from, for one store; `paint` paints its pictures. */
export function createContext(knowledge: Knowledge, paint?: Paint): Context {
  return {
    knowledge,
    match: createMatcher(knowledge),
    // What someone asks in their own words is hardly ever asked again, and is kept nowhere.
    commands: commands.map((command) => (command.name === 'ask' ? command : remember(command))),
    paint,
  }
}

/** How many calls of a command are remembered, and how long one may be. */
const maxCalls = 300
const maxLength = 200

/** Most calls and clicks come again and again, and the answer is the same as long as the store is. */
function remember(command: Command): Command {
  const answers = new Map<string, ReturnType<Command['answer']>>()
  const choices = new Map<string, ReturnType<Command['choices']>>()
  return {
    ...command,
    answer: (typed, context) => recall(answers, JSON.stringify(typed), () => command.answer(typed, context)),
    choices: (option, typed, context) =>
      recall(choices, `${option} ${typed}`, () => command.choices(option, typed, context)),
  }
}

function recall<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make()
  if (key.length > maxLength) return value
  // The one used last goes to the end; the one not used for longest is forgotten.
  known.delete(key)
  known.set(key, value)
  const [oldest] = known.keys()
  if (known.size > maxCalls && oldest !== undefined) known.delete(oldest)
  return value
}
