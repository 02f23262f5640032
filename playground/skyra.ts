/** Skyra's Discord components, mended where their colours are too faint or a keyboard can't reach them. */
import '@skyra/discord-components-core/discord-action-row.js'
import '@skyra/discord-components-core/discord-attachments.js'
import '@skyra/discord-components-core/discord-embed-description.js'
import '@skyra/discord-components-core/discord-embed-footer.js'
import { DiscordAuthorInfo } from '@skyra/discord-components-core/discord-author-info.js'
import { DiscordButton } from '@skyra/discord-components-core/discord-button.js'
import { DiscordEmbed } from '@skyra/discord-components-core/discord-embed.js'
import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js'
import { DiscordMessages } from '@skyra/discord-components-core/discord-messages.js'
import { type CSSResult, css, type LitElement } from 'lit'

/** Adds rules after a component's own, in each of its shadow trees that is made from now on. */
function restyle(component: typeof LitElement, rules: CSSResult): void {
  component.elementStyles.push(rules)
}

restyle(
  DiscordMessages,
  css`
    :host {
      border: none;
      background: none;
      color: var(--text);
      font-family: inherit;
      line-height: 1.375;
    }
  `,
)
restyle(
  DiscordMessage,
  css`
    :host {
      color: var(--text) !important;
      font-family: inherit;
      font-size: 1rem;
      padding-right: 1rem;
    }
    :host .discord-message-timestamp {
      color: var(--muted) !important;
    }
    .discord-message-content {
      min-width: 0;
      line-height: 1.375;
    }
    .discord-message-compact-indent {
      min-width: 0;
    }
    .discord-author-avatar img {
      cursor: default;
    }
    @media (max-width: 560px) {
      :host {
        padding-left: 0.75rem;
        padding-right: 0.75rem;
      }
      .discord-author-avatar {
        margin-right: 10px;
        min-width: 32px;
      }
      .discord-author-avatar img {
        width: 32px;
        height: 32px;
      }
    }
  `,
)
restyle(
  DiscordAuthorInfo,
  css`
    :host .discord-author-username {
      color: var(--bright) !important;
    }
    :host .discord-author-username:hover {
      cursor: default;
      text-decoration: none;
    }
  `,
)
restyle(
  DiscordEmbed,
  css`
    :host {
      color: var(--text) !important;
      margin-bottom: 0.25rem;
    }
    :host .discord-embed-wrapper {
      background: var(--embed) !important;
      border: 1px solid var(--edge) !important;
      border-left: none !important;
    }
    :host .discord-left-border {
      background: var(--colour, var(--edge)) !important;
    }
    :host .discord-embed-title {
      color: var(--bright) !important;
      line-height: 1.375;
    }
    /* Skyra's spans a second column, into which a picture would slip. */
    slot[name='footer']::slotted(*) {
      grid-column: 1 / 2;
    }
  `,
)
restyle(
  DiscordButton,
  css`
    :host > *:first-child {
      font-family: inherit;
      border-radius: 8px;
      box-sizing: border-box;
      padding: 6px 16px;
      height: auto;
      text-align: left;
    }
    :host > .secondary {
      background: var(--button);
      color: var(--button-text);
    }
    :host > .secondary.hoverable:hover {
      background: var(--button-hover);
    }
    :host > *:focus-visible {
      outline: 2px solid var(--focus);
      outline-offset: 2px;
    }
  `,
)

// Skyra greys a disabled button out and leaves it in the tab order.
DiscordButton.addInitializer((element) =>
  element.addController({
    hostUpdated: () => {
      const button = element.renderRoot.querySelector('button')
      if (button && element instanceof DiscordButton) button.disabled = element.disabled
    },
  }),
)

// Its colour would be written into the page as an inline style, which the Content-Security-Policy forbids.
DiscordAuthorInfo.addInitializer((element) =>
  element.addController({
    hostUpdate: () => {
      if (element instanceof DiscordAuthorInfo) element.roleColor = undefined
    },
  }),
)
