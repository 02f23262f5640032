import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadAll } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import * as z from 'zod'
import { jsonSchemas } from '../src/knowledge/json-schema.ts'
import { lockFile, parseLock, unverified } from '../src/knowledge/lock.ts'
import { type Parsed, parseFiles } from '../src/knowledge/parse.ts'
import { formatProblem, KnowledgeError } from '../src/knowledge/problem.ts'
import { readFiles } from '../src/knowledge/read.ts'
import { citationsOf } from '../src/knowledge/references.ts'
import { paragraphCounts, stats } from '../src/knowledge/stats.ts'
import { verify } from '../src/knowledge/verify.ts'
import { corpus, real } from './stores.ts'

/** The fictional store with one passage of one file changed. */
function edited(file: string, from: string, to: string): Record<string, string> {
  const files = readFiles(corpus.dir)
  const text = files[file] ?? ''
  if (!text.includes(from)) throw new RangeError(`${file} has no "${from}"`)
  return { ...files, [file]: text.replace(from, () => to) }
}

function refusal(files: Record<string, string>): string {
  try {
    parseFiles(files)
  } catch (error) {
    if (error instanceof KnowledgeError) return error.message
    throw error
  }
  return 'not refused'
}

function readTexts(dir: string, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id) => [id, readFileSync(join(dir, `${id}.txt`), 'utf8')]))
}

