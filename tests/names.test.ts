import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../src/command.ts'
import { createNames } from '../src/matching/names.ts'
import { corpus, openContext, real } from './stores.ts'

const { match, knowledge } = openContext(corpus.dir)

describe('a typed name', () => {
  it.each([
    ['solen', 'people', 'solen', 'whatever its case'],
    ['  Mira   SOLEN ', 'people', 'solen', 'whatever its spaces'],
    ['Rewik', 'people', 'revik', 'in the spelling of another article'],
    ["Solen's", 'people', 'solen', 'with a possessive'],
    ['the commissioner', 'people', 'revik', 'with an article'],
    ['Révik', 'people', 'revik', 'with an accent'],
    ['solan', 'people', 'solen', 'with a wrong letter'],
    ['revk', 'people', 'revik', 'without one of its letters'],
    ['fledmark', 'people', 'feldmark', 'with two letters swapped'],
    ['feldmarck', 'people', 'feldmark', 'with a letter too many'],
    ['jonas', 'people', 'quill', 'by the first name that nobody else has'],
    ['feldmark-deputy', 'people', 'feldmark-deputy', 'by its id'],
    ['R.V.', 'parties', 'veshtar', 'as an abbreviation with dots'],
    ['net maker', 'parties', 'net-makers', 'without its plural'],
    ['pier house talk', 'meetings', 'pier-house', 'in part'],
  ] as const)('“%s” means one of the %s, %s: %s', (typed, kind, id, _) => {
    expect(match[kind].resolve(typed)).toBe(id)
    expect(match[kind].search(typed, 1)).toEqual([id])
  })

  it.each([
    ['merkel', 'people', 'a name that nobody bears'],
    ['solar', 'people', 'a word two letters away'],
    ['bolen', 'people', 'another first letter: another name'],
    ['tomas jonas', 'people', 'half of two names'],
    ['', 'people', 'nothing'],
    ['!!', 'people', 'no letter'],
    ['us', 'parties', 'two letters'],
    ['segde island', 'parties', 'a word of another name beside a misspelling'],
    ['talks', 'meetings', 'what several names have'],
    ['third round', 'meetings', 'another number word'],
    ['13 June 2019', 'meetings', 'another day: a number is never a slip'],
    ['нет', 'people', 'another script'],
  ] as const)('“%s” means none of the %s: %s', (typed, kind, _) => {
    expect(match[kind].resolve(typed)).toBeUndefined()
  })

  it('means nobody where two come equally close', () => {
    const names = createNames([
      { id: 'one', name: 'Martan', aliases: [] },
      { id: 'two', name: 'Martin', aliases: [] },
    ])
    expect(names.resolve('marten')).toBeUndefined()
    expect(names.search('marten', 5).sort()).toEqual(['one', 'two'])
  })

  it('is searched in the order of the store while nothing is typed', () => {
    expect(match.people.search(' ', 3)).toEqual(knowledge.people.slice(0, 3).map(({ id }) => id))
  })
})

describe.each([
  ['the fictional store', corpus.dir],
  ['the real store', real.dir],
])('in %s', (_, dir) => {
  let context: Context
  beforeAll(() => {
    context = openContext(dir)
  })

  it.each(['people', 'parties', 'topics', 'meetings'] as const)(
    'every id, name and alias of %s means its entry',
    (kind) => {
      const { match, knowledge } = context
      for (const { id, name, aliases } of knowledge[kind]) {
        for (const typed of [id, name, ...aliases, name.toUpperCase()]) {
          expect(match[kind].resolve(typed), typed).toBe(id)
          expect(match[kind].search(typed, 1), typed).toEqual([id])
        }
      }
    },
  )
})
