import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { Explanation } from '../src/matching/ask.ts'
import type { Exchange, Problem, Tried } from './client.ts'
import { icons } from './icons.ts'

export type Tab = 'why' | 'json' | 'entry'

const tabs: readonly { id: Tab; name: string }[] = [
  { id: 'why', name: 'Why' },
  { id: 'json', name: 'JSON' },
  { id: 'entry', name: 'Try an entry' },
]

/** What the panel shows. */
export interface PanelState {
  tab: Tab
  exchanges: readonly Exchange[]
  shown: Exchange | undefined
  /** The question that was asked, if one was, and how it was understood as soon as that is known. */
  why: { question: string; read?: Explanation } | undefined
  entry: string
  tried: Tried | undefined
}

export interface PanelActions {
  turn: (tab: Tab) => void
  show: (exchange: Exchange) => void
  write: (entry: string) => void
  tryEntry: () => void
  close: () => void
}

/** The side panel for curators: why an answer, what went over the wire, and an entry to try. */
export function drawPanel(state: PanelState, actions: PanelActions): TemplateResult {
  const { tab } = state
  return html`
    <aside class="panel" aria-label="Inspector" @keydown=${(event: KeyboardEvent) => (event.key === 'Escape' ? actions.close() : undefined)}>
      <div class="tabs">
        <div role="tablist" aria-label="Inspector" @keydown=${(event: KeyboardEvent) => onTabKey(event, tab, actions)}>
          ${tabs.map(
            ({ id, name }) => html`<button
              id="tab-${id}"
              role="tab"
              aria-controls="tabpanel"
              aria-selected=${id === tab}
              tabindex=${id === tab ? 0 : -1}
              @click=${() => actions.turn(id)}
            >
              ${name}
            </button>`,
          )}
        </div>
        <button class="plain" title="Close" aria-label="Close the panel" @click=${actions.close}>${icons.close}</button>
      </div>
      <div id="tabpanel" role="tabpanel" aria-labelledby="tab-${tab}" tabindex="0">
        ${tab === 'why' ? drawWhy(state) : tab === 'json' ? drawJson(state, actions) : drawEntry(state, actions)}
      </div>
    </aside>
  `
}

/** Left and right go from tab to tab. */
function onTabKey(event: KeyboardEvent, tab: Tab, { turn }: PanelActions): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  const next = tabs[(tabs.findIndex(({ id }) => id === tab) + step + tabs.length) % tabs.length]
  if (step === 0 || !next) return
  event.preventDefault()
  turn(next.id)
  document.getElementById(`tab-${next.id}`)?.focus()
}

function drawWhy({ why, shown }: PanelState): TemplateResult {
  if (!shown) return html`<p class="empty">Ask something, and this shows how it was understood.</p>`
  if (why === undefined)
    return html`<p class="empty">This was no question: its options were looked up by name, and nothing had to be understood.</p>`
  return why.read ? drawExplanation(why.question, why.read) : html``
}

function drawExplanation(question: string, read: Explanation): TemplateResult {
  const { verdict, confidence, because, thresholds, understood, mended, unknown, best } = read
  const percent = (share: number) => `${Math.round(100 * share)} %`
  return html`
    <h3>${question}</h3>
    <p>
      ${
        verdict.outcome === 'answer'
          ? html`<strong class="good">Answered</strong>, ${percent(confidence)} sure of the best entry.`
          : verdict.outcome === 'suggest'
            ? html`<strong>Offered</strong> the nearest questions, ${percent(confidence)} sure of the best one.`
            : html`<strong class="bad">Refused</strong> (${verdict.reason}), ${percent(confidence)} sure of the best answer.`
      }
      It answers from ${percent(thresholds.answer)} and offers from ${percent(thresholds.suggest)}.
      ${because === undefined ? nothing : html`This one was decided because ${because}.`}
    </p>
    <h3>Words</h3>
    ${drawWords(
      'Understood',
      understood.map(({ words, concept }) => (words === concept ? words : `${words} → ${concept}`)),
    )}
    ${drawWords(
      'Mended',
      mended.map(({ typed, meant }) => `${typed} → ${meant}`),
    )}
    ${drawWords('Unknown', unknown)}
    <h3>Best entries</h3>
    <ol class="best">
      ${best.map(
        ({ id, question, closest, score, open }) => html`<li>
          <strong>${question}</strong> <span class="score">${score.toFixed(2)}</span>
          <span class="hint">${id}${open ? ', left open by the articles' : ''}; closest phrasing “${closest}”</span>
        </li>`,
      )}
    </ol>
    ${best.length === 0 ? html`<p class="empty">None shares a word with the question.</p>` : nothing}
  `
}

