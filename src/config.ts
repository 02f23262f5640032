import * as z from 'zod'

/** A variable that is missing or malformed, in one line that says where to get it. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const port = z.coerce
  .number('is not a port: a whole number from 0 to 65535, such as 8787; 0 takes any free one')
  .int()
  .min(0)
  .max(65535)
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

/** Each variable that the program reads; .env.example says where to get it. */
export const variables = z.object({
  DISCORD_TOKEN: optional(
    z
      .string()
      .regex(
        /^[\w-]{20,}\.[\w-]{4,}\.[\w-]{20,}$/,
        'is not a bot token: three parts joined by dots, from discord.com/developers → your application → Bot → Reset Token',
      ),
  ),
  DISCORD_APPLICATION_ID: optional(
    z
      .string()
      .regex(
        /^\d{15,21}$/,
        'is not an application id: 17 to 20 digits, from discord.com/developers → your application → General Information',
      ),
  ),
  DISCORD_PUBLIC_KEY: optional(
    z
      .string()
      .regex(
        /^[0-9a-f]{64}$/i,
        'is not a public key: 64 hexadecimal digits, from discord.com/developers → your application → General Information',
      ),
  ),
  DISCORD_GUILD_ID: optional(
    z
      .string()
      .regex(
        /^\d{15,21}$/,
        'is not a server id: in Discord, turn on Settings → Advanced → Developer Mode, then right-click the server → Copy Server ID',
      ),
  ),
  DISCORD_API_URL: optional(
    z
      .url({
        protocol: /^https?$/,
        error: 'is not a web address such as http://localhost:8080/api; leave it out to talk to Discord itself',
      })
      // discord.js adds the version of the API itself.
      .transform((address) => address.replace(/(\/v\d+)?\/*$/, '')),
  ),
  KNOWLEDGE_DIR: optional(z.string()).transform((dir) => dir ?? 'knowledge'),
  PORT: optional(port).transform((value) => value ?? 8787),
  HOST: optional(z.string()).transform((host) => host ?? '127.0.0.1'),
  HEALTH_PORT: optional(port),
  LOG_LEVEL: optional(
    z.enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be one of fatal, error, warn, info, debug, trace, silent',
    ),
  ).transform((level) => level ?? 'info'),
})

export type Config = z.output<typeof variables>

/** Parses the environment. Throws a ConfigError with one line for each wrong variable; no line holds a value. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = variables.safeParse(env)
  if (parsed.success) return parsed.data
  throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'))
}
