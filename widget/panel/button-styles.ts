import { css } from 'lit';

/** `.button`, with `.primary`: the widget's few text buttons, rounder than the team's. `.notice`: a sentence and a button in place of everything. */
export const buttonStyles = css`
  .button {
    display: inline-flex;
    flex: none;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 36px;
    padding: 0 16px;
    border: 1px solid var(--_border-strong);
    border-radius: calc(var(--_radius) * 12);
    background: var(--_surface-raised);
    color: var(--_text);
    font-size: 14px;
    font-weight: 600;
    cursor: pointer;
  }
  .primary {
    min-block-size: 46px;
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .notice {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--_space-4);
    padding: var(--_space-6);
    color: var(--_text-muted);
    text-align: center;
  }
`;
