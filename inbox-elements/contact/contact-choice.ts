import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { RequestError } from '../../shared/client/client.ts';
import { focusRing, reset, visuallyHidden } from '../../shared/ui/base-styles.ts';
import { tokens } from '../tokens.ts';
import { sentence } from './contact-field.ts';
import type { SaveField } from './contact-field.ts';
import { inPlaceStyles } from './in-place-styles.ts';

/** What can be chosen: the value, and how it reads. An empty value is none. */
export type Choices = readonly (readonly [value: string, label: string])[];

/**
 * One fact about a contact that is one of a few: chosen, and stored at once.
 *
 * @tag parlour-contact-choice
 * @summary A labelled value, chosen from a list.
 * @csspart select - The choice.
 * @csspart error - Why a choice was refused.
 */
export class ContactChoice extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    tokens,
    reset,
    focusRing,
    visuallyHidden,
    inPlaceStyles,
    css`
      label {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
        gap: var(--_space-2);
        align-items: center;
        font-size: var(--_font-size-s);
      }
      span {
        padding-block: 4px;
        padding-inline-start: 2px;
        color: var(--_text-muted);
        overflow-wrap: anywhere;
      }
      .input {
        padding-inline: 4px;
        cursor: pointer;
      }
      option {
        background: var(--_surface-raised);
        color: var(--_text);
      }
    `,
  ];

  @property() label = '';
  /** Name of the field in a refusal. */
  @property() name = '';
  /** As the server has it. */
  @property() value = '';
  @property({ attribute: false }) choices: Choices = [];
  @property({ attribute: false }) save: SaveField | null = null;

  @state() private error: string | null = null;
  @query('select') private field!: HTMLSelectElement;

  #store = async (): Promise<void> => {
    const { value } = this.field;
    this.error = null;
    try {
      await this.save?.(value || null);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.error = sentence(error.fields[this.name] ?? error.message);
      this.field.value = this.value;
    }
  };

  protected override render(): TemplateResult {
    return html`<label>
        <span dir="auto">${this.label}</span>
        <select
          class="input"
          part="select"
          .value=${live(this.value)}
          aria-invalid=${this.error ? 'true' : 'false'}
          aria-describedby="error"
          @change=${this.#store}
        >
          ${this.choices.map(
            ([value, label]) => html`<option value=${value} ?selected=${value === this.value}>${label}</option>`,
          )}
        </select>
      </label>
      <p class=${this.error ? 'error' : 'visually-hidden'} part="error" id="error" aria-live="polite">${this.error}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-contact-choice': ContactChoice;
  }
}
