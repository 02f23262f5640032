import type { AnswerKind } from '../knowledge/answer-kinds.ts'
import type { Word } from './words.ts'

/** Patterns over the question's words, joined by spaces; the first that fits decides. */
const patterns: readonly [RegExp, AnswerKind][] = [
  [/\bhow (many|much|close|near|far|long|big|large|old|often|tall|high|big)\b/, 'how-many'],
  [
    /\b(what|which) (number|distance|amount|percentage|share|age|size|cost|price)\b|\bnumber of\b|\bhow (more|less)\b/,
    'how-many',
  ],
  [/\b(who|whom|whose)\b/, 'who'],
  [
    /\b(which|what) (country|countries|nation|nations|state|states|person|people|official|officials|minister|ministers|leader|leaders|side|sides|party|parties|group|groups|outlet|outlets|diplomat|diplomats|article|articles|government|governments|power|powers|player|players|man|guy|analyst|newspaper)\b/,
    'who',
  ],
  [/\bby whom\b|\bname of\b|\bnames of\b|\bidentity\b/, 'who'],
  [/\b(when|since when|how recently|how soon)\b/, 'when'],
  [/\b(what|which) (day|date|year|month|week|time|weekday)\b/, 'when'],
  [/\bwhere\b/, 'where'],
  [/\b(what|which) (city|town|place|capital|location|venue)\b/, 'where'],
  [/\b(why|how come|what for|reason|reasons|motive|purpose)\b/, 'why'],
  [
    /\bwhat (did|does|do|has|have|had|was|is|were)? ?(\w+ ){0,5}(say|says|said|tell|told|think|thinks|claim|claims|argue|call|called|describe|described|mean|means)\b/,
    'said',
  ],
  [/\b(quote|quotation|quoted|statement|remark|remarks|comment|comments|words|opinion|view)\b/, 'said'],
  [/\bhow\b/, 'how'],
  [/\b(what|which)\b/, 'what'],
  [
    /^((so|and|but|wait|ok|okay|hey|hi|hello|yo|um|well|please|lol|also|then|actually) )*(is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must|am)\b/,
    'whether',
  ],
  [/\b(whether|if|is it true|true that|or not|or nah|right|correct)\b/, 'whether'],
]

/** The kind of answer that a question asks for; undefined where keywords don't say. */
export function kindOf(words: readonly Word[]): AnswerKind | undefined {
  const text = words.map((word) => word.text).join(' ')
  return patterns.find(([pattern]) => pattern.test(text))?.[1]
}
