import { css } from 'lit';

/** `.input` is changed where it stands, and looks like a text until then; `.error` is why a change of it was refused. */
export const inPlaceStyles = css`
  .input {
    inline-size: 100%;
    min-block-size: 32px;
    padding: 3px 8px;
    border: 1px solid transparent;
    border-radius: calc(var(--_radius) * 0.75);
    background: none;
    color: var(--_text);
    text-overflow: ellipsis;
  }
  .input:hover {
    border-color: var(--_border);
    background: var(--_hover);
  }
  .input[aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .error {
    padding: 2px 8px 4px;
    color: var(--_danger);
    font-size: var(--_font-size-s);
  }
  @media (pointer: coarse) {
    .input {
      min-block-size: 40px;
      font-size: max(16px, var(--_font-size));
    }
  }
  @media (forced-colors: active) {
    .input {
      border-color: ButtonBorder;
    }
  }
`;
