import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keep, recall } from '../kept.ts'
import { KnowledgeError } from './problem.ts'
import type { Store } from './schema.ts'
import { type Knowledge, openStore } from './store.ts'

/** What decides how files are parsed and checked. */
const code = ['knowledge']

interface Kept {
  store: Store
  hash: string
}

/** Reads and parses the knowledge folder. Throws a KnowledgeError where it can't be used. */
export async function readKnowledge(dir: string): Promise<Knowledge> {
  const files = readFiles(dir)
  const texts = Object.entries(files).flat()
  const known = recall<Kept>('store', texts, code)
  // Parsing takes longer than all the rest of a start, and loading the parser is a part of that.
  if (known) return openStore(known.store, known.hash)
  const { parseFiles } = await import('./parse.ts')
  const { store, knowledge } = parseFiles(files)
  keep('store', texts, code, { store, hash: knowledge.hash } satisfies Kept)
  return knowledge
}

/** The YAML files of a knowledge folder, by their path in it. */
export function readFiles(dir: string): Record<string, string> {
  let paths: string[]
  try {
    paths = readdirSync(dir, { recursive: true, encoding: 'utf8' })
  } catch {
    throw new KnowledgeError([
      {
        file: dir,
        line: 0,
        field: '',
        message: 'there is no such folder; KNOWLEDGE_DIR names the folder with articles.yaml',
      },
    ])
  }
  const files: Record<string, string> = {}
  for (const path of paths.sort()) {
    if (/\.ya?ml$/.test(path)) files[path.replaceAll('\\', '/')] = readFileSync(join(dir, path), 'utf8')
  }
  return files
}
