import type { Picture } from '../answer.ts'
import { type Meeting, type SeatStatus, seatStatuses } from '../knowledge/schema.ts'
import type { Knowledge } from '../knowledge/store.ts'
import { altText } from './alt.ts'
import { drawGrid } from './grid.ts'
import { drawSheet } from './sheet.ts'

/** Each status has a shape of its own beside its colour, for those who see no colours and for print. */
const signs: Record<SeatStatus, { text: string; draw: (x: number, y: number) => string }> = {
  attended: {
    text: 'attended',
    draw: (x, y) => `<circle cx="${x}" cy="${y}" r="14" fill="#0b7a55"/>`,
  },
  expected: {
    text: 'expected',
    draw: (x, y) =>
      `<circle cx="${x}" cy="${y}" r="12.5" fill="#ffffff" stroke="#2f6fde" stroke-width="3"/><path d="M${x} ${y - 12.5}a12.5 12.5 0 0 1 0 25z" fill="#2f6fde"/>`,
  },
  invited: {
    text: 'invited',
    draw: (x, y) =>
      `<path d="M${x} ${y - 14}l14 14l-14 14l-14 -14z" fill="#ffffff" stroke="#8a4bc2" stroke-width="3.5" stroke-linejoin="round"/>`,
  },
  undecided: {
    text: 'undecided',
    draw: (x, y) =>
      `<path d="M${x} ${y - 14}l14 25h-28z" fill="#ffffff" stroke="#b36200" stroke-width="3.5" stroke-linejoin="round"/>`,
  },
  'not-invited': {
    text: 'not invited',
    draw: (x, y) =>
      `<path d="M${x - 11} ${y - 11}l22 22m0 -22l-22 22" stroke="#c0322b" stroke-width="5" stroke-linecap="round"/>`,
  },
}

/** What still reads at a phone's width. */
const most = { meetings: 8, parties: 20 }

/** Who sat where: parties by the meetings that more than one party has a seat at. Undefined where `asked` is not in it. */
export function drawSeats(knowledge: Knowledge, asked?: Meeting): Picture | undefined {
  const meetings = knowledge.meetings.filter(({ seats }) => seats.length > 1).slice(0, most.meetings)
  if (meetings.length === 0 || (asked && !meetings.includes(asked))) return undefined
  const counts = new Map<string, number>()
  for (const { party } of meetings.flatMap(({ seats }) => seats)) counts.set(party, (counts.get(party) ?? 0) + 1)
  const parties = [...counts].sort(([, a], [, b]) => b - a).map(([party]) => knowledge.party(party))
  const shown = parties.slice(0, most.parties)
  const used = seatStatuses.filter((status) =>
    meetings.some(({ seats }) => seats.some((seat) => seat.status === status)),
  )
  const seating = (meeting: Meeting): string => {
    const parts = used.flatMap((status) => {
      const seats = meeting.seats.filter((seat) => seat.status === status)
      const names = seats.map(({ party }) => knowledge.party(party).name)
      return names.length === 0 ? [] : [`${names.join(', ')} ${signs[status].text}`]
    })
    return `${nameOf(meeting)}: ${parts.join('; ')}`
  }

  return {
    name: asked ? `who-attended-${asked.id}` : 'who-attended',
    unmarked: 'who-attended',
    alt: altText(
      `Seating chart: ${shown.length} parties by ${meetings.length} meetings.`,
      [...new Set(asked ? [asked, ...meetings] : meetings)].map(seating),
    ),
    svg: () =>
      drawSheet(
        {
          title: 'Who sat where',
          subtitle: 'Parties by meetings; no sign where the articles name no seat',
          draw: (top) =>
            drawGrid(
              {
                rows: shown.map(({ name }) => ({ name })),
                columns: meetings.map((meeting) => ({ name: nameOf(meeting), marked: meeting === asked })),
                labels: 300,
                cell: (row, column, x, y) => {
                  const seat = meetings[column]?.seats.find(({ party }) => party === shown[row]?.id)
                  return seat ? signs[seat.status].draw(x, y) : ''
                },
                legend: used.map((status) => ({ sign: signs[status].draw, text: signs[status].text })),
                left: parties.length - shown.length,
              },
              top,
            ),
        },
        knowledge,
      ),
  }
}

/** A meeting's name without what it adds in brackets, which is too long for a chart. */
export function nameOf({ name, status }: Meeting): string {
  const bare = name.replace(/\s*\([^)]*\)$/, '')
  return status === 'planned' ? `${bare} (planned)` : bare
}
