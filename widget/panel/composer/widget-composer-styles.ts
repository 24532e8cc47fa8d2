import { css } from 'lit';
import { focusRing, reset } from '../../../shared/ui/ground-styles.ts';
import { iconStyles } from '../../../shared/ui/icon.ts';

/** The panel's properties come through: a second set of them would be a third of the work of drawing the field. */
export const composerStyles = [
  reset,
  focusRing,
  iconStyles,
  css`
    :host {
      flex: none;
      padding: var(--_space-2) var(--_space-3) var(--_space-3);
    }
    .box {
      display: flex;
      align-items: flex-end;
      gap: var(--_space);
      padding: 5px;
      border: 1px solid var(--_border-strong);
      border-radius: calc(var(--_radius) * 3);
      background: var(--_surface-raised);
    }
    /* No shadow: forced colours know none. */
    .box:focus-within {
      outline: 2px solid var(--_focus);
      outline-offset: -1px;
    }
    textarea {
      flex: 1;
      min-inline-size: 0;
      max-block-size: min(140px, 30cqb);
      field-sizing: content;
      padding: 8px 4px;
      border: 0;
      background: none;
      font-size: 15px;
      line-height: 1.4;
      resize: none;
      scrollbar-width: thin;
    }
    textarea:focus-visible {
      outline: none;
    }
    textarea::placeholder {
      color: var(--_text-faint);
      opacity: 1;
    }
    .send {
      display: grid;
      flex: none;
      place-items: center;
      inline-size: 38px;
      block-size: 38px;
      padding: 0;
      border: 1px solid transparent;
      border-radius: calc(var(--_radius) * 12);
      background: var(--_accent);
      color: var(--_on-accent);
      cursor: pointer;
      transition:
        background-color var(--_motion),
        color var(--_motion),
        scale var(--_motion);
    }
    .send:active {
      scale: 0.94;
    }
    .plain {
      background: none;
      color: var(--_text-muted);
    }
    .send[aria-disabled='true'] {
      background: transparent;
      color: var(--_text-faint);
      cursor: default;
    }
    .room:not(:empty) {
      padding: var(--_space-2) var(--_space-3) 0;
      color: var(--_text-muted);
      font-size: var(--_font-size-s);
    }
    /* Phones zoom the page into fields with smaller text. */
    @media (pointer: coarse) {
      textarea {
        padding-block: 11px;
        font-size: 16px;
      }
      .send {
        inline-size: 44px;
        block-size: 44px;
      }
    }
    @container (max-height: 300px) {
      :host {
        padding-block: var(--_space);
      }
    }
    @media (forced-colors: active) {
      .send {
        border-color: ButtonText;
      }
    }
  `,
];
