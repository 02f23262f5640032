import type { Names } from './names.ts'

/** The id that a text clearly means among several kinds of entries, by its very name first, whatever its kind. */
export function resolveSubject(typed: string, kinds: readonly Names[]): string | undefined {
  const found = [...kinds.map((names) => names.exact(typed)), ...kinds.map((names) => names.resolve(typed))]
  return found.find((id) => id !== undefined)
}

/**
 * Ids of what a text may mean among several kinds of entries: what bears this very id or name, whatever its kind, then
 * clear misspellings, then what is close; of each, the first kind first.
 */
export function searchSubjects(typed: string, kinds: readonly Names[]): string[] {
  const found = [
    ...kinds.map((names) => names.exact(typed)),
    ...kinds.map((names) => names.resolve(typed)),
    ...kinds.flatMap((names) => names.search(typed, 10)),
  ]
  return [...new Set(found.filter((id) => id !== undefined))]
}
