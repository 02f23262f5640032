/** One thing that a curator has to mend, with where it stands. */
export interface Problem {
  file: string
  line: number
  /** The entry and the field, such as `"jet-distance" → cite 2`; empty where the file itself is wrong. */
  field: string
  message: string
}

/** The knowledge folder can't be used: every problem found, not only the first. */
export class KnowledgeError extends Error {
  override name = 'KnowledgeError'
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'))
    this.problems = problems
  }
}

export function formatProblem({ file, line, field, message }: Problem): string {
  return `${file}:${line}${field ? `  ${field}` : ''}: ${message}`
}
