import { css } from 'lit';

/** `.row`: a full-width button of a list, with a title, a line below it and a chevron. `h3`: what a list is of. */
export const rowStyles = css`
  h3 {
    padding: 0 var(--_space-2) var(--_space-2);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
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
  /* Words of another direction stand where those of the reader's do. */
  .row [dir] {
    justify-self: start;
  }
  .row .icon {
    grid-row: 1 / span 2;
    grid-column: 2;
    color: var(--_text-faint);
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
`;
