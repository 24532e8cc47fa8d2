import { css } from 'lit';

export const settingsStyles = css`
  :host {
    display: grid;
    grid-template: minmax(0, 1fr) / 200px minmax(0, 1fr);
    block-size: 100%;
    min-block-size: 0;
  }
  .tabs {
    display: grid;
    gap: 2px;
    align-content: start;
    padding: var(--_space-3);
    border-inline-end: 1px solid var(--_border);
    background: var(--_surface-sunken);
  }
  .tab {
    display: flex;
    gap: 10px;
    align-items: center;
    min-block-size: 34px;
    padding: 4px 10px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: var(--_text-muted);
    text-align: start;
    white-space: nowrap;
    cursor: pointer;
  }
  .tab:hover {
    background: var(--_hover);
  }
  .tab[aria-selected='true'] {
    background: var(--_pressed);
    color: var(--_text);
    font-weight: 600;
  }
  .page {
    /* Words that are only read aloud scroll with it: the dialog around would scroll too, and lose its title. */
    position: relative;
    padding: var(--_space-6) var(--_space-8) 0;
    /* What has the focus is not hidden by the button at the end. */
    scroll-padding-block: var(--_space-4) 80px;
  }
  /* Within, so that what stays in sight at the end of the page stands at its edge. */
  .page > * {
    padding-block-end: var(--_space-8);
  }
  .page:focus-visible {
    outline-offset: -2px;
  }
  @media (max-width: 720px) {
    :host {
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    }
    .tabs {
      grid-auto-flow: column;
      justify-content: start;
      padding: var(--_space-2);
      border: 0;
      border-block-end: 1px solid var(--_border);
      overflow-x: auto;
      scrollbar-width: none;
    }
    .tab {
      gap: 6px;
      padding-inline: 8px;
      font-size: var(--_font-size-s);
    }
    .page {
      padding: var(--_space-4) var(--_space-4) 0;
    }
  }
  @media (pointer: coarse) {
    .tab {
      min-block-size: 40px;
    }
  }
  @media (forced-colors: active) {
    .tab[aria-selected='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
