import Fuse from 'fuse.js'
import { editDistance } from './spelling.ts'

export interface Named {
  id: string
  name: string
  aliases: readonly string[]
}

/** Finds entries by what people type for their names. */
export interface Names {
  /** The entry that has this id, name or alias. */
  exact: (typed: string) => string | undefined
  /** The one entry that this means, by id, name, alias, a good part of one or a clear misspelling; undefined where none or several come close. */
  resolve: (typed: string) => string | undefined
  /** Ids, best first; all of them, in the store's order, where nothing is typed. */
  search: (typed: string, limit: number) => string[]
  nameOf: (id: string) => string | undefined
}

/** Fuse's score is 0 for the same word and 1 for nothing in common; its default of 0.6 takes "Merkel" for "Lavrov". */
const threshold = 0.4
/** How much of a name has to be typed for the whole of it: "Moscow" for "Assad in Moscow", but not "Iraq" for a group whose long name has it. */
const goodPart = 0.4

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
    exact: (typed) => exact.get(fold(typed)),
    resolve: (typed) => {
      const pattern = fold(typed)
      const same = exact.get(pattern)
      if (same !== undefined || pattern.length < 4) return same
      return only(rows.filter(({ alias }) => isGoodPart(pattern, alias))) ?? only(misspelt(pattern, rows))
    },
    search: (typed, limit) => {
      if (fold(typed) === '') return entries.slice(0, limit).map(({ id }) => id)
      const same = exact.get(fold(typed))
      const ranked = scores(typed)
        .filter(([, score]) => score <= threshold)
        .map(([id]) => id)
      return [...new Set(same === undefined ? ranked : [same, ...ranked])].slice(0, limit)
    },
    nameOf: (id) => entries.find((entry) => entry.id === id)?.name,
  }
}

function isGoodPart(pattern: string, alias: string): boolean {
  return ` ${alias} `.includes(` ${pattern} `) && pattern.length >= alias.length * goodPart
}

/** The names that are the fewest letters away, as far as a slip of the fingers goes. */
function misspelt<Row extends { alias: string }>(pattern: string, rows: readonly Row[]): Row[] {
  let limit = pattern.length >= 8 ? 2 : 1
  let found: Row[] = []
  for (const row of rows) {
    // Short names differ by a letter as it is, a first letter is rarely wrong and a number never: "Irak" is not Iran.
    if (row.alias.length < 5 || row.alias[0] !== pattern[0] || digits(row.alias) !== digits(pattern)) continue
    const distance = editDistance(pattern, row.alias, limit)
    if (distance > limit) continue
    if (distance < limit) found = []
    limit = distance
    found.push(row)
  }
  return found
}

function digits(text: string): string {
  return text.replace(/\D/g, '')
}

/** The one entry that all these names belong to. */
function only(rows: readonly { id: string }[]): string | undefined {
  const ids = new Set(rows.map(({ id }) => id))
  return ids.size === 1 ? rows[0]?.id : undefined
}

/** Accents, case, punctuation and grammar don't tell names apart: "Al-Assad" is "al assad", "the U.S.'s" is "us". */
function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(?<=\b\p{L})\.(?=\p{L}\b)|(?<=\b\p{L}\.?\p{L})\.(?!\p{L})/gu, '')
    .replace(/(?<=\p{L})['’]s(?!\p{L})/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^the /, '')
}
