import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import type { RichBlockOf } from '../../contract/block.ts';
import { readAnswers } from '../../contract/form-answers.ts';
import type { Properties, PropertyValue } from '../../contract/form.ts';
import { fieldStyles } from '../fields/field-styles.ts';
import { fieldLabel, formFieldRow } from '../fields/form-field.ts';
import type { FieldProblem } from '../fields/form-field.ts';
import { icon } from '../icon.ts';
import { checkIcon } from '../icons.ts';
import { blockStyles } from './blocks-styles.ts';

/** What is typed into a form, by the field's key. */
export type FormValues = Readonly<Record<string, PropertyValue>>;

/**
 * A form within a thread. What is wrong is said at its field; what was typed stays until it is sent.
 *
 * @tag parlour-block-form
 * @summary A form in a message.
 * @fires parlour-block-change - Something was typed into it.
 * @fires parlour-block-filled - {values} It was filled in and sent.
 */
export class BlockForm extends LitElement {
  static override styles = [blockStyles, fieldStyles];
  // A table rather than decorators, as everywhere that the widget draws.
  static override properties = {
    block: { attribute: false },
    answerable: { attribute: false },
    answered: { attribute: false },
    unsent: { attribute: false },
    problems: { state: true },
  };

  block: RichBlockOf<'form'> | null = null;
  /** Whether whoever reads it may fill it in. */
  answerable = false;
  /** Whether it was filled in; what was said is a message of its own. */
  answered = false;
  /** What is filled in and not sent. */
  unsent: FormValues = {};
  private problems: Readonly<Record<string, FieldProblem>> = {};
  /** Whether the focus goes with it as it is sent. */
  #hadFocus = false;

  override updated(): void {
    if (!this.#hadFocus || !this.answered) return;
    this.#hadFocus = false;
    this.renderRoot.querySelector<HTMLElement>('.sheet')?.focus({ preventScroll: true });
  }

  #change(key: string, value: PropertyValue): void {
    this.unsent = { ...this.unsent, [key]: value };
    const { [key]: _mended, ...rest } = this.problems;
    this.problems = rest;
    this.dispatchEvent(new Event('parlour-block-change'));
  }

  #send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { block } = this;
    if (!block) return;
    const { values, problems } = readAnswers(block.fields, this.unsent);
    this.problems = problems;
    if (Object.keys(problems).length > 0) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
      return;
    }
    this.#hadFocus = this.matches(':focus-within');
    this.dispatchEvent(new FilledEvent(values));
  };

  override render(): TemplateResult | typeof nothing {
    const { block } = this;
    if (!block) return nothing;
    const { title, fields, submitLabel } = block;
    const heading = title ? html`<p class="title" dir="auto">${title}</p>` : nothing;
    if (this.answered) {
      return html`<div class="sheet" tabindex="-1">
        ${heading}
        <p class="answered">${icon(checkIcon, { size: 16 })}${msg('Answered')}</p>
      </div>`;
    }
    if (!this.answerable) {
      return html`<div class="sheet">
        ${heading}
        <ul class="words">
          ${fields.map((field) => html`<li dir="auto">${fieldLabel(field)}</li>`)}
        </ul>
        <p class="answered">${msg('Not answered yet')}</p>
      </div>`;
    }
    return html`<form class="sheet" novalidate aria-label=${title || msg('Form')} @submit=${this.#send}>
      ${heading}
      ${fields.map((field) =>
        formFieldRow(field, {
          value: this.unsent[field.key],
          problem: this.problems[field.key],
          change: (value) => this.#change(field.key, value),
        }),
      )}
      <button class="send" part="send" type="submit">${submitLabel || msg('Send')}</button>
    </form>`;
  }
}

/** A form was filled in and sent. */
export class FilledEvent extends Event {
  readonly values: Properties;

  constructor(values: Properties) {
    super('parlour-block-filled');
    this.values = values;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-block-form': BlockForm;
  }
  interface GlobalEventHandlersEventMap {
    'parlour-block-change': Event;
  }
}
