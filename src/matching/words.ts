import { stemmer } from 'stemmer'
import { dropFrame } from './frames.ts'

/** One word of a text. */
export interface Word {
  /** Lower case, without apostrophes: "kerrys", "1500", "usa". */
  text: string
  /** What its inflections share: "invited" and "inviting" are "invit". Numbers and names stay as they are. */
  stem: string
}

/** Longer questions are cut here: nobody asks in more words, and the work per question has to be bounded. */
const maxWords = 120

/** Written together or without their apostrophe, as people type. */
const expansions: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['who', 'what', 'where', 'when', 'why', 'how', 'that', 'there', 'here'].flatMap((word) => [
      [`${word}s`, `${word} is`],
      [`${word}d`, `${word} did`],
      [`${word}re`, `${word} are`],
      [`${word}ll`, `${word} will`],
    ]),
    ...[
      'is',
      'are',
      'was',
      'were',
      'do',
      'does',
      'did',
      'has',
      'have',
      'had',
      'could',
      'would',
      'should',
      'ca',
      'wo',
      'ai',
    ].map((word) => [`${word}nt`, `${{ ca: 'can', wo: 'will', ai: 'is' }[word] ?? word} not`]),
    ...[
      'cannot can not',
      'teh the',
      'hav have',
      'wich which',
      'wil will',
      'wuld would',
      'wnat want',
      'abot about',
      'abut about',
      'thnk think',
      'whch which',
      'aftr after',
      'shud should',
      'cud could',
      'wud would',
      'frm from',
      'thier their',
      'mny many',
      'ned need',
      'wats what is',
      'waht what',
      'adn and',
      'becuase because',
      'whats what is',
      'wat what',
      'wot what',
      'wht what',
      'wen when',
      'wher where',
      'hw how',
      'y why',
      'u you',
      'r are',
      'ur your',
      'n and',
    ],
    ...[
      'w with',
      'abt about',
      'bout about',
      'ppl people',
      'pls please',
      'plz please',
      'cuz because',
      'bc because',
      'cos because',
      'gonna going to',
      'wanna want to',
      'tho though',
    ],
    ...[
      'btw by the way',
      'idk i do not know',
      'im i am',
      'ive i have',
      'ill i will',
      'id i would',
      'youre you are',
      'theyre they are',
      'thats that is',
      'dunno do not know',
      'govt government',
    ],
    ...[
      '1st first',
      '2nd second',
      'gov government',
      'mtg meeting',
      'info information',
      'bw between',
      'btwn between',
      'esp especially',
      'prez president',
      'pres president',
      'thru through',
      'wheres where is',
      'gona going to',
      'wana want to',
      'dos does',
      'dosnt does not',
      'bak back',
      'nex next',
      'mor more',
      'evry every',
      'whn when',
      'whr where',
      'da the',
      'dat that',
      'dis this',
      'abuot about',
      'abotu about',
      'taht that',
      'ther there',
      'peple people',
      'poeple people',
      'tlks talks',
      'gvt government',
      'intl international',
      'wknd weekend',
      'fri friday',
      'thurs thursday',
      'tues tuesday',
      'oct october',
    ],
  ].map((pair) =>
    typeof pair === 'string' ? [pair.slice(0, pair.indexOf(' ')), pair.slice(pair.indexOf(' ') + 1)] : pair,
  ),
) as Record<string, string>

/** After these, "us" is the people who ask and not a country: "tell us who came". */
const beforePronoun = new Set([
  'tell',
  'give',
  'show',
  'let',
  'help',
  'remind',
  'inform',
  'teach',
  'explain',
  'send',
  'enlighten',
  'fill',
  'catch',
])

