/** How the process ends, for whoever supervises it; docs/operating.md says what to do about each. */
export const exitCodes = {
  /** Stopped by a signal, after the last answer was out. */
  STOPPED: 0,
  /** The configuration or the store can't be used. */
  UNUSABLE: 1,
  /** A command line that can't be followed. */
  USAGE: 2,
  /** Discord can't be reached, or takes no new session. Starting again later helps. */
  UNREACHABLE: 10,
  BAD_TOKEN: 11,
  INVALID_SHARD: 12,
  /** The bot is in more servers than its number of shards allows. Starting again asks Discord for the number. */
  SHARDING_REQUIRED: 13,
  INVALID_API_VERSION: 14,
  INVALID_INTENTS: 15,
  DISALLOWED_INTENTS: 16,
} as const

export type ExitName = keyof typeof exitCodes

/** Ends the process with a named code and one line that says what happened and what to do. */
export class ExitError extends Error {
  override name = 'ExitError'
  readonly exit: ExitName
  constructor(exit: ExitName, message: string) {
    super(`${exit}: ${message}`)
    this.exit = exit
  }
}
