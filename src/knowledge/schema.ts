import * as z from 'zod'

/** The kinds of answer that an entry can give, and that a question can ask for. */
export const answerKinds = ['who', 'what', 'when', 'where', 'why', 'how', 'how-many', 'whether', 'said'] as const

/** Why a question is refused: the articles don't say, report otherwise, ended before it, or are about something else. */
export const unknownReasons = ['absent', 'otherwise', 'later', 'off-topic'] as const

/** What became of a party's seat at a meeting, as the articles give it. */
export const seatStatuses = ['attended', 'invited', 'expected', 'undecided', 'not-invited'] as const

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, like "assad-moscow"')
  .describe('A name for this entry that nothing else in the file has: lower-case words joined by hyphens')

const text = (max: number) => z.string().trim().min(1, 'must not be empty').max(max)
const names = z.array(text(80)).default([])
const ids = z.array(id).default([])

/** `cnn 5: Iran has been invited`: article, paragraph, and at most 8 of its words. */
const citation = z
  .record(z.string(), z.string(), 'must read like "cnn 5: Iran has been invited"')
  .describe('The place that this stands on: article, paragraph, and the few words (at most 8) that open it')
  .transform((record, ctx) => {
    const entries = Object.entries(record)
    const [place, words] = entries[0] ?? ['', '']
    const match = /^([a-z0-9-]+) ([1-9]\d*)$/.exec(place)
    if (entries.length !== 1 || !match?.[1]) {
      ctx.addIssue({ code: 'custom', message: 'must read like "cnn 5: Iran has been invited"' })
      return z.NEVER
    }
    const count = words.trim().split(/\s+/).length
    if (words.trim() === '' || count > 8) {
      ctx.addIssue({ code: 'custom', message: `must point with 1 to 8 words of the article, not ${count}` })
      return z.NEVER
    }
    return { article: match[1], paragraph: Number(match[2]), words: words.trim() }
  })

const cite = z.array(citation).min(1, 'must name at least one place in the articles')

const day = z
  .string()
  .regex(
    /^\d{4}(-\d\d(-\d\d)?)?(\/\d{4}-\d\d-\d\d)?$/,
    'must be a year, a month or a day like "2015-10-23", or two days "2015-10-19/2015-10-22"',
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
  url: z.url(),
  dated: text(300).describe('In our own words: which date the article carries, or how its date is known'),
  date: day.optional(),
  inferred: z.boolean().default(false),
  aliases: names,
  paragraphs: z.int().min(1).max(1000),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of the text: `npm run knowledge -- verify` prints it'),
})

const party = z.strictObject({
  id,
  name: text(80),
  aliases: names.describe('Other names and spellings: capitals that stand for a state, abbreviations, adjectives'),
  kind: z.enum(['state', 'government', 'group', 'states', 'organisation']),
  about: text(400).describe('In our own words: what the articles say of it'),
  cite,
})

const person = z.strictObject({
  id,
  name: text(80),
  aliases: names,
  unnamed: z.boolean().default(false).describe('true for officials whom the articles leave without a name'),
  party: id.optional(),
  roles: z.array(z.strictObject({ role: text(120), cite })).min(1),
  note: text(400).optional(),
})

const topic = z.strictObject({ id, name: text(80), aliases: names })

const seat = z.strictObject({
  party: id,
  people: ids,
  status: z.enum(seatStatuses),
  note: text(300).optional().describe('In our own words: by whom, on whose word, with which reservation'),
  cite,
})

const claim = z.strictObject({ text: text(600), cite })

const meeting = z.strictObject({
  id,
  name: text(100),
  aliases: names,
  kind: z.enum(['talks', 'visit', 'agreement', 'contact', 'briefing']),
  status: z.enum(['held', 'planned', 'agreed']),
  where: text(80).optional(),
  when: when.optional(),
  purpose: claim.optional(),
  outcome: claim.optional(),
  seats: z.array(seat).default([]),
  cite,
})

const quote = z.strictObject({
  id,
  speaker: id.describe('The id of a person in people.yaml'),
  words: text(1500).describe('Word for word as the article has it, without the outer quotation marks'),
  partial: z.boolean().default(false).describe('true where the article quotes only part of a sentence'),
  attribution: text(120).describe("The article's own words for who spoke, such as 'one official said'"),
  setting: text(300).optional().describe('In our own words: where and to whom it was said'),
  when: when.optional(),
  about: ids.describe('Ids of topics, parties, people or meetings'),
  note: text(300).optional().describe('What a careful editor would add: a slip of the original, an inference'),
  cite,
})

const event = z.strictObject({
  id,
  when,
  what: text(500),
  people: ids,
  parties: ids,
  meeting: id.optional(),
  about: ids,
  cite,
})

const position = z.strictObject({
  id,
  party: id,
  topic: id,
  position: text(500),
  according: text(120).optional().describe('On whose word: "unnamed U.S. officials", "Juan Zarate of CBS News"'),
  cite,
})

const difference = z.strictObject({
  id,
  kind: z.enum(['facts', 'names', 'framing']),
  topic: id,
  what: text(200),
  sides: z.array(z.strictObject({ article: id, says: text(500), cite })).min(2),
  note: text(400).optional(),
})

const phrasings = z.array(text(200)).min(8, 'must have at least 8 phrasings')

const question = z.strictObject({
  id,
  question: text(100).describe('How the answer names the question that it was read as'),
  gives: z.array(z.enum(answerKinds)).min(1),
  answer: text(900).describe('In our own words; [1], [2] mark which claim stands on which place of `cite`'),
  cite,
  ask: phrasings,
})

const unknown = z.strictObject({
  id,
  question: text(100),
  reason: z.enum(unknownReasons),
  says: text(400).optional().describe('One sentence on what the articles leave open, without a claim of its own'),
  nearest: ids.describe('Ids of the questions whose answers come nearest'),
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
export type AnswerKind = (typeof answerKinds)[number]
export type UnknownReason = (typeof unknownReasons)[number]
export type SeatStatus = (typeof seatStatuses)[number]
