import type { APIApplicationCommandBasicOption, APIUser } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { parseCommandLine } from '../src/discord/command-line.ts'
import { icons } from './icons.ts'
import { type CommandDefinition, type Filled, valueFor } from './interaction.ts'

const text = 3
const boolean = 5
const user = 6
/** How long typing must rest before the bot is asked for choices, in milliseconds. */
const debounce = 120

interface Options {
  commands: readonly CommandDefinition[]
  members: readonly APIUser[]
  /** The bot's choices for the option that is being typed. */
  complete: (command: CommandDefinition, filled: readonly Filled[], focused: string) => Promise<readonly Choice[]>
  run: (command: CommandDefinition, filled: readonly Filled[]) => void
  /** Something typed that is no command. */
  say: (words: string) => void
  /** Draws the page anew. */
  update: () => void
}

interface Choice {
  name: string
  value: string
}

/** One option of the command that is being written. */
interface Field {
  option: APIApplicationCommandBasicOption
  typed: string
  /** The value behind a choice that was picked; what is typed counts where there is none. */
  picked?: string
}

/** A line of the list above the composer. */
interface Line {
  label: string
  hint?: string
  pick: () => void
}

export interface Composer {
  draw: () => TemplateResult
  focus: () => void
  /** Writes a command line into the composer, ready to be sent or filled in. */
  write: (line: string) => void
}

