import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import type { FormProblem } from '../../contract/form-answers.ts';
import type { AskedField, FieldKind, FormField, PropertyValue } from '../../contract/form.ts';

/** What stands wrong at a field: what was typed, what the server says of it, or a box that must be ticked. */
export type FieldProblem = FormProblem | 'refused' | 'unticked';

/** How a field stands, and who hears what is typed. */
export type FieldState = {
  value: PropertyValue | undefined;
  problem: FieldProblem | undefined;
  change: (value: PropertyValue) => void;
};

/** Functions, so that each is said in the language spoken when it is drawn. */
const sentences: Readonly<Record<FieldProblem, () => string>> = {
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
const LONG_TEXT_LENGTH = 2000;

/** What a field is called; a contact's own fields have names in every language. */
export function fieldLabel({ key, label }: FormField): string {
  return label || (ownLabels[key]?.() ?? key);
}

function error(id: string, { problem }: FieldState): TemplateResult | typeof nothing {
  return problem ? html`<p class="error" id="${id}-error">${sentences[problem]()}</p>` : nothing;
}

const describedBy = (id: string, { problem }: FieldState): string | typeof nothing =>
  problem ? `${id}-error` : nothing;
const isWrong = ({ problem }: FieldState): 'true' | 'false' => (problem ? 'true' : 'false');

/** One question of a form with its label, its control, and what is wrong with the answer. Styles: `fieldStyles`. */
export function formFieldRow(field: AskedField, state: FieldState): TemplateResult {
  const { key, kind, required } = field;
  const name = html`<label for=${key}
    ><bdi>${fieldLabel(field)}</bdi>${required ? nothing : html` <span class="optional">(${msg('optional')})</span>`}</label
  >`;
  if (kind === 'checkbox') return checkRow(key, name, required, state);
  const control =
    kind === 'choice'
      ? choiceControl(field, state)
      : kind === 'long-text'
        ? textArea(key, required, LONG_TEXT_LENGTH, state)
        : lineControl(field, state);
  return html`<div class="field">${name}${control}${error(key, state)}</div>`;
}

function choiceControl({ key, required, options, optionWords }: AskedField, state: FieldState): TemplateResult {
  const value = String(state.value ?? '');
  const words = new Map(Object.entries(optionWords ?? {}));
  return html`<select
    class="input"
    part="field"
    id=${key}
    aria-required=${required}
    aria-invalid=${isWrong(state)}
    aria-describedby=${describedBy(key, state)}
    @change=${(event: Event) => state.change((event.target as HTMLSelectElement).value)}
  >
    <option value="" ?selected=${value === ''}>${msg('Choose…')}</option>
    ${options?.map(
      (option) => html`<option value=${option} ?selected=${option === value}>${words.get(option) ?? option}</option>`,
    )}
  </select>`;
}

function lineControl({ key, kind, required }: FormField, state: FieldState): TemplateResult {
  return html`<input
    class="input"
    part="field"
    id=${key}
    type=${inputTypes[kind] ?? 'text'}
    inputmode=${kind === 'number' ? 'decimal' : nothing}
    autocomplete=${completions[key] ?? 'off'}
    dir="auto"
    aria-required=${required}
    aria-invalid=${isWrong(state)}
    aria-describedby=${describedBy(key, state)}
    .value=${String(state.value ?? '')}
    @input=${(event: Event) => state.change((event.target as HTMLInputElement).value)}
  />`;
}

/** Several lines of text, without a label of its own. */
export function textArea(id: string, required: boolean, maxLength: number, state: FieldState): TemplateResult {
  return html`<textarea
    class="input"
    part="field"
    id=${id}
    dir="auto"
    maxlength=${maxLength}
    aria-required=${required}
    aria-invalid=${isWrong(state)}
    aria-describedby=${describedBy(id, state)}
    .value=${String(state.value ?? '')}
    @input=${(event: Event) => state.change((event.target as HTMLTextAreaElement).value)}
  ></textarea>`;
}

/** Several lines of text under their label. */
export function textRow(
  id: string,
  label: string,
  required: boolean,
  maxLength: number,
  state: FieldState,
): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${textArea(id, required, maxLength, state)}${error(id, state)}
  </div>`;
}

/** A box to tick beside its label. */
export function checkRow(id: string, label: TemplateResult, required: boolean, state: FieldState): TemplateResult {
  return html`<div class="check">
    <input
      type="checkbox"
      part="field"
      id=${id}
      aria-required=${required}
      aria-invalid=${isWrong(state)}
      aria-describedby=${describedBy(id, state)}
      .checked=${state.value === true}
      @change=${(event: Event) => state.change((event.target as HTMLInputElement).checked)}
    />
    ${label}${error(id, state)}
  </div>`;
}
