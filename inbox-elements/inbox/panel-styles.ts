import { css } from 'lit';

/**
 * What every panel draws where it has nothing to show: `.nothing` with `.emblem`, `.nothing-title`, `.nothing-hint`; and
 * `.bone`s (`.long`, `.round`) in place of what is loading.
 */
export const panelStyles = css`
  /* Begin with a number as often as not, and stand among words of the page's direction. */
  time,
  .unread-count {
    unicode-bidi: plaintext;
  }
  .nothing {
    display: grid;
    gap: var(--_space);
    justify-items: center;
    margin: auto;
    padding: var(--_space-8) var(--_space-6);
    text-align: center;
    text-wrap: balance;
  }
  .emblem {
    display: grid;
    place-items: center;
    inline-size: 56px;
    block-size: 56px;
    margin-block-end: var(--_space-2);
    border-radius: 50%;
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }
  [part='error'] .emblem {
    background: var(--_danger-soft);
    color: var(--_danger);
  }
  .nothing-title {
    font-weight: 600;
  }
  .nothing-hint {
    max-inline-size: 32ch;
    color: var(--_text-muted);
  }
  .nothing .button {
    margin-block-start: var(--_space-3);
  }
  .bone {
    display: block;
    block-size: 10px;
    inline-size: 44%;
    border-radius: 5px;
    background: var(--_pressed);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  .bone.long {
    inline-size: 82%;
  }
  .bone.round {
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
  }
  /* What is answered at once shall not flicker. */
  .skeleton {
    animation: appear 0.2s 0.12s both;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .bone {
      animation: none;
    }
  }
`;
