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
    /* In sight however long the form is. */
    .end {
      position: sticky;
      inset-block-end: 0;
      display: grid;
      margin: calc(-1 * var(--_space-3)) calc(-1 * var(--_space-4)) 0;
      padding: var(--_space-3) var(--_space-4) var(--_space-4);
      border-block-start: 1px solid transparent;
      background: var(--_surface);
    }
    /* What is below it is seen to go on. */
    .more .end {
      border-color: var(--_border-strong);
      box-shadow: 0 -6px 12px light-dark(#2d14221f, #00000080);
    }
    .rest {
      display: block;
      block-size: 1px;
      margin-block-start: -1px;
    }
    a {
      color: var(--_accent-text);
      text-underline-offset: 2px;
    }
  `,
];
