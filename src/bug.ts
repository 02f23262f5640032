/** What kind of bug it is and where it happened, without its message: that may quote what somebody typed. */
export function whereabouts(bug: unknown): { type: string; at: string[] } {
  if (!(bug instanceof Error)) return { type: typeof bug, at: [] }
  const { name, message, stack = '' } = bug
  // A message can have lines that look like frames, so it goes first.
  const frames = stack.slice(stack.indexOf(message) + message.length).split('\n')
  return { type: name, at: frames.filter((line) => /^ +at /.test(line)).map((line) => line.trim()) }
}
