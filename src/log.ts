import { type DestinationStream, type Logger, type LoggerOptions, pino, stdSerializers } from 'pino'
import { whereabouts } from './bug.ts'
import type { Config } from './config.ts'

/** Fields that are never written, wherever they come from: who asked, what was asked, and what opens doors. */
const secretFields = new Set([
  'token',
  'authorization',
  'user',
  'member',
  'data',
  'interaction',
  'requestBody',
  'headers',
])
/** How deep they are looked for. */
const depth = 3

/** An interaction's token, in an address that an error names. */
const callbackToken = /(\/(?:interactions|webhooks)\/\d+\/)[\w%.~-]+/g

/** The program's log: JSON, one object a line, on stdout; text where that is a terminal. */
export async function createLog(
  config: Pick<Config, 'LOG_LEVEL' | 'DISCORD_TOKEN'>,
  to?: DestinationStream,
): Promise<Logger> {
  const options: LoggerOptions = {
    level: config.LOG_LEVEL,
    base: null,
    // Pino's own redaction of nested fields takes four times as long as all the rest of a line.
    formatters: {
      level: (level: string) => ({ level }),
      bindings: (fields) => hide(fields),
      log: (fields) => hide(fields),
    },
    serializers: { err: describe, bug: whereabouts },
    hooks: {
      // The last door: whatever a library puts into a text.
      streamWrite: (line: string) => {
        const rest = line.replace(callbackToken, '$1[left out]')
        return config.DISCORD_TOKEN === undefined ? rest : rest.replaceAll(config.DISCORD_TOKEN, '[left out]')
      },
    },
  }
  if (to) return pino(options, to)
  if (!process.stdout.isTTY) return pino(options)
  const { default: pretty } = await import('pino-pretty')
  return pino(options, pretty({ sync: true, singleLine: true, translateTime: 'HH:MM:ss' }))
}

/** The fields without what is secret. */
function hide(fields: object, left = depth): Record<string, unknown> {
  const shown = Object.entries(fields).map(([name, value]) =>
    secretFields.has(name) ? [name, '[left out]'] : [name, hideIn(value, left - 1)],
  )
  return Object.fromEntries(shown)
}

function hideIn(value: unknown, left: number): unknown {
  if (typeof value !== 'object' || value === null || left === 0) return value
  if (Array.isArray(value)) return value.map((one) => hideIn(one, left))
  // Errors have serializers of their own; a date is a text to JSON.
  return value instanceof Error || 'toJSON' in value ? value : hide(value, left)
}

/** An error without what a library hangs on it: a request with its body, an address, a token. */
function describe(err: unknown): unknown {
  if (!(err instanceof Error)) return err
  const { type, message, stack } = stdSerializers.err(err)
  const code = 'code' in err ? err.code : undefined
  const status = 'status' in err ? err.status : undefined
  return { type, message, ...(code === undefined ? {} : { code }), ...(status === undefined ? {} : { status }), stack }
}
