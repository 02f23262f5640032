import * as z from 'zod'
import type { Block } from '../src/answer.ts'
import { defineCommand } from '../src/command.ts'
import { version } from '../src/version.ts'

export default defineCommand({
  name: 'help',
  description: 'What to ask, with examples that work',
  examples: ['/help'],
  options: z.object({}),
  run: (_, { knowledge, commands }) => ({
    outcome: 'answer',
    title: 'What you can ask',
    blocks: [
      {
        kind: 'note',
        text: `I answer from ${knowledge.articles.length} articles (${knowledge.articles.map(({ outlet }) => outlet).join(', ')}) and from nothing else. Every claim links to the words that it stands on; where the articles don’t say, I say so.`,
      },
      ...commands.flatMap(({ name, description, examples }): Block[] =>
        name === 'help' ? [] : [{ kind: 'command', name, description, examples }],
      ),
      {
        kind: 'note',
        text: 'Every command takes “private” (only you see the answer) and “for” (aim it at one person). Whoever asked can take a public answer back.',
      },
      { kind: 'note', text: 'Privacy: your questions are not written down, and no name or id is logged.' },
      {
        kind: 'note',
        text: `Version ${version}, store ${knowledge.hash}: ${knowledge.questions.length} answers, ${knowledge.quotes.length} quotations, ${knowledge.unknowns.length} questions that the articles leave open.`,
      },
    ],
    call: { command: 'help', options: {} },
  }),
})
