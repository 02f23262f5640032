import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  PongInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod'
import * as z from 'zod'
import type { Bot } from '../src/bot.ts'
import { limits } from '../src/discord/limits.ts'
import { colours } from '../src/discord/render.ts'
import { jsonOf } from './interactions.ts'

const button = z.strictObject({
  type: z.literal(2),
  style: z.literal(2),
  label: z.string().min(1).max(limits.buttonLabel),
  custom_id: z.string().min(1).max(limits.customId),
  disabled: z.boolean().optional(),
})
const menu = z.strictObject({
  type: z.literal(3),
  custom_id: z.string().min(1).max(limits.customId),
  placeholder: z.string().min(1).max(limits.selectPlaceholder),
  options: z
    .array(
      z.strictObject({
        label: z.string().min(1).max(limits.selectLabel),
        value: z.string().min(1).max(limits.selectLabel),
        description: z.string().min(1).max(limits.selectLabel).optional(),
      }),
    )
    .min(1)
    .max(limits.selectOptions),
})
const row = z.strictObject({
  type: z.literal(1),
  components: z.union([z.array(button).min(1).max(limits.buttonsPerRow), z.array(menu).length(1)]),
})
const embed = z.strictObject({
  color: z.int(),
  title: z.string().min(1).max(limits.embedTitle).optional(),
  description: z.string().min(1).max(limits.embedDescription),
  footer: z.strictObject({ text: z.string().min(1).max(limits.embedFooter) }).optional(),
  image: z.strictObject({ url: z.string().regex(/^attachment:\/\/[a-z0-9-]+\.png$/) }).optional(),
})
const attachment = z.strictObject({
  id: z.literal('0'),
  filename: z.string(),
  description: z.string().min(1).max(limits.attachmentDescription),
})
const data = z.strictObject({
  flags: z.literal(64).optional(),
  content: z.string().max(limits.content).optional(),
  embeds: z.array(embed).max(limits.embeds),
  components: z.array(row).max(limits.rows).default([]),
  attachments: z.array(attachment).max(1).optional(),
  allowed_mentions: z.strictObject({ parse: z.array(z.never()), users: z.array(z.string()).max(1).optional() }),
})
const choice = z.strictObject({
  name: z.string().min(1).max(limits.choiceName),
  value: z.string().min(1).max(limits.choiceName),
})
const body = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal(1) }),
  z.strictObject({ type: z.literal(4), data }),
  z.strictObject({ type: z.literal(7), data }),
  z.strictObject({ type: z.literal(8), data: z.strictObject({ choices: z.array(choice).max(limits.choices) }) }),
])

/** Discord's own description of each kind of response. */
const official = {
  1: PongInteractionCallbackRequestSchema,
  4: CreateMessageInteractionCallbackRequestSchema,
  7: UpdateMessageInteractionCallbackRequestSchema,
  8: ApplicationCommandAutocompleteCallbackRequestSchema,
}

export interface Message {
  type: 4 | 7
  hidden: boolean
  kind: 'answer' | 'suggest' | 'decline'
  content: string
  title: string
  description: string
  buttons: z.output<typeof button>[]
  menus: z.output<typeof menu>[]
  /** Whom the message may notify. */
  users: string[]
}

export interface Choice {
  name: string
  value: string
}

/** Sends an interaction; throws where the response breaks a limit or Discord's description of it. */
export async function send(bot: Bot, interaction: unknown): Promise<z.output<typeof body>> {
  const sent = jsonOf(await bot(interaction))
  // Half of a surrogate pair can't be sent as UTF-8.
  if (/\\ud[89a-f]/.test(sent)) throw new Error(`half a character: ${sent}`)
  const wire: unknown = JSON.parse(sent)
  const parsed = body.parse(wire)
  official[parsed.type].parse(wire)
  if (parsed.type === 4 || parsed.type === 7) checkMessage(parsed.data)
  return parsed
}

/** Sends an interaction that is answered with a message. */
export async function ask(bot: Bot, interaction: unknown): Promise<Message> {
  const parsed = await send(bot, interaction)
  if (parsed.type !== 4 && parsed.type !== 7) throw new TypeError(`a message was expected, not type ${parsed.type}`)
  const { flags, content = '', embeds, components, allowed_mentions } = parsed.data
  const all = components.flatMap((one): (z.output<typeof button> | z.output<typeof menu>)[] => one.components)
  return {
    type: parsed.type,
    hidden: flags === 64,
    kind:
      embeds[0]?.color === colours.decline ? 'decline' : embeds[0]?.color === colours.suggest ? 'suggest' : 'answer',
    content,
    title: embeds[0]?.title ?? '',
    description: embeds.map(({ description }) => description).join('\n'),
    buttons: all.filter((one) => one.type === 2),
    menus: all.filter((one) => one.type === 3),
    users: allowed_mentions.users ?? [],
  }
}

/** What is offered while `interaction` types. */
export async function choices(bot: Bot, interaction: unknown): Promise<Choice[]> {
  const parsed = await send(bot, interaction)
  if (parsed.type !== 8) throw new TypeError(`choices were expected, not type ${parsed.type}`)
  return parsed.data.choices
}

function checkMessage({ content = '', embeds, components, allowed_mentions, flags }: z.output<typeof data>): void {
  const size = embeds.reduce(
    (sum, { title = '', description, footer }) => sum + title.length + description.length + (footer?.text.length ?? 0),
    0,
  )
  if (size > limits.embedTotal) throw new RangeError(`${size} characters in embeds`)
  const ids = components.flatMap((one) => one.components.map(({ custom_id }) => custom_id))
  if (new Set(ids).size !== ids.length) throw new RangeError(`a custom_id twice: ${ids.join(' ')}`)

  // Text of ours or of the asker never reads as a mention; the one that `for` names stands in the content.
  const shown = JSON.stringify([embeds, components])
  if (/@(everyone|here)|<[@#]|<\/\w/.test(shown)) throw new Error(`a mention: ${shown}`)
  const users = allowed_mentions.users ?? []
  const expected = users.map((user) => `<@${user}>`).join('')
  if (embeds.length > 0 && content !== expected) throw new Error(`"${content}" beside ${users.length} allowed mentions`)
  if (flags === 64 && users.length > 0) throw new Error('a private message notifies nobody')
  // A refusal shows what was typed, superscripts included.
  for (const { color, description } of embeds) if (color === colours.answer) checkFootnotes(description)
}

const mark = /[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g
const source = /^-# ([⁰¹²³⁴⁵⁶⁷⁸⁹]+) \[[^\]]+ ¶\d+\]\(https?:[^\s()]+#:~:text=[^\s()]+\) “.+”$/

/** Every superscript has its line of the sources, in order, and every line its superscript. */
export function checkFootnotes(description: string): void {
  const lines = description.split('\n')
  const sources = lines.flatMap((line) => source.exec(line)?.[1] ?? []).map(numberOf)
  const marks = lines
    .filter((line) => !source.test(line))
    .flatMap((line) => line.match(mark) ?? [])
    .map(numberOf)
  if (sources.some((number, at) => number <= (sources[at - 1] ?? 0)))
    throw new Error(`sources are numbered ${sources.join(' ')}:\n${description}`)
  if ([...new Set(marks)].sort((a, b) => a - b).join(' ') !== sources.join(' '))
    throw new Error(`marks ${marks.join(' ')} beside sources ${sources.join(' ')}:\n${description}`)
}

function numberOf(superscript: string): number {
  return Number([...superscript].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).join(''))
}