/** Splits a text into words. Capitals matter in one place only: "US" is a country, "us" mostly too. */
export function words(text: string): Word[] {
  const found: Word[] = []
  for (const piece of plain(text.slice(0, 4000)).match(pieces) ?? []) {
    for (const word of wordsOf(piece)) {
      // "tell us who came" asks for nobody's country.
      if (word !== country || piece !== 'us' || !beforePronoun.has(found.at(-1)?.text ?? '')) found.push(word)
      if (found.length === maxWords) return found
    }
  }
  return found
}

const pieces = /[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu
const country: Word = { text: 'usa', stem: 'usa' }

/** Most words come again and again: each is expanded and stemmed once. */
const cache = new Map<string, readonly Word[]>([['us', [country]]])
const maxCached = 100_000

function wordsOf(piece: string): readonly Word[] {
  const known = cache.get(piece)
  if (known) return known
  const all = expand(piece).map((text): Word => (text === country.text ? country : { text, stem: stem(text) }))
  if (cache.size < maxCached) cache.set(piece, all)
  return all
}

/** Lower case, plain apostrophes, no accents, no invisible characters, "US" told from "us". */
function plain(text: string): string {
  let result = text
  // Few texts have any of these, and normalizing is what takes longest.
  if (/[^\x20-\x7e]/.test(text)) {
    result = text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      // Zero-width and direction marks would split or hide words; so would soft hyphens.
      .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '')
      .replace(/[‘’ʼ`´]/g, "'")
  }
  if (/\bU\.?\s?S/.test(result)) result = result.replace(/\bU\.?\s?S\.?\s?A?\b\.?/g, ' usa ')
  if (/\bIS\b/.test(result) && /[a-z]/.test(result)) result = result.replace(group, ' isis')
  result = dropFrame(result.toLowerCase())
  if (result.includes('.'))
    result = result
      .replace(/\bu\.s\.(a\.)?/g, ' usa ')
      .replace(/\b(?:[a-z]\.){2,}/g, (letters) => letters.replaceAll('.', ''))
  // What people ask for, not about: the United Nations of a Model UN are none.
  if (result.includes('model u')) result = result.replace(/\bmodel (?:un|united nations)\b/g, 'mun')
  // "Name the city" asks for a city; "the name of the official" asks for a name.
  if (/name|identify/.test(result)) result = result.replace(imperative, '')
  return /\d[,.]\d/.test(result) ? result.replace(/(\d)[,.](?=\d{3}\b)/g, '$1') : result
}

/** "IS" where a verb can't stand: "against IS", "went after IS". */
const group =
  /(?<=\b(?:against|fight|fights|fighting|fought|of|from|by|after|hit|hits|hitting|bomb|bombs|bombing|strike|strikes|striking|target|targets|targeting|attack|attacks|attacking|defeat|defeats|defeating|beat|push|pushed|pushing|vs|than)) IS\b/g

const imperative =
  /\b(?:name|identify) (?=(?:the|a|an|one|two|three|four|both|all|every|each|any|some|its|their|his|her|that|who|which|what)\b)/g

function expand(piece: string): string[] {
  if (piece.includes("'")) {
    const [before = '', after = ''] = piece.split("'")
    if (after === 's') return expansions[`${before}s`] ? (expansions[`${before}s`] ?? '').split(' ') : [before]
    if (after === 't') return (expansions[`${before}t`] ?? `${before.replace(/n$/, '')} not`).split(' ')
    if (after === 're') return [before, 'are']
    if (after === 'm') return [before, 'am']
    if (after === 've') return [before, 'have']
    if (after === 'll') return [before, 'will']
    if (after === 'd') return [before, expansions[`${before}d`] ? 'did' : 'would']
    return [piece.replaceAll("'", '')]
  }
  // The table is a plain object: "constructor" is a word like any other.
  return Object.hasOwn(expansions, piece) ? (expansions[piece] ?? piece).split(' ') : [piece]
}

/** Numbers and short words have no inflection that a stemmer gets right: "is", "us", "2011". */
export function stem(word: string): string {
  return word.length <= 3 || /\d/.test(word) ? word : stemmer(word)
}
