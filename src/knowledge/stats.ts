import { citationsOf } from './references.ts'
import { type FileName, fileSchemas } from './schema.ts'
import type { Knowledge } from './store.ts'

/** How many entries cite each paragraph, the first paragraph of each article first. */
export function paragraphCounts(knowledge: Knowledge): { article: string; counts: number[] }[] {
  const cited = new Map<string, number>()
  for (const list of listNames()) {
    for (const entry of knowledge[list]) {
      const places = citationsOf(entry).map(({ citation }) => `${citation.article} ${citation.paragraph}`)
      for (const place of new Set(places)) cited.set(place, (cited.get(place) ?? 0) + 1)
    }
  }
  return knowledge.articles.map(({ id, paragraphs }) => ({
    article: id,
    counts: Array.from({ length: paragraphs }, (_, at) => cited.get(`${id} ${at + 1}`) ?? 0),
  }))
}

/** What is in the store, and how many entries cite each paragraph, for a terminal. */
export function stats(knowledge: Knowledge): string {
  const lists = listNames().map((list) => [list, String(knowledge[list].length)])
  const asked = [...knowledge.questions, ...knowledge.unknowns].map(({ ask }) => ask.length)
  const phrasings = asked.reduce((sum, count) => sum + count, 0)
  const rows = [
    ...lists,
    ['phrasings', `${phrasings}, at least ${Math.min(...asked)} for each question and unknown`],
  ].map(([name = '', count = '']) => `${name.padEnd(12)}${count}`)
  const articles = paragraphCounts(knowledge).flatMap(({ article, counts }) => [
    '',
    `${article}: entries that cite each paragraph`,
    ...counts.map(
      (count, at) =>
        `${`¶${at + 1}`.padStart(5)} ${String(count).padStart(4)}${count === 0 ? '  nothing cites this paragraph' : ''}`,
    ),
  ])
  return [`store ${knowledge.hash}`, ...rows, ...articles].join('\n')
}

function listNames(): FileName[] {
  return Object.keys(fileSchemas) as FileName[]
}
