import { describe, expect, it } from 'vitest'
import type { Context } from '../src/command.ts'
import { sameReadings } from '../src/matching/collisions.ts'
import { kindOf } from '../src/matching/kinds.ts'
import { createSpeller } from '../src/matching/spelling.ts'
import { words } from '../src/matching/words.ts'
import { corpus, openContext, real } from './stores.ts'

const fictional = openContext(corpus.dir)
const vienna = openContext(real.dir)

/** Ids that a question was answered with, offered or refused by; the outcome first. */
function decided(question: string, { match }: Context = fictional): string[] {
  const verdict = match.ask(question)
  switch (verdict.outcome) {
    case 'answer':
      return ['answer', verdict.question]
    case 'suggest':
      return ['suggest', ...verdict.questions]
    case 'decline':
      return ['decline', verdict.reason, ...(verdict.unknown === undefined ? [] : [verdict.unknown])]
  }
}

const understood = (question: string, { match }: Context) =>
  match.explain(question).understood.map(({ concept }) => concept)
const mended = (question: string, { match }: Context) => match.explain(question).mended

describe('a question that the store answers', () => {
  it.each([
    ['in the words of a phrasing', 'closest approach of the two boats', 'near-pass-distance'],
    ['in other words of the vocabulary', 'how high is the fare', 'toll-amount'],
    ['as keywords', 'fog signals note harbour offices', 'fog-note-what'],
    ['with politeness and chat around it', 'hi, quick question please: how high is the toll? thanks', 'toll-amount'],
    ['in capitals', 'HOW HIGH IS THE FERRY TOLL', 'toll-amount'],
    ['with accents and curly quotes', 'What did the “harbour offices” sígn?', 'fog-note-what'],
    ['by another spelling of a name', 'what did Rewik say about the toll', 'toll-not-discussed'],
  ])('is answered %s', (_, question, id) => {
    expect(decided(question)).toEqual(['answer', id])
  })
})

describe('what people put around a question', () => {
  it.each([
    ['I was wondering what the fog note is'],
    ["I'd be grateful to know what the fog note is"],
    ['Could you tell me what the fog note is?'],
    ['does anyone here know what the fog note is'],
    ['For my history essay: what is the fog note?'],
    ['hey, any idea what the fog note is'],
    ["I'm writing a paper about the strait. What is the fog note?"],
    ['What is the fog note, if anyone knows?'],
  ])('asks for nothing: “%s”', (question) => {
    expect(understood(question, fictional).sort()).toEqual(understood('what is the fog note', fictional).sort())
  })

  it.each([
    ['who told Kerry about it', 'told'],
    ['can you tell me', 'can'],
    ['I', 'I'],
    ['what did Putin want to know', 'want'],
  ])('is all of the question, or none of it: “%s”', (question, word) => {
    expect(words(question).map(({ text }) => text)).toContain(word.toLowerCase())
  })
})