describe('a curator’s mistake is named with file, line and field', () => {
  it.each([
    [
      'a misspelt field',
      'topics.yaml',
      '  name: The toll',
      '  nmae: The toll',
      [
        'topics.yaml:3  "toll" → name: is missing',
        'topics.yaml:4  "toll": has no field "nmae"; did you mean "name"?',
      ].join('\n'),
    ],
    [
      'a field that nothing resembles',
      'topics.yaml',
      '  name: The toll',
      '  name: The toll\n  colour: red',
      'topics.yaml:5  "toll": has no field "colour"; it has id, name, aliases',
    ],
    [
      'a misspelt field further in',
      'meetings.yaml',
      '      people: [feldmark]',
      '      peopel: [feldmark]',
      'meetings.yaml:21  "pier-house" → seats 1: has no field "peopel"; did you mean "people"?',
    ],
    [
      'no id',
      'topics.yaml',
      '- id: toll\n  name',
      '- name',
      'topics.yaml:3  entry 1 → id: is missing: every entry needs a name of its own, such as "assad-moscow"',
    ],
    [
      'an id with capitals',
      'topics.yaml',
      'id: toll',
      'id: The_Toll',
      'topics.yaml:3  "The_Toll" → id: must be lower-case words joined by hyphens, like "assad-moscow"',
    ],
    [
      'an id too long for a button',
      'topics.yaml',
      'id: toll',
      'id: the-toll-of-nine-crowns-which-is-ruinous',
      'topics.yaml:3  "the-toll-of-nine-crowns-which-is-ruinous" → id: is too long: at most 24 characters, and it has 40',
    ],
    [
      'an id twice',
      'topics.yaml',
      'id: fog-signals',
      'id: toll',
      [
        'topics.yaml:12  "toll" → id: "toll" is taken by an earlier entry',
        'quotes.yaml:119  "rewik-buoy" → about 1: there is no "fog-signals" in topics, parties, people, meetings',
        'quotes.yaml:126  "aster-quarrel" → about 2: there is no "fog-signals" in topics, parties, people, meetings',
        'events.yaml:28  "fog-note-signed" → about 1: there is no "fog-signals" in topics, parties, people, meetings',
      ].join('\n'),
    ],
    ['an empty field', 'parties.yaml', 'name: Sedge', 'name:', 'parties.yaml:48  "sedge" → name: is empty'],
    [
      'a field with only spaces',
      'parties.yaml',
      'name: Sedge',
      'name: "  "',
      'parties.yaml:48  "sedge" → name: must not be empty',
    ],
    [
      'a missing field',
      'parties.yaml',
      '  kind: state\n  about: Wants',
      '  about: Wants',
      'parties.yaml:3  "veshtar" → kind: is missing; it must be one of: state, government, group, states, organisation',
    ],
    [
      'a word that is none of the choices',
      'meetings.yaml',
      'status: undecided',
      'status: maybe',
      'meetings.yaml:55  "marrow-round" → seats 2 status: must be one of: attended, invited, expected, undecided, not-invited',
    ],
    [
      'a number where a text is due',
      'events.yaml',
      "date: '2011'",
      'date: 2011',
      'events.yaml:4  "revik-there-in-2011" → when date: must be a text: put quotes round it ("2011")',
    ],
    [
      'a text where a list is due',
      'parties.yaml',
      'aliases: [town of Sedge]',
      'aliases: town of Sedge',
      'parties.yaml:49  "sedge" → aliases: must be a list: "[one, two]", or lines that start with "- "',
    ],
    [
      'a text where yes or no is due',
      'quotes.yaml',
      'partial: true',
      'partial: in part',
      'quotes.yaml:31  "solen-ruinous" → partial: must be true or false',
    ],
    [
      'a list where a text is due',
      'parties.yaml',
      'name: Sedge',
      'name: [Sedge]',
      'parties.yaml:48  "sedge" → name: must be one text, not a list',
    ],
    [
      'a colon in a phrasing without quotes',
      'questions/before.yaml',
      '- amount of the levy',
      '- tell me: what is the levy',
      'questions/before.yaml:19  "toll-amount" → ask 9: must be a text: put quotes round it, since it has ": " in it',
    ],
    [
      'a colon in an answer without quotes',
      'questions/before.yaml',
      'answer: The lighthouse, says Ulmland.',
      'answer: Ulmland says: the lighthouse.',
      'questions/before.yaml:23: this line or the one above is indented differently from the lines around it, lacks ": " after the name of a field, or has ": " within a text: put quotes round such a text',
    ],
    [
      'a line indented by one space too many',
      'topics.yaml',
      '  name: The toll',
      '   name: The toll',
      'topics.yaml:4: this line or the one above is indented differently from the lines around it, lacks ": " after the name of a field, or has ": " within a text: put quotes round such a text',
    ],
    [
      'a line indented by one space too few',
      'questions/before.yaml',
      '    - fare on the Tarn boat',
      '   - fare on the Tarn boat',
      'questions/before.yaml:15: this line or the one above is indented differently from the lines around it, lacks ": " after the name of a field, or has ": " within a text: put quotes round such a text',
    ],
    [
      'a tab',
      'topics.yaml',
      '  name: The toll',
      '\tname: The toll',
      'topics.yaml:4: this line goes on after a closing quotation mark, or is indented with a tab: quote a text as a whole, and indent with spaces',
    ],
    [
      'a quotation mark that is never closed',
      'parties.yaml',
      'about: Says that the toll',
      'about: "Says that the toll',
      'parties.yaml:15: this line lacks a closing quotation mark or bracket here or above, a "- ", or the indentation of the lines around it',
    ],
    [
      'words after a closing quotation mark',
      'topics.yaml',
      'name: The toll',
      'name: "The" toll',
      'topics.yaml:4: this line goes on after a closing quotation mark, or is indented with a tab: quote a text as a whole, and indent with spaces',
    ],
    [
      'a sign that means something in YAML',
      'topics.yaml',
      'name: The toll',
      'name: @toll',
      'topics.yaml:4: this line has a text that starts with a sign that means something in YAML (@ ` % * & !): put quotes round the text',
    ],
    [
      'a field twice',
      'topics.yaml',
      '  name: The toll',
      '  name: The toll\n  name: Tolls',
      'topics.yaml:5: this line has a field that the entry already has',
    ],
    [
      'a field without a colon',
      'topics.yaml',
      '  name: The toll',
      '  name The toll',
      'topics.yaml:5: this line or the one above is indented differently from the lines around it, lacks ": " after the name of a field, or has ": " within a text: put quotes round such a text',
    ],
    [
      'an unknown anchor',
      'topics.yaml',
      'name: The toll',
      'name: *toll',
      'topics.yaml:4: this is not YAML: unidentified alias "toll"',
    ],
    [
      'a second document',
      'topics.yaml',
      '- id: fog-signals',
      '---\n- id: fog-signals',
      'topics.yaml:1: must be one list: leave out the line "---"',
    ],
    [
      'a citation without words',
      'parties.yaml',
      '- herald 2: Ulmland says that it pays for the lighthouse',
      '- herald 2',
      'parties.yaml:16  "ulmland" → cite 1: must read like "cnn 5: Iran has been invited", with quotation marks around the words only, if at all',
    ],
    [
      'a citation without a paragraph',
      'parties.yaml',
      '- herald 2: Ulmland',
      '- herald: Ulmland',
      'parties.yaml:16  "ulmland" → cite 1: must read like "cnn 5: Iran has been invited", with quotation marks around the words only, if at all',
    ],
    [
      'a citation of nine words',
      'parties.yaml',
      'says that it pays for the lighthouse',
      'says that it pays for the lighthouse on Orla',
      'parties.yaml:16  "ulmland" → cite 1: must point with 1 to 8 words of the article, not 10',
    ],
    [
      'a citation of a paragraph too far',
      'parties.yaml',
      '- herald 2: Ulmland',
      '- herald 20: Ulmland',
      'parties.yaml:16  "ulmland" → cite 1: herald has 9 paragraphs, no 20',
    ],
    [
      'a citation of no article',
      'parties.yaml',
      '- herald 2: Ulmland',
      '- gazette 2: Ulmland',
      'parties.yaml:16  "ulmland" → cite 1: no article "gazette"; there are herald, beacon, wire',
    ],
    [
      'no citation',
      'positions.yaml',
      '  cite:\n    - herald 2: it pays for the lighthouse',
      '  cite: []',
      'positions.yaml:19  "ulmland-toll" → cite: must name at least one place in the articles',
    ],
    [
      'a date that is none',
      'events.yaml',
      'date: 2019-06-03',
      'date: 3 June',
      'events.yaml:25  "fog-note-signed" → when date: must be a year, a month or a day like "2015-10-23", or two days "2015-10-19/2015-10-22"',
    ],
    [
      'a day that the calendar lacks',
      'events.yaml',
      'date: 2019-06-03',
      'date: 2019-06-31',
      'events.yaml:25  "fog-note-signed" → when date: is not in the calendar',
    ],
    [
      'events out of order',
      'events.yaml',
      'date: 2019-06-04',
      'date: 2019-06-02',
      'events.yaml:32  "revik-rows" → when date: 2019-06-02 stands after 2019-06-03: events go in order of time',
    ],
    [
      'an address that is none',
      'articles.yaml',
      'url: https://herald.example/lake/idle-ferry',
      'url: herald',
      'articles.yaml:8  "herald" → url: must be a web address that starts with https://',
    ],
    [
      'a checksum that is none',
      'articles.yaml',
      'sha256: ef575d7f',
      'sha256: xyz',
      'articles.yaml:25  "beacon" → sha256: must be the SHA-256 of the text: 64 zeros will do until `npm run knowledge -- verify` prints it',
    ],
    [
      'a person who isn’t there',
      'quotes.yaml',
      'speaker: quill',
      'speaker: quil',
      'quotes.yaml:74  "quill-bridge" → speaker: there is no "quil" in people; did you mean "quill"?',
    ],
    [
      'a subject that isn’t there',
      'quotes.yaml',
      'about: [islanders-part, marrow-islanders]',
      'about: [zanzibar]',
      'quotes.yaml:78  "quill-bridge" → about 1: there is no "zanzibar" in topics, parties, people, meetings',
    ],
    [
      'a nearest question that isn’t there',
      'unknowns/gaps.yaml',
      'nearest: [near-pass-distance]',
      'nearest: [near-pass]',
      'unknowns/gaps.yaml:35  "heron-captain" → nearest 1: there is no "near-pass" in questions; did you mean "near-pass-distance"?',
    ],
    [
      'a false premise without what is reported',
      'unknowns/gaps.yaml',
      'nearest: [toll-purpose, toll-not-discussed]',
      'nearest: []',
      'unknowns/gaps.yaml:62  "toll-abolished-already" → nearest: must name the question that shows what the articles report instead',
    ],
    [
      'an alias of someone else',
      'people.yaml',
      'aliases: [Aster]',
      'aliases: [Aster, SOLEN]',
      'people.yaml:41  "aster" → aliases 2: "SOLEN" already stands for people "solen"',
    ],
    [
      'an alias twice',
      'parties.yaml',
      'aliases: [town of Sedge]',
      'aliases: [town of Sedge, Town-of-Sedge]',
      'parties.yaml:49  "sedge" → aliases 2: "Town-of-Sedge" is there twice',
    ],
    [
      'a word of two concepts',
      'vocabulary.yaml',
      'words: [stop, halt',
      'words: [stop, resume',
      'vocabulary.yaml:12  "stop-word" → words 2: "resume" already stands in "restart"',
    ],
    [
      'a phrasing of another entry',
      'unknowns/gaps.yaml',
      '- heron skipper',
      '- Use of the toll income!',
      'unknowns/gaps.yaml:44  "heron-captain" → ask 8: "Use of the toll income!" is already asked by "toll-purpose"',
    ],
    [
      'a phrasing twice',
      'unknowns/gaps.yaml',
      '- heron skipper',
      '- crew of the Heron',
      'unknowns/gaps.yaml:44  "heron-captain" → ask 8: "crew of the Heron" is there twice',
    ],
    [
      'seven phrasings',
      'unknowns/gaps.yaml',
      '    - heron skipper\n',
      '',
      'unknowns/gaps.yaml:37  "heron-captain" → ask: must have at least 8 phrasings',
    ],
    [
      'a footnote mark without its place',
      'questions/after.yaml',
      '[1] [2].',
      '[1] [3].',
      [
        'questions/after.yaml:7  "pier-house-attendees" → answer: [3] has no place in cite, which has 2',
        'questions/after.yaml:10  "pier-house-attendees" → cite 2: nothing in the answer is marked [2]',
      ].join('\n'),
    ],
    [
      'a place without its footnote mark',
      'questions/after.yaml',
      '[1] [2].',
      '[1].',
      'questions/after.yaml:10  "pier-house-attendees" → cite 2: nothing in the answer is marked [2]',
    ],
    [
      'an answer that is too long',
      'questions/after.yaml',
      'answer: On Marrow Island',
      `answer: ${'On Marrow Island. '.repeat(52)}`,
      'questions/after.yaml:53  "second-round-place" → answer: is too long: at most 900 characters, and it has 979',
    ],
    [
      'no list',
      'topics.yaml',
      readFiles(corpus.dir)['topics.yaml'] ?? '',
      'toll: nine crowns',
      'topics.yaml:1: must be a list: every entry starts with "- "',
    ],
    [
      'an entry that has no fields',
      'topics.yaml',
      '- id: toll',
      '- toll\n- id: toll',
      'topics.yaml:3  entry 1: must be fields with values, such as "id: …"',
    ],
  ])('%s', (_, file, from, to, expected) => {
    expect(refusal(edited(file, from, to))).toBe(expected)
  })
})

