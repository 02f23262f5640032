import type {
  APIApplicationCommandOptionChoice,
  APIInteractionResponse,
  APIInteractionResponseCallbackData,
} from 'discord-api-types/v10'
import type { Answer, Picture } from './answer.ts'
import type { Command, Context } from './command.ts'
import { decodePress, type Press } from './discord/custom-id.ts'
import { type Interaction, interactionSchema, userOf } from './discord/interaction.ts'
import { limits } from './discord/limits.ts'
import { colours, plain, render, type View } from './discord/render.ts'
import { type Attachment, createReplies, type Made } from './replies.ts'

/** What goes back to Discord: the response's JSON in UTF-8, and the files that it names as attachments. */
export interface Reply {
  json: Uint8Array<ArrayBuffer>
  files: readonly Attachment[]
}

/** The whole bot: Discord's interaction JSON in, Discord's response out. It never throws. */
export type Bot = (interaction: unknown) => Promise<Reply>

/** One line for each interaction; never who asked, nor what. */
export interface LogLine {
  command: string
  outcome: string
  ms: number
}

export interface Log {
  info: (line: LogLine, message: string) => void
  /** The bug's message may quote what somebody typed: a log that is kept has its whereabouts only. */
  error: (line: { bug: unknown }, message: string) => void
}

/** A reply that isn't made yet. */
interface Plan {
  /** All that it depends on but the owner; undefined where it is not to be kept for others. */
  key: string | undefined
  owner: string
  make: () => Drawn
}

/** A response without the picture that it is to carry. */
interface Drawn extends Omit<Made, 'files'> {
  pictured?: { type: typeof message | typeof update; data: APIInteractionResponseCallbackData; picture: Picture }
}

const message = 4
const update = 7
const ephemeral = 64

export function createBot(context: Context, log: Log): Bot {
  const replies = createReplies()
  return async (interaction) => {
    const start = performance.now()
    const { json, files, command, outcome } = await reply(interaction)
    log.info({ command, outcome, ms: Math.round((performance.now() - start) * 100) / 100 }, 'interaction')
    return { json, files }
  }

  async function reply(interaction: unknown): Promise<Reply & Omit<LogLine, 'ms'>> {
    try {
      const handled = handle(interaction, context)
      if ('make' in handled)
        return await replies.recall(handled.key, handled.owner, () => attach(handled.make(), context, log))
      return { ...handled, json: toJson(handled.response), files: [] }
    } catch (bug) {
      log.error({ bug }, 'a bug: the interaction was answered with an apology')
      const apology = notice(
        'Something went wrong on my side, and it was logged. Please try again, or ask in other words.',
      )
      return { json: toJson(apology), files: [], command: 'none', outcome: 'failed' }
    }
  }
}

const utf8 = new TextEncoder()

function toJson(response: APIInteractionResponse): Reply['json'] {
  return utf8.encode(JSON.stringify(response))
}

/** The response with its picture; without it where there is none to be had, since the words say all of it. */
async function attach({ pictured, ...made }: Drawn, { paint }: Context, log: Log): Promise<Made> {
  const bare = { ...made, files: [] }
  if (!pictured) return bare
  const { type, data, picture } = pictured
  try {
    const png = await paint?.(picture)
    const [embed, ...more] = data.embeds ?? []
    if (!png || !embed) return bare
    const name = `${picture.name}.png`
    return {
      ...made,
      response: {
        type,
        data: {
          ...data,
          embeds: [{ ...embed, image: { url: `attachment://${name}` } }, ...more],
          attachments: [{ id: '0', filename: name, description: picture.alt }],
        },
      },
      files: [{ name, type: 'image/png', bytes: png }],
    }
  } catch (bug) {
    log.error({ bug }, 'a bug: an answer went without its picture')
    return { ...bare, incomplete: true }
  }
}

function handle(raw: unknown, context: Context): Plan | Drawn {
  const parsed = interactionSchema.safeParse(raw)
  if (!parsed.success)
    return {
      response: notice('That isn’t an interaction that I understand. Type / to see my commands.'),
      command: 'none',
      outcome: 'malformed',
    }
  const interaction = parsed.data
  switch (interaction.type) {
    case 1:
      return { response: { type: 1 }, command: 'ping', outcome: 'answer' }
    case 2:
      return runCommand(interaction, context)
    case 3:
      return runPress(interaction, context)
    case 4:
      return complete(interaction, context)
  }
}

function runCommand(interaction: Extract<Interaction, { type: 2 }>, context: Context): Plan | Drawn {
  const { name, options } = interaction.data
  const command = context.commands.find((one) => one.name === name)
  const owner = userOf(interaction)
  if (owner === undefined)
    return { response: notice('Discord didn’t say who asks. Please try again.'), command: 'none', outcome: 'malformed' }
  if (!command) {
    const known = context.commands.map((one) => `/${one.name}`).join(', ')
    return {
      response: notice(`I have no command of that name. These I have: ${known}.`),
      command: 'none',
      outcome: 'unclear',
    }
  }
  const typed = Object.fromEntries(
    options.map(({ name, value }) => [name, typeof value === 'string' ? clean(value) : value]),
  )
  const { private: hidden, for: aimed, ...own } = typed
  const view: View = {
    owner,
    hidden: hidden === true,
    aimed: typeof aimed === 'string' && /^\d{1,20}$/.test(aimed) ? aimed : undefined,
    page: 0,
  }
  return plan(command, own, view, message, context)
}

