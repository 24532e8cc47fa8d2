import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { icon } from '../../shared/ui/icon.ts';
import { alertIcon } from '../../shared/ui/icons.ts';

export interface FieldFrame {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

export interface InputField extends FieldFrame {
  value?: string;
  type?: 'text' | 'email' | 'password' | 'url' | 'color';
  autocomplete?: AutoFill;
  required?: boolean;
  minlength?: number;
  maxlength?: number;
  placeholder?: string;
  /** Stands at the end inside the field, such as a show/hide button. */
  adornment?: TemplateResult;
}

/** The id a control names in `aria-describedby`; nothing where it has neither error nor hint. */
export function describedBy({ name, hint, error }: FieldFrame): string | undefined {
  return error || hint ? `${name}-description` : undefined;
}

/** Label above, control, then the error in place of the hint. The control's id is the field's name. */
export function field(frame: FieldFrame, control: TemplateResult): TemplateResult {
  const { name, label, hint, error } = frame;
  return html`<div class="field" part="field">
    <label class="label" for=${name}>${label}</label>
    ${control}
    ${
      error
        ? html`<p class="error" id="${name}-description">${error}</p>`
        : hint
          ? html`<p class="hint" id="${name}-description">${hint}</p>`
          : nothing
    }
  </div>`;
}

export function inputField(options: InputField): TemplateResult {
  const control = html`<input
    class="input"
    part="input"
    id=${options.name}
    name=${options.name}
    type=${options.type ?? 'text'}
    .value=${options.value ?? nothing}
    autocomplete=${options.autocomplete ?? 'off'}
    ?required=${options.required ?? false}
    minlength=${ifDefined(options.minlength)}
    maxlength=${ifDefined(options.maxlength)}
    placeholder=${ifDefined(options.placeholder)}
    aria-invalid=${options.error ? 'true' : 'false'}
    aria-describedby=${ifDefined(describedBy(options))}
    spellcheck=${options.type && options.type !== 'text' ? 'false' : nothing}
  />`;
  const { adornment } = options;
  return field(options, adornment ? html`<div class="adorned">${control}${adornment}</div>` : control);
}

/** What went wrong with the form as a whole, read out when it appears. */
export function formMessage(sentence: string | null): TemplateResult {
  return html`<div role="alert" part="message">
    ${sentence ? html`<p class="form-message">${icon(alertIcon, { size: 18 })}<span>${sentence}</span></p>` : nothing}
  </div>`;
}

/** `.form` stacks fields; `.adorned` holds a field with something inside its end; `.form-message` is the refusal. */
export const formStyles = css`
  .form {
    display: grid;
    gap: var(--_space-4);
  }
  [part='message']:not(:has(p)) {
    display: none;
  }
  .form-message {
    display: flex;
    gap: var(--_space-2);
    align-items: flex-start;
    padding: 9px 12px;
    border: 1px solid color-mix(in oklab, var(--_danger) 30%, transparent);
    border-radius: var(--_radius);
    background: var(--_danger-soft);
    color: var(--_text);
  }
  .form-message svg {
    margin-block-start: 1px;
    color: var(--_danger);
  }
  .adorned {
    position: relative;
  }
  .adorned .input {
    padding-inline-end: 64px;
  }
  .adorned .button {
    position: absolute;
    inset-block: 4px;
    inset-inline-end: 4px;
    min-block-size: 0;
  }
`;
