/** What speaks for and against an entry; where nothing else is said, from 0 to about 1. The weights are in weights.json. */
export const featureNames = [
  /** Share of the question's subject that some phrasing of the entry has. */
  'known',
  /** How much its three closest phrasings and the question have in common. */
  'closestThree',
  /** Share of what most phrasings of the entry name and the question doesn't. */
  'missed',
  /** Share of its phrasings that ask for the same kind of answer: who, when, how many. */
  'sameKind',
  /** 1 where the entry says that it gives that kind, -1 where it says that it doesn't. */
  'gives',
  /** 1 where a phrasing is, in concepts, the question itself. */
  'same',
  /** Whether people and parties stand in its closest phrasing in the question's order, 1, or the other way round, -1. */
  'order',
  /** 1 where the question says "not" and its closest phrasing doesn't. */
  'negated',
  /** How likely those who ask the entry are to use these words, against all who ask: 0 for the likeliest entry, down to -3. */
  'words',
  /** The same for the question's neighbouring concepts, in that order. */
  'pairs',
  /** Share of the question's light words ("did", "from whom") that its phrasings have. */
  'light',
  /** The most telling concept of the question that the entry hasn't and that questions without an answer have. */
  'oddest',
  /** Concepts that the entry hasn't and that questions with an answer have. */
  'fresh',
  /** People and parties that the entry hasn't, or that next to none of its phrasings have. */
  'absentNames',
  /** How much what exactly is asked for ("which CITY") is a word of questions without an answer, or of none. */
  'oddFocus',
] as const

export type Feature = (typeof featureNames)[number]
export type Features = Record<Feature, number>
