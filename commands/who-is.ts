import * as z from 'zod'
import { type Action, type Answer, type Block, type Suggestion, unclear } from '../src/answer.ts'
import { type Context, defineCommand } from '../src/command.ts'
import type { Event, Party, Person } from '../src/knowledge/schema.ts'
import { formatWhen } from '../src/when.ts'

export default defineCommand({
  name: 'who-is',
  description: 'Who someone is in the articles: role, party, what they did and said',
  examples: ['/who-is person: Ratney', '/who-is person: Lavrov', '/who-is person: Henning Riecke'],
  options: z.object({
    person: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .describe('A person or a party of the articles')
      .meta({ placeholder: 'Michael Ratney' }),
  }),
  suggest: {
    person: (typed, { knowledge, match }) =>
      [
        ...match.people.search(typed, 25).map((id) => knowledge.person(id).name),
        ...match.parties.search(typed, 25).map((id) => knowledge.party(id).name),
      ]
        .slice(0, 25)
        .map((name) => ({ name, value: name })),
  },
  run: ({ person: typed }, context) => {
    const { knowledge, match } = context
    const person = match.people.resolve(typed)
    if (person !== undefined) return aboutPerson(knowledge.person(person), context)
    const party = match.parties.resolve(typed)
    if (party !== undefined) return aboutParty(knowledge.party(party), context)
    const nearest = [
      ...match.people.search(typed, 3).map((id) => offer(knowledge.person(id))),
      ...match.parties.search(typed, 3).map((id) => offer(knowledge.party(id))),
    ].slice(0, 3)
    return unclear(
      `Nobody called “${typed}” is in the articles.${nearest.length > 0 ? ' Did you mean one of these?' : ''}`,
      nearest,
    )
  },
})

function aboutPerson(person: Person, { knowledge }: Context): Answer {
  const blocks: Block[] = person.roles.map(({ role, cite }, at) => ({
    kind: 'claim',
    label: at === 0 ? 'Role' : 'Also given as',
    text: role,
    cite,
  }))
  if (person.note) blocks.push({ kind: 'note', text: person.note })
  blocks.push(...did(knowledge.events.filter(({ people }) => people.includes(person.id))))
  const quotes = knowledge.quotes.filter(({ speaker }) => speaker === person.id)
  if (quotes.length === 0) blocks.push({ kind: 'note', text: `The articles never quote ${person.name}.` })
  const actions: Action[] = []
  if (quotes.length > 0)
    actions.push({
      label: quotes.length === 1 ? '1 quotation' : `${quotes.length} quotations`,
      call: { command: 'quote', options: { speaker: person.id } },
    })
  if (person.party) {
    const { id, name } = knowledge.party(person.party)
    if (knowledge.positions.some(({ party }) => party === id))
      actions.push({ label: `Positions: ${name}`.slice(0, 80), call: { command: 'position', options: { party: id } } })
  }
  return {
    outcome: 'answer',
    title: person.name,
    read: person.name,
    blocks,
    actions,
    call: { command: 'who-is', options: { person: person.id } },
  }
}

function aboutParty(party: Party, { knowledge }: Context): Answer {
  const people = knowledge.people.filter((person) => person.party === party.id)
  const actions: Action[] = people
    .slice(0, 3)
    .map(({ id, name }) => ({ label: name, call: { command: 'who-is', options: { person: id } } }))
  if (knowledge.positions.some((position) => position.party === party.id))
    actions.unshift({
      label: `Positions: ${party.name}`.slice(0, 80),
      call: { command: 'position', options: { party: party.id } },
    })
  return {
    outcome: 'answer',
    title: party.name,
    read: party.name,
    blocks: [
      { kind: 'claim', text: party.about, cite: party.cite },
      ...did(knowledge.events.filter(({ parties }) => parties.includes(party.id))),
    ],
    actions,
    call: { command: 'who-is', options: { person: party.id } },
  }
}

function did(events: readonly Event[]): Block[] {
  if (events.length === 0) return []
  return [
    { kind: 'heading', text: 'In the events' },
    ...events.map(
      ({ when, what, cite }): Block => ({ kind: 'claim', label: formatWhen(when) || 'No day given', text: what, cite }),
    ),
  ]
}

function offer({ id, name }: Person | Party): Suggestion {
  return {
    question: `Who is ${name}?`.slice(0, 80),
    text: '',
    cite: [],
    call: { command: 'who-is', options: { person: id } },
  }
}
