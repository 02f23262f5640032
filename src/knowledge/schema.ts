import * as z from 'zod'
import { answerKinds } from './answer-kinds.ts'

/** Why a question is refused: the articles don't say, report otherwise, ended before it, or are about something else. */
export const unknownReasons = ['absent', 'otherwise', 'later', 'off-topic'] as const

/** What became of a party's seat at a meeting, as the articles give it. */
export const seatStatuses = ['attended', 'invited', 'expected', 'undecided', 'not-invited'] as const

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, like "assad-moscow"')
const id = slug
  .max(50)
  .describe('A name for this entry that nothing else in the file has: lower-case words joined by hyphens')
// A button carries two of these, or one beside two dates, in the 100 characters that Discord gives it.
const shortId = id.max(24)
const idIn = (list: string) => slug.describe(`The id of an entry of ${list}`)

const text = (max: number) => z.string().trim().min(1, 'must not be empty').max(max)
const names = z.array(text(80)).default([]).describe('Other names and spellings that people type for it')
const idsIn = (list: string) => z.array(slug).default([]).describe(`Ids of entries of ${list}`)
const subjects = 'topics, parties, people or meetings'

const place = /^([a-z0-9-]+) ([1-9]\d*)$/

const citationShape =
  'must read like "cnn 5: Iran has been invited", with quotation marks around the words only, if at all'

/** `cnn 5: Iran has been invited`: article, paragraph, and at most 8 of its words. */
const citation = z
  .record(z.string(), z.string(), citationShape)
  .describe('The place that this stands on: article, paragraph, and the few words (at most 8) that open it')
  // For editors: JSON Schema can't see into the transform below.
  .meta({
    minProperties: 1,
    maxProperties: 1,
    propertyNames: { pattern: place.source },
    additionalProperties: { type: 'string', pattern: '^\\s*\\S+(\\s+\\S+){0,7}\\s*$' },
    examples: [{ 'cnn 5': 'Iran has been invited' }],
  })
  .transform((record, ctx) => {
    const entries = Object.entries(record)
    const [where, words] = entries[0] ?? ['', '']
    const match = place.exec(where)
    if (entries.length !== 1 || !match?.[1]) {
      ctx.addIssue({ code: 'custom', message: citationShape })
      return z.NEVER
    }
    const count = words.trim().split(/\s+/).length
    if (words.trim() === '' || count > 8) {
      ctx.addIssue({ code: 'custom', message: `must point with 1 to 8 words of the article, not ${count}` })
      return z.NEVER
    }
    return { article: match[1], paragraph: Number(match[2]), words: words.trim() }
  })

const cite = z
  .array(citation)
  .min(1, 'must name at least one place in the articles')
  .describe('The places in the articles that this stands on, the main one first')

const day = z
  .string()
  .regex(/^\d{4}(-\d\d(-\d\d)?)?(\/\d{4}-\d\d-\d\d)?$/, {
    error: 'must be a year, a month or a day like "2015-10-23", or two days "2015-10-19/2015-10-22"',
    abort: true,
  })
  .refine(
    (date) => date.split('/').every((part) => new Date(part).toJSON()?.startsWith(part)),
    'is not in the calendar',
  )

const when = z.strictObject({
  words: text(80).optional().describe("The article's own words for the time, such as 'on Tuesday'"),
  date: day.optional().describe('The day, month or year that this is'),
  inferred: z.boolean().default(false).describe('true where the date was worked out and is not in the article'),
})

const article = z.strictObject({
  id,
  outlet: text(40).describe('The outlet as a footnote names it, such as "CNN"'),
  name: text(80).describe('The outlet in full'),
  headline: text(200),
  url: z.url().describe('Where the article stands; footnotes link to it'),
  dated: text(300).describe('In our own words: which date the article carries, or how its date is known'),
  date: day.optional(),
  inferred: z.boolean().default(false),
  aliases: names,
  paragraphs: z.int().min(1).max(1000).describe('How many paragraphs its text has: one a line'),
  sha256: z
    .string()
    .regex(
      /^[0-9a-f]{64}$/,
      'must be the SHA-256 of the text: 64 zeros will do until `npm run knowledge -- verify` prints it',
    )
    .describe('The SHA-256 of its text, by which `npm run knowledge -- verify` knows it again'),
})

const party = z.strictObject({
  id: shortId,
  name: text(80),
  aliases: names.describe('Other names and spellings: capitals that stand for a state, abbreviations, adjectives'),
  kind: z.enum(['state', 'government', 'group', 'states', 'organisation']),
  about: text(400).describe('In our own words: what the articles say of it'),
  cite,
})

const person = z.strictObject({
  id: shortId,
  name: text(80),
  aliases: names,
  unnamed: z.boolean().default(false).describe('true for officials whom the articles leave without a name'),
  party: idIn('parties').optional(),
  roles: z
    .array(z.strictObject({ role: text(120), cite }))
    .min(1)
    .describe('Each role that an article gives, in its words; the usual one first'),
  note: text(400).optional().describe('What a careful editor would add'),
})

const topic = z.strictObject({ id: shortId, name: text(80), aliases: names })