/** The box that commands are written in: `/` lists them, their options fill in one after another. */
export function createComposer({ commands, members, complete, run, say, update }: Options): Composer {
  let words = ''
  let command: CommandDefinition | undefined
  let fields: Field[] = []
  /** What stands after the last option: the name of another one. */
  let extra = ''
  /** The list above: its lines, the marked one, and what it is about. */
  let lines: Line[] = []
  let marked = -1
  let subject: { title: string; about: string } | undefined
  /** The option that must be filled in before sending. */
  let missing: string | undefined
  let asked = 0
  /** Whether the list is that of an earlier text, and whether Tab was pressed meanwhile. */
  let isOld = false
  let isAwaited = false

  const left = (): APIApplicationCommandBasicOption[] =>
    basic(command).filter(({ name }) => !fields.some(({ option }) => option.name === name))
  const filled = (): Filled[] =>
    fields
      .filter(({ typed }) => typed.trim() !== '')
      .map((field) => ({ name: field.option.name, type: field.option.type, value: valueIn(field) ?? '' }))

  function close(): void {
    extra = ''
    lines = []
    marked = -1
    subject = undefined
    isOld = false
    isAwaited = false
    asked++
  }

  function open(about: typeof subject, found: Line[], mark: number): void {
    subject = about
    lines = found
    marked = Math.min(mark, found.length - 1)
    isOld = false
    const [first] = isAwaited ? found : []
    isAwaited = false
    if (first) first.pick()
    else update()
  }

  function focus(id: string): void {
    update()
    const field = document.getElementById(id)
    if (!(field instanceof HTMLInputElement)) return
    field.focus()
    field.setSelectionRange(field.value.length, field.value.length)
  }

  function choose(chosen: CommandDefinition): void {
    close()
    words = ''
    missing = undefined
    command = chosen
    fields = basic(chosen)
      .filter(({ required }) => required)
      .map((option) => ({ option, typed: '' }))
    advance()
  }

  function leave(kept = ''): void {
    close()
    command = undefined
    fields = []
    missing = undefined
    words = kept
    focus('words')
    if (kept !== '') listCommands()
  }

  /** To the next option that must be filled in; when there is none, to the end. */
  function advance(): void {
    const next = fields.find(({ option, typed }) => option.required && typed === '')
    focus(next ? idOf(next) : 'more')
  }

  function add(option: APIApplicationCommandBasicOption): void {
    close()
    const field = { option, typed: '' }
    fields.push(field)
    focus(idOf(field))
  }

  function remove(field: Field): void {
    const at = fields.indexOf(field)
    if (field.option.required && at === 0) {
      leave(`/${command?.name}`)
      return
    }
    close()
    if (!field.option.required) fields.splice(at, 1)
    const before = fields[at - 1]
    focus(before ? idOf(before) : 'more')
  }

  function fill(field: Field, typed: string, picked: string): void {
    close()
    field.typed = typed
    field.picked = picked
    missing = undefined
    advance()
  }

  function listCommands(): void {
    const typed = /^\/([^\s/]*)$/.exec(words)?.[1]?.toLowerCase()
    if (typed === undefined) {
      close()
      update()
      return
    }
    const found = [
      ...commands.filter(({ name }) => name.startsWith(typed)),
      ...commands.filter(({ name }) => !name.startsWith(typed) && name.includes(typed)),
    ]
    open(
      { title: found.length > 0 ? 'Commands' : `No command matches “/${typed}”`, about: '' },
      found.map((one) => ({ label: `/${one.name}`, hint: one.description, pick: () => choose(one) })),
      0,
    )
  }

  function listOptions(): void {
    const found = left().filter(({ name }) => name.startsWith(extra.trim().toLowerCase()))
    open(
      left().length > 0 ? { title: 'Options', about: 'Enter sends; an option can be added first' } : undefined,
      found.map((option) => ({ label: option.name, hint: option.description, pick: () => add(option) })),
      extra.trim() === '' ? -1 : 0,
    )
  }

  async function listChoices(field: Field): Promise<void> {
    const { option, typed } = field
    const about = { title: option.name, about: option.description }
    const pickable = (choices: readonly Choice[]): Line[] =>
      choices.map(({ name, value }) => ({ label: name, pick: () => fill(field, name, value) }))
    const matching = (choices: readonly Choice[]): Line[] =>
      pickable(
        choices.filter(({ name }) => name.toLowerCase().startsWith(typed.toLowerCase()) || field.picked !== undefined),
      )

    if (option.type === boolean) {
      open(
        about,
        matching([
          { name: 'True', value: 'true' },
          { name: 'False', value: 'false' },
        ]),
        0,
      )
    } else if (option.type === user) {
      open(
        about,
        matching(members.map(({ id, global_name, username }) => ({ name: global_name ?? username, value: id }))),
        0,
      )
    } else if (command && option.type === text && option.autocomplete) {
      const own = ++asked
      if (subject?.title !== option.name) open(about, [], -1)
      isOld = true
      marked = -1
      update()
      if (typed !== '') await new Promise((resolve) => setTimeout(resolve, debounce))
      if (own !== asked) return
      const others = filled().filter(({ name }) => name !== option.name)
      const choices = await complete(command, [...others, { name: option.name, type: text, value: typed }], option.name)
      // Only the answer to what is in the field now counts.
      if (own === asked) open(about, pickable(choices), -1)
    } else {
      open(about, [], -1)
    }
  }

  function send(): void {
    if (!command) {
      const line = words.trim()
      if (line === '') return
      const parsed = parseCommandLine(line, commands)
      if (line.startsWith('/') && !parsed) return
      words = ''
      close()
      if (parsed) write(line)
      else say(line)
      update()
      return
    }
    const empty = fields.find(({ option, typed }) => option.required && typed.trim() === '')
    // A yes or no, or a person, is one of the list's.
    const odd = fields.find((field) => field.typed !== '' && valueIn(field) === undefined)
    const wrong = empty ?? odd
    if (wrong) {
      missing = wrong.option.name
      focus(idOf(wrong))
      return
    }
    const [sent, values] = [command, filled()]
    leave()
    run(sent, values)
  }

  function write(line: string): void {
    const parsed = parseCommandLine(line, commands)
    const found = commands.find(({ name }) => name === parsed?.command)
    if (!parsed || !found) return
    choose(found)
    for (const [name, value] of Object.entries(parsed.options)) {
      const option = basic(found).find((one) => one.name === name)
      if (!option) continue
      const field = fields.find((one) => one.option === option) ?? fields[fields.push({ option, typed: '' }) - 1]
      if (field) field.typed = value
    }
    advance()
  }

  /** What the list does with a key, in every field alike. */
  function onListKey(event: KeyboardEvent, canTab: boolean): boolean {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && lines.length > 0) {
      marked = marked < 0 ? (step > 0 ? 0 : lines.length - 1) : (marked + step + lines.length) % lines.length
      update()
      document.getElementById(`line-${marked}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && marked >= 0) {
      lines[marked]?.pick()
    } else if (event.key === 'Tab' && !event.shiftKey && isOld && canTab) {
      isAwaited = true
    } else if (event.key === 'Tab' && !event.shiftKey && lines.length > 0 && (marked >= 0 || canTab)) {
      lines[Math.max(marked, 0)]?.pick()
    } else if (event.key === 'Escape' && (lines.length > 0 || subject)) {
      close()
      update()
    } else {
      return false
    }
    event.preventDefault()
    return true
  }

  function onKey(event: KeyboardEvent, field?: Field): void {
    if (event.isComposing || onListKey(event, field !== undefined && field.typed !== '' && field.picked === undefined))
      return
    const box = event.currentTarget
    const isEmpty = box instanceof HTMLInputElement && box.value === ''
    if (event.key === 'Enter') send()
    else if (event.key === 'Escape' && command) leave()
    else if (event.key === 'Backspace' && isEmpty && field) remove(field)
    else if (event.key === 'Backspace' && isEmpty && command) {
      const last = fields.at(-1)
      if (last) focus(idOf(last))
      else leave(`/${command.name}`)
    } else return
    event.preventDefault()
  }

  function onWords(event: Event): void {
    words = typedIn(event)
    const named = /^\/(\S+)\s/.test(words) ? parseCommandLine(words, commands) : undefined
    if (named) write(words)
    else listCommands()
  }

  function onField(event: Event, field: Field): void {
    // A name that is typed all the same stands before its own value.
    field.typed = typedIn(event).replace(new RegExp(`^${field.option.name}:\\s*`), '')
    delete field.picked
    missing = undefined
    // Typing another option's name goes to that option, as in Discord.
    const next = left().find(({ name }) => new RegExp(`(^|\\s)${name}:$`).test(field.typed))
    if (next) {
      field.typed = field.typed.slice(0, -next.name.length - 1).trim()
      add(next)
    } else void listChoices(field)
  }

  const blur = (): void => {
    close()
    update()
  }

  function drawBox(
    id: string,
    label: string,
    value: string,
    on: { input: (event: Event) => void; focus: () => void; field?: Field; placeholder?: string },
  ): TemplateResult {
    return html`<input
      id=${id}
      class="box"
      size="3"
      role="combobox"
      autocomplete="off"
      spellcheck=${on.field || id === 'more' ? 'false' : 'true'}
      enterkeyhint="send"
      aria-label=${label}
      aria-autocomplete="list"
      aria-controls="lines"
      aria-expanded=${lines.length > 0}
      aria-activedescendant=${marked >= 0 ? `line-${marked}` : nothing}
      aria-invalid=${on.field !== undefined && on.field.option.name === missing ? 'true' : nothing}
      maxlength=${on.field && 'max_length' in on.field.option ? (on.field.option.max_length ?? nothing) : nothing}
      placeholder=${on.placeholder ?? nothing}
      .value=${live(value)}
      @input=${on.input}
      @focus=${on.focus}
      @blur=${blur}
      @keydown=${(event: KeyboardEvent) => onKey(event, on.field)}
    />`
  }

  function drawField(field: Field): TemplateResult {
    const { name } = field.option
    return html`<label class="field ${missing === name ? 'missing' : ''}">
      <span class="name">${name}</span>
      <span class="grow" data-value=${field.typed}
        >${drawBox(idOf(field), `${name}: ${field.option.description}`, field.typed, {
          input: (event) => onField(event, field),
          focus: () => void listChoices(field),
          field,
        })}</span
      >
    </label>`
  }

  return {
    focus: () => focus(command ? 'more' : 'words'),
    write,
    draw: () => html`
      <form class="composer" @submit=${(event: Event) => event.preventDefault()}>
        <div class="above" ?hidden=${!subject}>
          ${subject ? html`<div class="subject"><strong>${subject.title}</strong> ${subject.about}</div>` : nothing}
          <div id="lines" role="listbox" aria-label=${subject?.title ?? 'Choices'} ?hidden=${lines.length === 0}>
            ${lines.map(
              ({ label, hint, pick }, at) => html`<div
                id="line-${at}"
                class="line"
                role="option"
                aria-selected=${at === marked}
                @mousedown=${(event: Event) => event.preventDefault()}
                @click=${pick}
              >
                <span class="label">${label}</span>${hint ? html` <span class="hint">${hint}</span>` : nothing}
              </div>`,
            )}
          </div>
        </div>
        ${missing ? html`<div class="refused" role="alert">“${missing}” is required: fill it in, or pick from the list.</div>` : nothing}
        <div class="bar">
          ${
            command
              ? html`<div class="command">
                  <span class="slash">/${command.name}</span>
                  ${fields.map(drawField)}
                  ${drawBox('more', 'Add an option, or press Enter to send', extra, {
                    input: (event) => {
                      extra = typedIn(event)
                      const named = left().find(({ name }) => extra.trim() === `${name}:`)
                      if (named) add(named)
                      else listOptions()
                    },
                    focus: listOptions,
                    placeholder: left().length > 0 ? `+${left().length} optional` : '',
                  })}
                </div>`
              : drawBox('words', 'Message', words, {
                  input: onWords,
                  focus: listCommands,
                  placeholder: 'Ask, or type / for commands',
                })
          }
          <button type="button" class="send" title="Send" aria-label="Send" @click=${send}>${icons.send}</button>
        </div>
      </form>
    `,
  }
}

function basic(command: CommandDefinition | undefined): APIApplicationCommandBasicOption[] {
  return (command?.options ?? []).filter(
    (option): option is APIApplicationCommandBasicOption => option.type !== 1 && option.type !== 2,
  )
}

function valueIn({ option, typed, picked }: Field): string | undefined {
  return picked ?? valueFor(option.type, typed)
}

function idOf({ option }: Field): string {
  return `option-${option.name}`
}

function typedIn({ currentTarget }: Event): string {
  return currentTarget instanceof HTMLInputElement ? currentTarget.value : ''
}
