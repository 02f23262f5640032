import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'

const folder = new URL('../node_modules/.cache/vienna-talks/', import.meta.url)
/** How many of a kind are kept, for those who go back and forth between two stores. */
const most = 4
/** What is smaller, in characters of JSON, is made anew in no time, and would only push out what is not. */
const worthIt = 200_000

/**
 * What an earlier start made of the same texts by the same code; undefined where none did. `code` are the folders of src/
 * that make it, all files of them: a list of those that matter would be forgotten when one more comes to matter. Where
 * one changes, or a package, it has to be made anew.
 */
export function recall<Value>(kind: string, texts: Iterable<string>, code: readonly string[]): Value | undefined {
  try {
    return JSON.parse(readFileSync(new URL(nameOf(kind, texts, code), folder), 'utf8'))
  } catch {
    return undefined
  }
}

/** Keeps what was made, if it is large, for the next start. Where nothing can be written, the next start makes it again. */
export function keep(kind: string, texts: Iterable<string>, code: readonly string[], value: unknown): void {
  const json = JSON.stringify(value)
  if (json.length < worthIt) return
  try {
    mkdirSync(folder, { recursive: true })
    const file = new URL(nameOf(kind, texts, code), folder)
    const draft = new URL(`${file.href}.${process.pid}`)
    writeFileSync(draft, json)
    // Another process may be reading: it gets the old file or the new one, never half of one.
    renameSync(draft, file)
    const byAge = readdirSync(folder)
      .filter((name) => name.startsWith(`${kind}-`))
      .map((name) => ({ name, at: statSync(new URL(name, folder)).mtimeMs }))
      .sort((a, b) => b.at - a.at)
    for (const { name } of byAge.slice(most)) rmSync(new URL(name, folder), { force: true })
  } catch {
    // A read-only installation is no reason to refuse to start.
  }
}

function nameOf(kind: string, texts: Iterable<string>, code: readonly string[]): string {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(`${text.length}\n`).update(text)
  const files = code.flatMap((part) =>
    readdirSync(new URL(`${part}/`, import.meta.url))
      .sort()
      .map((file) => `${part}/${file}`),
  )
  for (const file of [...files, '../package-lock.json']) hash.update(readFileSync(new URL(file, import.meta.url)))
  return `${kind}-${hash.digest('hex').slice(0, 24)}.json`
}
