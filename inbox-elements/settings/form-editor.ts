import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { FieldKind, Form, FormField } from '../../shared/contract/form.ts';
import { buttons, fields, focusRing, reset } from '../../shared/ui/base-styles.ts';
import { icon, iconStyles } from '../../shared/ui/icon.ts';
import { closeIcon, plusIcon } from '../../shared/ui/icons.ts';
import { tokens } from '../tokens.ts';
import { formEditorStyles } from './form-editor-styles.ts';
import { draftProblems, keyFor, ownKinds, questionName } from './form-draft.ts';
import type { DraftField } from './form-draft.ts';
import { formTexts, formTranslations, withTranslations } from './form-words.ts';
import { sectionStyles } from './section-styles.ts';
import type { TranslationEditor } from './translation-editor.ts';

/** Functions, so that each is said in the language of the moment. */
const kindNames: Readonly<Record<FieldKind, () => string>> = {
  text: () => msg('Text'),
  'long-text': () => msg('Long text'),
  email: () => msg('Email'),
  phone: () => msg('Phone'),
  number: () => msg('Number'),
  choice: () => msg('Choice'),
  checkbox: () => msg('Checkbox'),
};
const standard: Readonly<Record<string, { kind: FieldKind; name: () => string }>> = {
  name: { kind: 'text', name: () => msg('Name') },
  email: { kind: 'email', name: () => msg('Email address') },
  phone: { kind: 'phone', name: () => msg('Phone number') },
};

type Problems = Readonly<Record<string, string>>;

const describing = (problems: Problems, key: string): string | typeof nothing => (problems[key] ? key : nothing);

function problemOf(problems: Problems, key: string): TemplateResult | typeof nothing {
  return problems[key] ? html`<p class="error" id=${key}>${problems[key]}</p>` : nothing;
}

/**
 * Edits what a form asks: contact fields and questions of one's own, and a consent. Holds its own draft; read `value` when it is to
 * be saved.
 *
 * @tag parlour-form-editor
 * @summary An editor for the questions of a form.
 * @fires input - The draft changed.
 */
export class FormEditor extends LitElement {
  static override styles = [tokens, reset, focusRing, buttons, fields, iconStyles, sectionStyles, formEditorStyles];

  /** What is saved now; giving another one starts a new draft. */
  @property({ attribute: false }) form: Form | null = null;

  @state() private questions: DraftField[] = [];
  @state() private consent: { text: string; url: string } | null = null;
  /** What is wrong is shown once somebody tried to save. */
  @state() private checked = false;

  @query('parlour-translation-editor') private words!: TranslationEditor | null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  get value(): Form {
    return withTranslations(this.#plain, this.words?.value ?? formTranslations(this.form));
  }

  /** In the owner's own words alone. */
  get #plain(): Form {
    const { consent } = this;
    return {
      fields: this.questions.map((question, index) => ({
        key: question.key ?? keyFor(question.label, this.questions, index),
        label: question.label.trim(),
        kind: question.kind,
        required: question.required,
        ...(question.kind === 'choice' ? { options: question.options } : {}),
      })),
      consent: consent && { text: consent.text.trim(), url: consent.url.trim() || null },
    };
  }

  /** Whether it can be saved as it is; if not, what is wrong is shown at its field. */
  check(): boolean {
    this.checked = true;
    return Object.keys(this.#problems).length === 0;
  }

  /** Goes to the first field that is wrong. */
  async focusWrong(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  get #problems(): Readonly<Record<string, string>> {
    return this.checked ? draftProblems(this.questions, this.consent) : {};
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Every event makes new records; only another form is a reason to throw a draft away.
    if (!changed.has('form') || JSON.stringify(changed.get('form')) === JSON.stringify(this.form)) return;
    this.questions = (this.form?.fields ?? []).map((field) => ({ ...field, options: field.options ?? [] }));
    const consent = this.form?.consent;
    this.consent = consent ? { text: consent.text, url: consent.url ?? '' } : null;
    this.checked = false;
  }

  #changed(): void {
    this.dispatchEvent(new Event('input', { bubbles: true }));
  }

