import { styleText } from 'node:util'
import { type Answer, type Block, citations, plainText, type Suggestion, withoutMarks } from '../answer.ts'
import { citationPlace, citationUrl } from '../citation.ts'
import type { Citation } from '../knowledge/schema.ts'
import type { Knowledge } from '../knowledge/store.ts'
import type { Explanation } from '../matching/ask.ts'

/** An answer as one JSON object, for programs. */
export function toJson(answer: Answer, knowledge: Knowledge): Record<string, unknown> {
  const place = (citation: Citation) => ({ ...citation, url: citationUrl(citation, knowledge) })
  const offer = ({ question, text, cite }: Suggestion) => ({
    question,
    text: withoutMarks(text),
    citations: cite.map(place),
  })
  return {
    outcome: answer.outcome,
    ...(answer.outcome === 'decline' ? { reason: answer.reason } : {}),
    ...(answer.outcome !== 'suggest' && answer.read !== undefined ? { read: answer.read } : {}),
    text: plainText(answer),
    citations: citations(answer).map(place),
    suggestions:
      answer.outcome === 'answer'
        ? []
        : (answer.outcome === 'suggest' ? answer.suggestions : answer.nearest).map(offer),
  }
}

/** An answer as a reader of a terminal sees it: text with numbered marks, then the sources. */
export function toText(answer: Answer, knowledge: Knowledge): string {
  const read =
    answer.outcome === 'suggest' || answer.read === undefined ? [] : [styleText('dim', `Read as: ${answer.read}`), '']
  if (answer.outcome === 'answer') {
    const sources: Citation[] = []
    const number = (citation: Citation): string => {
      const known = sources.indexOf(citation)
      return `[${known >= 0 ? known + 1 : sources.push(citation)}]`
    }
    const lines = answer.blocks.map((block) => blockLine(block, number))
    return [
      ...read,
      ...lines,
      '',
      ...sources.map((citation, at) =>
        styleText(
          'dim',
          `[${at + 1}] ${citationPlace(citation, knowledge)} “${citation.words}”\n    ${citationUrl(citation, knowledge)}`,
        ),
      ),
    ].join('\n')
  }
  const offers = answer.outcome === 'suggest' ? answer.suggestions : answer.nearest
  const nearest = answer.outcome === 'decline' && offers.length > 0 ? ['', 'The nearest that they do say:'] : []
  return [
    ...read,
    answer.text,
    ...nearest,
    ...offers.flatMap(({ question, text, cite }) =>
      answer.outcome === 'suggest' || text === ''
        ? [`  · ${question}`]
        : [
            `  · ${question}`,
            `    ${withoutMarks(text)} ${styleText('dim', `(${[...new Set(cite.map((citation) => citationPlace(citation, knowledge)))].join(', ')})`)}`,
          ],
    ),
  ].join('\n')
}

/** Why a question was answered, offered or refused, for people who write the knowledge. */
export function toWhy(explanation: Explanation): string {
  const { verdict, understood, mended, unknown, best, confidence, because, thresholds } = explanation
  const percent = (share: number): string => `${Math.round(share * 100)} %`
  return [
    `Decided: ${verdict.outcome}${verdict.outcome === 'decline' ? ` (${verdict.reason})` : ''}${because === undefined ? '' : `, because ${because}`}`,
    `Sure: ${percent(confidence)}; answers from ${percent(thresholds.answer)}, suggests from ${percent(thresholds.suggest)}`,
    `Understood: ${understood.map(({ words, concept }) => (words === concept ? words : `${words} → ${concept}`)).join(', ') || 'nothing'}`,
    `Mended: ${mended.map(({ typed, meant }) => `${typed} → ${meant}`).join(', ') || 'nothing'}`,
    `Unknown: ${unknown.join(', ') || 'nothing'}`,
    'Closest entries:',
    ...best.map(
      ({ id, score, closest, open }) =>
        `  ${score.toFixed(2)}  ${id}${open ? ' (the articles don’t say)' : ''}  “${closest}”`,
    ),
  ].join('\n')
}

function blockLine(block: Block, number: (citation: Citation) => string): string {
  switch (block.kind) {
    case 'heading':
      return `\n${styleText('bold', block.text)}`
    case 'note':
      return block.text
    case 'link':
      return `${block.text} <${block.url}>`
    case 'command':
      return [
        `\n${styleText('bold', `/${block.name}`)} ${block.description}`,
        ...block.examples.map((example) => `  ${example}`),
      ].join('\n')
    case 'claim': {
      const marks = block.cite.map(number)
      const own = /\[\d+\]/.test(block.text)
        ? block.text.replace(/\[(\d+)\]/g, (_, at: string) => marks[Number(at) - 1] ?? '')
        : `${block.text} ${marks.join('')}`
      return block.label === undefined ? own : `${styleText('bold', block.label)}: ${own}`
    }
    case 'quotation':
      return `“${block.words}”\n  ${block.by} ${block.cite.map(number).join('')}${block.about ? `\n  ${styleText('dim', block.about)}` : ''}\n`
  }
}
