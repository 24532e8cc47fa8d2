import { css } from 'lit';
import { focusRing, reset } from '../../../shared/ui/base-styles.ts';
import { fieldStyles } from '../../../shared/ui/fields/field-styles.ts';
import { tokens } from '../../../shared/ui/tokens.ts';
import { buttonStyles } from '../button-styles.ts';

export const formStyles = [
  tokens,
  reset,
  focusRing,
  buttonStyles,
  fieldStyles,
  css`
    :host {
      border-block-start: 1px solid var(--_border);
    }
    form {
      display: grid;
      gap: var(--_space-3);
      padding: var(--_space-4) var(--_space-4) 0;
    }
    /* In sight however long the form is, and what is below it is seen to go on. */
    .end {
      position: sticky;
      inset-block-end: 0;
      display: grid;
      padding-block-end: var(--_space-4);
      background: var(--_surface);
      box-shadow: 0 -8px 8px var(--_surface);
    }
    a {
      color: var(--_accent-text);
      text-underline-offset: 2px;
    }
  `,
];
