import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteractionDataBooleanOption,
  type APIApplicationCommandInteractionDataStringOption,
  type APIApplicationCommandInteractionDataUserOption,
  type APIBaseInteraction,
  type APIChatInputApplicationCommandInteraction,
  type APIGuildMember,
  type APIMessage,
  type APIMessageComponentInteraction,
  type APIUser,
  type InteractionType,
  Locale,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10'

export type CommandDefinition = RESTPostAPIChatInputApplicationCommandsJSONBody
export type Interaction =
  | APIApplicationCommandAutocompleteInteraction
  | APIChatInputApplicationCommandInteraction
  | APIMessageComponentInteraction

/** An option of a command with the text that stands in its field. */
export interface Filled {
  name: string
  type: number
  value: string
}

const applicationId = '1100000000000000001'
const guildId = '1100000000000000002'
const channelId = '1100000000000000003'
/** What an app needs to read and write in a channel. */
const permissions = '2248473465835073'

const person = (id: string, username: string, name: string): APIUser => ({
  id,
  username,
  discriminator: '0',
  global_name: name,
  avatar: null,
})

export const you = person('1100000000000000010', 'you', 'You')
/** Whom an answer can be aimed at. */
export const members: readonly APIUser[] = [
  you,
  person('1100000000000000011', 'ada', 'Ada'),
  person('1100000000000000012', 'bruno', 'Bruno'),
]

export function bot(name: string): APIUser {
  return { ...person(applicationId, name.toLowerCase().replaceAll(' ', '-'), name), bot: true }
}

let made = 0
/** A Discord id: milliseconds since 2015, then a counter. */
export function snowflake(): string {
  return String(((BigInt(Date.now()) - 1420070400000n) << 22n) | BigInt(made++ & 0xfff))
}

function guildMember(user: APIUser): APIGuildMember & { permissions: string } {
  return {
    user,
    permissions,
    roles: [],
    joined_at: '2025-01-01T00:00:00.000000+00:00',
    deaf: false,
    mute: false,
    // Has gone through the server's welcome.
    flags: 2,
  }
}

function base<Type extends InteractionType>(type: Type) {
  return {
    id: snowflake(),
    application_id: applicationId,
    type,
    token: `playground-${snowflake()}`,
    version: 1,
    guild: { id: guildId, locale: Locale.EnglishUS, features: [] },
    guild_id: guildId,
    guild_locale: Locale.EnglishUS,
    channel: { id: channelId, type: 0, name: 'playground', guild_id: guildId },
    channel_id: channelId,
    member: { ...guildMember(you), user: you },
    app_permissions: permissions,
    locale: Locale.EnglishUS,
    entitlements: [],
    authorizing_integration_owners: { 0: guildId },
    context: 0,
    attachment_size_limit: 10_485_760,
  } satisfies Partial<APIBaseInteraction<Type, never>>
}

/** The value that a typed word stands for in an option of this type; undefined where it stands for none. */
export function valueFor(type: number, typed: string): string | undefined {
  const word = typed.trim().toLowerCase()
  if (type === 5) return word === 'true' || word === 'false' ? word : undefined
  if (type === 6) return members.find(({ id, global_name }) => id === word || global_name?.toLowerCase() === word)?.id
  return typed.trim()
}

/** A command as Discord sends it when it is run. */
export function commandInteraction(
  command: CommandDefinition,
  filled: readonly Filled[],
): APIChatInputApplicationCommandInteraction {
  const users = filled.flatMap(({ type, value }) => (type === 6 ? members.filter(({ id }) => id === value) : []))
  return {
    ...base(2),
    data: {
      id: commandId(command),
      name: command.name,
      type: 1,
      options: filled.map((option) => toOption(option)),
      ...(users.length > 0 ? { resolved: { users: Object.fromEntries(users.map((user) => [user.id, user])) } } : {}),
    },
  }
}

/** What Discord sends while the option `focused` is typed. */
export function autocompleteInteraction(
  command: CommandDefinition,
  filled: readonly Filled[],
  focused: string,
): APIApplicationCommandAutocompleteInteraction {
  return {
    ...base(4),
    data: {
      id: commandId(command),
      name: command.name,
      type: 1,
      options: filled.map((option) =>
        option.name === focused ? { ...toText(option), focused: true } : toOption(option),
      ),
    },
  }
}

/** What Discord sends when a button is pressed, or a choice of a menu taken. */
export function componentInteraction(
  message: APIMessage,
  customId: string,
  values?: string[],
): APIMessageComponentInteraction {
  return {
    ...base(3),
    message,
    data: values ? { component_type: 3, custom_id: customId, values } : { component_type: 2, custom_id: customId },
  }
}

/** Ids of commands are given by Discord on registration; here they follow from the name. */
function commandId({ name }: CommandDefinition): string {
  return String(
    1100000000000000100n + BigInt([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 0) % 1_000_000),
  )
}

function toOption(
  option: Filled,
):
  | APIApplicationCommandInteractionDataBooleanOption
  | APIApplicationCommandInteractionDataStringOption
  | APIApplicationCommandInteractionDataUserOption {
  if (option.type === 5) return { name: option.name, type: 5, value: option.value === 'true' }
  if (option.type === 6) return { name: option.name, type: 6, value: option.value }
  return toText(option)
}

function toText({ name, value }: Filled): APIApplicationCommandInteractionDataStringOption {
  return { name, type: 3, value }
}

/** The message that a response makes, as Discord would keep it. */
export function messageOf(author: APIUser, data: Partial<APIMessage>): APIMessage {
  return {
    id: snowflake(),
    type: 20,
    channel_id: channelId,
    author,
    content: '',
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    ...data,
  }
}
