import { closest, distance } from 'fastest-levenshtein'

/** `; did you mean "answer"?` where one of the known names is a few letters away, or begins like this; else nothing. */
export function didYouMean(written: string, known: readonly string[]): string {
  const near = known.length > 0 ? closest(written, known) : ''
  const isNear = distance(written, near) <= Math.max(2, written.length / 3)
  const meant = isNear ? near : known.find((name) => name.startsWith(`${written}-`))
  return meant ? `; did you mean "${meant}"?` : ''
}
