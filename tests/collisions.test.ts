import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { type Parsed, parseFiles } from '../src/knowledge/parse.ts'
import { readFiles } from '../src/knowledge/read.ts'
import { findCollisions, formatCollisions, sameReadings } from '../src/matching/collisions.ts'
import { corpus } from './stores.ts'

const gaps = 'unknowns/gaps.yaml'

/** The fictional store with phrasings of its unknowns replaced. */
function edited(...changes: [from: string, to: string][]): Record<string, string> {
  const files = readFiles(corpus.dir)
  let text = files[gaps] ?? ''
  for (const [from, to] of changes) {
    if (!text.includes(`- ${from}\n`)) throw new RangeError(`${gaps} has no "${from}"`)
    text = text.replace(`- ${from}\n`, `- ${to}\n`)
  }
  return { ...files, [gaps]: text }
}

const open = (...changes: [from: string, to: string][]): Parsed => parseFiles(edited(...changes))
const lineOf = (file: string, text: string): number => file.slice(0, file.indexOf(text)).split('\n').length

const twin: [from: string, to: string] = [
  'crew of the Heron',
  'the distance between that patrol boat and the Heron, please',
]

describe('phrasings of different entries that read the same', () => {
  it('are none in the fictional store', () => {
    expect(sameReadings(open().knowledge)).toEqual([])
  })

  it('are found though their words differ', () => {
    const { knowledge } = open(twin)
    expect(sameReadings(knowledge).map(({ one, other }) => [one.text, other.text])).toEqual([
      ['distance between the patrol boat and the Heron', twin[1]],
    ])
  })

  it('are no collision between unknowns that are refused for the same reason', () => {
    expect(sameReadings(open(['crew of the Heron', 'Feldmark’s age please']).knowledge)).toEqual([])
  })

  it('are listed with file and line', () => {
    const parsed = open(twin)
    const listed = formatCollisions(findCollisions(parsed.knowledge), parsed)
    const files = edited(twin)
    for (const [file, id, text] of [
      ['questions/before.yaml', 'near-pass-distance', 'distance between the patrol boat and the Heron'],
      [gaps, 'heron-captain', twin[1]],
    ] as const)
      expect(listed).toContain(`  ${file}:${lineOf(files[file] ?? '', text)}  ${id}: “${text}”`)
  })
})

describe('an entry that loses to another on its own phrasings', () => {
  it('is listed with what it loses to', () => {
    const parsed = open(
      ["name of the Heron's skipper", 'how close did the patrol boat come to the ferry'],
      ['who steered the Ulmland ferry', 'nearest pass of the patrol boat in metres'],
      ['crew of the Heron', 'how near did the patrol boat get to the Heron'],
      ['heron skipper', 'distance at which the patrol boat passed'],
    )
    const steps: number[] = []
    const collisions = findCollisions(parsed.knowledge, () => steps.push(1))
    const captain = collisions.losing.find(({ entry }) => entry === parsed.knowledge.questions.length + 2)
    expect(captain?.lost.length).toBeGreaterThanOrEqual(3)
    expect(formatCollisions(collisions, parsed)).toMatch(/^heron-captain loses \d of 9: \d to near-pass-distance/m)
    expect(steps).toHaveLength(
      [...parsed.knowledge.questions, ...parsed.knowledge.unknowns].reduce((sum, { ask }) => sum + ask.length + 1, 0),
    )
  })
})

describe('npm run knowledge', () => {
  const dir = mkdtempSync(join(tmpdir(), 'collisions-'))
  afterAll(() => rmSync(dir, { recursive: true }))
  cpSync(corpus.dir, dir, { recursive: true })
  writeFileSync(join(dir, gaps), edited(twin)[gaps] ?? '')
  const knowledge = (command: string) => {
    const file = fileURLToPath(new URL('../src/cli/knowledge.ts', import.meta.url))
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, command], {
      env: { ...process.env, KNOWLEDGE_DIR: dir },
      encoding: 'utf8',
    })
    return { status, stdout, stderr }
  }

  it('check warns in one line, and passes', () => {
    expect(knowledge('check')).toMatchObject({
      status: 0,
      stderr: '1 phrasings read the same as one of another entry; npm run knowledge -- collisions shows them.\n',
    })
  })

  it('collisions lists them', () => {
    const { status, stdout } = knowledge('collisions')
    expect(status).toBe(0)
    expect(stdout).toContain(`${gaps}:${lineOf(readFileSync(join(dir, gaps), 'utf8'), twin[1])}  heron-captain`)
  })
})
