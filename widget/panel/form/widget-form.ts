import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import type { FieldKind, FormAnswers, FormField, PropertyValue } from '../../../shared/contract/form.ts';
import { readAnswers } from '../../../shared/contract/form-answers.ts';
import type { FormProblem } from '../../../shared/contract/form-answers.ts';
import { MAX_MESSAGE_LENGTH } from '../../../shared/contract/limits.ts';
import type { Door } from '../../../shared/state/doors.ts';
import { WidgetEvent } from '../widget-event.ts';
import { formStyles } from './form-styles.ts';

/** What was sent and came back, or was written elsewhere before: where the form goes on from. */
export interface Unfinished {
  text: string;
  form?: FormAnswers | undefined;
  /** The keys the server found wrong, `consent` among them. */
  wrong: readonly string[];
}

/** The message and the consent are fields of every form; a contact's property cannot have these names. */
const MESSAGE = ':message';
const CONSENT = ':consent';
type Problem = FormProblem | 'refused' | 'unticked';

/** Functions, so that each is said in the language spoken when it is drawn. */
const sentences: Readonly<Record<Problem, () => string>> = {
  missing: () => msg('Please fill this in.'),
  email: () => msg('Please write an email address such as name@example.com.'),
  phone: () => msg('Please write a phone number with its country code, such as +49 30 123456.'),
  number: () => msg('Please write a number.'),
  choice: () => msg('Please choose one.'),
  long: () => msg('This is too long.'),
  kind: () => msg('Please check this.'),
  refused: () => msg('Please check this.'),
  unticked: () => msg('Please tick this box to go on.'),
};

const ownLabels: Readonly<Record<string, () => string>> = {
  name: () => msg('Name'),
  email: () => msg('Email'),
  phone: () => msg('Phone'),
};

const inputTypes: Readonly<Partial<Record<FieldKind, string>>> = { email: 'email', phone: 'tel' };
const completions: Readonly<Record<string, AutoFill>> = { name: 'name', email: 'email', phone: 'tel' };

/**
 * What is asked before a conversation: the questions the site owner chose, the first message, and the consent if one is wanted. What
 * is wrong is said at its field, and nothing typed is lost by it.
 *
 * @tag parlour-widget-form
 * @summary The form before a conversation.
 * @fires parlour-widget-answer - {text, form} The visitor sends the form.
 * @csspart field - A question's field.
 * @csspart send - The send button.
 */
export class WidgetForm extends LitElement {
  static override styles = formStyles;
  // A table rather than decorators: those would be a fortieth of the panel.
  static override properties = {
    door: { attribute: false },
    unfinished: { attribute: false },
    problems: { state: true },
  };

  door: Door | null = null;
  unfinished: Unfinished | null = null;
  /** Whether anything was typed: then it is not taken away, whatever the clock says. */
  touched = false;
  private problems: Readonly<Record<string, Problem>> = {};
  #answers: Record<string, PropertyValue> = {};
  #text = '';
  #consent = false;

