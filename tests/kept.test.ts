import { expect, test } from 'vitest'
import { createContext } from '../src/context.ts'
import { parseFiles } from '../src/knowledge/parse.ts'
import { readFiles, readKnowledge } from '../src/knowledge/read.ts'
import { readPhrasings } from '../src/matching/readings.ts'
import { openContext } from '../src/open.ts'

const { knowledge: parsed, store } = parseFiles(readFiles('knowledge'))

test('a store that was kept from an earlier start is the one that the files hold, down to its hash', async () => {
  await readKnowledge('knowledge')
  const recalled = await readKnowledge('knowledge')
  expect(recalled.hash).toBe(parsed.hash)
  for (const [name, entries] of Object.entries(store)) expect(recalled).toHaveProperty(name, entries)
})

test('a store whose readings were kept answers as one that reads its phrasings', async () => {
  await openContext('knowledge')
  const recalled = await openContext('knowledge')
  const fresh = createContext(parsed, undefined, readPhrasings(parsed))
  for (const question of ['was iran invited', 'how close did the russin jet come', 'who won the world cup'])
    expect(recalled.match.explain(question)).toEqual(fresh.match.explain(question))
})
