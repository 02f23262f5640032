import * as z from 'zod'
import { type Action, type Block, unclear } from '../src/answer.ts'
import { type Context, defineCommand } from '../src/command.ts'
import type { Event } from '../src/knowledge/schema.ts'
import type { Names } from '../src/matching/names.ts'
import { resolveSubject, searchSubjects } from '../src/matching/subjects.ts'
import { drawTimeline } from '../src/pictures/timeline.ts'
import { formatDate, formatWhen, parseDate, spanOf } from '../src/when.ts'

export default defineCommand({
  name: 'timeline',
  description: 'What happened, in order; days that were worked out are marked',
  examples: ['/timeline', '/timeline about: Iran', '/timeline from: 20 October to: 23 October'],
  options: z.object({
    about: z
      .string()
      .max(100)
      .optional()
      .describe('Only events about this person, party, meeting or topic')
      .meta({ placeholder: 'Iran' }),
    from: z
      .string()
      .max(40)
      .optional()
      .describe('From this day on, such as 20 October')
      .meta({ placeholder: '20 October' }),
    to: z
      .string()
      .max(40)
      .optional()
      .describe('Up to this day, such as 23 October')
      .meta({ placeholder: '23 October' }),
  }),
  suggest: {
    about: (typed, context) =>
      searchSubjects(typed, kinds(context), hasEvents(context))
        .map(({ id, name }) => ({ name, value: id }))
        .slice(0, 25),
    from: (typed, context) => days(typed, context),
    to: (typed, context) => days(typed, context),
  },
  run: ({ about, from, to }, context) => {
    const { knowledge } = context
    const subject = about?.trim() ? resolveSubject(about, kinds(context), hasEvents(context)) : undefined
    if (about?.trim() && !subject)
      return unclear(`No event is about “${about}”. Try a person, a country or a meeting, such as “Assad” or “Iran”.`)
    const first = from?.trim() ? parseDate(from, year(context)) : undefined
    const last = to?.trim() ? parseDate(to, year(context)) : undefined
    for (const [typed, parsed] of [
      [from, first],
      [to, last],
    ] as const) {
      if (typed?.trim() && !parsed)
        return unclear(
          `“${typed}” is not a day that I can read. Write it like “23 October”, “2015-10-23”, “October 2015” or “2011”.`,
        )
    }
    if (first && last && first.first > last.last) return unclear(`“${from}” is later than “${to}”: swap them.`)

    const events = knowledge.events.filter(
      (event) => (!subject || concerns(event, subject.id)) && within(event, first?.first, last?.last),
    )
    const range = [first && `from ${formatDate(first.first)}`, last && `to ${formatDate(last.last)}`]
      .filter(Boolean)
      .join(' ')
    const title = ['Timeline', subject?.name, range].filter(Boolean).join(' · ')
    if (events.length === 0)
      return unclear(
        `The articles date no event ${[subject && `about ${subject.name}`, range].filter(Boolean).join(' ')}. They tell of 2011 and of September and October 2015.`,
      )

    const blocks: Block[] = events.map(({ when, what, cite }) => ({
      kind: 'claim',
      label: formatWhen(when) || 'No day given',
      text: what,
      cite,
    }))
    // With a range, what has no date can't be placed in it; saying so beats leaving it out silently.
    const undated =
      first || last
        ? knowledge.events.filter((event) => !event.when.date && (!subject || concerns(event, subject.id))).length
        : 0
    if (undated > 0)
      blocks.push({
        kind: 'note',
        text:
          undated === 1 ? 'One event without a date is left out.' : `${undated} events without a date are left out.`,
      })
    return {
      outcome: 'answer',
      title,
      ...(subject ? { read: subject.name } : {}),
      blocks,
      actions: [...meetings(events, context)].slice(0, 3),
      ...(events.length > 1 && {
        picture: drawTimeline(
          {
            name: ['timeline', subject?.id, first && `from-${first.first}`, last && `to-${last.last}`]
              .filter(Boolean)
              .join('-'),
            title,
            events,
          },
          knowledge,
        ),
      }),
      call: {
        command: 'timeline',
        options: {
          ...(subject && { about: subject.id }),
          ...(first && { from: first.first }),
          ...(last && { to: last.last }),
        },
      },
    }
  },
})

/** The year that most dated events are in: "20 October" means that one's. */
function year({ knowledge }: Context): string {
  const counts = new Map<string, number>()
  for (const { when } of knowledge.events)
    if (when.date) counts.set(when.date.slice(0, 4), (counts.get(when.date.slice(0, 4)) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

function concerns({ people, parties, meeting, about }: Event, id: string): boolean {
  return meeting === id || [people, parties, about].some((ids) => ids.includes(id))
}

function within({ when }: Event, first?: string, last?: string): boolean {
  if (first === undefined && last === undefined) return true
  const span = when.date ? spanOf(when.date) : undefined
  return span !== undefined && (first === undefined || span.last >= first) && (last === undefined || span.first <= last)
}

function kinds({ match }: Context): Names[] {
  return [match.people, match.parties, match.meetings, match.topics]
}

function hasEvents({ knowledge }: Context): (id: string) => boolean {
  return (id) => knowledge.events.some((event) => concerns(event, id))
}

function days(typed: string, { knowledge }: Context): { name: string; value: string }[] {
  const dates = [...new Set(knowledge.events.flatMap(({ when }) => when.date ?? []))]
  return dates
    .map((date) => ({ name: formatDate(date), value: date.split('/')[0] ?? date }))
    .filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(typed.trim().toLowerCase()))
    .slice(0, 25)
}

function meetings(events: readonly Event[], { knowledge }: Context): Action[] {
  const ids = [...new Set(events.flatMap(({ meeting }) => meeting ?? []))]
  return ids.length > 3
    ? []
    : ids.map((id) => ({
        label: `Who attended: ${knowledge.meeting(id).name}`.slice(0, 80),
        call: { command: 'who-attended', options: { meeting: id } },
      }))
}
