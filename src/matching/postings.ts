/** Many short lists of ids, each id once in a list, as one long one: an object for each would be most of the memory. */
export interface Lists {
  /** List n stands in `ids` from starts[n] to starts[n + 1]. */
  starts: Int32Array
  ids: Int32Array
}

/** Where lists of these lengths begin that stand one after the other, and where the last ends. */
export function toStarts(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 1)
  for (const [at, length] of lengths.entries()) starts[at + 1] = (starts[at] ?? 0) + length
  return starts
}

/** Rising lists of these lengths, one after the other, from the distances between their numbers. */
export function fromSteps(lengths: readonly number[], steps: readonly number[]): Int32Array {
  const numbers = Int32Array.from(steps)
  let from = 0
  for (const length of lengths) {
    for (let at = from + 1; at < from + length; at++) numbers[at] = (numbers[at] ?? 0) + (numbers[at - 1] ?? 0)
    from += length
  }
  return numbers
}

/** Makes lists of these lengths from ids that stand one after the other; what comes twice in one is left out once. */
export function toLists(counts: readonly number[], all: readonly number[]): Lists {
  const starts = new Int32Array(counts.length + 1)
  const ids = new Int32Array(all.length)
  let [from, size] = [0, 0]
  for (const [list, count] of counts.entries()) {
    const start = size
    for (let at = from; at < from + count; at++) {
      const id = all[at] ?? -1
      let seen = start
      while (seen < size && ids[seen] !== id) seen++
      if (seen === size) ids[size++] = id
    }
    from += count
    starts[list + 1] = size
  }
  return { starts, ids: ids.slice(0, size) }
}

/** Finds lists that are the same, ids and order. */
export interface SameLists {
  /** Numbers of the lists that are these ids. */
  find: (ids: readonly number[]) => number[]
}

export function indexLists({ starts, ids }: Lists): SameLists {
  const hashOf = (list: number): number => hash(ids, starts[list], starts[list + 1])
  const hashes = Uint32Array.from({ length: starts.length - 1 }, (_, list) => hashOf(list))
  const byHash = Int32Array.from(hashes.keys()).sort((a, b) => (hashes[a] ?? 0) - (hashes[b] ?? 0))
  return {
    find: (wanted) => {
      const key = hash(wanted)
      let [low, high] = [0, byHash.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (hashOf(byHash[middle] ?? 0) < key) low = middle + 1
        else high = middle
      }
      const found: number[] = []
      for (let list = byHash[low]; list !== undefined && hashOf(list) === key; list = byHash[++low]) {
        const start = starts[list] ?? 0
        const length = (starts[list + 1] ?? 0) - start
        if (length === wanted.length && wanted.every((id, at) => ids[start + at] === id)) found.push(list)
      }
      return found
    },
  }
}

/** FNV-1a, over numbers instead of bytes. */
function hash(ids: Int32Array | readonly number[], from = 0, to = ids.length): number {
  let value = 0x811c9dc5
  for (let at = from; at < to; at++) value = Math.imul(value ^ (ids[at] ?? 0), 0x01000193)
  return value >>> 0
}

/**
 * Entries by something that they have, as one flat list: those of `id` stand from `starts[id]` to `starts[id + 1]`, in
 * rising order, and `counts` says how many phrasings of each have it.
 */
export interface Postings {
  starts: Int32Array
  entries: Int32Array
  counts: Uint16Array
}

/** Turns phrasings with ids around into ids with entries. The phrasings of entry n stand from firsts[n] to firsts[n + 1]. */
export function invert(firsts: Int32Array, lists: Lists, size: number): Postings {
  const starts = new Int32Array(size + 1)
  const latest = new Int32Array(size)
  const each = (found: (id: number, entry: number, isNew: boolean) => void): void => {
    latest.fill(-1)
    for (let entry = 0; entry + 1 < firsts.length; entry++) {
      const end = lists.starts[firsts[entry + 1] ?? 0] ?? 0
      for (let place = lists.starts[firsts[entry] ?? 0] ?? 0; place < end; place++) {
        const id = lists.ids[place] ?? -1
        found(id, entry, latest[id] !== entry)
        latest[id] = entry
      }
    }
  }
  each((id, _, isNew) => {
    if (isNew) starts[id + 1] = (starts[id + 1] ?? 0) + 1
  })
  for (let id = 0; id < size; id++) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0)

  const entries = new Int32Array(starts[size] ?? 0)
  const counts = new Uint16Array(entries.length)
  const next = starts.slice(0, size)
  each((id, entry, isNew) => {
    if (isNew) {
      entries[next[id] ?? 0] = entry
      next[id] = (next[id] ?? 0) + 1
    }
    const last = (next[id] ?? 1) - 1
    counts[last] = (counts[last] ?? 0) + 1
  })
  return { starts, entries, counts }
}

/** How many phrasings of an entry have something. */
export function count({ starts, entries, counts }: Postings, id: number, entry: number): number {
  const at = search(entries, entry, starts[id] ?? 0, starts[id + 1] ?? 0)
  return at < 0 ? 0 : (counts[at] ?? 0)
}

/** Where a number stands between two places of a list in rising order; -1 where it doesn't. */
export function search(sorted: Int32Array, value: number, from = 0, to = sorted.length): number {
  let [low, high] = [from, to - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = sorted[middle] ?? 0
    if (found === value) return middle
    if (found < value) low = middle + 1
    else high = middle - 1
  }
  return -1
}