describe('a folder', () => {
  it.each([
    [
      'no such folder',
      () => readFiles('/nowhere'),
      '/nowhere:0: there is no such folder; KNOWLEDGE_DIR names the folder with articles.yaml',
    ],
    [
      'a file too few',
      () => {
        const { 'topics.yaml': _, ...files } = readFiles(corpus.dir)
        parseFiles(files)
      },
      'topics.yaml:1: is missing; write "[]" into it if there is nothing to say',
    ],
    [
      'a file that nothing reads',
      () => parseFiles({ ...readFiles(corpus.dir), 'question.yaml': '[]' }),
      'question.yaml:1: is not read: the files are articles.yaml, parties.yaml, people.yaml, topics.yaml, meetings.yaml, quotes.yaml, events.yaml, positions.yaml, differences.yaml, questions.yaml, unknowns.yaml, vocabulary.yaml; did you mean "questions"?',
    ],
    [
      'another ending',
      () => parseFiles({ ...readFiles(corpus.dir), 'questions/more.yml': '[]' }),
      'questions/more.yml:1: is not read: its name must end in .yaml',
    ],
  ])('with %s is refused', (_, open, message) => {
    expect(open).toThrow(KnowledgeError)
    expect(open).toThrow(message)
  })

  it('may leave a list empty, in a file that holds nothing or only a comment', () => {
    const files = { ...readFiles(corpus.dir), 'vocabulary.yaml': '# nothing yet\n', 'differences.yaml': '' }
    const { knowledge } = parseFiles(files)
    expect([...knowledge.vocabulary, ...knowledge.differences]).toEqual([])
  })
})

