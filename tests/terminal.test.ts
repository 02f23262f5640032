import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { slash } from './interactions.ts'
import { corpus } from './stores.ts'

const dir = mkdtempSync(join(tmpdir(), 'terminal-'))
afterAll(() => rmSync(dir, { recursive: true }))

const env = { PATH: process.env.PATH, KNOWLEDGE_DIR: corpus.dir }

function path(program: 'ask' | 'interact'): string {
  return fileURLToPath(new URL(`../src/cli/${program}.ts`, import.meta.url))
}

/** Runs one of the programs for a terminal over the fictional store, and gives back what it says. */
function run(program: 'ask' | 'interact', args: string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path(program), ...args], {
    cwd: dir,
    env,
    encoding: 'utf8',
    input,
  })
  return { status, lines: stdout.split('\n').filter((line) => line !== ''), stderr }
}

const fogSignals = 'What did the harbour offices sign?'

describe('npm run ask', () => {
  it('prints an answer with its sources and their addresses', () => {
    const { status, lines, stderr } = run('ask', [fogSignals])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(lines).toEqual([
      `Read as: ${fogSignals}`,
      'A note on fog signals, on Monday (worked out, 3 June 2019). [1]',
      '[1] Herald ¶4 “signed a note on fog signals”',
      expect.stringMatching(/^ +https:\/\/herald\.example\/.*#:~:text=/),
    ])
  })

  it('prints one line of JSON', () => {
    const { lines } = run('ask', ['--json', fogSignals])
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { outcome: 'answer', read: fogSignals, citations: [{ article: 'herald', paragraph: 4 }], suggestions: [] },
    ])
  })

  it('prints why', () => {
    expect(run('ask', ['--why', fogSignals]).lines.join('\n')).toContain(fogSignals)
    expect(run('ask', ['--why', fogSignals]).lines[0]).toBe(
      'Decided: answer, because a phrasing of the entry reads just so',
    )
    expect(run('ask', ['--why', 'who did not attend the pier house meeting']).lines[0]).toBe(
      'Decided: suggest, because it asks who did not, and the closest phrasing asks who did',
    )
  })

  it('answers a file line by line, with the ids, and survives lines that it cannot read', () => {
    const file = join(dir, 'questions.jsonl')
    writeFileSync(
      file,
      `{"id":"a","question":"${fogSignals}"}\nnot json\n\n{"question":"x"}\n{"id":7,"question":" "}\n`,
    )
    const { status, lines, stderr } = run('ask', ['--file', file])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { id: 'a', outcome: 'answer', read: fogSignals },
      { line: 2, error: 'Line 2 is not JSON.' },
      { line: 3, error: 'Line 3 needs an "id" and a "question" that is a text.' },
      { id: 7, outcome: 'decline', reason: 'empty' },
    ])
  })

  it.each([
    { what: 'a file that is not there', args: ['--file', 'none.jsonl'], says: 'There is no file none.jsonl.' },
    { what: 'an option that there is not', args: ['--loud'], says: "Unknown option '--loud'" },
  ])('ends with a plain line and a code for $what', ({ args, says }) => {
    const { status, lines, stderr } = run('ask', args)
    expect({ status, lines }).toEqual({ status: 2, lines: [] })
    expect(stderr).toContain(says)
    expect(stderr).not.toContain('    at ')
  })

  it('names the question without an answer that a refusal is for', () => {
    const { lines } = run('ask', ['how old is Feldmark'])
    expect(lines.slice(0, 2)).toEqual([
      'Read as: How old is Oda Feldmark?',
      expect.stringMatching(/^The three articles don’t say\./),
    ])
    // One question off the topic stands for many: its name would be odd.
    expect(run('ask', ['how do I bake a sponge cake']).lines[0]).toMatch(/^That isn’t about the talks\./)
  })

  it('ends without a word where the reader of its output has had enough', async () => {
    const file = join(dir, 'many.jsonl')
    writeFileSync(file, `{"id":"a","question":"${fogSignals}"}\n`.repeat(2000))
    const child = spawn(process.execPath, [path('ask'), '--file', file], { cwd: dir, env })
    child.stdout.once('data', () => child.stdout.destroy())
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const [status] = await once(child, 'close')
    expect({ status, said }).toEqual({ status: 0, said: '' })
  })

  it('is a prompt without an argument, and ends with its input', () => {
    const { status, lines } = run('ask', [], `${fogSignals}\n`)
    expect(status).toBe(0)
    expect(lines.join('\n')).toContain('A note on fog signals')
  })
})

describe('npm run interact', () => {
  it('answers each interaction with what Discord would be sent, and survives lines that are none', () => {
    const asked = JSON.stringify(slash('ask', { question: fogSignals }))
    const { status, lines } = run('interact', [], `${asked}\nnot json\n\n{"type":99}\n`)
    expect(status).toBe(0)
    const [answer, error, apology, ...rest] = lines.map((line) => JSON.parse(line))
    expect(JSON.stringify(answer)).toContain('A note on fog signals')
    expect([answer, error, apology, ...rest]).toMatchObject([
      { type: 4 },
      { error: 'Line 2 is not JSON.' },
      { type: 4 },
    ])
  })
})
