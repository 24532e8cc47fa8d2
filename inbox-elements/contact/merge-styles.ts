import { css } from 'lit';

export const mergeStyles = css`
  :host {
    display: contents;
  }
  dialog {
    inline-size: min(440px, calc(100vw - 32px));
    max-block-size: min(600px, calc(100vh - 32px));
    padding: 0;
    border: 1px solid transparent;
    border-radius: var(--_radius-l);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
  }
  dialog::backdrop {
    background: #0006;
  }
  .head {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    padding: var(--_space-4) var(--_space-3) var(--_space-2) var(--_space-6);
    padding-inline: var(--_space-6) var(--_space-3);
  }
  .head h2 {
    flex: 1;
    font-size: var(--_font-size-l);
    font-weight: 650;
  }
  .search {
    padding: var(--_space) var(--_space-6) var(--_space-2);
  }
  .found {
    min-block-size: 0;
    padding: 0 var(--_space-3) var(--_space-2);
  }
  .choice {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    inline-size: 100%;
    padding: 7px var(--_space-3);
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .choice:hover {
    background: var(--_hover);
  }
  .choice > .icon {
    color: var(--_text-faint);
  }
  .words {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  .name {
    font-weight: 500;
  }
  .name,
  .facts {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .facts {
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }
  .state {
    padding: 0 var(--_space-6) var(--_space-4);
    color: var(--_text-muted);
  }
  .summary {
    padding: var(--_space-2) var(--_space-6) 0;
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
    gap: var(--_space-3);
    align-items: center;
    padding: var(--_space-4);
    border-radius: var(--_radius);
    background: var(--_surface-sunken);
  }
  .one {
    display: grid;
    gap: 2px;
    justify-items: center;
    min-inline-size: 0;
  }
  .one > :not(.avatar) {
    max-inline-size: 100%;
  }
  .effects {
    display: grid;
    gap: 6px;
    margin-block: var(--_space-4);
    padding-inline-start: 18px;
    list-style: disc;
  }
  .foot {
    display: flex;
    gap: var(--_space-2);
    justify-content: flex-end;
    padding: 0 var(--_space-6) var(--_space-6);
  }
  .error {
    padding: 0 var(--_space-6) var(--_space-4);
  }
`;
