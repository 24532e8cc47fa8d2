import { css } from 'lit';

export const pickerStyles = css`
  :host {
    container-type: inline-size;
  }
  .card {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: 16px;
    background: var(--_surface-raised);
  }
  .top,
  .groups,
  .tones {
    display: flex;
    flex: none;
    align-items: center;
    gap: 2px;
    padding: 8px 8px 0;
  }
  .search {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 36px;
    padding: 0 12px;
    border: 1px solid var(--_border-strong);
    border-radius: 99px;
    background: var(--_surface);
    color: var(--_text);
    font-size: 14px;
    appearance: none;
  }
  .search::placeholder {
    color: var(--_text-faint);
    opacity: 1;
  }
  .search::-webkit-search-cancel-button {
    display: none;
  }
  button {
    display: grid;
    place-items: center;
    min-inline-size: 0;
    padding: 0;
    border: 1px solid transparent;
    border-radius: 8px;
    background: none;
    color: var(--_text);
    font-family: 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', var(--_font);
    font-variant-emoji: emoji;
    line-height: 1;
    cursor: pointer;
  }
  .top button,
  .tones button {
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    font-size: 20px;
  }
  .tones {
    justify-content: flex-end;
  }
  .groups {
    padding-block-end: 2px;
    border-block-end: 1px solid var(--_border);
  }
  .groups button {
    flex: 1;
    position: relative;
    block-size: 34px;
    font-size: 17px;
    filter: grayscale(1);
    opacity: 0.75;
  }
  .groups button:is([aria-selected='true'], :hover, :focus-visible) {
    filter: none;
    opacity: 1;
  }
  .groups [aria-selected='true']::after {
    position: absolute;
    inset-block-end: -3px;
    inset-inline: 4px;
    border-block-end: 2px solid var(--_focus);
    content: '';
  }
  .page {
    flex: 1;
    min-block-size: 0;
    padding: 4px 6px 6px;
  }
  h3 {
    padding: 4px 6px;
    color: var(--_text-muted);
    font-size: 12px;
  }
  .row {
    display: grid;
    grid-template-columns: repeat(8, 1fr);
    /* What is out of sight is not laid out. */
    content-visibility: auto;
    contain-intrinsic-block-size: 40px;
  }
  .row button {
    block-size: 40px;
    font-size: 24px;
  }
  button:hover,
  .row button:focus-visible,
  [aria-checked='true'] {
    background: var(--_hover);
  }
  [aria-checked='true'] {
    border-color: var(--_border-strong);
  }
  .none {
    padding: 24px 12px;
    color: var(--_text-muted);
    text-align: center;
  }
  @container (max-inline-size: 300px) {
    .row button {
      font-size: 20px;
    }
  }
  /* Phones zoom the page into fields with smaller text. */
  @media (pointer: coarse) {
    .search {
      min-block-size: 44px;
      font-size: 16px;
    }
    .top button,
    .tones button,
    .row button {
      block-size: 44px;
    }
  }
  @media (max-height: 480px) {
    .search {
      min-block-size: 34px;
    }
    .groups button,
    .top button {
      block-size: 30px;
    }
    .row button {
      block-size: 36px;
    }
  }
  @media (forced-colors: active) {
    .row button {
      border-color: Canvas;
    }
    .groups [aria-selected='true']::after {
      border-color: Highlight;
    }
    [aria-checked='true'] {
      border-color: Highlight;
    }
  }
`;
