import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished, vi } from 'vitest'

const path = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url))

/** Starts one of the project's programs as npm does, in a folder without a .env, with these variables and no other. */
export function start(file: string, env: Readonly<Record<string, string>>, ...args: string[]) {
  const child = spawn(path('node_modules/.bin/node'), [path(file), ...args], {
    cwd: path('tests'),
    env: { PATH: process.env.PATH, KNOWLEDGE_DIR: 'corpus', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  let stderr = ''
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<{ code: number | null; lines: string[]; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, lines, stderr }))
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    lines,
    /** What it came to, once it has ended. */
    ended,
    signal: (name: NodeJS.Signals) => child.kill(name),
    /** What a pattern's first group finds in the first line that it fits; waits for the line. */
    says: (pattern: RegExp): Promise<string> =>
      vi.waitFor(
        () => {
          const found = lines.map((line) => pattern.exec(line)).find((match) => match !== null)
          if (!found) throw new Error(`no line like ${pattern} yet: ${[...lines, stderr].join('\n')}`)
          return found[1] ?? found[0]
        },
        { timeout: 8000, interval: 10 },
      ),
  }
}
