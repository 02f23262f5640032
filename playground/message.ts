import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed, APIMessage } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import type { Exchange } from './client.ts'
import { icons } from './icons.ts'
import { markdown } from './markdown.ts'

const ephemeral = 64

/** A message in the channel, and how it came there. */
export interface Post {
  message: APIMessage
  /** The command line, or the label of the button that was pressed. */
  asked: { how: 'used' | 'pressed'; what: string }
  exchange: Exchange
  /** The address that gives the same reply again. */
  link: string
}

/** What can be done to a message. */
export interface Actions {
  press: (post: Post, customId: string, label: string, values?: string[]) => void
  dismiss: (post: Post) => void
  inspect: (post: Post) => void
}

/** A message as Discord draws it. */
export function drawPost(post: Post, actions: Actions): TemplateResult {
  const { message, asked, exchange, link } = post
  const hidden = ((message.flags ?? 0) & ephemeral) !== 0
  return html`
    <article class="post ${hidden ? 'hidden' : ''}" aria-label="${message.author.global_name}, in reply to ${asked.what}">
      <div class="asked">
        <img src=${avatar('you')} class="round" alt="" width="16" height="16" />
        <span>You ${asked.how}</span> <span class="what">${asked.what}</span>
      </div>
      <discord-message
        author=${message.author.global_name ?? message.author.username}
        avatar=${avatar('bot')}
        timestamp=${clock(message.timestamp)}
        bot
      >
        ${message.content === '' ? nothing : html`<div class="content">${markdown(message.content)}</div>`}
        ${message.embeds.map((embed) => drawEmbed(embed, message, exchange))}
        ${drawFiles(message, exchange)}
        <discord-attachments slot="components">
          ${(message.components ?? []).map((row) => (row.type === 1 ? drawRow(row, post, actions) : nothing))}
        </discord-attachments>
        ${
          hidden
            ? html`<div slot="components" class="only-you">
                ${icons.eye} Only you can see this ·
                <button class="plain" @click=${() => actions.dismiss(post)}>Dismiss message</button>
              </div>`
            : nothing
        }
      </discord-message>
      <div class="tools">
        <button title="Inspect" aria-label="Inspect this reply" @click=${() => actions.inspect(post)}>${icons.inspect}</button>
        <a title="Link to this reply" aria-label="Link to this reply" href=${link}>${icons.link}</a>
      </div>
    </article>
  `
}

function drawEmbed(embed: APIEmbed, message: APIMessage, { files }: Exchange): TemplateResult {
  const picture = embed.image && source(embed.image.url, files)
  return html`
    <discord-embed
      slot="embeds"
      embed-title=${embed.title ?? nothing}
      .style=${embed.color === undefined ? '' : `--colour: #${embed.color.toString(16).padStart(6, '0')}`}
    >
      ${
        embed.description
          ? html`<discord-embed-description slot="description">${markdown(embed.description)}</discord-embed-description>`
          : nothing
      }
      ${
        picture
          ? html`<a slot="fields" class="enlarge" href=${picture} target="_blank" title="Open the picture">
              <img class="picture" src=${picture} alt=${altOf(embed.image?.url ?? '', message)} />
            </a>`
          : nothing
      }
      ${embed.footer ? html`<discord-embed-footer slot="footer">${embed.footer.text}</discord-embed-footer>` : nothing}
    </discord-embed>
  `
}

/** Files that no embed shows: pictures are shown, others offered. */
function drawFiles(message: APIMessage, { files }: Exchange): TemplateResult[] {
  const shown = new Set(message.embeds.map(({ image }) => image?.url))
  return [...files].flatMap(([name, url]) => {
    if (shown.has(`attachment://${name}`)) return []
    return /\.(png|jpe?g|gif|webp)$/i.test(name)
      ? html`<img slot="attachments" class="picture" src=${url} alt=${altOf(`attachment://${name}`, message)} />`
      : html`<a slot="attachments" class="file" href=${url} download=${name}>${name}</a>`
  })
}

function source(url: string, files: ReadonlyMap<string, string>): string | undefined {
  return url.startsWith('attachment://') ? files.get(url.slice('attachment://'.length)) : undefined
}

function altOf(url: string, { attachments }: APIMessage): string {
  return attachments.find(({ filename }) => url === `attachment://${filename}`)?.description ?? ''
}

function drawRow(
  row: APIActionRowComponent<APIComponentInMessageActionRow>,
  post: Post,
  actions: Actions,
): TemplateResult {
  return html`<discord-action-row>${row.components.map((component) => drawComponent(component, post, actions))}</discord-action-row>`
}

function drawComponent(
  component: APIComponentInMessageActionRow,
  post: Post,
  actions: Actions,
): TemplateResult | typeof nothing {
  if (component.type === 2) {
    if ('url' in component)
      return html`<discord-button type="secondary" url=${component.url}>${component.label}</discord-button>`
    if (!('custom_id' in component)) return nothing
    const { custom_id, label = '', style, disabled } = component
    return html`<discord-button
      type=${({ 1: 'primary', 2: 'secondary', 3: 'success', 4: 'destructive' } as const)[style]}
      ?disabled=${disabled}
      @click=${() => (disabled ? undefined : actions.press(post, custom_id, label))}
      >${label}</discord-button
    >`
  }
  if (component.type !== 3) return nothing
  const { custom_id, placeholder, options, disabled } = component
  // Skyra's own menu opens for a mouse only; the browser's works for every hand and on every phone.
  return html`<select
    class="menu"
    aria-label=${placeholder ?? 'Choose'}
    ?disabled=${disabled}
    @change=${(event: Event) => {
      const menu = event.currentTarget
      if (!(menu instanceof HTMLSelectElement)) return
      const chosen = options.find(({ value }) => value === menu.value)
      menu.selectedIndex = 0
      if (chosen) actions.press(post, custom_id, chosen.label, [chosen.value])
    }}
  >
    <option value="" hidden selected>${placeholder ?? 'Choose'}</option>
    ${options.map(
      ({ value, label, description }) =>
        html`<option value=${value}>${label}${description ? html`<small>${description}</small>` : nothing}</option>`,
    )}
  </select>`
}

export function avatar(whose: 'bot' | 'you'): string {
  return whose === 'bot' ? new URL('./bot.svg', import.meta.url).href : new URL('./you.svg', import.meta.url).href
}

function clock(timestamp: string): string {
  return `Today at ${new Date(timestamp).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' })}`
}
