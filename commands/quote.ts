import * as z from 'zod'
import { type Action, type Answer, type Block, type Call, type Suggestion, unclear } from '../src/answer.ts'
import { type Context, defineCommand } from '../src/command.ts'
import type { Person, Quote } from '../src/knowledge/schema.ts'
import type { Names } from '../src/matching/names.ts'
import { resolveSubject, searchSubjects } from '../src/matching/subjects.ts'
import { formatWhen } from '../src/when.ts'

export default defineCommand({
  name: 'quote',
  description: 'What someone said about the talks, word for word',
  examples: ['/quote speaker: Kerry', '/quote speaker: Zarate about: airstrikes', '/quote speaker: unnamed officials'],
  options: z.object({
    speaker: z.string().trim().min(1).max(100).describe('Who said it').meta({ placeholder: 'Kerry' }),
    about: z.string().max(100).optional().describe('Only quotations about this').meta({ placeholder: 'Iran' }),
  }),
  suggest: {
    speaker: (typed, { knowledge, match }) => {
      const quoted = match.people
        .search(typed, typed.trim() === '' ? knowledge.people.length : 25)
        .map((id) => ({ person: knowledge.person(id), count: quotesOf([id], { knowledge }).length }))
      // Whoever is never quoted is still offered, at the end: the answer then says so.
      return quoted
        .sort((a, b) => (typed.trim() === '' ? b.count - a.count : Number(b.count > 0) - Number(a.count > 0)))
        .map(({ person, count }) => ({
          name: `${person.name} (${count === 0 ? 'never quoted' : count === 1 ? '1 quotation' : `${count} quotations`})`,
          value: person.name,
        }))
    },
    about: (typed, context) =>
      searchSubjects(typed, kinds(context), isQuoted(context))
        .map(({ id, name }) => ({ name, value: id }))
        .slice(0, 25),
  },
  run: ({ speaker, about }, context) => {
    const { knowledge, match } = context
    const person = match.people.resolve(speaker)
    const party = person === undefined ? match.parties.resolve(speaker) : undefined
    if (person === undefined && party === undefined) {
      const nearest = match.people.search(speaker, 3).map((id) => offer(knowledge.person(id), context))
      return unclear(
        `Nobody called “${speaker}” speaks in the articles.${nearest.length > 0 ? ' Did you mean one of these?' : ` They quote ${speakers(context)}.`}`,
        nearest,
      )
    }
    const people =
      person !== undefined ? [person] : knowledge.people.filter((one) => one.party === party).map(({ id }) => id)
    const name = person !== undefined ? knowledge.person(person).name : knowledge.party(party ?? '').name
    const all = quotesOf(people, context)
    if (all.length === 0) {
      return unclear(
        person !== undefined
          ? `${name} is in the articles but is never quoted there. They quote ${speakers(context)}.`
          : `The articles quote nobody who speaks for ${name}. They quote ${speakers(context)}.`,
        [],
      )
    }
    const call = { command: 'quote', options: { speaker: person ?? party ?? '' } }
    if (about === undefined || about.trim() === '') return answer(name, all, call, context)

    const subject = resolveSubject(about, kinds(context), isQuoted(context))
    // As much of the words as a button can carry: its pages have to be those of this answer.
    const words = about.replaceAll('|', ' ').trim().slice(0, 24).trim()
    const chosen = subject
      ? all.filter((quote) => quote.about.includes(subject.id))
      : all.filter((quote) => quote.words.toLowerCase().includes(words.toLowerCase()))
    if (chosen.length === 0) {
      return unclear(`The articles quote ${name}, but not about “${subject?.name ?? about}”.`, [
        {
          question: `Everything that ${name} is quoted with`.slice(0, 80),
          text: `${all.length} quotations`,
          cite: [],
          call,
        },
      ])
    }
    if (!subject)
      return answer(`${name} with “${words}”`, chosen, { ...call, options: { ...call.options, about: words } }, context)
    return answer(
      `${name} on ${subject.name}`,
      chosen,
      { ...call, options: { ...call.options, about: subject.id } },
      context,
    )
  },
})

function answer(title: string, quotes: readonly Quote[], call: Call, context: Context): Answer {
  const speakers = [...new Set(quotes.map(({ speaker }) => speaker))]
  const actions: Action[] = speakers.slice(0, 3).map((id) => ({
    label: `Who is ${context.knowledge.person(id).name}?`,
    call: { command: 'who-is', options: { person: id } },
  }))
  return {
    outcome: 'answer',
    title: `Quotations: ${title}`,
    read: title,
    blocks: quotes.map((quote) => quotation(quote, context)),
    actions,
    call,
  }
}

/** A quotation with who said it, in which role, when and to whom. */
function quotation(quote: Quote, { knowledge }: Context): Block {
  const { name, roles, unnamed } = knowledge.person(quote.speaker)
  const by = unnamed ? `“${quote.attribution}”` : [name, roles[0]?.role].filter(Boolean).join(', ')
  const about = [quote.setting, quote.when && formatWhen(quote.when), quote.partial && 'quoted in part', quote.note]
    .filter(Boolean)
    .join(' · ')
  return { kind: 'quotation', words: quote.words, by, about, cite: quote.cite }
}

function quotesOf(people: readonly string[], { knowledge }: Pick<Context, 'knowledge'>): Quote[] {
  return knowledge.quotes.filter(({ speaker }) => people.includes(speaker))
}

function speakers(context: Context): string {
  return context.knowledge.people
    .filter(({ id }) => quotesOf([id], context).length > 0)
    .map(({ name }) => name)
    .join(', ')
}

function offer(person: Person, context: Context): Suggestion {
  const count = quotesOf([person.id], context).length
  return {
    question: `Quotations: ${person.name}`,
    text: count === 0 ? 'never quoted' : `${count} quotations`,
    cite: [],
    call: { command: 'quote', options: { speaker: person.id } },
  }
}

/** What quotations can be about: topics first. */
function kinds({ match }: Pick<Context, 'match'>): Names[] {
  return [match.topics, match.parties, match.people, match.meetings]
}

function isQuoted({ knowledge }: Pick<Context, 'knowledge'>): (id: string) => boolean {
  const used = new Set(knowledge.quotes.flatMap(({ about }) => about))
  return (id) => used.has(id)
}