describe('verify', () => {
  const texts = readTexts(corpus.articles, ['herald', 'beacon', 'wire'])
  const failures = (files: Record<string, string>, changed: Record<string, string> = {}) =>
    verify(parseFiles(files), { ...texts, ...changed }).problems.map(formatProblem)

  it('proves the fictional store, and writes the lock that stands there', () => {
    const { problems, lock } = verify(parseFiles(readFiles(corpus.dir)), texts)
    expect(problems).toEqual([])
    expect(lock).toEqual(parseLock(readFileSync(join(corpus.dir, lockFile), 'utf8')))
  })

  it.each([
    [
      'words of a citation that don’t stand there',
      'parties.yaml',
      'herald 2: Ulmland says that it pays',
      'herald 2: Ulmland claims that it pays',
      `parties.yaml:16  "ulmland" → cite 1: “Ulmland claims that it pays for the lighthouse” doesn't stand in herald ¶2`,
    ],
    [
      'words of a citation that stand in another paragraph',
      'parties.yaml',
      'herald 2: Ulmland',
      'herald 3: Ulmland',
      `parties.yaml:16  "ulmland" → cite 1: “Ulmland says that it pays for the lighthouse” doesn't stand in herald ¶3; it stands in herald ¶2`,
    ],
    [
      'a quotation with a word changed',
      'quotes.yaml',
      'words: Nobody expects a miracle',
      'words: No one expects a miracle',
      `quotes.yaml:5  "feldmark-no-miracle" → words: isn't quoted like this in herald ¶3`,
    ],
    [
      'a quotation of what nobody said',
      'quotes.yaml',
      'words: Nobody expects a miracle in one afternoon',
      'words: The harbour masters go on counting idle boats',
      `quotes.yaml:5  "feldmark-no-miracle" → words: isn't quoted like this in herald ¶3`,
    ],
    [
      'an attribution that the article doesn’t have',
      'quotes.yaml',
      'attribution: Quill said Saturday',
      'attribution: Quill said on Saturday',
      `quotes.yaml:76  "quill-bridge" → attribution: “Quill said on Saturday” doesn't stand in beacon ¶4`,
    ],
    [
      'the article’s words for a day',
      'events.yaml',
      'words: On Monday',
      'words: On Wednesday',
      `events.yaml:25  "fog-note-signed" → when words: “On Wednesday” doesn't stand in herald ¶4`,
    ],
    [
      'a quotation within our own words',
      'positions.yaml',
      'heard "at some point"',
      'heard "at some later point"',
      'positions.yaml:12  "veshtar-islanders" → position: puts “at some later point” in quotation marks, and no article has these words',
    ],
  ])('names %s', (_, file, from, to, expected) => {
    expect(failures(edited(file, from, to))).toEqual([expected])
  })

  it('lets our own words quote the middle of a sentence, with a capital, a full stop, or something left out', () => {
    const answer = (words: string) =>
      failures(
        edited('questions/after.yaml', '\\"A timetable on one sheet of paper\\", one ministry official said.', words),
      )
    expect(answer('\\"Hopes for Thursday … being kept small.\\"')).toEqual([])
    expect(answer('\\"At the pier house I proposed\\"')).toEqual([])
    expect(answer('\\"At the pier I proposed\\"')).toHaveLength(1)
  })

  it('names an article whose text is missing, another one, or of another length', () => {
    const { herald: _, ...others } = texts
    const missing = verify(parseFiles(readFiles(corpus.dir)), others)
    expect(missing.problems.map(formatProblem)).toEqual([
      'articles.yaml:4  "herald" → id: there is no text of it: herald.txt is missing',
    ])
    expect(missing.lock.excerpts['herald 1']).toEqual([])
    expect(failures(readFiles(corpus.dir), { wire: `${texts.wire}One more.\n` })).toEqual([
      'articles.yaml:36  "wire" → sha256: is not that of wire.txt, which is b73b4a4175f798ebc168958c271f1e34f136136aef692c4befe606f751b7ffe1',
      'articles.yaml:35  "wire" → paragraphs: is not the number of lines of wire.txt, which has 7',
    ])
  })
})