function runPress(interaction: Extract<Interaction, { type: 3 }>, context: Context): Plan | Drawn {
  const { custom_id, values } = interaction.data
  const clicker = userOf(interaction)
  const press = decodePress(clean(custom_id), context.commands, values?.map(clean)[0])
  const command = context.commands.find(({ name }) => name === press?.call.command)
  if (!press || !command || clicker === undefined)
    return {
      response: notice('I don’t know that button any more. Please ask again.'),
      command: 'none',
      outcome: 'unclear',
    }

  const isOwner = press.owner === clicker
  if (press.action === 'retract') {
    return isOwner
      ? {
          response: {
            type: update,
            data: {
              content: '-# Taken back by the one who asked.',
              embeds: [],
              components: [],
              attachments: [],
              allowed_mentions: { parse: [] },
            },
          },
          command: command.name,
          outcome: 'retracted',
        }
      : {
          response: notice('Only the one who asked can take this answer back.'),
          command: command.name,
          outcome: 'unclear',
        }
  }
  if (press.hash !== context.knowledge.hash) {
    return {
      response: notice(
        `What I know has been edited since that message was written, so its buttons no longer fit. Please ask again with /${command.name}.`,
      ),
      command: command.name,
      outcome: 'stale',
    }
  }
  return plan(command, press.call.options, viewOf(press, clicker), replyTo(press, isOwner), context)
}

/** Someone else's click never changes what others are reading: they get a page of their own. */
function replyTo({ action }: Press, isOwner: boolean): typeof message | typeof update {
  return isOwner && (action === 'turn' || action === 'menu') ? update : message
}

function viewOf({ action, owner, hidden, aimed, page }: Press, clicker: string): View {
  if (owner !== clicker) return { owner: clicker, hidden: true, page }
  return { owner, hidden: action === 'share' ? false : hidden, aimed, page }
}

/** Whoever asks for the same gets the same, but for their id on the buttons. */
function plan(
  command: Command,
  options: Readonly<Record<string, unknown>>,
  view: View,
  type: typeof message | typeof update,
  context: Context,
): Plan {
  const { owner, hidden, aimed, page } = view
  return {
    // At whom an answer is aimed is nobody else's business, and seldom the same.
    key: aimed === undefined ? JSON.stringify([type, command.name, hidden, page, Object.entries(options)]) : undefined,
    owner,
    make: () => show(command, command.answer(options, context), view, type, context),
  }
}

function show(
  command: Command,
  answer: Answer,
  view: View,
  type: typeof message | typeof update,
  context: Context,
): Drawn {
  // A refusal in place of a public answer would be read by all: it goes to the one who clicked.
  const kind = answer.outcome === 'answer' ? type : message
  const data: APIInteractionResponseCallbackData = {
    ...render(answer, view, context),
    // A message keeps its picture when it turns into another, unless it is told not to.
    ...(kind === update ? { attachments: [] } : {}),
  }
  const picture = answer.outcome === 'answer' && view.page === 0 ? answer.picture : undefined
  return {
    ...(picture && { pictured: { type: kind, data, picture } }),
    response: { type: kind, data },
    command: command.name,
    outcome: answer.outcome === 'decline' ? answer.reason : answer.outcome,
  }
}

function complete(interaction: Extract<Interaction, { type: 4 }>, context: Context): Plan {
  const { name, options } = interaction.data
  const focused = options.find((option) => option.focused)
  const typed = typeof focused?.value === 'string' ? clean(focused.value) : ''
  return {
    key: JSON.stringify(['choices', name, focused?.name, typed]),
    owner: '0',
    make: () => {
      const command = context.commands.find((one) => one.name === name)
      const choices: APIApplicationCommandOptionChoice<string>[] = (
        command && focused ? command.choices(focused.name, typed, context) : []
      )
        .slice(0, limits.choices)
        // A name that starts with # or @ can turn into a mention.
        .map(({ name, value }) => ({
          name: name.replace(/^[#@]+/, '').slice(0, limits.choiceName),
          value: value.slice(0, limits.choiceName),
        }))
      return { response: { type: 8, data: { choices } }, command: name.slice(0, 32), outcome: 'choices' }
    },
  }
}

/** A private line from the bot itself. */
function notice(text: string): APIInteractionResponse {
  return {
    type: message,
    data: {
      flags: ephemeral,
      embeds: [{ color: colours.decline, description: plain(text) }],
      allowed_mentions: { parse: [] },
    },
  }
}

/** What was typed, without characters that hide or turn around what a reader sees. */
function clean(typed: string): string {
  return typed
    .normalize('NFC')
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\p{Cc}\p{Co}\p{Cs}\p{Cn}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