  #change(index: number, change: Partial<DraftField>): void {
    this.questions = this.questions.map((question, at) => (at === index ? { ...question, ...change } : question));
    this.#changed();
  }

  #add(key: string | null): void {
    const kind: FieldKind = key === null ? 'text' : (standard[key]?.kind ?? 'text');
    this.questions = [...this.questions, { key, label: '', kind, required: false, options: [] }];
    this.#changed();
  }

  #remove(index: number): void {
    this.questions = this.questions.filter((_, at) => at !== index);
    this.#changed();
  }

  #setConsent(consent: { text: string; url: string } | null): void {
    this.consent = consent;
    this.#changed();
  }

  protected override render(): TemplateResult {
    const problems = this.#problems;
    const texts = formTexts(this.#plain);
    const left = Object.keys(standard).filter((key) => !this.questions.some((question) => question.key === key));
    return html`<div class="rows">
        ${
          this.questions.length === 0
            ? html`<p class="none">${msg('No fields yet: visitors only write their message.')}</p>`
            : this.questions.map((question, index) => this.#question(question, index, problems))
        }
      </div>
      <div class="inline-choices">
        ${left.map(
          (key) => html`<button class="button small add" type="button" @click=${() => this.#add(key)}>
            ${icon(plusIcon, { size: 14 })}${standard[key]?.name()}
          </button>`,
        )}
        <button
          class="button small add"
          type="button"
          ?disabled=${this.questions.length >= 12}
          @click=${() => this.#add(null)}
        >
          ${icon(plusIcon, { size: 14 })}${msg('Custom question')}
        </button>
      </div>
      ${this.#consentFields(problems)}
      ${
        texts.length > 0
          ? html`<parlour-translation-editor
            label=${msg('Translate the form')}
            .texts=${texts}
            .translations=${formTranslations(this.form)}
          ></parlour-translation-editor>`
          : nothing
      }`;
  }

  #question(question: DraftField, index: number, problems: Problems): TemplateResult {
    const { key, label, kind, required } = question;
    const fixed = key === null ? undefined : standard[key];
    const name = label || fixed?.name() || questionName(question, index);
    const text = (event: Event): string => (event.target as HTMLInputElement).value;
    return html`<div class="question" role="group" aria-label=${name}>
      ${
        fixed
          ? html`<span>${fixed.name()}</span>`
          : html`<select
              class="input"
              aria-label=${msg(str`Answer type of ${name}`)}
              @change=${(event: Event) => this.#change(index, { kind: text(event) as FormField['kind'] })}
            >
              ${ownKinds.map((one) => html`<option value=${one} ?selected=${one === kind}>${kindNames[one]()}</option>`)}
            </select>`
      }
      <input
        class="input"
        aria-label=${msg(str`Label of ${name}`)}
        maxlength="80"
        placeholder=${fixed ? msg('Standard label') : msg('Your question')}
        aria-invalid=${problems[`label-${index}`] ? 'true' : 'false'}
        aria-describedby=${describing(problems, `label-${index}`)}
        .value=${label}
        @change=${(event: Event) => this.#change(index, { label: text(event) })}
      />
      <label class="checkbox">
        <input
          type="checkbox"
          .checked=${required}
          @change=${(event: Event) => this.#change(index, { required: (event.target as HTMLInputElement).checked })}
        />${msg('Required')}
      </label>
      <button
        class="icon-button small"
        type="button"
        aria-label=${msg(str`Remove ${name}`)}
        @click=${() => this.#remove(index)}
      >
        ${icon(closeIcon, { size: 14 })}
      </button>
      ${problemOf(problems, `label-${index}`)}
      ${kind === 'choice' ? this.#options(question, index, name, problems) : nothing}
    </div>`;
  }

  #options({ options }: DraftField, index: number, name: string, problems: Problems): TemplateResult {
    const key = `options-${index}`;
    return html`<span class="label options" aria-hidden="true">${msg('Choices, separated by commas')}</span>
    <input
      class="input options"
      aria-label=${msg(str`Choices of ${name}, separated by commas`)}
      placeholder=${msg('Small, Medium, Large')}
      aria-invalid=${problems[key] ? 'true' : 'false'}
      aria-describedby=${describing(problems, key)}
      .value=${options.join(', ')}
      @change=${(event: Event) => {
        const written = (event.target as HTMLInputElement).value.split(',').map((option) => option.trim());
        this.#change(index, { options: [...new Set(written.filter(Boolean))] });
      }}
    />${problemOf(problems, key)}`;
  }

  #consentFields(problems: Problems): TemplateResult {
    const { consent } = this;
    return html`<div class="consent">
      <label class="checkbox">
        <input
          type="checkbox"
          .checked=${consent !== null}
          @change=${() => this.#setConsent(consent ? null : { text: msg('I agree that my data is kept.'), url: '' })}
        />${msg('Ask for consent')}
      </label>
      ${
        consent
          ? html`<label class="label" for="consent-text">${msg('Consent text')}</label>
              <input
                class="input"
                id="consent-text"
                maxlength="500"
                aria-invalid=${problems['consent'] ? 'true' : 'false'}
                aria-describedby=${describing(problems, 'consent')}
                .value=${consent.text}
                @change=${(event: Event) => this.#setConsent({ ...consent, text: (event.target as HTMLInputElement).value })}
              />
              ${problemOf(problems, 'consent')}
              <label class="label" for="privacy-url">${msg('Privacy policy URL')}</label>
              <input
                class="input"
                id="privacy-url"
                type="url"
                placeholder="https://"
                aria-invalid=${problems['url'] ? 'true' : 'false'}
                aria-describedby=${describing(problems, 'url')}
                .value=${consent.url}
                @change=${(event: Event) => this.#setConsent({ ...consent, url: (event.target as HTMLInputElement).value })}
              />
              ${problemOf(problems, 'url')}`
          : nothing
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-form-editor': FormEditor;
  }
}
