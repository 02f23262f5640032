import type { Call } from '../answer.ts'
import type { Command } from '../command.ts'

/** What a click does. Buttons keep all their state in their `custom_id`, so that any process can serve any click. */
export interface Press {
  /** turn: another page of this answer · open: another answer · share: the same one for all · retract: take it back */
  action: 'turn' | 'open' | 'share' | 'retract' | 'menu'
  /** The store that the message was written from. */
  hash: string
  /** Who asked. */
  owner: string
  /** Whether the asker wanted to keep the answer to themselves. */
  hidden: boolean
  /** At whom the answer is aimed. */
  aimed?: string | undefined
  page: number
  call: Call
}

const actions = { turn: 't', open: 'o', share: 's', retract: 'x', menu: 'm' } as const
const separator = '|'

/**
 * Writes a press into at most 100 characters: `o|store|owner|aimed|page|command|value|value`. Option values stand in
 * the order of the command's options; ids of people are written in base 36.
 */
export function encodePress({ action, hash, owner, hidden, aimed, page, call }: Press, command: Command): string {
  const values = optionNames(command).map((name) => (call.options[name] ?? '').replaceAll(separator, ' '))
  while (values.at(-1) === '') values.pop()
  const fields = [
    actions[action] + (hidden ? 'h' : ''),
    hash,
    toBase36(owner),
    aimed === undefined ? '' : toBase36(aimed),
    String(page),
    call.command,
    ...values,
  ]
  return fields.join(separator)
}

/** Reads a press back; undefined where it is not one of ours. `values` are those of the menu's choice. */
export function decodePress(customId: string, commands: readonly Command[], choice?: string): Press | undefined {
  const [head = '', hash, owner, aimed, page, name, ...own] = customId.split(separator)
  const action = (Object.keys(actions) as (keyof typeof actions)[]).find((key) => actions[key] === head[0])
  const command = commands.find((one) => one.name === name)
  if (
    !action ||
    !command ||
    hash === undefined ||
    !isBase36(owner) ||
    aimed === undefined ||
    !/^\d{1,4}$/.test(page ?? '')
  )
    return undefined
  const values = choice === undefined ? own : choice.split(separator)
  const options = Object.fromEntries(
    optionNames(command).flatMap((option, at) => (values[at] ? [[option, values[at]]] : [])),
  )
  return {
    action,
    hash,
    owner: fromBase36(owner),
    hidden: head.includes('h'),
    ...(isBase36(aimed) ? { aimed: fromBase36(aimed) } : {}),
    page: Number(page),
    call: { command: command.name, options },
  }
}

/** A menu's choice carries the option values only; its message carries the rest. */
export function encodeChoice({ options }: Call, command: Command): string {
  return optionNames(command)
    .map((name) => (options[name] ?? '').replaceAll(separator, ' '))
    .join(separator)
}

/** Where the owner stands in a press. Within a text JSON escapes quotes, so that nothing typed can pass for one. */
const ownerOfPress = /(?<="custom_id":"[a-z]{1,2}\|[^|"]*\|)[0-9a-z]{1,13}(?=\|)/

/** A response's JSON in UTF-8, without the owner of its presses: the rest is the same whoever asks. */
export interface Ownerless {
  bytes: Uint8Array<ArrayBuffer>
  /** Where in it the owner is left out, in rising order. */
  gaps: readonly number[]
}

const utf8 = new TextEncoder()

export function leaveOutOwner(json: string): Ownerless {
  const pieces = json.split(ownerOfPress)
  let end = 0
  const ends = pieces.map((piece) => {
    end += utf8.encode(piece).length
    return end
  })
  return { bytes: utf8.encode(pieces.join('')), gaps: ends.slice(0, -1) }
}

/** The same response for somebody. */
export function fillInOwner({ bytes, gaps }: Ownerless, owner: string): Uint8Array<ArrayBuffer> {
  if (gaps.length === 0) return bytes
  const filling = utf8.encode(toBase36(owner))
  const filled = new Uint8Array(bytes.length + gaps.length * filling.length)
  let from = 0
  for (const [at, gap] of gaps.entries()) {
    filled.set(bytes.subarray(from, gap), from + at * filling.length)
    filled.set(filling, gap + at * filling.length)
    from = gap
  }
  filled.set(bytes.subarray(from), from + gaps.length * filling.length)
  return filled
}

function optionNames(command: Command): string[] {
  return Object.keys(command.options.shape)
}

function isBase36(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-z]{1,13}$/.test(text)
}

function toBase36(snowflake: string): string {
  return BigInt(snowflake).toString(36)
}

function fromBase36(text: string): string {
  let value = 0n
  for (const digit of text) value = value * 36n + BigInt(Number.parseInt(digit, 36))
  return String(value)
}