describe('the lock', () => {
  const unlocked = (files: Record<string, string>) =>
    unverified(parseFiles(files), parseLock(readFileSync(join(corpus.dir, lockFile), 'utf8'))).map(formatProblem)

  it('holds all of the fictional store', () => {
    expect(unlocked(readFiles(corpus.dir))).toEqual([])
  })

  it.each([
    [
      'a citation’s words',
      'parties.yaml',
      'herald 2: Ulmland says that it pays',
      'herald 2: Ulmland says that it',
      'parties.yaml:16  "ulmland" → cite 1: “Ulmland says that it for the lighthouse” was never verified: run `npm run knowledge -- verify --articles DIR`',
    ],
    [
      'a citation’s paragraph',
      'parties.yaml',
      'herald 2: Ulmland',
      'herald 3: Ulmland',
      'parties.yaml:16  "ulmland" → cite 1: “Ulmland says that it pays for the lighthouse” was never verified: run `npm run knowledge -- verify --articles DIR`',
    ],
    [
      'a quotation',
      'quotes.yaml',
      'words: Nobody expects a miracle',
      'words: No one expects a miracle',
      'quotes.yaml:5  "feldmark-no-miracle" → words: “No one expects a miracle in one afternoon” was never verified: run `npm run knowledge -- verify --articles DIR`',
    ],
    [
      'an attribution',
      'quotes.yaml',
      'attribution: Quill said Saturday',
      'attribution: Quill said',
      'quotes.yaml:76  "quill-bridge" → attribution: “Quill said” was never verified: run `npm run knowledge -- verify --articles DIR`',
    ],
    [
      'the article’s words for a day',
      'events.yaml',
      'words: On Monday',
      'words: Monday',
      'events.yaml:25  "fog-note-signed" → when words: “Monday” was never verified: run `npm run knowledge -- verify --articles DIR`',
    ],
    [
      'what our own words quote',
      'positions.yaml',
      'heard "at some point"',
      'heard "at some later point"',
      'positions.yaml:12  "veshtar-islanders" → position: “at some later point” was never verified: run `npm run knowledge -- verify --articles DIR`',
    ],
    [
      'an article’s text',
      'articles.yaml',
      'sha256: ef575d7f',
      'sha256: 00000000',
      'articles.yaml:25  "beacon" → sha256: is not the text that was verified: run `npm run knowledge -- verify --articles DIR`',
    ],
  ])('lacks %s that was changed since', (_, file, from, to, expected) => {
    expect(unlocked(edited(file, from, to))).toEqual([expected])
  })

  it.each(['', '{', '{"articles":{}}'])('is refused where it can’t be read: %o', (text) => {
    expect(() => parseLock(text)).toThrow(
      "verified.lock.json:1: can't be read: run `npm run knowledge -- verify --articles DIR`",
    )
  })
})

