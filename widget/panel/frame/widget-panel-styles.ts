import { css } from 'lit';
import { focusRing, reset } from '../../../shared/ui/ground-styles.ts';
import { iconStyles } from '../../../shared/ui/icon.ts';
import { tokens } from '../../../shared/ui/tokens.ts';
import { buttonStyles } from '../button-styles.ts';

export const panelStyles = [
  tokens,
  reset,
  focusRing,
  buttonStyles,
  iconStyles,
  css`
    :host {
      inline-size: 384px;
      block-size: 640px;
      border-radius: calc(var(--_radius) * 2.5);
    }
    /* Laid out before it is asked for: that takes longer than to show it. */
    :host(:not([open])) {
      visibility: hidden;
    }
    .card {
      display: flex;
      flex-direction: column;
      block-size: 100%;
      overflow: hidden;
      border-radius: inherit;
      background: var(--_surface);
      box-shadow: var(--_shadow);
      /* A keyboard leaves less of the window than media queries know. */
      container-type: size;
    }
    :host([open]) .card {
      animation: appear var(--_motion-slow) var(--_ease);
    }
    @keyframes appear {
      from {
        opacity: 0;
        translate: 0 12px;
      }
    }
    .banner {
      display: flex;
      align-items: center;
      gap: var(--_space-2);
      padding: var(--_space-2) var(--_space-4);
      border-block-end: 1px solid var(--_border);
      background: var(--_surface-sunken);
      color: var(--_text-muted);
      font-size: 13px;
      line-height: 1.35;
    }
    @container (max-height: 300px) {
      .banner {
        padding-block: 2px;
      }
    }
    .notice,
    :not(:defined) {
      flex: 1;
    }
    /* What is said before a form and the form scroll as one: either alone would leave the other a slit. */
    .asking:not([hidden]) {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-block-size: 0;
      overflow: auto;
      /* The button that stays in sight covers no field that is gone to. */
      scroll-padding-block-end: 90px;
      scrollbar-width: thin;
    }
    .asking > * {
      flex: none;
    }
    .asking > :first-child {
      flex-grow: 1;
    }
    @media (forced-colors: active) {
      .card {
        border: 1px solid CanvasText;
      }
    }
  `,
];
