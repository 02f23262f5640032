import type { Citation, UnknownReason } from './knowledge/schema.ts'

/** A call of a command with options that need no guessing: ids of the store. Short enough for a button. */
export interface Call {
  command: string
  options: Readonly<Record<string, string>>
}

/** A piece of an answer that is never cut in two. `[1]` in a text marks the place in its own `cite`. */
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'claim'; label?: string; text: string; cite: readonly Citation[] }
  | { kind: 'quotation'; words: string; by: string; about?: string; cite: readonly Citation[] }
  | { kind: 'note'; text: string }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'command'; name: string; description: string; examples: readonly string[] }

/** A button that gives another answer. */
export interface Action {
  label: string
  call: Call
}

/** A menu of other answers of the same kind. */
export interface Menu {
  placeholder: string
  choices: readonly { label: string; description?: string; call: Call }[]
}

/** A question that the store answers, offered instead of an answer. */
export interface Suggestion {
  question: string
  text: string
  cite: readonly Citation[]
  call: Call
}

/** A drawing that goes with an answer. */
export interface Picture {
  /** Its name among the pictures of a store, fit for a file: lower-case letters, digits and hyphens. */
  name: string
  /** The name of the picture that shows the same without a mark on what was asked for. */
  unmarked?: string
  /** What it shows, for those who don't see it: at most 1,024 characters. */
  alt: string
  /** Draws it as SVG, the same each time. */
  svg: () => string
}

/**
 * Why nothing is claimed: one of the store's own reasons, `empty` where nothing was asked, or `unclear` where a
 * name, a date or a message leads nowhere.
 */
export type RefusalReason = UnknownReason | 'empty' | 'unclear'

/** What every command returns. Transports and renderers know nothing else of a command. */
export type Answer =
  | {
      outcome: 'answer'
      title: string
      /** The question that was answered, where the asker's words had to be read. */
      read?: string
      blocks: readonly Block[]
      actions?: readonly Action[]
      menu?: Menu
      picture?: Picture
      /** The call that gives this answer again, for paging and sharing. */
      call: Call
    }
  | { outcome: 'suggest'; text: string; suggestions: readonly Suggestion[] }
  | {
      outcome: 'decline'
      reason: RefusalReason
      /** The question without an answer that the asker's words were read as. */
      read?: string
      text: string
      nearest: readonly Suggestion[]
      menu?: Menu
    }

/** A refusal with nothing to offer beside its words. */
export function unclear(text: string, nearest: readonly Suggestion[] = []): Answer {
  return { outcome: 'decline', reason: 'unclear', text, nearest }
}

/** An answer's words as a reader sees them: no footnote marks, no sources. */
export function plainText(answer: Answer): string {
  if (answer.outcome !== 'answer') return answer.text
  return answer.blocks.map(blockText).join('\n')
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'note':
      return block.text
    case 'link':
      return `${block.text} <${block.url}>`
    case 'command':
      return [`/${block.name}: ${block.description}`, ...block.examples.map((example) => `  ${example}`)].join('\n')
    case 'claim':
      return withoutMarks(block.label ? `${block.label}: ${block.text}` : block.text)
    case 'quotation':
      return `“${block.words}” ${block.by}${block.about ? ` (${block.about})` : ''}`
  }
}

/** Takes the footnote marks out of a text. */
export function withoutMarks(text: string): string {
  return text.replace(/\s*\[\d+\]/g, '')
}

/** The places that an answer's claims stand on, each once, in the order of the text. */
export function citations(answer: Answer): Citation[] {
  return answer.outcome === 'answer'
    ? distinct(answer.blocks.flatMap((block) => ('cite' in block ? block.cite : [])))
    : []
}

/** Each place once; its index is that of its footnote. */
export function distinct(cited: readonly Citation[]): Citation[] {
  return [...new Map(cited.map((citation) => [placeKey(citation), citation])).values()]
}

/** The same for the same words of the same paragraph. */
export function placeKey({ article, paragraph, words }: Citation): string {
  return `${article} ${paragraph} ${words}`
}