describe.each([
  ['the fictional store', corpus.dir],
  ['the real store', real.dir],
])('%s', (_, dir) => {
  it('has the same values for the quick reader as for the one that knows lines', () => {
    for (const [file, text] of Object.entries(readFiles(dir)))
      expect(loadAll(text), file).toEqual([parseDocument(text).toJS()])
  })

  it('cites every paragraph of its articles, and none that they don’t have', () => {
    const { knowledge } = parseFiles(readFiles(dir))
    for (const { article, counts } of paragraphCounts(knowledge))
      for (const [at, count] of counts.entries()) expect(count, `${article} ¶${at + 1}`).toBeGreaterThan(0)
    for (const list of ['quotes', 'events', 'positions', 'questions'] as const)
      for (const { citation } of knowledge[list].flatMap((entry) => citationsOf(entry)))
        expect(knowledge.article(citation.article).paragraphs).toBeGreaterThanOrEqual(citation.paragraph)
  })
})

describe('the real store', () => {
  let parsed: Parsed
  beforeAll(() => {
    parsed = parseFiles(readFiles(real.dir))
  })

  it('is in its lock', () => {
    expect(unverified(parsed, parseLock(readFileSync(join(real.dir, lockFile), 'utf8'))).map(formatProblem)).toEqual([])
  })

  const isBeside = existsSync(real.articles)
  it.skipIf(!isBeside)(
    `stands in the articles${isBeside ? '' : ' (skipped: ../shared/articles is not beside the project)'}`,
    () => {
      const { problems } = verify(
        parsed,
        readTexts(
          real.articles,
          parsed.knowledge.articles.map(({ id }) => id),
        ),
      )
      expect(problems.map(formatProblem)).toEqual([])
    },
  )

  it('answers at least 150 questions and knows at least 60 that the articles leave open, each asked in 8 ways', () => {
    const { knowledge } = parsed
    expect(knowledge.questions.length).toBeGreaterThanOrEqual(150)
    expect(knowledge.unknowns.length).toBeGreaterThanOrEqual(60)
    for (const { id, ask } of [...knowledge.questions, ...knowledge.unknowns])
      expect(ask.length, id).toBeGreaterThanOrEqual(8)
  })

  it('has the JSON Schemas of today beside it: npm run knowledge -- schema writes them', () => {
    for (const [file, text] of Object.entries(jsonSchemas()))
      expect(readFileSync(join(real.dir, 'schema', file), 'utf8'), file).toBe(text)
  })

  it('names its JSON Schema in the first line of each file, for editors', () => {
    for (const [file, text] of Object.entries(readFiles(real.dir))) {
      const [name = '', inner] = file.replace('.yaml', '').split('/')
      const schema = `${inner === undefined ? '' : '../'}schema/${name}.schema.json`
      expect(text.split('\n')[0], file).toBe(`# yaml-language-server: $schema=${schema}`)
    }
  })
})

