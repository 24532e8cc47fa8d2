import { css } from 'lit';

export const sessionStyles = css`
  :host,
  .live {
    display: contents;
  }
  .refusal {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: var(--_space-2);
    box-sizing: border-box;
    min-block-size: 100%;
    padding: var(--_space-8) var(--_space-4);
    background: var(--_surface);
    color: var(--_text);
    font: 400 var(--_font-size) / 1.45 var(--_font);
    text-align: center;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    justify-content: center;
  }
  .sign {
    color: var(--_danger);
  }
  .title {
    font-size: var(--_font-size-l);
    font-weight: 600;
  }
  .sentence {
    max-inline-size: 46ch;
    margin-block-end: var(--_space-3);
    color: var(--_text-muted);
    text-wrap: balance;
  }
`;
