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
    /* It stands above its field all the same. Chromium knows it by this name alone. */
    text-align: -webkit-match-parent;
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
  /* The browser's own arrow sticks to the edge. */
  select.input {
    appearance: none;
    padding-inline-end: 36px;
    background-image:
      linear-gradient(45deg, transparent 50%, currentColor 50%), linear-gradient(135deg, currentColor 50%, transparent 50%);
    background-position:
      right 19px center,
      right 14px center;
    background-repeat: no-repeat;
    background-size: 5px 5px;
  }
  select.input:dir(rtl) {
    background-position:
      left 14px center,
      left 19px center;
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
