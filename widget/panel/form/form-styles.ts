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
      flex: 0 1 auto;
      /* What is said while nobody is there stays in sight above it. */
      max-block-size: 62%;
      overflow: auto;
      border-block-start: 1px solid var(--_border);
      scrollbar-width: thin;
    }
    form {
      display: grid;
      gap: var(--_space-3);
      padding: var(--_space-4);
    }
    a {
      color: var(--_accent-text);
      text-underline-offset: 2px;
    }
  `,
];
