import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { updateWhenLocaleChanges } from '@lit/localize';
import { RequestError } from '../../shared/client/client.ts';
import { focusRing, reset, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { tokens } from '../tokens.ts';
import { inPlaceStyles } from './in-place-styles.ts';

/** Stores a field's new value; `null` clears it. Rejects with the RequestError of a refusal. */
export type SaveField = (value: string | null) => Promise<unknown>;

/**
 * One fact about a contact that is edited where it stands: Enter or leaving the field stores it, Escape takes it back.
 *
 * @tag parlour-contact-field
 * @summary A labelled value, editable in place.
 * @csspart input - The field.
 * @csspart error - Why a value was refused.
 */
export class ContactField extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    iconStyles,
    inPlaceStyles,
    css`
      .field {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 var(--_space-2);
        align-items: center;
      }
      .icon {
        color: var(--_text-faint);
      }
      .input {
        transition:
          border-color var(--_motion),
          background-color var(--_motion);
      }
      /* As high as what stands in it; elsewhere its rows are counted. */
      textarea.input {
        display: block;
        field-sizing: content;
        padding-block: 5px;
        max-block-size: 12lh;
        overflow-wrap: anywhere;
        resize: none;
      }
      .input::placeholder {
        color: var(--_text-faint);
        opacity: 1;
      }
      .input:focus {
        outline: 2px solid transparent;
        background: var(--_surface-raised);
        box-shadow: 0 0 0 3px color-mix(in oklab, var(--_focus) 28%, transparent);
      }
      .input:focus:not([aria-invalid='true']) {
        border-color: var(--_focus);
      }
      :host([large]) .input {
        font-size: var(--_font-size-l);
        font-weight: 650;
        text-align: center;
      }
      :host([large]) .field {
        grid-template-columns: minmax(0, 1fr);
      }
      .error {
        grid-column: -2;
      }
    `,
  ];

  @property() label = '';
  /** The value as the server has it. */
  @property() value: string | null = null;
  @property() placeholder = '';
  @property() type: 'text' | 'email' | 'tel' = 'text';
  /** Whether it may have several: Shift and Enter begin another. */
  @property({ type: Boolean }) lines = false;
  /** Name of the field in a refusal. */
  @property() name = '';
  /** An outline of icons.ts before the field. */
  @property({ attribute: false }) outline: string | null = null;
  @property({ attribute: false }) save: SaveField | null = null;

  /** What was typed and is not yet the server's value. */
  @state() private typed: string | null = null;
  @state() private error: string | null = null;
  @state() private saving = false;
  @query('.input') private field!: HTMLInputElement | HTMLTextAreaElement;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The event with the stored value is what ends an edit; one that was refused stays in the field to be mended.
    if (changed.has('value') && this.error === null && this.shadowRoot?.activeElement !== this.field) this.typed = null;
  }

  /** Drops what was typed: another contact is shown. */
  reset(): void {
    this.typed = null;
    this.error = null;
  }

  async #store(): Promise<void> {
    const typed = this.typed?.trim();
    if (typed === undefined || this.saving || !this.save) return;
    if (typed === (this.value ?? '')) return this.reset();
    this.saving = true;
    this.error = null;
    try {
      await this.save(typed === '' ? null : typed);
      this.typed = null;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.error = sentence(error.fields[this.name] ?? error.message);
    } finally {
      this.saving = false;
    }
  }

  #keyed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.isComposing && !(this.lines && event.shiftKey)) {
      event.preventDefault();
      void this.#store();
    } else if (event.key === 'Escape' && this.typed !== null) {
      event.preventDefault();
      event.stopPropagation();
      this.reset();
    }
  };

  get #shown(): string {
    return this.typed ?? this.value ?? '';
  }

  #edited = (): void => {
    this.typed = this.field.value;
    this.error = null;
  };

  #left = (): void => void this.#store();

  #line(): TemplateResult {
    return html`<input
      class="input"
      part="input"
      type=${this.type}
      autocomplete="off"
      spellcheck="false"
      dir="auto"
      aria-label=${this.label}
      aria-invalid=${this.error ? 'true' : 'false'}
      aria-describedby="error"
      aria-busy=${this.saving ? 'true' : 'false'}
      placeholder=${this.placeholder}
      .value=${live(this.#shown)}
      @input=${this.#edited}
      @keydown=${this.#keyed}
      @blur=${this.#left}
    />`;
  }

  #area(): TemplateResult {
    return html`<textarea
      class="input"
      part="input"
      rows=${this.#shown.split('\n').length}
      autocomplete="off"
      spellcheck="false"
      dir="auto"
      aria-label=${this.label}
      aria-invalid=${this.error ? 'true' : 'false'}
      aria-describedby="error"
      aria-busy=${this.saving ? 'true' : 'false'}
      placeholder=${this.placeholder}
      .value=${live(this.#shown)}
      @input=${this.#edited}
      @keydown=${this.#keyed}
      @blur=${this.#left}
    ></textarea>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="field">
      ${this.outline ? icon(this.outline, { size: 18 }) : nothing}
      ${this.lines ? this.#area() : this.#line()}
      <p class=${this.error ? 'error' : 'visually-hidden'} part="error" id="error" aria-live="polite">${this.error}</p>
    </div>`;
  }
}

/** What a refusal says of a field begins like the rest of a sentence: "must be an email address". */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-contact-field': ContactField;
  }
}
