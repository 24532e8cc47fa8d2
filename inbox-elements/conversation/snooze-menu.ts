import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { buttons, fields, focusRing, reset, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { chevronDownIcon, snoozeIcon } from '../../shared/ui/icons.ts';
import { dateTimeText, fullText } from '../../shared/ui/time.ts';
import { tokens } from '../tokens.ts';
import { AnchoredPopover } from '../menu/anchored-popover.ts';
import { menuStyles } from '../menu/menu-styles.ts';
import { fromLocalField, snoozeTimes, toLocalField } from './snooze-times.ts';
import type { SnoozePreset } from './snooze-times.ts';

/** In a header as narrow as a phone (its element is the container) the clock says it alone, so that its neighbours keep their size. */
const narrowStyles = css`
  @container (max-inline-size: 430px) {
    .button > .label {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
`;

/**
 * Offers moments to snooze until, and a field for any other; says which moment each is, in the reader's own zone. A leaf that
 * asks and changes nothing itself.
 *
 * @tag parlour-snooze-menu
 * @summary A button that opens the choice of moments.
 * @fires {SnoozeEvent} parlour-snooze - A moment in the future was chosen.
 * @csspart button - The button.
 * @csspart menu - What it opens.
 * @csspart option - A moment on offer.
 * @csspart wakes - The choice whether a reply ends it.
 * @csspart field - The field for any other moment.
 */
export class SnoozeMenu extends LitElement {
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    buttons,
    fields,
    iconStyles,
    menuStyles,
    narrowStyles,
  ];

  @property({ type: Boolean }) disabled = false;

  @state() private chosen: Date | null = null;
  @state() private now = new Date();
  @query('#moment') private field!: HTMLInputElement | null;
  @query('[role="switch"]') private wakes!: HTMLInputElement | null;

  readonly #popover = new AnchoredPopover(this, (panel) => {
    this.chosen = null;
    this.now = new Date();
    if (this.wakes) this.wakes.checked = true;
    panel.querySelector<HTMLElement>('.menu-item')?.focus();
  });

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  #snooze(until: Date): void {
    const event = new SnoozeEvent(until.toISOString(), this.wakes?.checked);
    this.#popover.close();
    this.dispatchEvent(event);
  }

  #keyed = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const active = this.shadowRoot?.activeElement;
    if (!step || active?.tagName === 'INPUT') return;
    event.preventDefault();
    const items = [...this.renderRoot.querySelectorAll<HTMLElement>('.menu-item')];
    const index = items.findIndex((item) => item === active);
    items[(index + step + items.length) % items.length]?.focus();
  };

  #picked = (): void => {
    this.chosen = fromLocalField(this.field?.value ?? '');
    this.now = new Date();
  };

  #submitted = (event: Event): void => {
    event.preventDefault();
    this.#picked();
    if (this.chosen && this.chosen > this.now) this.#snooze(this.chosen);
  };

  protected override render(): TemplateResult {
    return html`<button
        class="button small"
        part="button"
        type="button"
        popovertarget="menu"
        aria-haspopup="dialog"
        aria-expanded=${this.#popover.open ? 'true' : 'false'}
        title=${msg('Snooze')}
        ?disabled=${this.disabled}
      >
        ${icon(snoozeIcon, { size: 16 })}<span class="label">${msg('Snooze')}</span>${icon(chevronDownIcon, { size: 14 })}
      </button>
      <div
        class="menu"
        part="menu"
        id="menu"
        popover
        role="dialog"
        aria-label=${msg('Snooze until')}
        @beforetoggle=${this.#popover.beforeToggle}
        @toggle=${this.#popover.toggled}
        @keydown=${this.#keyed}
      >
        ${this.#popover.open ? this.#choices() : nothing}
      </div>`;
  }

  #choices(): TemplateResult {
    const { chosen, now } = this;
    const past = chosen !== null && chosen <= now;
    return html`<p class="menu-title">${msg('Snooze until')}</p>
      ${snoozeTimes(now).map(
        ({
          preset,
          at,
        }) => html`<button class="menu-item focus-inside" part="option" type="button" @click=${() => this.#snooze(at)}>
          <span class="grow">${presetLabel(preset)}</span><span class="aside">${dateTimeText(at)}</span>
        </button>`,
      )}
      <div class="menu-line"></div>
      <div class="menu-part">
        <label class="checkbox" part="wakes">
          <input type="checkbox" role="switch" checked />${msg('Wake on reply')}
        </label>
      </div>
      <div class="menu-line"></div>
      <form class="menu-part" novalidate @submit=${this.#submitted}>
        <label class="label" for="moment">${msg('Another moment')}</label>
        <input
          class="input"
          part="field"
          id="moment"
          type="datetime-local"
          min=${toLocalField(now)}
          aria-describedby="moment-meaning"
          aria-invalid=${past ? 'true' : 'false'}
          @input=${this.#picked}
        />
        <p class=${past ? 'error' : 'hint'} id="moment-meaning" aria-live="polite">
          ${
            past
              ? msg('Choose a moment in the future.')
              : chosen
                ? msg(str`Comes back on ${fullText(chosen)}.`)
                : msg('In your own time zone')
          }
        </p>
        <button class="button small primary" type="submit" aria-disabled=${chosen && !past ? 'false' : 'true'}>
          ${msg('Snooze')}
        </button>
      </form>`;
  }
}

function presetLabel(preset: SnoozePreset): string {
  const labels: Record<SnoozePreset, string> = {
    'later-today': msg('Later today'),
    tomorrow: msg('Tomorrow'),
    monday: msg('Monday'),
    'next-week': msg('Next week'),
  };
  return labels[preset];
}

/** Put away until this instant (ISO 8601, UTC). */
export class SnoozeEvent extends Event {
  static readonly type = 'parlour-snooze';
  readonly until: string;
  /** Whether a message from the contact reopens it before. */
  readonly wakesOnReply: boolean;

  constructor(until: string, wakesOnReply = true) {
    super(SnoozeEvent.type);
    this.until = until;
    this.wakesOnReply = wakesOnReply;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-snooze-menu': SnoozeMenu;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-snooze': SnoozeEvent;
  }
}
