import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const source = join(root, 'playground')
const cache = join(root, 'node_modules', '.cache', 'playground')
/** The page can't be built; the message says what to do. */
export class PageError extends Error {
  override name = 'PageError'
}

/**
 * Builds the playground's page with Vite and answers with the folder that it is in. The same sources are built once,
 * ever: a second start finds them built. Vite runs in a process of its own, since its memory would stay with the bot.
 */
export async function buildPage(): Promise<string> {
  const hash = createHash('sha256')
  for (const path of inputs()) hash.update(path).update(readFileSync(path))
  const built = join(cache, hash.digest('hex').slice(0, 16))
  if (existsSync(built)) return built
  // Built beside its place and moved there, so that no half-built page is ever served, by this process or another.
  const draft = `${built}.${process.pid}`
  await vite(draft)
  try {
    renameSync(draft, built)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(built)) throw error
  }
  return built
}

/** The page's own sources, the module of the bot that it shares, and the versions of what it is built from. */
function inputs(): string[] {
  return [
    ...readdirSync(source)
      .sort()
      .map((name) => join(source, name)),
    join(root, 'src', 'discord', 'command-line.ts'),
    join(root, 'package-lock.json'),
  ]
}

function vite(outDir: string): Promise<void> {
  let program: string
  try {
    program = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js')
  } catch {
    throw new PageError('The page is built by Vite, which is not installed: run `npm ci` without `--omit=dev`.')
  }
  const child = spawn(
    process.execPath,
    [program, 'build', source, '--outDir', outDir, '--configLoader', 'native', '--logLevel', 'error'],
    { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, NODE_ENV: 'production' } },
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new PageError(`Vite can’t build the page:\n${said}`)),
    )
  })
}
