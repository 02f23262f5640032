import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ours, readFigures, renderFigures } from '../measure/figures.ts'
import { readQuestions, sets } from '../measure/questions.ts'
import {
  type LeftOutScore,
  leaveOneOut,
  openOf,
  type SetScore,
  scoreSet,
  sharedWords,
  withTypos,
} from '../measure/score.ts'
import { openContext, real } from './stores.ts'

const committed = readFigures()
const context = openContext(real.dir)

const shares = (score: SetScore) => ({
  right: score.right / score.answerable,
  wrong: score.wrong / score.answerable,
  answered: openOf(score).answered / Math.max(1, openOf(score).asked),
})

/** An edited store has other phrasings in the sample: this is what that alone may change. */
const tolerance = 0.01

describe('no figure is worse than the one in docs/quality.md; where it has to be, `npm run eval` writes the new one', () => {
  it.each(sets)('right answers, wrong ones and false ones to the questions of %s', (set) => {
    const [now, before] = [shares(scoreSet(readQuestions(set), context)), shares(committed.sets[set].asked)]
    expect(now.right).toBeGreaterThanOrEqual(before.right)
    expect(now.wrong).toBeLessThanOrEqual(before.wrong)
    expect(now.answered).toBeLessThanOrEqual(before.answered)
  })

  it('right answers to the practice questions with typos', () => {
    const { asked, typos } = committed.sets.practice
    const now = scoreSet(withTypos(readQuestions('practice'), typos.answerable / asked.answerable), context)
    expect(shares(now).right).toBeGreaterThanOrEqual(shares(typos).right)
    expect(shares(now).wrong).toBeLessThanOrEqual(shares(typos).wrong)
  })

  it('phrasings left out of the index, one at a time', () => {
    const { every, ...before } = committed.sample
    const now = leaveOneOut(context, every)
    const share = ({ asked, right, wrong }: LeftOutScore) => ({ right: right / asked, wrong: wrong / asked })
    expect(share(now.questions).right).toBeGreaterThanOrEqual(share(before.questions).right - tolerance)
    expect(share(now.questions).wrong).toBeLessThanOrEqual(share(before.questions).wrong + tolerance)
    expect(share(now.unknowns).wrong).toBeLessThanOrEqual(share(before.unknowns).wrong + tolerance)
  })
})

it('phrasings of an entry stay different: they share at most 0.4 of their words', () => {
  expect(sharedWords(context)).toBeLessThanOrEqual(0.4)
})

it('answers more practice questions right than any search library over the same phrasings', () => {
  const { [ours]: own, ...peers } = committed.peers
  expect(Object.keys(peers).length).toBeGreaterThan(3)
  for (const [name, { right }] of Object.entries(peers)) expect(own?.right, name).toBeGreaterThan(right)
})

it('shows in docs/quality.md what was measured', () => {
  expect(readFileSync(new URL('../docs/quality.md', import.meta.url), 'utf8')).toBe(renderFigures(committed))
})