  override willUpdate(changed: PropertyValues<this>): void {
    const { unfinished } = this;
    if (!changed.has('unfinished') || !unfinished) return;
    this.#text ||= unfinished.text;
    this.#answers = { ...unfinished.form?.answers, ...this.#answers };
    this.#consent ||= unfinished.form?.consent ?? false;
    this.touched ||= !!this.#text;
    this.problems = Object.fromEntries(
      unfinished.wrong.map((key) => (key === 'consent' ? [CONSENT, 'unticked'] : [key, 'refused'])),
    );
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('unfinished') && this.unfinished?.wrong.length) this.#focusFirstWrong();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.input, input')?.focus(options);
  }

  #focusFirstWrong(): void {
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }

  /** What stands wrong is right as soon as it is worked on. */
  #mend(key: string): void {
    this.touched = true;
    const { [key]: _mended, ...rest } = this.problems;
    this.problems = rest;
  }

  #answer(key: string, answer: PropertyValue): void {
    this.#answers[key] = answer;
    this.#mend(key);
  }

  #send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { door } = this;
    if (!door) return;
    const { problems } = readAnswers(door.fields, this.#answers);
    this.problems = {
      ...problems,
      ...(this.#text.trim() ? {} : { [MESSAGE]: 'missing' }),
      ...(door.consent && !this.#consent ? { [CONSENT]: 'unticked' } : {}),
    };
    if (Object.keys(this.problems).length > 0) {
      await this.updateComplete;
      this.#focusFirstWrong();
      return;
    }
    const asked = door.fields.map(({ key }) => [key, this.#answers[key]] as const);
    const answers = Object.fromEntries(asked.filter(([, answer]) => answer !== undefined && answer !== ''));
    const form = { kind: door.kind, answers: answers as FormAnswers['answers'], consent: this.#consent };
    this.dispatchEvent(new AnswerEvent(this.#text.trim(), form));
  };

  #error(key: string): TemplateResult | typeof nothing {
    const problem = this.problems[key];
    return problem ? html`<p class="error" id="${key}-error">${sentences[problem]()}</p>` : nothing;
  }

  #describedBy(key: string): string | typeof nothing {
    return this.problems[key] ? `${key}-error` : nothing;
  }

  #field = (field: FormField): TemplateResult => {
    const { key, label, kind, required } = field;
    const words = label || (ownLabels[key]?.() ?? key);
    const name = html`<label for=${key}
      >${words}${required ? nothing : html` <span class="optional">(${msg('optional')})</span>`}</label
    >`;
    if (kind === 'checkbox') return this.#check(key, name, this.#answers[key] === true, required);
    return html`<div class="field">${name}${this.#control(field)}${this.#error(key)}</div>`;
  };

  #control({ key, kind, required, options }: FormField): TemplateResult {
    const wrong = this.problems[key] ? 'true' : 'false';
    const value = String(this.#answers[key] ?? '');
    const typed = (event: Event): void => this.#answer(key, (event.target as HTMLInputElement).value);
    if (kind === 'choice') {
      return html`<select
        class="input"
        part="field"
        id=${key}
        aria-required=${required}
        aria-invalid=${wrong}
        aria-describedby=${this.#describedBy(key)}
        @change=${typed}
      >
        <option value="" ?selected=${value === ''}>${msg('Choose…')}</option>
        ${options?.map((option) => html`<option value=${option} ?selected=${option === value}>${option}</option>`)}
      </select>`;
    }
    if (kind === 'long-text') return this.#area(key, value, required, 2000, typed);
    return html`<input
      class="input"
      part="field"
      id=${key}
      type=${inputTypes[kind] ?? 'text'}
      inputmode=${kind === 'number' ? 'decimal' : nothing}
      autocomplete=${completions[key] ?? 'off'}
      dir="auto"
      aria-required=${required}
      aria-invalid=${wrong}
      aria-describedby=${this.#describedBy(key)}
      .value=${value}
      @input=${typed}
    />`;
  }

  #area(key: string, value: string, required: boolean, most: number, typed: (event: Event) => void): TemplateResult {
    return html`<textarea
      class="input"
      part="field"
      id=${key}
      dir="auto"
      maxlength=${most}
      aria-required=${required}
      aria-invalid=${this.problems[key] ? 'true' : 'false'}
      aria-describedby=${this.#describedBy(key)}
      .value=${value}
      @input=${typed}
    ></textarea>`;
  }

  #check(key: string, label: TemplateResult, ticked: boolean, required: boolean): TemplateResult {
    return html`<div class="check">
      <input
        type="checkbox"
        part="field"
        id=${key}
        aria-required=${required}
        aria-invalid=${this.problems[key] ? 'true' : 'false'}
        aria-describedby=${this.#describedBy(key)}
        .checked=${ticked}
        @change=${(event: Event) => this.#ticked(key, (event.target as HTMLInputElement).checked)}
      />
      ${label}${this.#error(key)}
    </div>`;
  }

  #ticked(key: string, ticked: boolean): void {
    if (key !== CONSENT) return this.#answer(key, ticked);
    this.#consent = ticked;
    this.#mend(CONSENT);
  }

  #wrote = (event: Event): void => {
    this.#text = (event.target as HTMLTextAreaElement).value;
    this.#mend(MESSAGE);
  };

  override render(): TemplateResult | typeof nothing {
    const { door } = this;
    if (!door) return nothing;
    const { consent } = door;
    return html`<form novalidate aria-label=${msg('Before we begin')} @submit=${this.#send}>
      ${door.fields.map(this.#field)}
      <div class="field">
        <label for=${MESSAGE}>${msg('Your message')}</label>
        ${this.#area(MESSAGE, this.#text, true, MAX_MESSAGE_LENGTH, this.#wrote)}${this.#error(MESSAGE)}
      </div>
      ${
        consent
          ? this.#check(
              CONSENT,
              html`<label for=${CONSENT}
                >${consent.text}
                ${
                  consent.url
                    ? html`<a href=${consent.url} target="_blank" rel="noopener noreferrer">${msg('Read more')}</a>`
                    : nothing
                }</label
              >`,
              this.#consent,
              true,
            )
          : nothing
      }
      <button part="send" class="button primary" type="submit">${msg('Send message')}</button>
    </form>`;
  }
}

/** The visitor sends the form. */
export class AnswerEvent extends WidgetEvent {
  readonly text: string;
  readonly form: FormAnswers;

  constructor(text: string, form: FormAnswers) {
    super('parlour-widget-answer');
    this.text = text;
    this.form = form;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-form': WidgetForm;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-widget-answer': AnswerEvent;
  }
}
