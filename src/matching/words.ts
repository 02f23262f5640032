import { stemmer } from 'stemmer'

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
      'b be',
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
  const plain = text
    .slice(0, 4000)
    .normalize('NFKC')
    // Zero-width and direction marks would split or hide words; so would soft hyphens.
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '')
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/\bU\.?\s?S\.?\s?A?\b\.?/g, ' usa ')
    .toLowerCase()
    .replace(/\bu\.s\.(a\.)?/g, ' usa ')
    .replace(/\b(\p{L}\.){2,}/gu, (letters) => letters.replaceAll('.', ''))
    .replace(/(\d)[,.](?=\d{3}\b)/g, '$1')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
  const found: Word[] = []
  for (const [piece] of plain.matchAll(/[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu)) {
    for (const text of expand(piece)) {
      const last = found.at(-1)?.text
      if (text === 'us') {
        if (last === undefined || !beforePronoun.has(last)) found.push({ text: 'usa', stem: 'usa' })
      } else {
        found.push({ text, stem: stem(text) })
      }
      if (found.length === maxWords) return found
    }
  }
  return found
}

function expand(piece: string): string[] {
  if (piece.includes("'")) {
    const [before = '', after = ''] = piece.split("'")
    if (after === 's') return expansions[`${before}s`] ? (expansions[`${before}s`] ?? '').split(' ') : [before]
    if (after === 't') return (expansions[`${before}t`] ?? `${before.replace(/n$/, '')} not`).split(' ')
    if (after === 're' || after === 'm') return [before, 'are']
    if (after === 've') return [before, 'have']
    if (after === 'll') return [before, 'will']
    if (after === 'd') return [before, 'did']
    return [piece.replaceAll("'", '')]
  }
  // The table is a plain object: "constructor" is a word like any other.
  return Object.hasOwn(expansions, piece) ? (expansions[piece] ?? piece).split(' ') : [piece]
}

/** Numbers and short words have no inflection that a stemmer gets right: "is", "us", "2011". */
export function stem(word: string): string {
  return word.length <= 3 || /\d/.test(word) ? word : stemmer(word)
}