function drawWords(name: string, words: readonly string[]): TemplateResult {
  return html`<p class="words">
    <span class="hint">${name}</span>
    <span>${words.length === 0 ? 'none' : words.map((word) => html`<code>${word}</code> `)}</span>
  </p>`
}

function drawJson({ exchanges, shown }: PanelState, { show }: PanelActions): TemplateResult {
  if (!shown) return html`<p class="empty">Nothing was sent yet.</p>`
  return html`
    <label class="choose">
      <span>Interaction</span>
      <select
        @change=${(event: Event) => {
          const menu = event.currentTarget
          const chosen = menu instanceof HTMLSelectElement ? exchanges[Number(menu.value)] : undefined
          if (chosen) show(chosen)
        }}
      >
        ${exchanges.map((one, at) => html`<option value=${at} .selected=${live(one === shown)}>${title(one)}</option>`)}
      </select>
    </label>
    <h3>Sent</h3>
    <pre tabindex="0" aria-label="Interaction">${JSON.stringify(shown.interaction, null, 2)}</pre>
    <h3>Came back <span class="hint">${shown.ms} ms, status ${shown.status}</span></h3>
    <pre tabindex="0" aria-label="Response">${shown.error ?? JSON.stringify(shown.response, null, 2)}</pre>
  `
}

function title({ at, interaction }: Exchange): string {
  const { data } = interaction
  const what =
    'name' in data
      ? `${interaction.type === 4 ? 'autocomplete ' : ''}/${data.name}`
      : data.custom_id.split('|').slice(5).join(' ')
  return `${at.toLocaleTimeString()} · ${'name' in data ? what : `click ${what}`}`
}

function drawEntry({ entry, tried }: PanelState, { write, tryEntry }: PanelActions): TemplateResult {
  return html`
    <p>
      Write a new entry as it would stand in a file of <code>questions/</code> or <code>unknowns/</code>. It is checked as
      <code>npm run knowledge -- check</code> does; if it is in order, this page answers with it until you reload.
    </p>
    <label class="entry">
      <span>Entry (YAML)</span>
      <textarea
        id="entry"
        rows="14"
        wrap="off"
        spellcheck="false"
        .value=${live(entry)}
        @input=${(event: Event) => (event.currentTarget instanceof HTMLTextAreaElement ? write(event.currentTarget.value) : undefined)}
      ></textarea>
    </label>
    <button class="primary" @click=${tryEntry}>Check and try</button>
    <div role="status" class="tried">${tried ? drawTried(tried) : nothing}</div>
  `
}

function drawTried(tried: Tried): TemplateResult {
  if ('problems' in tried) {
    const { problems } = tried
    return html`
      <h3 class="bad">${problems.length === 1 ? 'One thing to mend' : `${problems.length} things to mend`}</h3>
      <ul class="problems">
        ${problems.map((problem) => html`<li>${drawProblem(problem)}</li>`)}
      </ul>
    `
  }
  const { added, overlaps } = tried
  return html`
    <h3 class="good">In order. This page now answers with:</h3>
    <ul>
      ${added.map((question) => html`<li>${question}</li>`)}
    </ul>
    ${
      overlaps.length > 0
        ? html`<h3 class="bad">The store already answers ${overlaps.length === 1 ? 'one phrasing' : `${overlaps.length} phrasings`}:</h3>
            <ul class="problems">
              ${overlaps.map(
                ({ phrasing, question, place }) =>
                  html`<li>“${phrasing}” with “${question}” <span class="hint">${place}</span></li>`,
              )}
            </ul>`
        : html`<p>The store answers none of its phrasings yet.</p>`
    }
  `
}

/** A mistake of the paste leads to its line. */
function drawProblem({ file, line, field, message }: Problem): TemplateResult {
  const text = html`${field ? html`<strong>${field}</strong>: ` : nothing}${message}`
  return file.endsWith('/pasted.yaml')
    ? html`<button class="plain" @click=${() => goTo(line)}>line ${line}</button> ${text}`
    : html`<span class="hint">${file}:${line}</span> ${text}`
}

function goTo(line: number): void {
  const box = document.getElementById('entry')
  if (!(box instanceof HTMLTextAreaElement)) return
  const lines = box.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  box.focus()
  box.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
}
