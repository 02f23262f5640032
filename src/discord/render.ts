import { bold, escapeMarkdown, heading, hyperlink, inlineCode, quote, subtext } from '@discordjs/formatters'
import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIComponentInMessageActionRow,
  APIEmbed,
  APIInteractionResponseCallbackData,
} from 'discord-api-types/v10'
import { type Action, type Answer, type Block, type Call, placeKey, type Suggestion } from '../answer.ts'
import { citationPlace, citationUrl } from '../citation.ts'
import type { Command } from '../command.ts'
import type { Citation } from '../knowledge/schema.ts'
import type { Knowledge } from '../knowledge/store.ts'
import { encodeChoice, encodePress, type Press } from './custom-id.ts'
import { limits } from './limits.ts'

/** To whom and how an answer is shown. */
export interface View {
  owner: string
  hidden: boolean
  aimed?: string | undefined
  page: number
}

/** Where commands and words come from. */
export interface Shelf {
  knowledge: Knowledge
  commands: readonly Command[]
}

export const colours = { answer: 0x2f6fde, suggest: 0xd99a1c, decline: 0x7a828e } as const

const ephemeral = 64
/** What a page holds at most: enough to read at once, and far from Discord's own limits. */
const readable = 1500
const whole = 3900

/** A message for Discord, within its limits whatever the answer holds. */
export function render(answer: Answer, view: View, shelf: Shelf): APIInteractionResponseCallbackData {
  switch (answer.outcome) {
    case 'answer':
      return renderAnswer(answer, view, shelf)
    case 'suggest':
      return {
        flags: ephemeral,
        embeds: [{ color: colours.suggest, description: plain(answer.text) }],
        components: rows([
          answer.suggestions.map((one) => openButton({ label: one.question, call: one.call }, view, shelf)),
        ]),
        allowed_mentions: { parse: [] },
      }
    case 'decline':
      return {
        flags: ephemeral,
        embeds: [
          {
            color: colours.decline,
            ...(answer.read === undefined ? {} : { title: clip(answer.read, limits.embedTitle) }),
            description: [clip(plain(answer.text), readable), ...nearest(answer.nearest, shelf)].join('\n\n'),
          },
        ],
        components: rows([
          answer.nearest.map((one) => openButton({ label: one.question, call: one.call }, view, shelf)),
          answer.menu ? [menu(answer.menu, view, shelf)] : [],
        ]),
        allowed_mentions: { parse: [] },
      }
  }
}

function renderAnswer(
  answer: Extract<Answer, { outcome: 'answer' }>,
  view: View,
  shelf: Shelf,
): APIInteractionResponseCallbackData {
  const pages = paginate(answer.blocks, shelf.knowledge)
  const page = Math.min(view.page, pages.length - 1)
  const embed: APIEmbed = {
    color: colours.answer,
    title: clip(answer.title, limits.embedTitle),
    description: pages[page] ?? '',
  }
  if (pages.length > 1) embed.footer = { text: `Page ${page + 1} of ${pages.length}` }

  const press = (
    action: Press['action'],
    to: number,
    label: string,
    disabled = false,
  ): APIButtonComponentWithCustomId => ({
    type: 2,
    style: 2,
    label,
    custom_id: encode({ ...view, action, page: to, call: answer.call }, shelf),
    ...(disabled ? { disabled } : {}),
  })
  const own: APIButtonComponentWithCustomId[] = []
  if (pages.length > 1)
    own.push(
      press('turn', Math.max(page - 1, 0), '◀ Back', page === 0),
      press('turn', page + 1, 'Next ▶', page === pages.length - 1),
    )
  own.push(view.hidden ? press('share', page, 'Share') : press('retract', page, 'Take back'))

  return {
    ...(view.hidden ? { flags: ephemeral } : {}),
    ...(view.aimed !== undefined && !view.hidden ? { content: `<@${view.aimed}>` } : {}),
    embeds: [embed],
    components: rows([
      own,
      (answer.actions ?? []).map((action) => openButton(action, view, shelf)),
      answer.menu ? [menu(answer.menu, view, shelf)] : [],
    ]),
    allowed_mentions: { parse: [], ...(view.aimed !== undefined && !view.hidden ? { users: [view.aimed] } : {}) },
  }
}

