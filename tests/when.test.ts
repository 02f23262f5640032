import { describe, expect, it } from 'vitest'
import { formatDate, formatWhen, parseDate, spanOf } from '../src/when.ts'

describe('a typed date', () => {
  it.each([
    ['2015-10-23', '2015-10-23', '2015-10-23'],
    ['2015-10', '2015-10-01', '2015-10-31'],
    ['2015', '2015-01-01', '2015-12-31'],
    ['2011-2', '2011-02-01', '2011-02-28'],
    ['2012-02', '2012-02-01', '2012-02-29'],
    ['2015-9-3', '2015-09-03', '2015-09-03'],
    ['23 October', '2015-10-23', '2015-10-23'],
    ['October 23', '2015-10-23', '2015-10-23'],
    ['Oct. 23, 2014', '2014-10-23', '2014-10-23'],
    ['the 23rd of October', '2015-10-23', '2015-10-23'],
    ['on 1st sept', '2015-09-01', '2015-09-01'],
    ['october', '2015-10-01', '2015-10-31'],
    ['  OCTOBER   2016 ', '2016-10-01', '2016-10-31'],
  ])('“%s” reaches from %s to %s', (typed, first, last) => {
    expect(parseDate(typed, '2015')).toEqual({ first, last })
  })

  it.each([
    ['', 'nothing'],
    ['yesterday', 'a word'],
    ['ma', 'fewer than three letters of a month'],
    ['32 October', 'a day that no month has'],
    ['31 November', 'a day that this month hasn’t'],
    ['0 October', 'no day'],
    ['2015-13', 'a month that no year has'],
    ['2015-02-30', 'a day that February hasn’t'],
    ['23 24 October', 'two days'],
    ['October November', 'two months'],
    ['23 October 2015 at noon', 'more than a day'],
    ['23/10/2015', 'an order that could be either'],
    ['٢٣ October', 'digits of another script'],
  ])('“%s” is refused: %s', (typed, _) => {
    expect(parseDate(typed, '2015')).toBeUndefined()
  })
})

describe('a date of the store', () => {
  it.each([
    ['2015-10-23', '23 October 2015', '2015-10-23', '2015-10-23'],
    ['2015-09', 'September 2015', '2015-09-01', '2015-09-30'],
    ['2011', '2011', '2011-01-01', '2011-12-31'],
    ['2015-10-19/2015-10-22', '19 October 2015 to 22 October 2015', '2015-10-19', '2015-10-22'],
  ])('%s is shown as “%s” and reaches from %s to %s', (date, shown, first, last) => {
    expect(formatDate(date)).toBe(shown)
    expect(spanOf(date)).toEqual({ first, last })
  })

  it.each([
    [{ words: 'on Tuesday', date: '2015-10-20', inferred: true }, '“on Tuesday” (worked out: 20 October 2015)'],
    [{ words: 'Oct. 24', date: '2015-10-24', inferred: false }, '“Oct. 24” (24 October 2015)'],
    [{ date: '2015-09', inferred: true }, 'worked out: September 2015'],
    [{ date: '2011', inferred: false }, '2011'],
    [{ words: 'this weekend', inferred: false }, '“this weekend”'],
    [{ inferred: false }, ''],
  ])('with its words: %o → “%s”', (when, shown) => {
    expect(formatWhen(when)).toBe(shown)
  })
})
