import * as z from 'zod'
import { defineCommand } from '../src/command.ts'
import { citationsOf } from '../src/knowledge/references.ts'

export default defineCommand({
  name: 'sources',
  description: 'The three articles: dates, links, and what the bot holds from each',
  examples: ['/sources'],
  options: z.object({}),
  run: (_, { knowledge }) => ({
    outcome: 'answer',
    title: 'Sources',
    blocks: knowledge.articles.flatMap(({ id, name, headline, url, dated, paragraphs }) => {
      const from = (list: readonly unknown[]) =>
        list.filter((entry) => citationsOf(entry).some(({ citation }) => citation.article === id)).length
      return [
        { kind: 'heading' as const, text: name },
        { kind: 'link' as const, text: headline, url },
        { kind: 'note' as const, text: `${dated} ${paragraphs} paragraphs.` },
        {
          kind: 'note' as const,
          text: `Held from it: ${from(knowledge.quotes)} quotations, ${from(knowledge.events)} events, ${from(knowledge.positions)} positions, ${from(knowledge.questions)} questions and answers.`,
        },
      ]
    }),
    call: { command: 'sources', options: {} },
  }),
})
