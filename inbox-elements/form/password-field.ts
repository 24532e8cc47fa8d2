import { msg } from '@lit/localize';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { inputField } from './field.ts';
import type { InputField } from './field.ts';

/** A password with a button that shows it: people mistype what they cannot see. */
export function passwordField(options: InputField & { shown: boolean; onToggle: () => void }): TemplateResult {
  const { shown, onToggle, ...input } = options;
  return inputField({
    ...input,
    type: shown ? 'text' : 'password',
    adornment: html`<button
      class="button quiet small"
      type="button"
      aria-pressed=${shown}
      aria-label=${msg('Show password')}
      @click=${onToggle}
    >
      ${shown ? msg('Hide') : msg('Show')}
    </button>`,
  });
}
