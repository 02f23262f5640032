import type { When } from './knowledge/schema.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "2015-10-23" → "23 October 2015"; "2015-09" → "September 2015"; "2015-10-22/2015-10-23" → both days. */
export function formatDate(date: string): string {
  return date
    .split('/')
    .map((part) => {
      const [year, month, day] = part.split('-')
      return [day && String(Number(day)), month && months[Number(month) - 1], year].filter(Boolean).join(' ')
    })
    .join(' to ')
}

/** The article's own words for a time, and the day beside them: “on Tuesday” (worked out: 20 October 2015). */
export function formatWhen({ words, date, inferred }: When): string {
  const day = date && (inferred ? `worked out: ${formatDate(date)}` : formatDate(date))
  if (words && day) return `“${words}” (${day})`
  return words ? `“${words}”` : (day ?? '')
}

/**
 * Reads a day, month or year that someone typed: "2015-10-23", "23 October", "Oct 23 2015", "October", "2011".
 * Returns its first and last day as ISO dates, or undefined. A missing year is `year`.
 */
export function parseDate(typed: string, year: string): { first: string; last: string } | undefined {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/[,.]/g, ' ')
    .replace(/\b(\d{1,2})(st|nd|rd|th)\b/g, '$1')
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text)
  if (iso?.[1]) return span(iso[1], iso[2], iso[3])

  let parts = text.split(/\s+/).filter((part) => part !== 'of' && part !== 'the' && part !== 'on')
  const named = parts.find(
    (part) => /^[a-z]{3,}$/.test(part) && months.some((month) => month.toLowerCase().startsWith(part)),
  )
  if (!named) return undefined
  parts = parts.filter((part) => part !== named)
  const month = String(months.findIndex((name) => name.toLowerCase().startsWith(named)) + 1)
  const given = parts.find((part) => /^\d{4}$/.test(part))
  const day = parts.find((part) => /^\d{1,2}$/.test(part))
  if (parts.length !== Number(given !== undefined) + Number(day !== undefined)) return undefined
  return span(given ?? year, month, day)
}

function span(year: string, month?: string, day?: string): { first: string; last: string } | undefined {
  if (!month) return { first: `${year}-01-01`, last: `${year}-12-31` }
  const number = Number(month)
  if (number < 1 || number > 12) return undefined
  const last = new Date(Date.UTC(Number(year), number, 0)).getUTCDate()
  if (day && (Number(day) < 1 || Number(day) > last)) return undefined
  const prefix = `${year}-${month.padStart(2, '0')}`
  return day
    ? { first: `${prefix}-${day.padStart(2, '0')}`, last: `${prefix}-${day.padStart(2, '0')}` }
    : { first: `${prefix}-01`, last: `${prefix}-${last}` }
}

/** The first and the last day that a date of the store reaches over. */
export function spanOf(date: string): { first: string; last: string } | undefined {
  const [from = '', to = from] = date.split('/')
  const first = parseDate(from, '')
  const last = parseDate(to, '')
  return first && last && { first: first.first, last: last.last }
}
