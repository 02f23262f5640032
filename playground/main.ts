import './skyra.ts'
import type { APIMessage } from 'discord-api-types/v10'
import { html, nothing, render, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { formatCommandLine, parseCommandLine } from '../src/discord/command-line.ts'
import { type Exchange, fetchSetup, fetchWhy, postEntry, type Setup, send } from './client.ts'
import { createComposer } from './composer.ts'
import { icons } from './icons.ts'
import {
  autocompleteInteraction,
  bot,
  type CommandDefinition,
  commandInteraction,
  componentInteraction,
  type Filled,
  type Interaction,
  members,
  messageOf,
  valueFor,
} from './interaction.ts'
import { avatar, drawPost, type Post } from './message.ts'
import { drawPanel, type PanelState, type Tab } from './panel.ts'

const maxExchanges = 30
const root = document.getElementById('app')
if (root)
  try {
    start(await fetchSetup(), root)
  } catch (error) {
    render(html`<p class="broken">The playground can’t start. ${error instanceof Error ? error.message : ''}</p>`, root)
  }

function start(setup: Setup, root: HTMLElement): void {
  let { secret } = setup
  const author = bot(setup.name)
  const posts: Post[] = []
  /** The store that answers: the bot's own, or the one with a pasted entry. */
  let store: string | undefined
  let failure: string | undefined
  let theme = readTheme()
  let panel: Tab | undefined
  const state: PanelState = {
    tab: 'why',
    exchanges: [],
    shown: undefined,
    why: undefined,
    entry: sample(setup),
    tried: undefined,
  }

  const composer = createComposer({
    commands: setup.commands,
    members,
    complete: async (command, filled, focused) => {
      const { response } = await exchange(autocompleteInteraction(command, filled, focused))
      if (response?.type !== 8) return []
      return (response.data.choices ?? []).map(({ name, value }) => ({ name, value: String(value) }))
    },
    run: (command, filled) => void run(command, filled),
    say: ask,
    update,
  })

  async function exchange(interaction: Interaction): Promise<Exchange> {
    let done = await send(interaction, secret, store)
    if (done.status === 401) {
      // The server was started anew, or read its knowledge again, and made another key.
      ;({ secret } = await fetchSetup())
      done = await send(interaction, secret, store)
    }
    state.exchanges = [done, ...state.exchanges].slice(0, maxExchanges)
    return done
  }

  async function run(command: CommandDefinition, filled: readonly Filled[]): Promise<void> {
    const line = formatCommandLine({
      command: command.name,
      options: Object.fromEntries(filled.map(({ name, type, value }) => [name, type === 6 ? nameOf(value) : value])),
    })
    const done = await exchange(commandInteraction(command, filled))
    take(done, { how: 'used', what: line }, `/?run=${encodeURIComponent(line)}`)
    toComposer()
  }

  /** Runs a command line as it was typed. */
  function runLine(line: string): void {
    const parsed = parseCommandLine(line, setup.commands)
    const command = setup.commands.find(({ name }) => name === parsed?.command)
    if (!parsed || !command) {
      failure = `There is no command “${line.slice(0, 80)}”. Type / to see those that there are.`
      update()
      return
    }
    const options = command.options ?? []
    const filled = options.flatMap(({ name, type }) => {
      const typed = parsed.options[name]
      if (typed === undefined) return []
      const value = valueFor(type, typed)
      return value === undefined ? [] : [{ name, type, value }]
    })
    void run(command, filled)
  }

  /** What is no command is a question. */
  function ask(question: string): void {
    runLine(formatCommandLine({ command: 'ask', options: { question } }))
  }

  async function press(post: Post, customId: string, label: string, values?: string[]): Promise<void> {
    const done = await exchange(componentInteraction(post.message, customId, values))
    take(done, { how: 'pressed', what: label }, post.link, post)
  }

  /** Shows what came back: a new message, or a change of the one that was clicked. */
  function take(done: Exchange, asked: Post['asked'], link: string, on?: Post): void {
    const { response, error } = done
    failure = error
    if (response?.type === 7 && on) {
      const { flags: _, ...data } = { ...response.data }
      on.message = { ...on.message, ...known(data) }
      on.exchange = done
    } else if (response?.type === 4) {
      posts.push({ message: messageOf(author, known(response.data)), asked, exchange: done, link })
      scroll()
    } else if (response) {
      failure = `The playground can’t draw a response of type ${response.type}.`
    }
    show(done)
    update()
    // The button that was pressed may be gone.
    if (document.activeElement === document.body) toComposer()
  }

  /** On a phone the keyboard would cover the reply. */
  function toComposer(): void {
    if (matchMedia('(pointer: fine)').matches) composer.focus()
  }

  function show(done: Exchange): void {
    state.shown = done
    const question = questionOf(done.interaction)
    state.why = question === undefined ? undefined : { question }
    if (panel === undefined || question === undefined) return
    void fetchWhy(question, store).then((read) => {
      if (state.shown !== done) return
      state.why = { question, read }
      update()
    })
  }

  function turn(tab: Tab | undefined): void {
    const isResized = (tab === undefined) !== (panel === undefined)
    panel = tab
    if (tab !== undefined) state.tab = tab
    if (state.shown) show(state.shown)
    update()
    if (isResized) scroll()
    if (tab === undefined) toComposer()
  }

  async function tryEntry(): Promise<void> {
    const tried = await postEntry(state.entry)
    state.tried = tried
    if ('store' in tried) store = tried.store
    update()
  }

  function toggleTheme(): void {
    theme = theme === 'dark' ? 'light' : 'dark'
    localStorage.setItem('theme', theme)
    update()
  }

  function scroll(): void {
    requestAnimationFrame(() => {
      const last = document.querySelector('.post:last-of-type')
      last?.scrollIntoView({ block: 'nearest' })
    })
  }

  function drawWelcome(): TemplateResult {
    const about = setup.commands.find(({ name }) => name === 'ask')?.description
    const example = (line: string) =>
      html`<button class="example" @click=${() => runLine(line)}>${questionIn(line, setup)}</button>`
    return html`
      <section class="welcome" aria-labelledby="welcome">
        <span class="sign">${icons.hash}</span>
        <h2 id="welcome">Welcome to #playground!</h2>
        <p>This is ${setup.name} as it works in Discord, with no account needed. ${about}.</p>
        <h3>Try a question</h3>
        <div class="examples">${setup.answered.map(example)}</div>
        ${setup.refused.length > 0 ? html`<h3>And one that it refuses</h3><div class="examples">${setup.refused.map(example)}</div>` : nothing}
        <p>Or type <kbd>/</kbd> below for all commands.</p>
      </section>
    `
  }

  function drawSidebar(): TemplateResult {
    return html`
      <nav class="sidebar" aria-label="Commands">
        <div class="server"><img src=${avatar('bot')} class="round" alt="" width="24" height="24" /> ${setup.name}</div>
        <ul class="commands">
          ${setup.commands.map(
            ({ name, description }) => html`<li>
              <button @click=${() => composer.write(`/${name}`)}>
                <span class="label">/${name}</span> <span class="hint">${description}</span>
              </button>
            </li>`,
          )}
        </ul>
      </nav>
    `
  }

  function drawPage(): TemplateResult {
    return html`
      <div class="app ${panel === undefined ? '' : 'with-panel'}">
        ${drawSidebar()}
        <main>
          <header>
            ${icons.hash}
            <h1>playground</h1>
            ${store === undefined ? nothing : html`<span class="trying">with your entry, until reload</span>`}
            <span class="gap"></span>
            <button
              title="Inspect replies, try an entry"
              aria-label="Inspector"
              aria-pressed=${panel !== undefined}
              @click=${() => turn(panel === undefined ? state.tab : undefined)}
            >
              ${icons.inspect}
            </button>
            <button
              title=${theme === 'dark' ? 'Light theme' : 'Dark theme'}
              aria-label=${theme === 'dark' ? 'Light theme' : 'Dark theme'}
              @click=${toggleTheme}
            >
              ${theme === 'dark' ? icons.sun : icons.moon}
            </button>
          </header>
          <div class="scroll" tabindex="0" role="region" aria-label="Messages">
            ${drawWelcome()}
            <discord-messages no-background ?light-theme=${theme === 'light'} role="log" aria-label="Replies">
              ${repeat(
                posts,
                ({ message }) => message.id,
                (post) =>
                  drawPost(post, {
                    press: (...pressed) => void press(...pressed),
                    dismiss: () => {
                      posts.splice(posts.indexOf(post), 1)
                      update()
                      toComposer()
                    },
                    inspect: () => {
                      show(post.exchange)
                      turn(panel ?? 'why')
                    },
                  }),
              )}
            </discord-messages>
          </div>
          ${failure ? html`<div class="failure" role="alert"><strong>The application did not respond.</strong> ${failure}</div>` : nothing}
          ${composer.draw()}
        </main>
        ${
          panel === undefined
            ? nothing
            : drawPanel(state, {
                turn,
                show: (done) => {
                  show(done)
                  update()
                },
                write: (entry) => {
                  state.entry = entry
                },
                tryEntry: () => void tryEntry(),
                close: () => turn(undefined),
              })
        }
      </div>
    `
  }

  let isDrawing = false
  let isStale = false
  function update(): void {
    isStale = true
    // Taking a focused field away blurs it, which asks for an update in the midst of one.
    if (isDrawing) return
    isDrawing = true
    document.documentElement.dataset.theme = theme
    while (isStale) {
      isStale = false
      render(drawPage(), root)
    }
    isDrawing = false
  }

  document.title = `${setup.name} playground`
  update()
  const query = new URLSearchParams(location.search)
  const [question, line] = [query.get('ask'), query.get('run')]
  if (question) ask(question)
  else if (line) runLine(line)
  toComposer()
  // Typing anywhere is typing a message, as in Discord.
  document.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey, target }) => {
    const isTyping =
      target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
    if (!isTyping && key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey) composer.focus()
  })
}

