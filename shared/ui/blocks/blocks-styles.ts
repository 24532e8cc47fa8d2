import { css } from 'lit';
import { focusRing, reset, scrollbars, visuallyHidden } from '../base-styles.ts';
import { iconStyles } from '../icon.ts';
import { tokens } from '../tokens.ts';

/** What every block draws with: `.sheet` is the ground a block stands on, `.choice` a button of it, `.answered` how it was answered. */
export const blockStyles = [
  tokens,
  reset,
  focusRing,
  visuallyHidden,
  scrollbars,
  iconStyles,
  css`
    .sheet {
      display: grid;
      gap: var(--_space-3);
      overflow: hidden;
      padding: 14px;
      border: 1px solid var(--_border);
      border-radius: calc(var(--_radius) * 2);
      background: var(--_surface-raised);
    }
    .title {
      font-size: 15px;
      font-weight: 600;
      line-height: 1.35;
    }
    .words {
      color: var(--_text-muted);
      font-size: 14px;
      line-height: 1.4;
      white-space: pre-line;
    }
    .title,
    .words {
      overflow-wrap: anywhere;
      unicode-bidi: plaintext;
      text-align: start;
    }
    /* What a form is about stands above its fields, in whichever language. */
    form > .title {
      text-align: -webkit-match-parent;
      text-align: match-parent;
    }
    .choices {
      display: grid;
      gap: 6px;
    }
    .choices.row {
      display: flex;
      flex-wrap: wrap;
    }
    .choice,
    .send {
      display: inline-flex;
      align-items: center;
      justify-content: center;
      gap: 6px;
      min-block-size: 38px;
      padding: 7px 14px;
      border: 1px solid var(--_accent-text);
      border-radius: calc(var(--_radius) * 2.375);
      background: var(--_surface-raised);
      color: var(--_accent-text);
      font-size: 14px;
      font-weight: 600;
      line-height: 1.3;
      text-align: center;
      text-decoration: none;
      overflow-wrap: anywhere;
      cursor: pointer;
    }
    .choice:not([aria-disabled='true'], .still):hover {
      background: var(--_accent-soft);
    }
    .choice[aria-disabled='true'],
    .still {
      border-color: var(--_border-strong);
      color: var(--_text-muted);
      cursor: default;
    }
    .choice.chosen {
      border-color: transparent;
      background: var(--_accent);
      color: var(--_on-accent);
    }
    .send {
      justify-self: start;
      padding-inline: 18px;
      border-color: transparent;
      background: var(--_accent);
      color: var(--_on-accent);
    }
    .answered {
      display: flex;
      align-items: center;
      gap: 6px;
      color: var(--_text-muted);
      font-size: 13px;
    }
    .plain {
      min-block-size: 28px;
      padding: 0 4px;
      border: 0;
      background: none;
      color: var(--_accent-text);
      font-size: 13px;
      font-weight: 600;
      text-decoration: underline;
      text-underline-offset: 0.18em;
      cursor: pointer;
    }
    @media (pointer: coarse) {
      .choice,
      .send {
        min-block-size: 44px;
        border-radius: calc(var(--_radius) * 2.75);
      }
    }
    @media (forced-colors: active) {
      .choice.chosen,
      .send {
        border-color: CanvasText;
      }
    }
  `,
];
