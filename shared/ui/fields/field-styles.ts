import { css } from 'lit';

/** What `formFieldRow` draws. */
export const fieldStyles = css`
  .field {
    display: grid;
    gap: var(--_space);
  }
  label {
    /* The site owner may write another language than the reader's. */
    unicode-bidi: plaintext;
    text-align: match-parent;
    font-size: 14px;
    font-weight: 550;
  }
  .optional {
    color: var(--_text-muted);
    font-weight: 400;
  }
  .input {
    inline-size: 100%;
    min-block-size: 42px;
    padding: 8px 12px;
    border: 1px solid var(--_border-strong);
    border-radius: 12px;
    background: var(--_surface-raised);
    color: var(--_text);
    font: inherit;
    font-size: 15px;
  }
  textarea.input {
    min-block-size: 84px;
    line-height: 1.4;
    resize: vertical;
  }
  [aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .check {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--_space-2);
    align-items: start;
  }
  .check label {
    font-weight: 400;
    line-height: 1.4;
  }
  input[type='checkbox'] {
    inline-size: 24px;
    block-size: 24px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .error {
    color: var(--_danger);
    font-size: 13px;
    line-height: 1.35;
  }
  .check .error {
    grid-column: 1 / -1;
  }
  /* Phones zoom the page into fields with smaller text. */
  @media (pointer: coarse) {
    .input {
      min-block-size: 44px;
      font-size: 16px;
    }
  }
`;
