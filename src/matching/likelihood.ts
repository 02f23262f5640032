import type { Postings } from './postings.ts'

/** What an entry's own phrasings say against what all phrasings say: so many of them weigh as much as the whole store. */
const smoothing = 4

/** How many phrasings each entry has, and all together. */
export interface Sizes {
  of: Int32Array
  all: number
  /** What a word that an entry hasn't costs it. */
  costs: Float64Array
}

export function toSizes(phrasings: readonly number[]): Sizes {
  return {
    of: Int32Array.from(phrasings),
    all: phrasings.reduce((sum, size) => sum + size, 0),
    costs: Float64Array.from(phrasings, cost),
  }
}

function cost(size: number): number {
  return Math.log1p(size / smoothing)
}

/**
 * How likely somebody who asks each entry is to use these words (or whatever else the ids stand for): the logarithm of
 * a multinomial model of its phrasings, smoothed with all phrasings, over the square root of the number of words, which
 * don't occur independently. Ids below 0, which no phrasing has, only add to that number. `own` is the entry of a
 * phrasing that is left out, of which the ids are.
 */
export function likelihoods(
  { starts, entries, counts }: Postings,
  sizes: Sizes,
  ids: readonly number[],
  own = -1,
): Float32Array {
  const result = new Float32Array(sizes.of.length)
  let known = 0
  for (const id of ids) {
    if (id < 0) continue
    known++
    const [from, to] = [starts[id] ?? 0, starts[id + 1] ?? 0]
    let phrasings = own < 0 ? 0 : -1
    for (let at = from; at < to; at++) phrasings += counts[at] ?? 0
    const scale = sizes.all / smoothing / Math.max(0.5, phrasings)
    const gains: number[] = [0]
    for (let at = from; at < to; at++) {
      const entry = entries[at] ?? 0
      const times = (counts[at] ?? 0) - (entry === own ? 1 : 0)
      gains[times] ??= Math.log1p(times * scale)
      result[entry] = (result[entry] ?? 0) + (gains[times] ?? 0)
    }
  }
  const length = Math.sqrt(Math.max(1, ids.length))
  for (let entry = 0; entry < result.length; entry++) {
    const each = entry === own ? cost((sizes.of[entry] ?? 0) - 1) : (sizes.costs[entry] ?? 0)
    result[entry] = ((result[entry] ?? 0) - known * each) / length
  }
  return result
}
