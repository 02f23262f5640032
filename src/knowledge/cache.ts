import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { Store } from './schema.ts'

const folder = new URL('../../node_modules/.cache/knowledge/', import.meta.url)
/** The code that a store was checked by: where it changes, the store has to be checked anew. */
const rules = ['schema.ts', 'parse.ts', 'references.ts', 'layout.ts', 'cache.ts']
/** Smaller folders are parsed before a cache could be opened. In characters. */
const worthIt = 200_000
/** How many stores are kept, for those who go back and forth between two. */
const kept = 4

/**
 * The store that these files were parsed and checked to before; undefined where they weren't. Parsing takes longer than
 * all the rest of an answer in the terminal, and the files are the same at nearly every start.
 */
export function recallStore(files: Readonly<Record<string, string>>): Store | undefined {
  const name = nameOf(files)
  if (name === undefined) return undefined
  try {
    const store: Store = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
    return store
  } catch {
    return undefined
  }
}

/** Keeps a store for the next start. Where nothing can be written, the next start parses again. */
export function keepStore(files: Readonly<Record<string, string>>, store: Store): void {
  const name = nameOf(files)
  if (name === undefined) return
  try {
    mkdirSync(folder, { recursive: true })
    const draft = new URL(`${name}.${process.pid}`, folder)
    writeFileSync(draft, JSON.stringify(store))
    // Another process may be reading: it gets the old file or the new one, never half of one.
    renameSync(draft, new URL(name, folder))
    const byAge = readdirSync(folder)
      .map((file) => ({ file, at: statSync(new URL(file, folder)).mtimeMs }))
      .sort((a, b) => b.at - a.at)
    for (const { file } of byAge.slice(kept)) rmSync(new URL(file, folder), { force: true })
  } catch {
    // A read-only installation is no reason to refuse to start.
  }
}

function nameOf(files: Readonly<Record<string, string>>): string | undefined {
  if (Object.values(files).reduce((sum, text) => sum + text.length, 0) < worthIt) return undefined
  const hash = createHash('sha256')
  for (const [path, text] of Object.entries(files)) hash.update(`${path}\n${text.length}\n`).update(text)
  for (const file of rules) hash.update(readFileSync(new URL(file, import.meta.url)))
  return `${hash.digest('hex').slice(0, 24)}.json`
}
