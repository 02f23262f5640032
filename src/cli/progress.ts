import { SingleBar } from 'cli-progress'

export interface Progress {
  step: () => void
  done: () => void
}

/** A bar on stderr, and nothing where that is no terminal: what a program prints stays what it prints. */
export function startProgress(what: string, total: number): Progress {
  if (!process.stderr.isTTY) return { step: () => {}, done: () => {} }
  const bar = new SingleBar({
    stream: process.stderr,
    format: `{bar} {value}/{total} ${what}, {eta} s left`,
    clearOnComplete: true,
  })
  bar.start(total, 0)
  return { step: () => bar.increment(), done: () => bar.stop() }
}
