import { seeded } from './seeded.ts'

/** Where a finger lands beside a key: the rows of a keyboard, each shifted by half a key against the one above. */
const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const shortest = 5

/** Words in which a letter changes what is asked: none of them is touched. */
const kept = new Set(
  `never neither nobody nothing without cannot couldn wouldn shouldn doesn weren hasn haven didn
  january february march april june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday
  eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
  three seven eight hundred thousand million billion dozen first second third fourth fifth`.split(/\s+/),
)

/**
 * Puts one or two slips of the fingers into words of five letters or more; the same for the same question and seed.
 * A first letter stays: people rarely mistype it.
 */
export function misspell(question: string, seed: number): string {
  const random = seeded(seed + [...question].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7))
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)]
  // A part of "couldn't" or "1,500-foot" is no word of its own.
  const places = [...question.matchAll(/(?<![\p{L}\p{N}'’])\p{L}+(?![\p{L}\p{N}'’])/gu)].filter(
    ([word]) => word.length >= shortest && /^[a-z]+$/i.test(word) && !kept.has(word.toLowerCase()),
  )
  const chosen: typeof places = []
  for (let count = random() < 0.5 ? 1 : 2; count > 0; count--) {
    const place = pick(places.filter((one) => !chosen.includes(one)))
    if (place) chosen.push(place)
  }
  return chosen
    .sort((a, b) => b.index - a.index)
    .reduce(
      (text, { 0: word, index }) => text.slice(0, index) + slip(word, random) + text.slice(index + word.length),
      question,
    )
}

/** Two letters swapped, one left out, doubled, or hit beside its key. */
function slip(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 1))
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)]
  const kind = random()
  // A double letter swapped with itself would be no slip.
  if (kind < 0.3 && at > 1 && word.charAt(at - 1) !== letter)
    return word.slice(0, at - 1) + letter + word.charAt(at - 1) + after
  if (kind < 0.6) return before + after
  if (kind < 0.8) return before + letter + letter + after
  const beside = neighbours(letter.toLowerCase())
  return before + (beside[Math.floor(random() * beside.length)] ?? letter) + after
}

function neighbours(letter: string): string[] {
  const row = rows.findIndex((keys) => keys.includes(letter))
  const at = rows[row]?.indexOf(letter) ?? 0
  const keys = [
    rows[row]?.[at - 1],
    rows[row]?.[at + 1],
    rows[row - 1]?.[at],
    rows[row - 1]?.[at + 1],
    rows[row + 1]?.[at - 1],
    rows[row + 1]?.[at],
  ]
  return keys.filter((key) => key !== undefined)
}
