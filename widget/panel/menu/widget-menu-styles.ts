import { css } from 'lit';
import { fields, focusRing, reset } from '../../../shared/ui/base-styles.ts';
import { iconStyles } from '../../../shared/ui/icon.ts';
import { tokens } from '../../../shared/ui/tokens.ts';
import { buttonStyles } from '../button-styles.ts';
import { roundStyles } from '../round-styles.ts';

export const menuStyles = [
  tokens,
  reset,
  focusRing,
  fields,
  iconStyles,
  buttonStyles,
  roundStyles,
  css`
    :host {
      position: relative;
      flex: none;
      /* Buttons are larger than what is seen of them. */
      margin-inline: -8px;
      color: inherit;
    }
    :host([hidden]) {
      display: none;
    }
    .more[aria-expanded='true'] {
      background: color-mix(in oklab, currentColor 16%, transparent);
    }
    .sheet {
      position: absolute;
      z-index: 3;
      inset-block-start: calc(100% + 4px);
      inset-inline-end: 0;
      inline-size: max-content;
      min-inline-size: 216px;
      max-inline-size: min(288px, 78vw);
      /* Beside a keyboard there is room for a part of it. */
      max-block-size: calc(100cqb - 44px);
      overflow: auto;
      padding: 6px;
      border: 1px solid var(--_border);
      border-radius: 14px;
      background: var(--_surface-raised);
      box-shadow: var(--_shadow);
      color: var(--_text);
      font-size: 15px;
      line-height: 1.4;
      text-align: start;
    }
    form,
    .ask {
      display: grid;
      gap: var(--_space-3);
      padding: 10px;
    }
    .item {
      display: flex;
      align-items: center;
      gap: var(--_space-3);
      inline-size: 100%;
      min-block-size: 44px;
      padding: 6px 10px;
      border: 1px solid transparent;
      border-radius: 9px;
      background: none;
      text-align: start;
      cursor: pointer;
    }
    .item:hover {
      background: var(--_hover);
    }
    .item .icon {
      color: var(--_text-muted);
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--_space-2);
    }
    label {
      display: grid;
      gap: 6px;
      font-size: 13px;
      font-weight: 600;
    }
    input {
      inline-size: 100%;
      min-block-size: 44px;
      padding: 8px 12px;
      border: 1px solid var(--_border-strong);
      border-radius: 10px;
      background: var(--_surface);
      color: inherit;
      /* Phones zoom into smaller ones. */
      font: inherit;
      font-size: 16px;
      font-weight: 400;
    }
    .wrong {
      color: var(--_danger);
      font-size: 13px;
    }
    progress {
      inline-size: 100%;
      accent-color: var(--_accent);
    }
    @media (forced-colors: active) {
      .item:focus-visible {
        outline-color: Highlight;
      }
    }
  `,
];
