import type { AnswerKind } from '../knowledge/answer-kinds.ts'
import type { Word } from './words.ts'

/** How a kind is asked for: by one of these words, and where that isn't enough, in this pattern of all words. */
interface Sign {
  kind: AnswerKind
  words: string
  pattern?: RegExp
}

/** The first that fits decides. */
const signs: readonly Sign[] = [
  { kind: 'how-many', words: 'how', pattern: /\bhow (many|much|close|near|far|long|big|large|old|often|tall|high)\b/ },
  {
    kind: 'how-many',
    words: 'what which number how',
    pattern:
      /\b(what|which) (number|distance|amount|percentage|share|age|size|cost|price)\b|\bnumber of\b|\bhow (more|less)\b/,
  },
  { kind: 'who', words: 'who whom whose' },
  {
    kind: 'who',
    words: 'what which',
    pattern:
      /\b(which|what) (country|countries|nation|nations|state|states|person|people|official|officials|minister|ministers|leader|leaders|side|sides|party|parties|group|groups|outlet|outlets|diplomat|diplomats|article|articles|government|governments|power|powers|player|players|man|guy|analyst|newspaper)\b/,
  },
  { kind: 'who', words: 'name names identity', pattern: /\bnames? of\b|\bidentity\b/ },
  { kind: 'when', words: 'when' },
  { kind: 'when', words: 'how', pattern: /\bhow (recently|soon)\b/ },
  { kind: 'when', words: 'what which', pattern: /\b(what|which) (day|date|year|month|week|time|weekday)\b/ },
  { kind: 'where', words: 'where' },
  { kind: 'where', words: 'what which', pattern: /\b(what|which) (city|town|place|capital|location|venue)\b/ },
  { kind: 'why', words: 'why reason reasons motive purpose' },
  { kind: 'why', words: 'how what', pattern: /\b(how come|what for)\b/ },
  {
    kind: 'said',
    words: 'what',
    pattern:
      /\bwhat (did|does|do|has|have|had|was|is|were)? ?(\w+ ){0,5}(say|says|said|tell|told|think|thinks|claim|claims|argue|call|called|describe|described|mean|means)\b/,
  },
  {
    kind: 'said',
    words: 'quote quotation quoted statement remark remarks comment comments words opinion view',
  },
  { kind: 'how', words: 'how' },
  { kind: 'what', words: 'what which' },
  {
    kind: 'whether',
    words: 'is are was were do does did has have had will would can could should may might must am',
    pattern:
      /^((so|and|but|wait|ok|okay|hey|hi|hello|yo|um|well|please|lol|also|then|actually) )*(is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must|am)\b/,
  },
  { kind: 'whether', words: 'whether if right correct' },
  { kind: 'whether', words: 'true or', pattern: /\b(is it true|true that|or not|or nah)\b/ },
]

/** A word's signs, a bit each: most words have none, and patterns over all words are slow. */
const bits = new Map<string, number>()
for (const [at, { words }] of signs.entries())
  for (const word of words.split(' ')) bits.set(word, (bits.get(word) ?? 0) | (1 << at))

/** The kind of answer that a question asks for; undefined where keywords don't say. */
export function kindOf(words: readonly Word[]): AnswerKind | undefined {
  let found = 0
  for (const { text } of words) found |= bits.get(text) ?? 0
  if (found === 0) return undefined
  const text = words.map((word) => word.text).join(' ')
  return signs.find(({ pattern }, at) => found & (1 << at) && (pattern?.test(text) ?? true))?.kind
}

/** Whether a question asks who did NOT: "wasn't Iran invited" asks what "was Iran invited" asks, this asks for the others. */
export function asksWhoNot(words: readonly Word[]): boolean {
  return whoNot.test(words.map(({ text }) => text).join(' '))
}

const whoNot =
  /\b(?:who|whom|(?:which|what) (?!(?:is|are|was|were|do|does|did)\b)\w+(?: of \w+ \w+)?) (?:(?:is|are|was|were|do|does|did|has|have|had|will|would|could|can|should) )?(?:not|never)\b/
