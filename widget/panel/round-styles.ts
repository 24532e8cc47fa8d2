import { css } from 'lit';

/** `.round` is a button of the head, as its icon: each of those in it, whatever element it is a part of. */
export const roundStyles = css`
  .round {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: var(--_round, 40px);
    block-size: var(--_round, 40px);
    padding: 0;
    border: 1px solid transparent;
    border-radius: 50%;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .round:hover {
    background: color-mix(in oklab, currentColor 16%, transparent);
  }
  .round:focus-visible {
    outline-color: currentColor;
    outline-offset: -4px;
  }
`;
