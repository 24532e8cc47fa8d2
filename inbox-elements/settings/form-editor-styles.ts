import { css } from 'lit';

export const formEditorStyles = css`
  :host {
    display: grid;
    gap: var(--_space-3);
  }
  .question {
    display: grid;
    grid-template-columns: minmax(110px, 1fr) 2fr auto auto;
    gap: var(--_space-2) var(--_space-3);
    align-items: center;
    padding: 10px 12px;
  }
  .question + .question {
    border-block-start: 1px solid var(--_border);
  }
  .options,
  .question .error {
    grid-column: 1 / -1;
  }
  .none {
    padding: 10px 12px;
    color: var(--_text-muted);
  }
  .add {
    justify-self: start;
  }
  .consent {
    display: grid;
    gap: var(--_space-2);
  }
  @media (max-width: 560px) {
    .question {
      grid-template-columns: 1fr 1fr;
    }
    .question .icon-button {
      justify-self: end;
    }
  }
`;
