import { css } from 'lit';

export const snippetStyles = css`
  :host {
    display: grid;
    gap: var(--_space-3);
    text-align: start;
  }
  .snippet {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    padding: var(--_space-3);
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 1.25);
    background: var(--_surface-sunken);
  }
  .code {
    flex: 1;
    min-inline-size: 0;
    overflow-x: auto;
    padding: var(--_space) var(--_space-2);
    border-radius: var(--_radius-s);
    font: 400 var(--_font-size-s) / 1.6 var(--_font-mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    direction: ltr;
    text-align: left;
  }
  .copy {
    flex: none;
    min-inline-size: 92px;
  }
  .note {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space) var(--_space-4);
    justify-content: space-between;
    font-size: var(--_font-size-s);
    color: var(--_text-muted);
  }
  .note a {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    font-weight: 500;
    white-space: nowrap;
  }
  .share {
    display: grid;
    gap: var(--_space-2);
    min-inline-size: 0;
  }
  .share-words {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_space-2);
    align-items: baseline;
  }
  .none {
    color: var(--_text-muted);
  }
  .bone {
    block-size: 64px;
    border-radius: calc(var(--_radius) * 1.25);
    background: var(--_surface-sunken);
  }
  @media (max-width: 480px) {
    .snippet {
      flex-direction: column;
      align-items: stretch;
    }
  }
`;
