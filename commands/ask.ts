import * as z from 'zod'
import type { Answer, Suggestion } from '../src/answer.ts'
import { type Context, defineCommand } from '../src/command.ts'
import type { Question, UnknownReason } from '../src/knowledge/schema.ts'

/** Buttons name entries by their place in the store, `~4f.b2`: three ids would not fit into a button. */
const places = /^~[0-9a-z]{1,4}(\.[0-9a-z]{1,4}){0,2}$/

const refusals: Record<UnknownReason, string> = {
  absent: 'The three articles don’t say.',
  otherwise: 'The articles report otherwise.',
  later: 'That is later than the articles, which end before the second Vienna meeting.',
  'off-topic': 'That isn’t about the talks. I only know three articles about the October 2015 Vienna talks on Syria.',
}

export default defineCommand({
  name: 'ask',
  description: 'Ask about the October 2015 Vienna talks on Syria; answered from three articles and nothing else',
  examples: [
    '/ask question: was Iran invited',
    '/ask question: how close did the Russian jet come',
    '/ask question: who won the war',
  ],
  options: z.object({
    question: z
      .string()
      .max(300)
      .describe('Your question, in your own words')
      .meta({ placeholder: 'was Iran invited?' }),
  }),
  suggest: {
    question: (typed, { knowledge, match }) =>
      match
        .questions(typed, 25)
        .map((id) => ({ name: knowledge.question(id).question, value: knowledge.question(id).question })),
  },
  run: ({ question }, context) => {
    const { knowledge, match } = context
    if (places.test(question)) {
      const offered = question
        .slice(1)
        .split('.')
        .flatMap((place) => knowledge.questions[Number.parseInt(place, 36)] ?? [])
      if (offered.length > 0)
        return { outcome: 'suggest', text: 'Did you mean one of these?', suggestions: offered.map(suggestion) }
    }
    // A button carries an id, and a choice of the autocomplete list is a question of the store: nothing is left to read.
    const chosen = knowledge.questions.find((one) => one.id === question || one.question === question)
    if (chosen) return answer(chosen.id, [], context)
    const verdict = match.ask(question)
    switch (verdict.outcome) {
      case 'answer':
        return answer(verdict.question, verdict.others, context)
      case 'suggest':
        return {
          outcome: 'suggest',
          text: 'I’m not sure that I understand. Did you mean one of these?',
          suggestions: verdict.questions.map((id) => suggestion(knowledge.question(id))),
        }
      case 'decline': {
        const nearest = verdict.nearest.map((id) => suggestion(knowledge.question(id)))
        if (verdict.reason === 'empty')
          return {
            outcome: 'decline',
            reason: 'empty',
            text: 'There is no question in that. I answer from three articles on the Vienna talks: try “Was Iran invited?” or “Who was in Vienna?”, or /help.',
            nearest,
          }
        const { question: read, says } = verdict.unknown === undefined ? {} : knowledge.unknown(verdict.unknown)
        return {
          outcome: 'decline',
          reason: verdict.reason,
          // Of what isn't about the talks one question stands for many: "Read as: Who won the match?" would be odd.
          ...(read === undefined || verdict.reason === 'off-topic' ? {} : { read }),
          text: says ? `${refusals[verdict.reason]} ${says}` : refusals[verdict.reason],
          nearest,
        }
      }
    }
  },
})

function answer(id: string, others: readonly string[], { knowledge }: Context): Answer {
  const { question, answer, cite } = knowledge.question(id)
  const places = others.map((other) => knowledge.questions.indexOf(knowledge.question(other)).toString(36))
  return {
    outcome: 'answer',
    title: question,
    read: question,
    blocks: [{ kind: 'claim', text: answer, cite }],
    call: { command: 'ask', options: { question: id } },
    actions:
      places.length > 0
        ? [{ label: 'Not what I asked', call: { command: 'ask', options: { question: `~${places.join('.')}` } } }]
        : [],
  }
}

function suggestion({ id, question, answer, cite }: Question): Suggestion {
  return { question, text: answer, cite, call: { command: 'ask', options: { question: id } } }
}