describe('the JSON Schemas', () => {
  const schemas = jsonSchemas()
  const schema = (name: string) => z.fromJSONSchema(JSON.parse(schemas[`${name}.schema.json`] ?? ''))

  it.each(Object.keys(readFiles(real.dir)))('take %s', (file) => {
    const name = file.replace(/\.yaml$|\/.*/g, '')
    expect(schema(name).safeParse(loadAll(readFiles(real.dir)[file] ?? '')[0]).error).toBeUndefined()
  })

  it.each([
    ['takes', true, [{ 'cnn 5': 'Iran has been invited' }]],
    ['refuses without a paragraph', false, [{ cnn: 'Iran has been invited' }]],
    ['refuses as one text', false, ['cnn 5: Iran has been invited']],
    ['refuses with nine words', false, [{ 'cnn 5': 'a b c d e f g h i' }]],
    ['refuses with two places in one', false, [{ 'cnn 5': 'Iran', 'cnn 6': 'Tehran' }]],
    ['refuses to be left out', false, []],
  ])('a citation that the schema %s', (_, taken, cite) => {
    const entry = { id: 'iran', name: 'Iran', kind: 'state', about: 'Invited.', cite }
    expect(schema('parties').safeParse([entry]).success).toBe(taken)
  })

  it('describe every field of an entry that isn’t plain from its name', () => {
    const plain = new Set(['id', 'name', 'kind', 'headline', 'where', 'date', 'inferred'])
    for (const text of Object.values(schemas)) {
      const { items } = JSON.parse(text)
      for (const [field, inner] of Object.entries<{ description?: string }>(items.properties))
        if (!plain.has(field))
          expect(inner.description ?? '', `${field}: ${JSON.stringify(inner).slice(0, 80)}`).not.toBe('')
    }
  })
})

