import type {
  APIApplicationCommandBasicOption,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10'
import type { Command } from '../command.ts'

const string = 3
const boolean = 5
const user = 6

/** The options that every command has; they are about the message, so no command sees them. */
export const commonOptions: readonly APIApplicationCommandBasicOption[] = [
  { type: boolean, name: 'private', description: 'Only you see the answer' },
  { type: user, name: 'for', description: 'Aim the answer at one person' },
]

/** What Discord is told about a command: works in servers, in direct messages, and installed by a user. */
export function toRegistration(command: Command): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const own = Object.entries(command.options.shape).map(([name, schema]): APIApplicationCommandBasicOption => {
    const max = maxLength(schema)
    return {
      type: string,
      name,
      description: schema.description ?? name,
      required: !schema.safeParse(undefined).success,
      ...(max === undefined ? {} : { max_length: max }),
      ...(command.completes.has(name) ? { autocomplete: true } : {}),
    }
  })
  return {
    type: 1,
    name: command.name,
    description: command.description,
    options: [...own, ...commonOptions],
    integration_types: [0, 1],
    contexts: [0, 1, 2],
  }
}

function maxLength(schema: { toJSONSchema: () => { maxLength?: number | undefined } }): number | undefined {
  return schema.toJSONSchema().maxLength
}
