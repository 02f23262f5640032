/** A slash command as it is typed: `/quote speaker: Kerry about: Iran`. */
export interface CommandLine {
  command: string
  options: Record<string, string>
}

/** The names of the commands and of their options, as they are registered. */
export interface Signature {
  name: string
  options?: readonly { name: string }[] | undefined
}

/**
 * Reads a typed command; undefined where it names none of `commands`. An option lasts until the next option's name;
 * words before the first one go to the command's first option, so that `/ask was Iran invited` works too.
 */
export function parseCommandLine(typed: string, commands: readonly Signature[]): CommandLine | undefined {
  const [, name, rest = ''] = /^\s*\/([^\s/]+)(?:\s+(.*))?$/s.exec(typed) ?? []
  const command = commands.find((one) => one.name === name)
  if (!command) return undefined
  const names = (command.options ?? []).map((option) => option.name)
  const options: Record<string, string> = {}
  let open = names[0]
  for (const [at, text] of rest.split(new RegExp(`(?:^|\\s+)(${names.join('|') || '$^'}):\\s*`)).entries()) {
    if (at % 2 === 1) open = text
    else if (open !== undefined && text.trim() !== '') options[open] = text.trim()
  }
  return { command: command.name, options }
}

/** Writes a command as it is typed. */
export function formatCommandLine({ command, options }: CommandLine): string {
  return [`/${command}`, ...Object.entries(options).map(([name, value]) => `${name}: ${value}`)].join(' ')
}
