import { expect, test } from 'vitest'
import { parseKnowledge } from '../src/knowledge/parse.ts'
import { readFiles, readKnowledge } from '../src/knowledge/read.ts'

test('a store that was kept from an earlier start is the one that the files hold, down to its hash', () => {
  const parsed = parseKnowledge(readFiles('knowledge'))
  readKnowledge('knowledge')
  const recalled = readKnowledge('knowledge')
  expect(recalled.hash).toBe(parsed.hash)
  expect(recalled.questions).toEqual(parsed.questions)
  expect(recalled.place('questions', 0)).toBe(parsed.place('questions', 0))
})
