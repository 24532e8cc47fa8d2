import { css } from 'lit';

export const hoursStyles = css`
  :host {
    display: grid;
    gap: var(--_space-4);
  }
  .day {
    display: grid;
    grid-template-columns: minmax(96px, 1fr) 5fr auto;
    gap: var(--_space-2) var(--_space-3);
    align-items: center;
    padding: 8px 12px;
  }
  .day + .day {
    border-block-start: 1px solid var(--_border);
  }
  /* A date is wider than a weekday's name, in some languages by much. */
  .holiday {
    grid-template-columns: auto 5fr auto;
  }
  .holiday .input[type='date'] {
    inline-size: auto;
    min-inline-size: 148px;
  }
  .day-name {
    font-weight: 550;
  }
  .spans {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2) var(--_space-4);
  }
  .span {
    display: inline-flex;
    gap: 6px;
    align-items: center;
  }
  .span .input {
    inline-size: auto;
    min-block-size: 32px;
    padding: 3px 8px;
    font-variant-numeric: tabular-nums;
  }
  .add {
    justify-self: start;
  }
  .rows:not(:has(*)) {
    display: none;
  }
  .closed {
    color: var(--_text-faint);
  }
  .day .error {
    grid-column: 2 / -1;
  }
  @media (max-width: 560px) {
    .day,
    .holiday {
      grid-template-columns: 1fr auto;
    }
    .spans {
      grid-row: 2;
      grid-column: 1 / -1;
    }
  }
`;
