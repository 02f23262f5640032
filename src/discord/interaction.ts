import * as z from 'zod'

/** The parts of Discord's interaction JSON that the bot reads; whatever else it carries is let through unread. */
const snowflake = z.string().regex(/^\d{1,20}$/)
const user = z.looseObject({ id: snowflake })
const option = z.looseObject({
  name: z.string(),
  type: z.int(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
})
const common = {
  id: snowflake,
  application_id: snowflake.optional(),
  token: z.string().optional(),
  user: user.optional(),
  member: z.looseObject({ user }).optional(),
}
const commandData = z.looseObject({ name: z.string(), options: z.array(option).default([]) })

export const interactionSchema = z.discriminatedUnion('type', [
  z.looseObject({ ...common, type: z.literal(1) }),
  z.looseObject({ ...common, type: z.literal(2), data: commandData }),
  z.looseObject({
    ...common,
    type: z.literal(3),
    data: z.looseObject({ custom_id: z.string(), component_type: z.int(), values: z.array(z.string()).optional() }),
    message: z.looseObject({ id: snowflake.optional(), flags: z.int().optional() }).optional(),
  }),
  z.looseObject({ ...common, type: z.literal(4), data: commandData }),
])

export type Interaction = z.output<typeof interactionSchema>

/** Who clicked or typed; undefined in a PING. */
export function userOf({ member, user }: Interaction): string | undefined {
  return member?.user.id ?? user?.id
}
