import * as z from 'zod'
import type { Answer, Block, Menu } from '../src/answer.ts'
import { type Context, defineCommand } from '../src/command.ts'
import type { Meeting, Seat, SeatStatus } from '../src/knowledge/schema.ts'
import { drawSeats } from '../src/pictures/seats.ts'
import { formatWhen } from '../src/when.ts'

const headings: Record<SeatStatus, string> = {
  attended: 'Attended',
  invited: 'Invited',
  expected: 'Expected',
  undecided: 'Undecided',
  'not-invited': 'Not invited',
}

export default defineCommand({
  name: 'who-attended',
  description: 'Who sat at a meeting, was invited, was expected or was left out',
  examples: ['/who-attended', '/who-attended meeting: second Vienna talks'],
  options: z.object({
    meeting: z
      .string()
      .max(100)
      .optional()
      .describe('Which meeting or contact; the first Vienna talks if you leave it out'),
  }),
  suggest: {
    meeting: (typed, { knowledge, match }) =>
      match.meetings
        .search(typed, 25)
        .map((id) => ({ name: knowledge.meeting(id).name, value: knowledge.meeting(id).name })),
  },
  run: ({ meeting: typed }, context) => {
    const { knowledge, match } = context
    const first = knowledge.meetings[0]
    const id = typed === undefined || typed.trim() === '' ? first?.id : match.meetings.resolve(typed)
    if (id === undefined) {
      return {
        outcome: 'decline',
        reason: 'unclear',
        text: `I know no meeting called “${typed}”. Choose one from the menu.`,
        nearest: [],
        menu: menu(context),
      }
    }
    return attendance(knowledge.meeting(id), context)
  },
})

function attendance(meeting: Meeting, context: Context): Answer {
  const { knowledge } = context
  const blocks: Block[] = [
    {
      kind: 'claim',
      text: [statusOf(meeting), meeting.where, meeting.when && formatWhen(meeting.when)].filter(Boolean).join(' · '),
      cite: meeting.cite,
    },
  ]
  for (const [status, heading] of Object.entries(headings)) {
    const seats = meeting.seats.filter((seat) => seat.status === status)
    if (seats.length === 0) continue
    blocks.push({ kind: 'heading', text: heading })
    for (const seat of seats) blocks.push(seatBlock(seat, context))
  }
  if (meeting.seats.length === 0) blocks.push({ kind: 'note', text: 'The articles don’t say who was there.' })
  if (meeting.purpose) blocks.push({ kind: 'heading', text: 'What it was for' }, { kind: 'claim', ...meeting.purpose })
  if (meeting.outcome) blocks.push({ kind: 'heading', text: 'What came of it' }, { kind: 'claim', ...meeting.outcome })
  const picture = drawSeats(knowledge, meeting)
  return {
    outcome: 'answer',
    title: `Who attended: ${meeting.name}`,
    read: meeting.name,
    blocks,
    menu: menu(context, meeting.id),
    ...(picture && { picture }),
    actions: knowledge.events.some((event) => event.meeting === meeting.id)
      ? [{ label: 'Timeline', call: { command: 'timeline', options: { about: meeting.id } } }]
      : [],
    call: { command: 'who-attended', options: { meeting: meeting.id } },
  }
}

function statusOf({ kind, status }: Meeting): string {
  return status === 'planned'
    ? `Planned ${kind}`
    : status === 'agreed'
      ? 'Agreed'
      : `${kind.charAt(0).toUpperCase()}${kind.slice(1)}, held`
}

function seatBlock({ party, people, note, cite }: Seat, { knowledge }: Context): Block {
  // Whoever the articles leave without a name is described in the note.
  const named = people.map(knowledge.person).filter(({ unnamed }) => !unnamed)
  const who = named.map(({ name }) => name).join(', ')
  return {
    kind: 'claim',
    label: knowledge.party(party).name,
    text: [who, note].filter(Boolean).join('. ') || 'no name given',
    cite,
  }
}

function menu({ knowledge }: Context, chosen?: string): Menu {
  return {
    placeholder: 'Another meeting',
    choices: knowledge.meetings
      .filter(({ id }) => id !== chosen)
      .slice(0, 25)
      .map(({ id, name }) => ({ label: name, call: { command: 'who-attended', options: { meeting: id } } })),
  }
}
