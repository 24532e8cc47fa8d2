import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import type { ChannelConfiguration } from '../../../shared/contract/channel.ts';
import { spoken } from '../../../shared/ui/language.ts';
import { panelParts } from '../../launcher/parts.ts';
import { panelStyles } from '../frame/widget-panel-styles.ts';
import { WidgetEvent } from '../widget-event.ts';

/**
 * Stands where the chat would, and asks whether it may begin. Until then there is no chat: nothing is kept, nothing is sent.
 *
 * @tag parlour-widget-consent
 * @summary The question before the chat.
 * @fires parlour-widget-consent - {isGiven} The visitor has answered.
 * @fires parlour-widget-close - The visitor closes it without an answer.
 * @csspart card - All of it.
 * @csspart header - Its head.
 * @csspart name - The workspace's name in it.
 * @csspart hours - When somebody is there.
 * @csspart close - The close button.
 */
export class WidgetConsent extends LitElement {
  static override styles = [
    panelStyles,
    css`
      .ask {
        display: grid;
        flex: 1;
        align-content: start;
        gap: var(--_space-4);
        overflow: auto;
        padding: var(--_space-6);
      }
      h3 {
        font-size: 17px;
        font-weight: 650;
      }
      .words {
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      a {
        color: var(--_accent-text);
        text-underline-offset: 2px;
      }
      .actions {
        display: grid;
        gap: var(--_space-3);
      }
      .button {
        min-block-size: 46px;
      }
    `,
  ];
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    configuration: { attribute: false },
    open: { type: Boolean, reflect: true },
    inline: { type: Boolean, reflect: true },
  };

  configuration: ChannelConfiguration | null = null;
  /** Whether it is seen. */
  open = false;
  /** Whether it stands in the page's own flow. */
  inline = false;

  override connectedCallback(): void {
    super.connectedCallback();
    // A page styles it as it styles the panel that takes its place.
    this.setAttribute('exportparts', `card,${panelParts}`);
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.primary')?.focus(options);
  }

  #answer(isGiven: boolean): void {
    this.dispatchEvent(new ConsentEvent(isGiven));
  }

  #keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.inline) return;
    // The page's own Escape (closing its dialog, say) is not meant.
    event.stopPropagation();
    this.dispatchEvent(new WidgetEvent('parlour-widget-close'));
  };

  override render(): TemplateResult | typeof nothing {
    const { configuration } = this;
    if (!configuration) return nothing;
    // A logo would be fetched from somewhere.
    const { logoUrl: _logo, consentText, privacyUrl, ...rest } = configuration;
    // Nobody is known before there is a chat.
    const shown = { ...rest, showFaces: false };
    return html`<section
      part="card"
      class="card"
      role=${this.inline ? 'region' : 'dialog'}
      aria-labelledby="title"
      aria-describedby="words"
      lang=${spoken.language}
      dir=${spoken.direction}
      @keydown=${this.#keyed}
    >
      <parlour-widget-header exportparts=${panelParts} .configuration=${shown} large .closable=${!this.inline}></parlour-widget-header>
      <div class="ask">
        <h3 id="title">${msg('Before we chat')}</h3>
        <p id="words" class="words" dir="auto">${
          consentText ||
          msg('To chat, we keep a key in your browser and receive what you write here. Is that all right with you?')
        }</p>
        ${privacyUrl ? html`<p><a href=${privacyUrl} target="_blank" rel="noopener noreferrer">${msg('Privacy policy')}</a></p>` : nothing}
        <div class="actions">
          <button class="button primary" type="button" @click=${() => this.#answer(true)}>${msg('I agree')}</button>
          <button class="button" type="button" @click=${() => this.#answer(false)}>${msg('No, thank you')}</button>
        </div>
      </div>
    </section>`;
  }
}

/** The visitor has answered. */
export class ConsentEvent extends WidgetEvent {
  readonly isGiven: boolean;

  constructor(isGiven: boolean) {
    super('parlour-widget-consent');
    this.isGiven = isGiven;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-consent': WidgetConsent;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-widget-consent': ConsentEvent;
  }
}
