import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser'
import { html, nothing, type TemplateResult } from 'lit'
import { members } from './interaction.ts'

/** A node of the parser's tree, as far as the page looks into it. */
interface Node {
  type: string
  content?: unknown
  [field: string]: unknown
}

type Drawn = TemplateResult | string | typeof nothing | readonly Drawn[]

/** Whether a line starts after what was read just before. */
const startsLine = (before: string): boolean => before === '' || before.endsWith('\n')

/** The parser has no lists, and finds headings and subtext only after some kinds of line. */
const parse = SimpleMarkdown.parserFor({
  ...rulesExtended,
  heading: {
    order: SimpleMarkdown.defaultRules.heading.order,
    match: (source, _, before) => (startsLine(before) ? /^(#{1,3}) +([^\n]+)(?:\n|$)/.exec(source) : null),
    parse: ([, marks = '', text = ''], nested, state) => ({ level: marks.length, content: nested(text, state) }),
  },
  subtext: {
    order: SimpleMarkdown.defaultRules.heading.order,
    match: (source, _, before) => (startsLine(before) ? /^-# +([^\n]+)(?:\n|$)/.exec(source) : null),
    parse: ([, text = ''], nested, state) => ({ content: nested(text, state) }),
  },
  list: {
    order: SimpleMarkdown.defaultRules.heading.order,
    match: (source, _, before) => (startsLine(before) ? /^(?:[-*] +[^\n]+(?:\n|$))+/.exec(source) : null),
    parse: ([lines = ''], nested, state) => ({
      items: lines
        .trimEnd()
        .split('\n')
        .map((line) => nested(line.replace(/^[-*] +/, ''), state)),
    }),
  },
})

/** Draws Discord's markdown, as embeds have it. */
export function markdown(text: string): Drawn {
  return drawAll(parse(text, { inline: true }))
}

function drawAll(nodes: unknown): Drawn {
  if (typeof nodes === 'string') return nodes
  return Array.isArray(nodes) ? nodes.map((node: Node) => draw(node)) : nothing
}

function draw(node: Node): Drawn {
  const inside = drawAll(node.content)
  switch (node.type) {
    case 'strong':
      return html`<strong>${inside}</strong>`
    case 'em':
      return html`<em>${inside}</em>`
    case 'underline':
      return html`<u>${inside}</u>`
    case 'strikethrough':
      return html`<s>${inside}</s>`
    case 'inlineCode':
      return html`<code>${inside}</code>`
    case 'codeBlock':
      return html`<pre><code>${inside}</code></pre>`
    case 'blockQuote':
      return html`<blockquote>${inside}</blockquote>`
    case 'subtext':
      return html`<small>${inside}</small>`
    case 'heading':
      // Below the page's own headings and the message's.
      return html`<h4 class="level-${node.level}">${inside}</h4>`
    case 'list':
      return Array.isArray(node.items)
        ? html`<ul>${node.items.map((item) => html`<li>${drawAll(item)}</li>`)}</ul>`
        : nothing
    case 'link':
    case 'url':
    case 'autolink':
      return html`<a href=${safe(String(node.target))} target="_blank" rel="noreferrer">${inside}</a>`
    case 'br':
    case 'newline':
      return html`<br />`
    case 'timestamp':
      return time(Number(node.timestamp))
    case 'user':
      return html`<span class="mention">@${members.find(({ id }) => id === node.id)?.global_name ?? 'someone'}</span>`
    default:
      return inside
  }
}

/** Discord makes links of web addresses only. */
function safe(target: string): string {
  return /^https?:\/\//.test(target) ? target : '#'
}

function time(seconds: number): TemplateResult {
  const date = new Date(seconds * 1000)
  return html`<time datetime=${date.toISOString()}>${date.toLocaleDateString(undefined, { dateStyle: 'long' })}</time>`
}
