import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import { focusRing, reset } from '../../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../../shared/ui/icon.ts';
import { roundStyles } from '../round-styles.ts';
import { chime } from './chime.ts';
import { allowSound, isSoundAllowed } from './sound-memory.ts';

const bellIcon = 'M5.4 8.4a4.6 4.6 0 0 1 9.2 0c0 4.4 1.8 5.4 1.8 5.4H3.6s1.8-1 1.8-5.4M8.4 16.4a1.8 1.8 0 0 0 3.2 0';
const bellOffIcon = `${bellIcon}M3.2 3.2l13.6 13.6`;

/**
 * Lets the visitor allow a sound for new messages. It is off until then, and what they choose is remembered.
 *
 * @tag parlour-widget-sound
 * @summary The switch for the sound of new messages.
 */
export class WidgetSound extends LitElement {
  static override styles = [
    reset,
    focusRing,
    iconStyles,
    roundStyles,
    css`
      :host {
        color: inherit;
      }
      :host([hidden]) {
        display: none;
      }
    `,
  ];
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    channelKey: { attribute: false },
  };

  channelKey = '';

  override connectedCallback(): void {
    super.connectedCallback();
    // It takes no room in the header before it can be used.
    this.hidden = false;
  }

  #toggle = (): void => {
    const isAllowed = !isSoundAllowed(this.channelKey);
    allowSound(this.channelKey, isAllowed);
    // So that they know what they allow; it also is the click without which browsers play nothing.
    if (isAllowed) void chime();
    this.requestUpdate();
  };

  override render(): TemplateResult {
    const isAllowed = isSoundAllowed(this.channelKey);
    return html`<button
      class="round"
      type="button"
      aria-label=${msg('Sound for new messages')}
      title=${msg('Sound for new messages')}
      aria-pressed=${isAllowed ? 'true' : 'false'}
      @click=${this.#toggle}
    >
      ${icon(isAllowed ? bellIcon : bellOffIcon)}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-sound': WidgetSound;
  }
}
