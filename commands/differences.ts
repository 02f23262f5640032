import * as z from 'zod'
import { type Block, unclear } from '../src/answer.ts'
import { type Context, defineCommand } from '../src/command.ts'

export default defineCommand({
  name: 'differences',
  description: 'Where the three articles differ, side by side',
  examples: ['/differences', "/differences topic: Assad's future", '/differences topic: names'],
  options: z.object({
    topic: z.string().max(100).optional().describe('Only on this topic').meta({ placeholder: 'Iran at the talks' }),
  }),
  suggest: {
    topic: (typed, context) =>
      topics(typed, context).map((id) => ({
        name: context.knowledge.topic(id).name,
        value: context.knowledge.topic(id).name,
      })),
  },
  run: ({ topic: typed }, context) => {
    const { knowledge } = context
    const topic = typed?.trim() ? topics(typed, context)[0] : undefined
    if (typed?.trim() && topic === undefined) {
      const known = topics('', context).map((id) => knowledge.topic(id).name)
      return unclear(`I know no difference between the articles on “${typed}”. They differ on: ${known.join(', ')}.`)
    }
    // What happened matters more than how a name is spelt.
    const order = ['facts', 'framing', 'names']
    const chosen = knowledge.differences
      .filter((one) => topic === undefined || one.topic === topic)
      .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    const blocks = chosen.flatMap(({ what, sides, note }): Block[] => [
      { kind: 'heading', text: what },
      ...sides.map(
        ({ article, says, cite }): Block => ({
          kind: 'claim',
          label: knowledge.article(article).outlet,
          text: says,
          cite,
        }),
      ),
      ...(note ? [{ kind: 'note', text: note } as const] : []),
    ])
    const name = topic === undefined ? undefined : knowledge.topic(topic).name
    return {
      outcome: 'answer',
      title: name ? `Where the articles differ: ${name}` : 'Where the articles differ',
      ...(name ? { read: name } : {}),
      blocks,
      menu: {
        placeholder: 'Only on one topic',
        choices: topics('', context)
          .filter((id) => id !== topic)
          .slice(0, 25)
          .map((id) => ({ label: knowledge.topic(id).name, call: { command: 'differences', options: { topic: id } } })),
      },
      call: { command: 'differences', options: topic === undefined ? {} : { topic } },
    }
  },
})

/** The topics on which the articles differ, closest to what is typed first. */
function topics(typed: string, { knowledge, match }: Context): string[] {
  const exact = match.topics.resolve(typed)
  const ids = [...(exact === undefined ? [] : [exact]), ...match.topics.search(typed, knowledge.topics.length)]
  return [...new Set(ids)].filter((id) => knowledge.differences.some(({ topic }) => topic === id)).slice(0, 25)
}
