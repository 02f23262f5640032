import type { Picture } from '../answer.ts'
import type { Knowledge } from '../knowledge/store.ts'
import { altText } from './alt.ts'
import { drawGrid } from './grid.ts'
import { drawSheet, ink } from './sheet.ts'

/** What still reads at a phone's width. */
const most = { parties: 22, topics: 16 }

/** Who has a position on what: parties by topics, those with the most first. Undefined where `asked` is not in it. */
export function drawPositions(knowledge: Knowledge, asked?: string): Picture | undefined {
  const count = (party: string, topic: string): number =>
    knowledge.positions.filter((one) => one.party === party && one.topic === topic).length
  const all = ranked(knowledge.positions.map(({ party }) => party))
  const parties = all.slice(0, most.parties)
  const topics = ranked(knowledge.positions.map(({ topic }) => topic)).slice(0, most.topics)
  if (parties.length === 0 || (asked !== undefined && !parties.includes(asked))) return undefined

  return {
    name: asked === undefined ? 'position' : `position-${asked}`,
    unmarked: 'position',
    alt: altText(
      `Chart of ${parties.length} parties by ${topics.length} topics: who has a position on what.`,
      [...new Set(asked === undefined ? parties : [asked, ...parties])].map((party) => {
        const own = topics.filter((topic) => count(party, topic) > 0)
        return `${knowledge.party(party).name}: ${own.map((topic) => knowledge.topic(topic).name).join(', ') || 'none of these'}`
      }),
    ),
    svg: () =>
      drawSheet(
        {
          title: 'Who has a position on what',
          subtitle: 'The larger the dot, the more positions the articles give',
          draw: (top) =>
            drawGrid(
              {
                rows: parties.map((party) => ({ name: knowledge.party(party).name, marked: party === asked })),
                columns: topics.map((topic) => ({ name: knowledge.topic(topic).name })),
                labels: 300,
                cell: (row, column, x, y) => {
                  const party = parties[row] ?? ''
                  return dot(count(party, topics[column] ?? ''), x, y, party === asked)
                },
                legend: [
                  { sign: (x, y) => dot(1, x, y), text: 'one' },
                  { sign: (x, y) => dot(2, x, y), text: 'two' },
                  { sign: (x, y) => dot(3, x, y), text: 'three or more' },
                ],
                left: all.length - parties.length,
              },
              top,
            ),
        },
        knowledge,
      ),
  }
}

/** Each id once, the most frequent first. */
function ranked(ids: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([id]) => id)
}

function dot(positions: number, x: number, y: number, marked = false): string {
  if (positions === 0) return ''
  const radius = [0, 6, 9.5][positions] ?? 13
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${marked ? ink.strong : ink.muted}" stroke="#ffffff" stroke-width="2"/>`
}