describe('a misspelt word', () => {
  it.each([
    ['a letter left out', 'how close did the patrl boat come to the Heron', 'patrl', 'patrol', 'near-pass-distance'],
    ['two letters swapped', 'how high is the feryr toll', 'feryr', 'ferry', 'toll-amount'],
    ['swapped in a short word', 'how hihg is the ferry toll', 'hihg', 'high', 'toll-amount'],
    ['a letter too many', 'what did the harbbour offices sign', 'harbbour', 'harbour', 'fog-note-what'],
    ['two slips in a long word', 'what would be a sucess of the next roundd', 'sucess', 'success', 'success-measure'],
  ])('is mended: %s', (_, question, typed, meant, id) => {
    expect(mended(question, fictional)).toContainEqual({ typed, meant })
    expect(decided(question).slice(1)).toContain(id)
  })

  it.each([
    ['a name of four letters that is another name', 'iraq', undefined],
    ['a name of four letters with one letter changed', 'irak', undefined],
    ['a year', '2012', undefined],
    ['a number with a unit', '1500ft', undefined],
    ['a word of three letters', 'wsa', undefined],
    ['a word that the store has', 'turkey', undefined],
    ['a word that nothing comes close to', 'parrot', undefined],
    ['a name of five letters without one of them', 'rusia', 'russia'],
    ['a name with one letter for another', 'turkep', 'turkey'],
    ['a long word with two letters for others', 'amedicab', 'american'],
    ['a name of four letters with two swapped', 'iarn', 'iran'],
  ])('of the real store is mended or left: %s', (_, typed, meant) => {
    const counts = new Map(
      ['iran', '2011', '1500', 'was', 'turkey', 'russia', 'jordan', 'american'].map((word) => [word, 5]),
    )
    expect(createSpeller(counts, new Set(['iran', 'russia', 'turkey', 'jordan'])).mend(typed)).toBe(meant)
  })

  it('never makes another year of a year', () => {
    expect(mended('was Revik on the island in 2012', fictional)).toEqual([])
    expect(fictional.match.explain('was Revik on the island in 2012').unknown).toContain('2012')
  })

  it('never makes Iran of Iraq', () => {
    expect(mended('was Iraq invited', vienna)).toEqual([])
    expect(understood('was Iraq invited', vienna)).not.toContain('@iran')
    expect(decided('was Iraq invited', vienna)).not.toEqual(decided('was Iran invited', vienna))
  })
})

describe('“US” and “us”', () => {
  it.each(['what did the US sign', 'what did us sign', 'what did the U.S. sign', 'what did the USA sign'])(
    'reads a country in “%s”',
    (question) => {
      expect(understood(question, vienna)).toContain('@us')
      expect(decided(question, vienna)).toEqual(decided('what did the US sign', vienna))
    },
  )

  it.each(['tell us who came', 'can you give us the names', 'remind us what was signed', 'let us know who came'])(
    'reads none in “%s”',
    (question) => {
      expect(understood(question, vienna)).not.toContain('@us')
    },
  )
})

describe('the kind of answer that is asked for', () => {
  it.each([
    ['how close did the jet come', 'how-many'],
    ['what number of countries came', 'how-many'],
    ['whom did Assad meet', 'who'],
    ['which countries were in Vienna', 'who'],
    ['the name of the official', 'who'],
    ['since when does Russia bomb', 'when'],
    ['how soon do they meet again', 'when'],
    ['which day was the meeting', 'when'],
    ['and where was that', 'where'],
    ['in what city did they meet', 'where'],
    ['the reason for the visit', 'why'],
    ['how come Iran was asked', 'why'],
    ['what did Kerry and Lavrov say', 'said'],
    ['a quotation of Putin', 'said'],
    ['how did it end', 'how'],
    ['which aim has Russia', 'what'],
    ['ok so was Iran there', 'whether'],
    ['I wonder if Iran was there', 'whether'],
    ['Iran was there or not', 'whether'],
    ['Iran in Vienna', undefined],
    ['Iran was there', undefined],
  ])('of “%s” is %s', (question, kind) => {
    expect(kindOf(words(question))).toBe(kind)
  })
})

describe('a negation', () => {
  it.each(['was iran not invited', 'was iran never invited', "wasn't iran invited", 'wasnt iran invited'])(
    'is read in “%s”',
    (question) => {
      expect(understood(question, vienna).some((concept) => ['~not', '~never', 'exclude'].includes(concept))).toBe(true)
    },
  )

  it('turns a question round', () => {
    expect(decided('which group was not invited')).toEqual(['answer', 'net-makers-left-out'])
    expect(decided('were the islanders invited')).toEqual(['answer', 'islanders-invited'])
  })

  it.each([
    ['who was at the first vienna talks', 'who was not at the first vienna talks'],
    ['which countries back assad', 'which countries do not back assad'],
    ['who is pushing for iran', "who isn't pushing for iran"],
    ['which articles mention the second meeting', 'which articles never mention the second meeting'],
  ])('“%s” is answered, and not so “%s”', (question, turned) => {
    expect(decided(question, vienna)[0]).toBe('answer')
    expect(decided(turned, vienna)[0]).not.toBe('answer')
  })
})