it('stats names what is held, and a paragraph that nothing cites', () => {
  const { knowledge } = parseFiles(edited('articles.yaml', 'paragraphs: 7', 'paragraphs: 8'))
  expect(stats(knowledge)).toMatchInlineSnapshot(`
    "store bkfdh0b1
    articles    3
    parties     8
    people      7
    topics      6
    meetings    5
    quotes      15
    events      9
    positions   8
    differences 2
    questions   14
    unknowns    9
    vocabulary  8
    phrasings   185, at least 8 for each question and unknown

    herald: entries that cite each paragraph
       ¶1    2
       ¶2    9
       ¶3    3
       ¶4    3
       ¶5    2
       ¶6    7
       ¶7    5
       ¶8    4
       ¶9    5

    beacon: entries that cite each paragraph
       ¶1    3
       ¶2    5
       ¶3    5
       ¶4    2
       ¶5    5
       ¶6    2
       ¶7    2
       ¶8    0  nothing cites this paragraph

    wire: entries that cite each paragraph
       ¶1    3
       ¶2    5
       ¶3    3
       ¶4    4
       ¶5    3
       ¶6    4"
  `)
})

describe('npm run knowledge', () => {
  const cli = fileURLToPath(new URL('../src/cli/knowledge.ts', import.meta.url))
  const dir = mkdtempSync(join(tmpdir(), 'knowledge-'))
  cpSync(corpus.dir, dir, { recursive: true })
  const knowledge = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      env: { ...process.env, KNOWLEDGE_DIR: dir },
      encoding: 'utf8',
    })
    return { status, out: (stdout + stderr).replaceAll(dir, 'DIR').replaceAll('\\', '/') }
  }
  afterAll(() => rmSync(dir, { recursive: true }))

  it('checks, verifies, and names what a curator has to do next', () => {
    expect(knowledge('check')).toEqual({
      status: 0,
      out: 'DIR: 14 questions, 9 unknowns; nothing is wrong, and all is verified.\n',
    })
    const sedge = join(dir, 'parties.yaml')
    const text = readFileSync(sedge, 'utf8')
    writeFileSync(sedge, text.replace('wire 6: The town of Sedge will likely sit', 'wire 6: Sedge will likely sit'))
    expect(knowledge('check')).toEqual({
      status: 1,
      out: `parties.yaml:53  "sedge" → cite 1: “Sedge will likely sit” was never verified: run \`npm run knowledge -- verify --articles DIR\`\n`,
    })
    expect(knowledge('verify', '--articles', corpus.articles)).toEqual({
      status: 0,
      out: `DIR/verified.lock.json: 100 excerpts stand in the articles, word for word.\n`,
    })
    expect(knowledge('check').status).toBe(0)
    writeFileSync(sedge, text.replace('wire 6: The town of Sedge will likely sit', 'wire 6: Sedge might sit'))
    expect(knowledge('verify', '--articles', corpus.articles)).toEqual({
      status: 1,
      out: `parties.yaml:53  "sedge" → cite 1: “Sedge might sit” doesn't stand in wire ¶6\n`,
    })
  })

  it('writes the JSON Schemas', () => {
    expect(knowledge('schema').status).toBe(0)
    expect(readdirSync(join(dir, 'schema')).sort()).toEqual(Object.keys(jsonSchemas()).sort())
  })

  it.each([
    [['verify'], 'verify needs --articles DIR, the folder with a text ID.txt for each article.'],
    [['verify', '--articles', '/nowhere'], 'There is no folder /nowhere.'],
    [['chekc'], 'There is no "chekc".'],
    [['--colour'], "Unknown option '--colour'"],
  ])('says what to type instead of %o', (args, message) => {
    const { status, out } = knowledge(...args)
    expect(status).toBe(2)
    expect(out).toContain(message)
  })
})
