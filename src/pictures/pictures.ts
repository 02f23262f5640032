import type { Picture } from '../answer.ts'
import type { Knowledge } from '../knowledge/store.ts'
import { drawPositions } from './positions.ts'
import { drawSeats } from './seats.ts'
import { drawTimeline } from './timeline.ts'

/** The pictures of a whole store, with nothing marked. */
export function drawAll(knowledge: Knowledge): Picture[] {
  return [
    drawTimeline({ name: 'timeline', title: 'Timeline', events: knowledge.events }, knowledge),
    drawSeats(knowledge),
    drawPositions(knowledge),
  ].filter((picture) => picture !== undefined)
}
