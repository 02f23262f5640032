import type { APIInteractionResponse } from 'discord-api-types/v10'
import type { Reply } from '../src/bot.ts'

/** Interactions as Discord sends them. Whoever is not named is the one who asks. */
export const asker = '110000000000000010'
export const other = '110000000000000011'
export const third = '110000000000000012'

type Options = Readonly<Record<string, string | boolean>>

let made = 0

function base(type: number, user: string) {
  return {
    id: `1200000000000${String(++made).padStart(6, '0')}`,
    application_id: '110000000000000001',
    type,
    token: 'token',
    version: 1,
    guild_id: '110000000000000002',
    channel_id: '110000000000000003',
    locale: 'en-US',
    context: 0,
    entitlements: [],
    member: { user: { id: user, username: 'someone', discriminator: '0' }, roles: [], permissions: '0' },
  }
}

const option = ([name, value]: [string, string | boolean]) => ({
  name,
  type: typeof value === 'boolean' ? 5 : name === 'for' ? 6 : 3,
  value,
})

/** `/name option: value` */
export function slash(name: string, options: Options = {}, user = asker) {
  return {
    ...base(2, user),
    data: { id: '130000000000000001', name, type: 1, options: Object.entries(options).map(option) },
  }
}

/** What Discord asks while `typed` stands in one option. */
export function typing(name: string, focused: string, typed: string, user = asker) {
  return {
    ...base(4, user),
    data: { id: '130000000000000001', name, type: 1, options: [{ ...option([focused, typed]), focused: true }] },
  }
}

/** A click on a button; on a menu where `choice` is given. */
export function press(customId: string, choice?: string, user = asker) {
  const data = choice === undefined ? { component_type: 2 } : { component_type: 3, values: [choice] }
  return { ...base(3, user), data: { custom_id: customId, ...data }, message: { id: '140000000000000001' } }
}

/** The response that a reply carries. */
export function bodyOf(reply: Reply): APIInteractionResponse {
  return JSON.parse(jsonOf(reply))
}

/** A reply that carries this response and no files. */
export function replyOf(response: APIInteractionResponse): Reply {
  return { json: new TextEncoder().encode(JSON.stringify(response)), files: [] }
}

/** What a reply carries, as it is sent. */
export function jsonOf({ json }: Pick<Reply, 'json'>): string {
  return new TextDecoder().decode(json)
}
