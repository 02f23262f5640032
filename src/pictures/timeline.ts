import { distinct, type Picture, placeKey } from '../answer.ts'
import type { Event } from '../knowledge/schema.ts'
import type { Knowledge } from '../knowledge/store.ts'
import { formatDate, spanOf } from '../when.ts'
import { altText } from './alt.ts'
import { drawLegend } from './grid.ts'
import { nameOf } from './seats.ts'
import { baseline, type Drawn, drawSheet, ink, inner, lines, sheet } from './sheet.ts'
import { round, type Style, textAt, widthOf, wrap } from './text.ts'

/** How the day of an event is known. */
type Known = 'given' | 'worked-out' | 'none'

/** Events of one meeting on one day, or one event that belongs to no meeting. */
interface Group {
  text: string
  marks: { known: Known; footnotes: string }[]
}

/** One day, or a time that the articles give in words only. */
interface Stop {
  date?: string
  words?: string
  known: Known
  groups: Map<string, Group>
}

/** A picture as long as this is read without turning pages. */
const mostStops = 24

interface Contents {
  name: string
  title: string
  events: readonly Event[]
}

/** The events along a time axis, by day and meeting, each with the numbers of its footnotes in the answer's text. */
export function drawTimeline({ name, title, events }: Contents, knowledge: Knowledge): Picture {
  const all = stopsOf(events, knowledge)
  const stops = all.slice(0, mostStops)
  const dates = all.flatMap(({ date }) => date ?? [])
  const first = dates[0]
  const last = dates.at(-1)
  const span =
    first === undefined || last === undefined
      ? ''
      : first === last
        ? formatDate(first)
        : `${formatDate(first)} to ${formatDate(last)}`
  const left = all.length - stops.length
  return {
    name,
    alt: altText(
      `Time axis of ${events.length} events${span && `, ${span}`}.`,
      all.map(({ date, words, known, groups }) => {
        const day = date && `${formatDate(date)}${known === 'worked-out' ? ' (worked out)' : ''}`
        return `${day ?? (words ? `“${words}”` : 'No day given')}: ${[...groups.values()].map(inWords).join('; ')}`
      }),
    ),
    svg: () =>
      drawSheet(
        {
          title,
          subtitle: [span, left > 0 ? `${left} more in the text` : ''].filter(Boolean).join('; '),
          draw: (top) => drawAxis(stops, top),
        },
        knowledge,
      ),
  }
}

function inWords({ text, marks }: Group): string {
  const short =
    text.length <= 80 ? text.replace(/\.$/, '') : `${text.slice(0, text.lastIndexOf(' ', 80)).replace(/[.,;]$/, '')}…`
  return marks.length === 1 ? short : `${short} (${marks.length} events)`
}

/** Gathers events by day and meeting. What has no day stands at its meeting's, where that was held. */
function stopsOf(events: readonly Event[], knowledge: Knowledge): Stop[] {
  const numbers = new Map(
    distinct(events.flatMap(({ cite }) => cite)).map((citation, at) => [placeKey(citation), at + 1]),
  )
  const stops = new Map<string, Stop>()
  let loose = 0
  for (const { id, when, what, meeting: at, cite } of events) {
    const meeting = at === undefined ? undefined : knowledge.meeting(at)
    const known: Known = when.date ? (when.inferred ? 'worked-out' : 'given') : 'none'
    const held = meeting && meeting.status !== 'planned' ? meeting.when : undefined
    const date = when.date ?? held?.date
    // Undated ones share a stop only with the neighbour that belongs to the same meeting.
    const before = [...stops.keys()].at(-1) ?? ''
    const key = date ?? (at !== undefined && before.endsWith(` ${at}`) ? before : `${loose++} ${at ?? id}`)
    const stop: Stop = stops.get(key) ?? {
      ...(date ? { date } : when.words ? { words: when.words } : {}),
      known: date ? (when.date ? known : held?.inferred ? 'worked-out' : 'given') : 'none',
      groups: new Map(),
    }
    stops.set(key, stop)
    const group = stop.groups.get(at ?? id) ?? { text: meeting ? nameOf(meeting) : what, marks: [] }
    stop.groups.set(at ?? id, group)
    group.marks.push({ known, footnotes: ranges(cite.flatMap((citation) => numbers.get(placeKey(citation)) ?? [])) })
  }
  return [...stops.values()]
}

/** 1, 2, 3, 7 → "1–3, 7" */
function ranges(numbers: readonly number[]): string {
  const spans: [number, number][] = []
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const open = spans.at(-1)
    if (open && number === open[1] + 1) open[1] = number
    else spans.push([number, number])
  }
  return spans.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join(', ')
}

const day: Style = { size: 26, weight: 'bold' }
const words: Style = { size: 24, fill: ink.muted }
const what: Style = { size: 24 }
const number: Style = { size: 24, weight: 'bold' }
const axis = 208
const left = 240
const width = sheet.margin + inner - left
const lineHeight = 31

