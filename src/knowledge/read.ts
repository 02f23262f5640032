import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Knowledge, KnowledgeError, parseKnowledge } from './parse.ts'

/** Reads and parses the knowledge folder. Throws a KnowledgeError where it can't be used. */
export function readKnowledge(dir: string): Knowledge {
  return parseKnowledge(readFiles(dir))
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