/** What the articles do say, under a refusal: no footnotes, since nothing is claimed, but a link to each place. */
function nearest(suggestions: readonly Suggestion[], { knowledge }: Shelf): string[] {
  const parts: string[] = [bold('The nearest that they do say')]
  for (const { question, text, cite } of suggestions) {
    if (text === '' || cite.length === 0) continue
    const places = [...new Map(cite.map((citation) => [citationPlace(citation, knowledge), citation])).values()]
    const part = `${plain(question)}\n${quoted(plain(text.replace(/\s*\[\d+\]/g, '')))}\n${subtext(places.map((citation) => link(citation, knowledge)).join(' · '))}`
    // What no longer fits keeps its button.
    if ([...parts, part].join('\n\n').length > whole - readable) break
    parts.push(part)
  }
  return parts.length > 1 ? parts : []
}

/** Packs blocks into pages without cutting one; the footnotes count on from page to page. */
function paginate(blocks: readonly Block[], knowledge: Knowledge): string[] {
  const pages: string[] = []
  const notes: Citation[] = []
  let page: Block[] = []
  const fits = (all: readonly Block[]): boolean =>
    readableLength(all) <= readable && renderPage(all, notes, knowledge).length <= whole
  for (const section of sections(blocks)) {
    // What stands under one heading stays together where a page can hold it.
    for (const unit of fits(section) ? [section] : units(section)) {
      if (page.length > 0 && !fits([...page, ...unit])) {
        pages.push(renderPage(page, notes, knowledge))
        page = []
      }
      page.push(...unit)
    }
  }
  if (page.length > 0) pages.push(renderPage(page, notes, knowledge))
  return pages
}

/** A heading, and all that stands under it. */
function sections(blocks: readonly Block[]): Block[][] {
  const all: Block[][] = [[]]
  for (const block of blocks) {
    if (block.kind === 'heading') all.push([])
    all.at(-1)?.push(block)
  }
  return all.filter((section) => section.length > 0)
}

/** Single blocks; a heading stays with the first of its section. */
function units(section: readonly Block[]): Block[][] {
  const [first, second, ...rest] = section
  if (!first || !second || first.kind !== 'heading') return section.map((block) => [block])
  return [[first, second], ...rest.map((block) => [block])]
}

function readableLength(blocks: readonly Block[]): number {
  return blocks.reduce(
    (sum, block) =>
      sum + ('words' in block ? block.words.length : 'text' in block ? block.text.length : block.description.length),
    0,
  )
}

/** A page with the sources that it names; places that no page before it named are added to `notes`. */
function renderPage(blocks: readonly Block[], notes: Citation[], knowledge: Knowledge): string {
  const named = new Map<number, Citation>()
  const mark = (citation: Citation): string => {
    const known = notes.findIndex((one) => placeKey(one) === placeKey(citation))
    const number = known >= 0 ? known + 1 : notes.push(citation)
    named.set(number, citation)
    return superscript(number)
  }
  const many = blocks.filter(({ kind }) => kind === 'claim').length > 1
  const parts = blocks.map((block) => renderBlock(block, mark, many))
  const sources = [...named]
    .sort(([a], [b]) => a - b)
    .map(([number, citation]) =>
      subtext(`${superscript(number)} ${link(citation, knowledge)} “${plain(citation.words)}”`),
    )
  const text = parts.map((part, at) => (at > 0 && standsApart(blocks[at]) ? `\n${part}` : part)).join('\n')
  return [text, sources.join('\n')].filter(Boolean).join('\n\n')
}

/** Quotations and commands need air before them; the items of a list don't. */
function standsApart(block: Block | undefined): boolean {
  return block?.kind === 'quotation' || block?.kind === 'command'
}

function renderBlock(block: Block, mark: (citation: Citation) => string, many: boolean): string {
  switch (block.kind) {
    case 'heading':
      return heading(plain(block.text), 3)
    case 'note':
      return many ? subtext(plain(block.text)) : plain(block.text)
    case 'link':
      return hyperlink(plain(block.text), linkable(block.url))
    case 'command':
      return `${bold(plain(`/${block.name}`))} ${plain(block.description)}\n${block.examples.map((example) => inlineCode(example)).join('\n')}`
    case 'claim': {
      const bullet = many && block.label !== undefined ? '- ' : ''
      if (block.label === undefined) return marked(block.text, block.cite, mark)
      // "CBS: CBS writes …" would say it twice.
      return block.text.startsWith(`${block.label} `)
        ? `${bullet}${bold(plain(block.label))}${marked(block.text.slice(block.label.length), block.cite, mark)}`
        : `${bullet}${bold(`${plain(block.label)}:`)} ${marked(block.text, block.cite, mark)}`
    }
    case 'quotation':
      return `${quoted(`“${plain(block.words)}”`)}\n${bold(plain(block.by))}${block.cite.map(mark).join('\u2009')}${block.about ? `\n${subtext(plain(block.about))}` : ''}`
  }
}

