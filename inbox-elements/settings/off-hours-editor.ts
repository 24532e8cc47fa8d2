import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { defaultOffHours, DEFAULT_AUTO_RESPONSE, type OffHours } from '../../shared/contract/off-hours.ts';
import { buttons, fields, focusRing, reset } from '../../shared/ui/base-styles.ts';
import { tokens } from '../tokens.ts';
import { field } from '../form/field.ts';
import { moduleOrigin } from '../session/server-origin.ts';
import type { FormEditor } from './form-editor.ts';
import { sectionStyles } from './section-styles.ts';
import type { Translatable, TranslationEditor, Translations } from './translation-editor.ts';

const editorStyles = css`
  :host {
    display: grid;
    gap: var(--_space-4);
  }
`;

/**
 * Edits what an inbox does while nobody is there. Holds its own draft; read `value` when it is to be saved.
 *
 * @tag parlour-off-hours-editor
 * @summary An editor for what visitors meet off hours.
 * @fires input - The draft changed.
 */
export class OffHoursEditor extends LitElement {
  static override styles = [tokens, reset, focusRing, buttons, fields, sectionStyles, editorStyles];

  /** What is saved now; giving another one starts a new draft. */
  @property({ attribute: false }) offHours: OffHours = defaultOffHours;

  @state() private draft: OffHours = defaultOffHours;
  @query('parlour-form-editor') private form!: FormEditor | null;
  @query('parlour-translation-editor') private words!: TranslationEditor | null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  get value(): OffHours {
    const { draft, words } = this;
    return {
      ...draft,
      form: this.form?.value ?? draft.form,
      ...(words && { translations: words.value }),
    };
  }

  /** Whether it can be saved as it is; if not, what is wrong is shown. */
  check(): boolean {
    return this.form?.check() ?? true;
  }

  async focusWrong(): Promise<void> {
    await this.form?.focusWrong();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Every event makes new records; only another choice is a reason to throw a draft away.
    if (changed.has('offHours') && JSON.stringify(changed.get('offHours')) !== JSON.stringify(this.offHours)) {
      this.draft = this.offHours;
    }
  }

  #change(change: Partial<OffHours>): void {
    // A form that is no longer shown is remembered as it was left.
    this.draft = { ...this.value, ...change };
    this.dispatchEvent(new Event('input', { bubbles: true }));
  }

  protected override render(): TemplateResult {
    const { mode, text, autoResponse, form } = this.draft;
    return html`<fieldset class="choices">
        <legend>${msg('When nobody is available')}</legend>
        ${this.#mode('message', mode, msg('Message'), msg('Visitors write as usual and get an answer later.'))}
        ${this.#mode('form', mode, msg('Form'), msg('Visitors fill in a form, which creates a lead and a missed conversation.'))}
        ${this.#mode('bot', mode, msg('Bot'), msg('Your own program answers through the API. Conversations it leaves open go to the team once somebody is available.'))}
      </fieldset>
      ${mode === 'bot' ? this.#botHint() : nothing}
      ${field(
        { name: 'away', label: msg('Off-hours message') },
        html`<textarea
          class="input"
          id="away"
          rows="2"
          maxlength="500"
          placeholder=${mode === 'bot' ? msg('The channel’s welcome message') : defaultAway()}
          .value=${text}
          @change=${(event: Event) => this.#change({ text: (event.target as HTMLTextAreaElement).value })}
        ></textarea>`,
      )}
      ${mode === 'form' ? html`<parlour-form-editor .form=${form}></parlour-form-editor>` : nothing}
      ${mode === 'bot' ? nothing : this.#response(autoResponse)}
      <parlour-translation-editor
        label=${msg('Translate the off-hours texts')}
        .texts=${this.#texts()}
        .translations=${(this.offHours.translations ?? {}) as Translations}
      ></parlour-translation-editor>`;
  }

  #response(autoResponse: string | null): TemplateResult {
    return html`<label class="checkbox">
        <input
          type="checkbox"
          .checked=${autoResponse !== null}
          @change=${() => this.#change({ autoResponse: autoResponse === null ? '' : null })}
        />${msg('Send an automatic reply to new conversations')}
      </label>
      ${
        autoResponse === null
          ? nothing
          : field(
              { name: 'response', label: msg('Automatic reply') },
              html`<textarea
                class="input"
                id="response"
                rows="2"
                maxlength="1000"
                placeholder=${DEFAULT_AUTO_RESPONSE}
                .value=${autoResponse}
                @change=${(event: Event) => this.#change({ autoResponse: (event.target as HTMLTextAreaElement).value })}
              ></textarea>`,
            )
      }`;
  }

  /** What a bot needs, and where it is told how to write one. */
  #botHint(): TemplateResult {
    return html`<p class="choice-hint">
      ${msg('Your bot needs an API key with read and write access.')}
      <a href="${moduleOrigin}/docs#bot" target="_blank" rel="noopener">${msg('How to write one, with an example')}</a>
    </p>`;
  }

  #texts(): Translatable[] {
    const { mode, text, autoResponse } = this.draft;
    return [
      {
        key: 'text',
        label: msg('Off-hours message'),
        original: text || (mode === 'bot' ? '' : defaultAway()),
        maxLength: 500,
        isLong: true,
        isBuiltIn: text === '' && mode !== 'bot',
      },
      ...(autoResponse === null || mode === 'bot'
        ? []
        : [
            {
              key: 'autoResponse',
              label: msg('Automatic reply'),
              original: autoResponse || DEFAULT_AUTO_RESPONSE,
              maxLength: 1000,
              isLong: true,
              isBuiltIn: autoResponse === '',
            },
          ]),
    ];
  }

  #mode(value: OffHours['mode'], chosen: OffHours['mode'], title: string, hint: string): TemplateResult {
    return html`<label class="choice">
      <input
        type="radio"
        name="mode"
        value=${value}
        .checked=${value === chosen}
        @change=${() => this.#change({ mode: value })}
      />
      <span class="choice-words"
        ><span class="choice-title">${title}</span><span class="choice-hint">${hint}</span></span
      >
    </label>`;
  }
}

/** What visitors read in English where their owner wrote nothing. */
function defaultAway(): string {
  return msg('We are away right now. Leave a message, and we will answer you here as soon as we are back.');
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-off-hours-editor': OffHoursEditor;
  }
}
