import { css } from 'lit';
import { avatarStyles } from '../../../shared/ui/avatar.ts';
import { focusRing, reset, scrollbars, visuallyHidden } from '../../../shared/ui/ground-styles.ts';
import { tokens } from '../../../shared/ui/tokens.ts';

/** A list that scrolls by itself, and bubbles: all there is of a thread before what draws messages is here. */
export const bubbleStyles = [
  tokens,
  reset,
  focusRing,
  visuallyHidden,
  scrollbars,
  avatarStyles,
  css`
    :host {
      position: relative;
      display: flex;
      flex: 1;
      flex-direction: column;
      min-block-size: 0;
    }
    .scroll {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-block-size: 0;
      /* What is read is kept in place by hand, because not every browser does it. */
      overflow-anchor: none;
    }
    .rows {
      padding: 20px var(--_space-4) var(--_space-3);
    }
    .row {
      display: flex;
      align-items: flex-end;
      gap: var(--_space-2);
      margin-block-start: 2px;
    }
    .row.starts {
      margin-block-start: 14px;
    }
    .face {
      flex: none;
      inline-size: 28px;
    }
    .column {
      position: relative;
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      min-inline-size: 0;
      max-inline-size: 82%;
    }
    .name {
      margin: 0 0 4px;
      margin-inline: 12px 0;
      color: var(--_text-muted);
      font-size: 12px;
      font-weight: 500;
    }
    .bubble {
      max-inline-size: 100%;
      padding: 9px 14px;
      border: 1px solid transparent;
      border-radius: calc(var(--_radius) * 2.25);
      font-size: calc(var(--_font-size) * 1.0714);
      line-height: 1.42;
    }
    .theirs .bubble {
      border-start-start-radius: calc(var(--_radius) * 0.75);
      border-end-start-radius: calc(var(--_radius) * 0.75);
      background: var(--_bubble-theirs);
    }
    .theirs.starts .bubble {
      border-start-start-radius: calc(var(--_radius) * 2.25);
    }
    .mine {
      justify-content: flex-end;
    }
    .mine .column {
      align-items: flex-end;
    }
    .mine .bubble {
      background: var(--_bubble-mine);
      color: var(--_on-bubble-mine);
    }
    .plain {
      overflow-wrap: anywhere;
      white-space: pre-line;
    }
    @media (forced-colors: active) {
      .bubble {
        border-color: CanvasText;
      }
    }
  `,
];