/** Puts superscripts where a text has its marks; at its end where it has none. */
function marked(text: string, cite: readonly Citation[], mark: (citation: Citation) => string): string {
  const pieces = text.split(/\s*\[(\d+)\]/)
  if (pieces.length === 1) return `${plain(text)}${cite.map(mark).join('\u2009')}`
  return pieces
    .map((piece, at) => {
      const citation = at % 2 === 1 ? cite[Number(piece) - 1] : undefined
      // Two marks in a row get a thin space: ¹² would read as twelve.
      return at % 2 === 0 ? plain(piece) : citation ? `${pieces[at - 1] === '' ? '\u2009' : ''}${mark(citation)}` : ''
    })
    .join('')
}

function link(citation: Citation, knowledge: Knowledge): string {
  return hyperlink(citationPlace(citation, knowledge), linkable(citationUrl(citation, knowledge)))
}

/** A bracket in an address would end the link. */
function linkable(url: string): string {
  return url.replaceAll('(', '%28').replaceAll(')', '%29')
}

/** A quotation of these lines only; `>>>` would take in all that follows. */
function quoted(text: string): string {
  return text.split('\n').map(quote).join('\n')
}

function superscript(number: number): string {
  return [...String(number)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')
}

/** What `plain` may change; nine texts in ten have none of it, and looking costs a twentieth of escaping. */
const special = /[\\`*_~|#[@<]|:\/\/|^ *([-+]|\d+\.)/m

/** Text that shows as it is: no formatting, no mention and no link of somebody else's. */
export function plain(text: string): string {
  if (!special.test(text)) return text
  return escapeMarkdown(text, { heading: true, bulletedList: true, numberedList: true, maskedLink: true }).replace(
    /@|<(?=[@#/:at])|:(?=\/\/)/g,
    '$&\u200b',
  )
}

function openButton({ label, call }: Action, view: View, shelf: Shelf): APIButtonComponentWithCustomId {
  return {
    type: 2,
    style: 2,
    label: clip(label, limits.buttonLabel),
    custom_id: encode({ ...view, action: 'open', page: 0, call }, shelf),
  }
}

function menu(
  { placeholder, choices }: NonNullable<Extract<Answer, { outcome: 'answer' }>['menu']>,
  view: View,
  shelf: Shelf,
): APIComponentInMessageActionRow {
  const call: Call = { command: choices[0]?.call.command ?? '', options: {} }
  return {
    type: 3,
    custom_id: encode({ ...view, action: 'menu', page: 0, call }, shelf),
    placeholder: clip(placeholder, limits.selectPlaceholder),
    options: choices.slice(0, limits.selectOptions).map((choice) => ({
      label: clip(choice.label, limits.selectLabel),
      value: encodeChoice(choice.call, commandOf(choice.call, shelf)),
      ...(choice.description === undefined ? {} : { description: clip(choice.description, limits.selectLabel) }),
    })),
  }
}

function encode(press: Omit<Press, 'hash'>, shelf: Shelf): string {
  return encodePress({ ...press, hash: shelf.knowledge.hash }, commandOf(press.call, shelf))
}

function commandOf({ command }: Call, { commands }: Shelf): Command {
  const found = commands.find(({ name }) => name === command)
  if (!found) throw new RangeError(`no command "${command}"`)
  return found
}

function rows(
  all: readonly (readonly APIComponentInMessageActionRow[])[],
): APIActionRowComponent<APIComponentInMessageActionRow>[] {
  return all
    .filter((row) => row.length > 0)
    .slice(0, limits.rows)
    .map((row) => ({ type: 1, components: row.slice(0, limits.buttonsPerRow) }))
}

/** Cuts a label at a word; never used on a quotation. */
function clip(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2)).trimEnd()}…`
}
