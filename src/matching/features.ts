/** What speaks for and against an entry, each from 0 to about 1. The weights of each are in weights.json. */
export const featureNames = [
  /** Share of the question's subject that some phrasing of the entry has. */
  'known',
  /** The same, by how many of its phrasings have it. */
  'usual',
  /** How much the closest phrasing and the question have in common. */
  'closest',
  /** The same over the three closest. */
  'closestThree',
  /** Share of what most phrasings of the entry name and the question doesn't. */
  'missed',
  /** Share of its phrasings that ask for the same kind of answer: who, when, how many. */
  'sameKind',
  /** 1 where the entry says that it gives that kind, -1 where it says that it doesn't. */
  'gives',
  /** 1 for a question that the articles leave open. */
  'open',
  /** 1 where a phrasing is, in concepts, the question itself. */
  'same',
  /** Share of the question's neighbouring concepts that its phrasings have as neighbours, in that order. */
  'pairs',
  /** Share of the question's light words ("did", "from whom") that its phrasings have. */
  'light',
  /** How usual what exactly is asked for ("which CITY") is in its phrasings. */
  'focus',
  /** The most telling concept of the question that the entry hasn't and that questions without an answer have. */
  'oddest',
  /** All of these together. */
  'odd',
  /** Concepts that the entry hasn't and that questions with an answer have. */
  'fresh',
  /** How much what exactly is asked for is a word of questions without an answer. */
  'oddFocus',
] as const

export type Feature = (typeof featureNames)[number]
export type Features = Record<Feature, number>