describe('who does what to whom', () => {
  it.each([
    ['did Assad visit Putin', 'did Putin visit Assad'],
    ['what did Kerry say about Assad', 'what did Assad say about Kerry'],
    ['what did Lavrov say about Assad', 'what did Assad say about Lavrov'],
  ])('“%s” is answered, and not so “%s”', (question, reversed) => {
    const [outcome, id] = decided(question, vienna)
    expect(outcome).toBe('answer')
    expect(decided(reversed, vienna).slice(0, 2)).not.toEqual(['answer', id])
  })

  it.each([
    'what did Lavrov say about Kerry',
    'did Putin say that Assad creates an impossible dynamic for peace',
    'did Lavrov hope that realities will mandate responsible choices',
    'did Riecke say that all roads lead to Moscow',
  ])('nobody is given what another said: “%s”', (question) => {
    expect(decided(question, vienna)[0]).not.toBe('answer')
  })
})

describe('what nothing in the store answers', () => {
  it.each([
    ['a telling word that no entry knows', 'how many parrots were on the ferry'],
    ['a telling word that no entry knows, of a name that many do', 'what is the name of the cat of Feldmark'],
    ['a lone name', 'Heron'],
    ['a lone word of the subject', 'lake'],
    ['one word that every entry has', 'talks'],
    ['a lone word of grammar', 'who'],
  ])('is not answered: %s', (_, question) => {
    expect(decided(question)[0]).not.toBe('answer')
  })

  it('is refused by the known unknown', () => {
    expect(decided('how old is Feldmark')).toEqual(['decline', 'absent', 'feldmark-age'])
    expect(decided('why was the toll abolished')).toEqual(['decline', 'otherwise', 'toll-abolished-already'])
    expect(decided('how do I bake a sponge cake')).toEqual(['decline', 'off-topic', 'cake-recipe'])
  })

  it.each([
    'asdf qwer zxcv',
    '**@everyone** <script>alert(1)</script>',
    '%%% {{7*7}} [x](y)',
    'ｑｗｅｒｔｚ ｙｘｃｖ',
    'سؤال',
  ])('is off the topic: “%s”', (question) => {
    expect(decided(question)).toEqual(['decline', 'off-topic'])
  })

  it.each(['', '   ', '???', '🙂🙂🙂', '\u200b\u200f\u2060', '— … —', 'hi', 'Help please!', 'why', 'Who?', 'no'])(
    'is empty: “%s”',
    (question) => {
      expect(decided(question)).toEqual(['decline', 'empty'])
    },
  )
})

it('a phrasing of a question is answered by its entry, unless it reads the same as one of another', () => {
  const { knowledge, match } = vienna
  const alike = new Set(sameReadings(knowledge).flatMap(({ one, other }) => [one.text, other.text]))
  const lost = knowledge.questions.flatMap(({ id, ask }) =>
    ask
      .filter((text, at) => at % 9 === 0 && !alike.has(text))
      .filter((text) => {
        const verdict = match.ask(text)
        return verdict.outcome !== 'answer' || verdict.question !== id
      }),
  )
  expect(lost).toEqual([])
})

it('offers what several entries could be meant by, and answers none', () => {
  const [outcome, ...ids] = decided('toll')
  expect(outcome).toBe('suggest')
  expect(ids).toEqual(expect.arrayContaining(['toll-amount', 'toll-purpose']))
  expect(ids.length).toBeLessThanOrEqual(3)
})

it('reads the same question the same way each time', () => {
  const once = decided('how high is the feryr toll')
  for (let time = 0; time < 3; time++) expect(decided('how high is the feryr toll')).toEqual(once)
})

it('takes no longer for a question of thousands of words than for one that fits', () => {
  const words = Array.from({ length: 5000 }, (_, at) => `toll${at}`).join(' ')
  expect(fictional.match.explain(words).unknown.length).toBeLessThanOrEqual(120)
})