function drawAxis(stops: readonly Stop[], top: number): Drawn {
  const line: string[] = []
  const parts: string[] = []
  let y = top
  let year = ''
  let before: { stop: Stop; middle: number } | undefined
  for (const stop of stops) {
    const pause = before === undefined ? 0 : pauseBetween(before.stop, stop)
    y += pause
    const middle = y + lineHeight / 2
    if (before !== undefined)
      line.push(
        `<path d="M${axis} ${round(before.middle)}V${round(middle)}" stroke="${ink.line}" stroke-width="4"${pause > pauses.days ? ' stroke-dasharray="4 8"' : ''}/>`,
      )

    let bottom: number
    if (stop.date === undefined) {
      const label = lines(
        wrap(stop.words === undefined ? 'no day' : `“${stop.words}”`, axis - 20 - sheet.margin, words, 3),
        sheet.margin,
        y,
        30,
        words,
      )
      parts.push(label.svg)
      bottom = label.bottom
    } else {
      const short = shortDate(stop.date)
      const label = lines([short.day], sheet.margin, y, lineHeight, day)
      parts.push(label.svg)
      bottom = label.bottom
      if (short.year !== year && short.year !== short.day) {
        const own = lines([short.year], sheet.margin, bottom - 2, 30, words)
        parts.push(own.svg)
        bottom = own.bottom
      }
      year = short.year
    }
    let own = y
    for (const group of stop.groups.values()) {
      const drawn = drawGroup(group, own)
      parts.push(drawn.svg)
      own = drawn.bottom + 6
    }
    parts.push(knot(axis, middle, stop.known))
    y = Math.max(own - 6, bottom) + 17
    before = { stop, middle }
  }
  const legend = drawLegend(
    [
      { sign: (x, y) => knot(x, y, 'given'), text: 'day in the articles' },
      { sign: (x, y) => knot(x, y, 'worked-out'), text: 'day worked out' },
      { sign: (x, y) => knot(x, y, 'none'), text: 'no day given' },
      { sign: (x, y) => pill(x - 16, y - 16, '1', 'worked-out').svg, text: 'its footnotes in the text' },
    ],
    y + 8,
  )
  return {
    svg: [...line, ...parts, legend.svg].join('\n'),
    bottom: legend.bottom,
  }
}

/** What happened, and behind its last word the footnotes of each event. */
function drawGroup({ text, marks }: Group, top: number): Drawn {
  // The first footnotes stay on the line of the last word.
  const texts = wrap(text, width - 12 - pillWidth(marks[0]?.footnotes ?? ''), what, 3)
  const drawn = lines(texts, left, top, lineHeight, what)
  const parts = [drawn.svg]
  let x = left + widthOf(texts.at(-1) ?? '', what) + 12
  let y = drawn.bottom - lineHeight
  for (const { known, footnotes } of marks) {
    if (x + pillWidth(footnotes) > left + width) {
      x = left
      y += lineHeight + 4
    }
    const one = pill(x, y, footnotes, known)
    parts.push(one.svg)
    x += one.width + 8
  }
  return { svg: parts.join('\n'), bottom: y + lineHeight }
}

function pillWidth(text: string): number {
  return Math.max(widthOf(text, number) + 18, lineHeight)
}

const looks: Record<Known, { fill: string; stroke: string; text: string; dash: string }> = {
  given: { fill: ink.deep, stroke: ink.deep, text: '#ffffff', dash: '' },
  'worked-out': { fill: ink.soft, stroke: ink.strong, text: ink.deep, dash: '' },
  none: { fill: '#ffffff', stroke: '#8a929c', text: ink.muted, dash: ' stroke-dasharray="5 4"' },
}

function pill(x: number, y: number, text: string, known: Known): { svg: string; width: number } {
  const { fill, stroke, text: colour, dash } = looks[known]
  const width = pillWidth(text)
  return {
    svg: `<rect x="${round(x + 1)}" y="${round(y + 1)}" width="${round(width - 2)}" height="${lineHeight - 2}" rx="${lineHeight / 2 - 1}" fill="${fill}" stroke="${stroke}" stroke-width="2"${dash}/>${textAt(x + width / 2, y + baseline(lineHeight, number), text, { ...number, fill: colour, anchor: 'middle' })}`,
    width,
  }
}

function knot(x: number, y: number, known: Known): string {
  const { stroke, dash } = looks[known]
  const fill = known === 'given' ? stroke : '#ffffff'
  return `<circle cx="${round(x)}" cy="${round(y)}" r="10" fill="${fill}" stroke="${stroke}" stroke-width="4"${dash}/>`
}

/** A pause between two stops, in pixels: none from one day to the next, the most where years pass. */
const pauses = { days: 12, weeks: 24, years: 36 } as const

function pauseBetween(one: Stop, other: Stop): number {
  const end = one.date && spanOf(one.date)?.last
  const start = other.date && spanOf(other.date)?.first
  if (!end || !start) return 0
  const days = (Date.parse(start) - Date.parse(end)) / 86_400_000
  return days > 300 ? pauses.years : days > 7 ? pauses.weeks : days > 1 ? pauses.days : 0
}

/** "2015-10-19/2015-10-22" → "19–22 Oct" and "2015"; a year alone is both. */
function shortDate(date: string): { day: string; year: string } {
  const [from, to] = date.split('/').map((part) => {
    const words = formatDate(part).split(' ')
    const year = words.pop() ?? ''
    return { year, month: (words.pop() ?? '').slice(0, 3), day: words.pop() ?? '' }
  })
  if (!from) return { day: '', year: '' }
  if (from.month === '') return { day: from.year, year: from.year }
  if (!to) return { day: `${from.day} ${from.month}`.trim(), year: from.year }
  const first = from.month === to.month ? from.day : `${from.day} ${from.month}`
  return { day: `${first}–${to.day} ${to.month}`, year: to.year }
}
