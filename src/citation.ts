import type { Citation } from './knowledge/schema.ts'
import type { Knowledge } from './knowledge/store.ts'

/** The article's address with a text fragment: the reader's browser opens it at the words. */
export function citationUrl({ article, words }: Citation, knowledge: Knowledge): string {
  // A hyphen has a meaning of its own in a text fragment; brackets and asterisks have one in Markdown.
  const fragment = encodeURIComponent(words).replace(
    /[-!'()*~_]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${knowledge.article(article).url}#:~:text=${fragment}`
}

/** "CNN ¶5" */
export function citationPlace({ article, paragraph }: Citation, knowledge: Knowledge): string {
  return `${knowledge.article(article).outlet} ¶${paragraph}`
}
