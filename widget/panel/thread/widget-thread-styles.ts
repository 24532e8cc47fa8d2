import { css } from 'lit';
import { iconStyles } from '../../../shared/ui/icon.ts';
import { bodyStyles } from '../../../shared/ui/text.ts';
import { buttonStyles } from '../button-styles.ts';
import { bubbleStyles } from './bubble-styles.ts';

export const threadStyles = [
  bubbleStyles,
  buttonStyles,
  iconStyles,
  bodyStyles,
  css`
    .messages,
    .messages > div {
      display: flow-root;
    }
    .day {
      margin-block: 18px 10px;
      color: var(--_text-faint);
      font-size: 12px;
      text-align: center;
    }
    .theirs .face {
      margin-block-end: 21px;
    }
    .typing .face,
    .bare .face {
      margin-block-end: 0;
    }
    .mine .bubble {
      border-start-end-radius: calc(var(--_radius) * 0.75);
      border-end-end-radius: calc(var(--_radius) * 0.75);
    }
    .mine.starts .bubble {
      border-start-end-radius: calc(var(--_radius) * 2.25);
    }
    .sending .bubble,
    .waiting .bubble {
      opacity: 0.82;
    }
    .status {
      display: flex;
      align-items: center;
      gap: 3px;
      min-block-size: 17px;
      padding: 3px 4px 0;
      color: var(--_text-faint);
      font-size: 11.5px;
      line-height: 1.3;
    }
    .row:not(.ends) .status:not(.shown, .failure) {
      position: absolute;
      /* Half-way between two bubbles, over the room around their words. */
      inset-block-start: calc(100% - 8px);
      z-index: 1;
      min-block-size: 0;
      padding: 2px 8px;
      border-radius: calc(var(--_radius) * 12);
      background: var(--_surface);
      pointer-events: none;
    }
    /* Only the last of a group says when: the others are a fifth of the work to draw a thread, and as much to listen to. */
    .row:not(.ends, :hover) .status:not(.shown, .failure) {
      display: none;
    }
    .failure {
      display: block;
      color: var(--_danger);
      font-size: 12.5px;
      text-align: end;
    }
    .failed .bubble {
      border-color: var(--_danger);
      background: var(--_danger-soft);
      color: var(--_text);
    }
    .link {
      /* Where nothing can be sent, it would be offered in vain. */
      display: var(--_retry, inline-block);
      min-block-size: 24px;
      padding: 0 2px;
      border: 0;
      background: none;
      color: inherit;
      font-weight: 600;
      text-decoration: underline;
      text-underline-offset: 0.18em;
      cursor: pointer;
    }
    .typing .bubble {
      border-start-start-radius: calc(var(--_radius) * 2.25);
      padding-block: 13px;
    }
    .dots {
      display: flex;
      gap: 4px;
    }
    .dots i {
      inline-size: 7px;
      block-size: 7px;
      border-radius: 50%;
      background: var(--_text-faint);
      animation: dot 1.2s infinite ease-in-out;
    }
    .dots i:nth-child(2) {
      animation-delay: 0.15s;
    }
    .dots i:nth-child(3) {
      animation-delay: 0.3s;
    }
    @keyframes dot {
      0%,
      60%,
      100% {
        opacity: 0.35;
      }
      30% {
        opacity: 1;
      }
    }
    .older {
      display: grid;
      place-items: center;
      padding: var(--_space-2);
    }
    .news {
      position: absolute;
      inset-block-end: 8px;
      inset-inline: 0;
      display: flex;
      align-items: center;
      gap: 4px;
      inline-size: fit-content;
      min-block-size: 34px;
      margin-inline: auto;
      padding: 0 10px 0 14px;
      padding-inline: 14px 10px;
      border: 1px solid var(--_border);
      border-radius: calc(var(--_radius) * 12);
      background: var(--_surface-raised);
      color: var(--_text);
      font-size: 13px;
      font-weight: 600;
      box-shadow: var(--_shadow);
      cursor: pointer;
    }
    @media (prefers-reduced-motion: reduce) {
      .dots i {
        animation: none;
      }
    }
    @media (forced-colors: active) {
      .news {
        border-color: CanvasText;
      }
      .dots i {
        forced-color-adjust: none;
        background: CanvasText;
      }
    }
  `,
];