const seat = z.strictObject({
  party: idIn('parties'),
  people: idsIn('people'),
  status: z.enum(seatStatuses).describe("What became of the party's seat"),
  note: text(300).optional().describe('In our own words: by whom, on whose word, with which reservation'),
  cite,
})

const claim = z.strictObject({ text: text(600), cite })

const meeting = z.strictObject({
  id: shortId,
  name: text(100),
  aliases: names,
  kind: z.enum(['talks', 'visit', 'agreement', 'contact', 'briefing']),
  status: z.enum(['held', 'planned', 'agreed']).describe('How far it had come when the articles were written'),
  where: text(80).optional(),
  when: when.optional().describe('When it was or is to be, in the words of an article that it cites'),
  purpose: claim.optional().describe('In our own words: what it was for'),
  outcome: claim.optional().describe('In our own words: what came of it'),
  seats: z.array(seat).default([]).describe('Each party that came, was invited, was expected or was left out'),
  cite,
})

const quote = z.strictObject({
  id,
  speaker: idIn('people'),
  words: text(1500).describe('Word for word as the article has it, without the outer quotation marks'),
  partial: z.boolean().default(false).describe('true where the article quotes only part of a sentence'),
  attribution: text(120).describe("The article's own words for who spoke, such as 'one official said'"),
  setting: text(300).optional().describe('In our own words: where and to whom it was said'),
  when: when.optional().describe('When it was said, in the words of an article that it cites'),
  about: idsIn(subjects),
  note: text(300).optional().describe('What a careful editor would add: a slip of the original, an inference'),
  cite,
})

const event = z.strictObject({
  id,
  when: when.describe('When it happened, in the words of an article that it cites'),
  what: text(500).describe('In our own words: what happened'),
  people: idsIn('people'),
  parties: idsIn('parties'),
  meeting: idIn('meetings').optional(),
  about: idsIn(subjects),
  cite,
})

const position = z.strictObject({
  id,
  party: idIn('parties'),
  topic: idIn('topics'),
  position: text(500).describe('In our own words: what it wants, thinks or does'),
  according: text(120).optional().describe('On whose word: "unnamed U.S. officials", "Juan Zarate of CBS News"'),
  cite,
})

const difference = z.strictObject({
  id,
  kind: z.enum(['facts', 'names', 'framing']).describe('Whether they differ in facts, in names or in how they tell it'),
  topic: idIn('topics'),
  what: text(200).describe('What they differ about'),
  sides: z
    .array(z.strictObject({ article: idIn('articles'), says: text(500), cite }))
    .min(2)
    .describe('What each article says'),
  note: text(400).optional().describe('What a careful editor would add'),
})

const phrasings = z
  .array(text(200))
  .min(8, 'must have at least 8 phrasings')
  .describe('At least 8 ways to ask for it that share few words: synonyms, keywords, slang, from the other end')

const question = z.strictObject({
  id,
  question: text(100).describe('How the answer names the question that it was read as'),
  gives: z.array(z.enum(answerKinds)).min(1).describe('The kinds of question that the answer answers'),
  answer: text(900).describe('In our own words; [1], [2] mark which claim stands on which place of `cite`'),
  cite,
  ask: phrasings,
})

const unknown = z.strictObject({
  id,
  question: text(100).describe('What people will ask and the articles leave open'),
  reason: z.enum(unknownReasons).describe("Why it isn't answered"),
  says: text(400).optional().describe('One sentence on what the articles leave open, without a claim of its own'),
  nearest: idsIn('questions').describe('Ids of the questions whose answers come nearest'),
  ask: phrasings,
})

const concept = z.strictObject({
  id,
  words: z.array(text(60)).min(1).describe('Words and expressions that mean the same to someone who asks'),
})

/** What each file of the knowledge folder holds. A file that is a folder here is read from all of its YAML files. */
export const fileSchemas = {
  articles: z.array(article),
  parties: z.array(party),
  people: z.array(person),
  topics: z.array(topic),
  meetings: z.array(meeting),
  quotes: z.array(quote),
  events: z.array(event),
  positions: z.array(position),
  differences: z.array(difference),
  questions: z.array(question),
  unknowns: z.array(unknown),
  vocabulary: z.array(concept),
}

export type FileName = keyof typeof fileSchemas
export type Store = { [Name in FileName]: z.output<(typeof fileSchemas)[Name]> }

export type Article = z.output<typeof article>
export type Party = z.output<typeof party>
export type Person = z.output<typeof person>
export type Topic = z.output<typeof topic>
export type Meeting = z.output<typeof meeting>
export type Seat = z.output<typeof seat>
export type Quote = z.output<typeof quote>
export type Event = z.output<typeof event>
export type Position = z.output<typeof position>
export type Difference = z.output<typeof difference>
export type Question = z.output<typeof question>
export type Unknown = z.output<typeof unknown>
export type Concept = z.output<typeof concept>
export type Citation = z.output<typeof citation>
export type Claim = z.output<typeof claim>
export type When = z.output<typeof when>
export type UnknownReason = (typeof unknownReasons)[number]
export type SeatStatus = (typeof seatStatuses)[number]
