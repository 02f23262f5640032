/**
 * The number of letters added, dropped, changed, or swapped with their neighbour that turn one word into the other
 * (optimal string alignment). Gives up above `limit` and returns limit + 1.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    let best = row
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1)
      current.push(cost)
      best = Math.min(best, cost)
    }
    if (best > limit) return limit + 1
    beforeLast = last
    last = current
  }
  return last[b.length] ?? limit + 1
}

export interface Speller {
  /** The word that a misspelt one stands for; undefined where it is known, too short, or no single word comes close. */
  mend: (word: string) => string | undefined
}

/** How many words of the store use a word; the commoner one wins between two that are as close. */
type Counts = ReadonlyMap<string, number>

/** A word that the store has so often is what four of its five letters were meant for: "stil" for "still". */
const common = 40

/**
 * Mends words by the store's own. Words of four letters or fewer are only mended into a name or a common word of five, or
 * by swapping two letters, numbers never: "Iraq" is not a misspelt "Iran".
 */
export function createSpeller(counts: Counts, names: ReadonlySet<string>): Speller {
  const buckets = new Map<string, { word: string; letters: number }[]>()
  for (const word of counts.keys()) {
    if (word.length < 4 || /\d/.test(word)) continue
    const key = `${word[0]}${word.length}`
    const bucket = buckets.get(key)
    const known = { word, letters: lettersOf(word) }
    if (bucket) bucket.push(known)
    else buckets.set(key, [known])
  }
  const cache = new Map<string, string | undefined>()

  const search = (word: string): string | undefined => {
    const limit = word.length >= 8 ? 2 : 1
    const letters = lettersOf(word)
    const found: { word: string; cost: number }[] = []
    // A first letter is rarely wrong, but it may be swapped with the second.
    for (const first of new Set([word[0], word[1]])) {
      for (let length = word.length - 1; length <= word.length + 1; length++) {
        for (const { word: other, letters: others } of buckets.get(`${first}${length}`) ?? []) {
          // A slip changes two letters at most, and to see that is much faster than to count slips.
          if (bitsOf(letters ^ others) > 2 * limit) continue
          const distance = editDistance(word, other, limit)
          if (distance > limit || !allowed(word, other, names, counts)) continue
          found.push({
            word: other,
            cost: distance * 10 - Math.log2(1 + (counts.get(other) ?? 0)) / 2 + (first === word[0] ? 0 : 4),
          })
        }
      }
    }
    found.sort((a, b) => a.cost - b.cost)
    return found[0]?.word
  }

  return {
    mend: (word) => {
      if (word.length < 4 || /[^a-z]/.test(word) || counts.has(word)) return undefined
      if (!cache.has(word)) {
        if (cache.size > 2000) cache.clear()
        cache.set(word, search(word))
      }
      return cache.get(word)
    },
  }
}

/** Which of the letters from a to z a word has, a bit each. */
function lettersOf(word: string): number {
  let letters = 0
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) - 97)
  return letters
}

function bitsOf(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}

function allowed(word: string, other: string, names: ReadonlySet<string>, counts: Counts): boolean {
  if (word.length > 4) return other.length >= 4
  const swapped = word.length === other.length && [...word].sort().join('') === [...other].sort().join('')
  return swapped || (other.length === 5 && (names.has(other) || (counts.get(other) ?? 0) >= common))
}
