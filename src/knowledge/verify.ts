import { createHash } from 'node:crypto'
import { type Excerpt, excerptHash, excerptsOf, type Lock, placeKey } from './lock.ts'
import type { Parsed } from './parse.ts'
import type { Problem } from './problem.ts'

/**
 * Proves everything that the store says the articles say, against their texts (by the articles' ids; a line is a
 * paragraph). The lock holds only what was proved.
 */
export function verify(
  { knowledge, locate }: Parsed,
  texts: Readonly<Record<string, string>>,
): { problems: Problem[]; lock: Lock } {
  const problems: Problem[] = []
  const paragraphs = new Map<string, string[]>()
  for (const [index, { id, sha256, paragraphs: count }] of knowledge.articles.entries()) {
    const text = texts[id]
    if (text === undefined) {
      problems.push(locate('articles', index, ['id'], `there is no text of it: ${id}.txt is missing`))
      continue
    }
    const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
    paragraphs.set(id, lines)
    const sum = createHash('sha256').update(text).digest('hex')
    if (sum !== sha256)
      problems.push(locate('articles', index, ['sha256'], `is not that of ${id}.txt, which is ${sum}`))
    if (lines.length !== count)
      problems.push(
        locate('articles', index, ['paragraphs'], `is not the number of lines of ${id}.txt, which has ${lines.length}`),
      )
  }

  const proved = new Map<string, Set<string>>()
  for (const excerpt of excerptsOf(knowledge)) {
    // What lacks its text was reported above, once.
    if (excerpt.places.some(({ article }) => !paragraphs.has(article))) continue
    const found = excerpt.places.filter(({ article, paragraph }) =>
      standsIn(paragraphs.get(article)?.[paragraph - 1] ?? '', excerpt),
    )
    if (found.length === 0)
      problems.push(locate(excerpt.list, excerpt.index, excerpt.path, complaint(excerpt, paragraphs)))
    for (const place of found) {
      const hashes = proved.get(placeKey(place)) ?? new Set()
      proved.set(placeKey(place), hashes.add(excerptHash(place, excerpt.words, knowledge)))
    }
  }
  return {
    problems,
    lock: {
      articles: Object.fromEntries(knowledge.articles.map(({ id, sha256 }) => [id, sha256])),
      excerpts: Object.fromEntries(
        knowledge.articles.flatMap(({ id, paragraphs }) =>
          Array.from({ length: paragraphs }, (_, at) => placeKey({ article: id, paragraph: at + 1 })).map((key) => [
            key,
            [...(proved.get(key) ?? [])].sort(),
          ]),
        ),
      ),
    },
  }
}

function standsIn(paragraph: string, { kind, words }: Pick<Excerpt, 'kind' | 'words'>): boolean {
  if (kind === 'passage') return paragraph.includes(words) || paragraph.includes(upperFirst(words))
  if (kind !== 'quotation') return paragraph.includes(words)
  const pieces = paragraph.split(/["“”]/)
  // An odd number of marks doesn't say what is quoted: a slip of the article, or a quotation that goes on in the next paragraph.
  return pieces.length % 2 === 0
    ? paragraph.includes(words)
    : pieces.some((piece, at) => at % 2 === 1 && piece.includes(words))
}

function complaint(excerpt: Excerpt, paragraphs: ReadonlyMap<string, readonly string[]>): string {
  const elsewhere = [...paragraphs].flatMap(([article, lines]) =>
    lines.flatMap((line, at) => (standsIn(line, excerpt) ? [`${article} ¶${at + 1}`] : [])),
  )
  const hint = elsewhere.length > 0 ? `; it stands in ${elsewhere.join(', ')}` : ''
  const cited = [...new Set(excerpt.places.map(({ article, paragraph }) => `${article} ¶${paragraph}`))].join(' or ')
  switch (excerpt.kind) {
    case 'passage':
      return `puts “${excerpt.words}” in quotation marks, and no article has these words`
    case 'quotation':
      return `isn't quoted like this in ${cited}${hint}`
    default:
      return `“${excerpt.words}” doesn't stand in ${cited}${hint}`
  }
}

function upperFirst(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
