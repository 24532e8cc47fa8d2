import { css } from 'lit';
import { focusRing, reset, scrollbars } from '../../../shared/ui/base-styles.ts';
import { iconStyles } from '../../../shared/ui/icon.ts';
import { tokens } from '../../../shared/ui/tokens.ts';
import { buttonStyles } from '../button-styles.ts';

export const homeStyles = [
  tokens,
  reset,
  focusRing,
  buttonStyles,
  scrollbars,
  iconStyles,
  css`
    :host {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-block-size: 0;
    }
    .scroll {
      flex: 1;
      padding: var(--_space-4) var(--_space-3);
    }
    h3 {
      padding: 0 var(--_space-2) var(--_space-2);
      color: var(--_text-muted);
      font-size: var(--_font-size-s);
    }
    .row {
      display: grid;
      grid-template-columns: 1fr auto;
      align-items: center;
      gap: 2px var(--_space-2);
      inline-size: 100%;
      padding: 12px var(--_space-3);
      border: 1px solid transparent;
      border-radius: 12px;
      background: none;
      text-align: start;
      cursor: pointer;
      transition: background-color var(--_motion);
    }
    .row:hover {
      background: var(--_hover);
    }
    .row:focus-visible {
      outline-offset: -2px;
    }
    .preview {
      overflow: hidden;
      grid-column: 1;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .unread .preview {
      font-weight: 650;
    }
    .about {
      display: flex;
      grid-column: 1;
      gap: var(--_space-2);
      color: var(--_text-faint);
      font-size: var(--_font-size-s);
    }
    .faint {
      color: var(--_text-faint);
    }
    .mark {
      padding: 0 7px;
      border-radius: 99px;
      background: var(--_accent);
      color: var(--_on-accent);
      font-weight: 600;
    }
    .row .icon {
      grid-row: 1 / span 2;
      grid-column: 2;
      color: var(--_text-faint);
    }
    .foot {
      flex: none;
      padding: var(--_space-3) var(--_space-4) var(--_space-4);
    }
    .foot .button {
      inline-size: 100%;
    }
  `,
];
