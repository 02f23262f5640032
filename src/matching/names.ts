import Fuse from 'fuse.js'

export interface Named {
  id: string
  name: string
  aliases: readonly string[]
}

/** Finds entries by what people type for their names. */
export interface Names {
  /** The one entry that this means, by id, name, alias or a clear misspelling; undefined where none or several come close. */
  resolve: (typed: string) => string | undefined
  /** Ids, best first; all of them, in the store's order, where nothing is typed. */
  search: (typed: string, limit: number) => string[]
}

/** Fuse's score is 0 for the same word and 1 for nothing in common; its default of 0.6 takes "Merkel" for "Lavrov". */
const threshold = 0.4
/** A misspelling is only taken for a name when it is close to it, and clearly closer than to any other. */
const sure = 0.3
const margin = 0.1

export function createNames(entries: readonly Named[]): Names {
  const rows = entries.flatMap(({ id, name, aliases }) =>
    [name, ...aliases].map((alias) => ({ id, alias: fold(alias) })),
  )
  const fuse = new Fuse(rows, {
    keys: ['alias'],
    threshold,
    includeScore: true,
    ignoreLocation: true,
    minMatchCharLength: 2,
  })
  const exact = new Map(rows.map(({ id, alias }) => [alias, id]))
  for (const { id } of entries) exact.set(fold(id), id)

  /** The best score of each entry, best first. Patterns of over 32 characters are cut in pieces by Fuse, so they are cut here. */
  const scores = (typed: string): [string, number][] => {
    const pattern = fold(typed).slice(0, 32)
    const best = new Map<string, number>()
    for (const { item, score = 1 } of fuse.search(pattern)) {
      // Fuse scores a short pattern found inside a long name as exact: "an" in "Iran". Weigh what it leaves uncovered.
      const uncovered = Math.max(0, item.alias.length - pattern.length) / item.alias.length
      const starts = item.alias.startsWith(pattern) || item.alias.includes(` ${pattern}`)
      const total = score + uncovered * (starts ? 0.1 : 0.4)
      if (total < (best.get(item.id) ?? Number.POSITIVE_INFINITY)) best.set(item.id, total)
    }
    return [...best].sort((a, b) => a[1] - b[1])
  }

  return {
    resolve: (typed) => {
      const pattern = fold(typed)
      const same = exact.get(pattern)
      if (same !== undefined || pattern.length < 4) return same
      const [first, second] = scores(typed)
      return first && first[1] <= sure && (!second || second[1] - first[1] >= margin) ? first[0] : undefined
    },
    search: (typed, limit) => {
      if (fold(typed) === '') return entries.slice(0, limit).map(({ id }) => id)
      const same = exact.get(fold(typed))
      const ranked = scores(typed)
        .filter(([, score]) => score <= threshold)
        .map(([id]) => id)
      return [...new Set(same === undefined ? ranked : [same, ...ranked])].slice(0, limit)
    },
  }
}

/** Accents, case and punctuation don't tell names apart: "Al-Assad" is "al assad", "U.S." is "us". */
function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(?<=\b\p{L})\.(?=\p{L}\b)|(?<=\b\p{L}\.?\p{L})\.(?!\p{L})/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