/** What the box for an entry starts with. */
function sample({ articles: [article = 'article'] }: Setup): string {
  return `- id: my-entry
  question: What does the entry answer?
  gives: [what]
  answer: The answer in your own words [1].
  cite:
    - ${article} 1: up to eight words of it
  ask:
    - at least eight ways
    - to ask for it
`
}

/** The fields of a response that a message has too. */
function known(data: object): Partial<APIMessage> {
  const { content, embeds, components, attachments, flags }: Partial<APIMessage> = data
  return Object.fromEntries(
    Object.entries({ content, embeds, components, attachments, flags }).filter(([, value]) => value !== undefined),
  )
}

function nameOf(id: string): string {
  return members.find((member) => member.id === id)?.global_name ?? id
}

/** The question that an interaction asks, if it asks one. */
function questionOf({ data }: Interaction): string | undefined {
  if (!('name' in data) || data.name !== 'ask') return undefined
  const option = data.options?.find(({ name }) => name === 'question')
  return option && 'value' in option ? String(option.value) : undefined
}

/** An example without the command around it, where it is a question. */
function questionIn(line: string, { commands }: Setup): string {
  const { options } = parseCommandLine(line, commands) ?? {}
  return options?.question ?? line
}

function readTheme(): 'dark' | 'light' {
  const kept = localStorage.getItem('theme')
  if (kept === 'dark' || kept === 'light') return kept
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
}
