import { type DestinationStream, type Logger, type LoggerOptions, pino, stdSerializers } from 'pino'
import type { Config } from './config.ts'

/** Fields that are never written, wherever they come from: who asked, what was asked, and what opens doors. */
const secretFields = ['token', 'authorization', 'user', 'member', 'data', 'interaction', 'requestBody', 'headers']

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
    formatters: { level: (level: string) => ({ level }) },
    serializers: { err: describe },
    redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[left out]' },
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

/** An error without what a library hangs on it: a request with its body, an address, a token. */
function describe(err: unknown): unknown {
  if (!(err instanceof Error)) return err
  const { type, message, stack } = stdSerializers.err(err)
  const code = 'code' in err ? err.code : undefined
  const status = 'status' in err ? err.status : undefined
  return { type, message, ...(code === undefined ? {} : { code }), ...(status === undefined ? {} : { status }), stack }
}
