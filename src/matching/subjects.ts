import type { Named, Names } from './names.ts'

/** Something that a quotation or an event can be about: a person, a party, a meeting, a topic. */
export type Subject = Pick<Named, 'id' | 'name'>

/**
 * What a text may mean among several kinds of entries, of those that `isUsed`: what bears this very id or name, whatever
 * its kind, then clear misspellings, then what is close; of each, the first kind first.
 */
export function searchSubjects(typed: string, kinds: readonly Names[], isUsed: (id: string) => boolean): Subject[] {
  const found = [
    ...kinds.map((names) => names.exact(typed)),
    ...kinds.map((names) => names.resolve(typed)),
    ...kinds.flatMap((names) => names.search(typed, 10)),
  ]
  return [...new Set(found.filter((id) => id !== undefined))].filter(isUsed).map((id) => named(id, kinds))
}

/** What a text clearly means, though it may not be used, by its very name first; else what comes closest of what is. */
export function resolveSubject(
  typed: string,
  kinds: readonly Names[],
  isUsed: (id: string) => boolean,
): Subject | undefined {
  const found = [...kinds.map((names) => names.exact(typed)), ...kinds.map((names) => names.resolve(typed))]
  const id = found.find((id) => id !== undefined)
  return id === undefined ? searchSubjects(typed, kinds, isUsed)[0] : named(id, kinds)
}

function named(id: string, kinds: readonly Names[]): Subject {
  return { id, name: kinds.map((names) => names.nameOf(id)).find((name) => name !== undefined) ?? id }
}
