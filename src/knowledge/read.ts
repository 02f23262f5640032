import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keepStore, recallStore } from './cache.ts'
import { type Knowledge, KnowledgeError, parseKnowledge } from './parse.ts'
import { openStore } from './store.ts'

/** Reads and parses the knowledge folder. Throws a KnowledgeError where it can't be used. */
export function readKnowledge(dir: string): Knowledge {
  const files = readFiles(dir)
  const known = recallStore(files)
  // Lines are only asked for by tools that can wait for them.
  if (known) return openStore(known, (file, index) => parseKnowledge(files).place(file, index))
  const knowledge = parseKnowledge(files)
  const {
    articles,
    parties,
    people,
    topics,
    meetings,
    quotes,
    events,
    positions,
    differences,
    questions,
    unknowns,
    vocabulary,
  } = knowledge
  keepStore(files, {
    articles,
    parties,
    people,
    topics,
    meetings,
    quotes,
    events,
    positions,
    differences,
    questions,
    unknowns,
    vocabulary,
  })
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
