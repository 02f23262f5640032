import * as z from 'zod'
import { type Block, type Suggestion, unclear } from '../src/answer.ts'
import { type Context, defineCommand } from '../src/command.ts'
import { drawPositions } from '../src/pictures/positions.ts'

export default defineCommand({
  name: 'position',
  description: 'What a country or group wants, by topic',
  examples: ['/position party: Russia', '/position party: KSA topic: Iran at the talks', '/position party: Turkey'],
  options: z.object({
    party: z.string().trim().min(1).max(100).describe('Whose position').meta({ placeholder: 'Russia' }),
    topic: z.string().max(100).optional().describe('Only on this topic').meta({ placeholder: "Assad's future" }),
  }),
  suggest: {
    party: (typed, { knowledge, match }) =>
      match.parties
        .search(typed, knowledge.parties.length)
        .map((id) => ({
          party: knowledge.party(id),
          count: knowledge.positions.filter((one) => one.party === id).length,
        }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => (typed.trim() === '' ? b.count - a.count : 0))
        .slice(0, 25)
        .map(({ party }) => ({ name: party.name, value: party.name })),
    topic: (typed, { knowledge, match }) =>
      match.topics
        .search(typed, knowledge.topics.length)
        .filter((id) => knowledge.positions.some(({ topic }) => topic === id))
        .slice(0, 25)
        .map((id) => ({ name: knowledge.topic(id).name, value: knowledge.topic(id).name })),
  },
  run: ({ party: typed, topic: about }, context) => {
    const { knowledge, match } = context
    const person = match.people.resolve(typed)
    const party = match.parties.resolve(typed) ?? (person === undefined ? undefined : knowledge.person(person).party)
    if (party === undefined) {
      const near = match.parties.search(typed, 3).filter((id) => knowledge.positions.some((one) => one.party === id))
      return unclear(
        `The articles know no party called “${typed}”.${near.length > 0 ? ' Did you mean one of these?' : ` They give positions of ${parties(context)}.`}`,
        near.map((id) => offer(id, context)),
      )
    }
    const { name } = knowledge.party(party)
    const all = knowledge.positions.filter((one) => one.party === party)
    if (all.length === 0)
      return unclear(`The articles give no position of ${name}. They give positions of ${parties(context)}.`)
    const topic = about?.trim() ? (match.topics.resolve(about) ?? match.topics.search(about, 1)[0]) : undefined
    if (about?.trim() && topic === undefined)
      return unclear(
        `“${about}” is none of the topics. On these the articles give a position of ${name}: ${topics(party, context)}.`,
        [offer(party, context)],
      )
    const chosen = all.filter((one) => topic === undefined || one.topic === topic)
    if (chosen.length === 0)
      return unclear(
        `The articles don’t say what ${name} wants on “${knowledge.topic(topic ?? '').name}”. They do on: ${topics(party, context)}.`,
        [offer(party, context)],
      )

    const blocks: Block[] = []
    for (const group of new Set(chosen.map((one) => one.topic))) {
      blocks.push({ kind: 'heading', text: knowledge.topic(group).name })
      for (const { topic: own, position, according, cite } of chosen) {
        if (own === group)
          blocks.push({
            kind: 'claim',
            text:
              according && !position.includes(according.split(' ').at(-1) ?? '')
                ? `${position} (According to ${according}.)`
                : position,
            cite,
          })
      }
    }
    const speakers = knowledge.people.filter(
      (one) => one.party === party && knowledge.quotes.some(({ speaker }) => speaker === one.id),
    )
    const picture = topic === undefined ? drawPositions(knowledge, party) : undefined
    return {
      outcome: 'answer',
      title: `Positions: ${name}${topic === undefined ? '' : `, ${knowledge.topic(topic).name}`}`,
      read: topic === undefined ? name : `${name}, ${knowledge.topic(topic).name}`,
      blocks,
      ...(picture && { picture }),
      actions: speakers.slice(0, 4).map(({ id, name: speaker }) => ({
        label: `Quotations: ${speaker}`,
        call: { command: 'quote', options: { speaker: id } },
      })),
      call: { command: 'position', options: { party, ...(topic === undefined ? {} : { topic }) } },
    }
  },
})

function offer(party: string, { knowledge }: Context): Suggestion {
  return {
    question: `Positions: ${knowledge.party(party).name}`,
    text: '',
    cite: [],
    call: { command: 'position', options: { party } },
  }
}

function parties({ knowledge }: Context): string {
  return knowledge.parties
    .filter(({ id }) => knowledge.positions.some(({ party }) => party === id))
    .map(({ name }) => name)
    .join(', ')
}

function topics(party: string, { knowledge }: Context): string {
  const ids = new Set(knowledge.positions.filter((one) => one.party === party).map(({ topic }) => topic))
  return [...ids].map((id) => knowledge.topic(id).name).join(', ')
}
