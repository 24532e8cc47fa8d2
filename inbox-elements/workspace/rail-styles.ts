import { css } from 'lit';

export const railStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--_space-3);
    min-block-size: 0;
    padding: var(--_space-3) var(--_space-2);
    background: var(--_surface-sunken);
  }
  button {
    -webkit-tap-highlight-color: transparent;
  }
  .workspace,
  .inbox,
  .own,
  .item,
  .theme {
    border: 0;
    background: none;
    cursor: pointer;
  }
  .workspace {
    display: flex;
    gap: 10px;
    align-items: center;
    min-block-size: 40px;
    padding: 4px 8px;
    border-radius: var(--_radius);
    font-weight: 650;
    letter-spacing: -0.01em;
    text-align: start;
  }
  .workspace:hover,
  .inbox:hover,
  .own:hover,
  .item:hover {
    background: var(--_hover);
  }
  .initial {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    border-radius: calc(var(--_radius) * 0.875);
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: var(--_font-size);
    font-weight: 700;
  }
  .name,
  .inbox-name,
  .own-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chevron {
    margin-inline-start: auto;
    color: var(--_text-faint);
  }
  .inboxes {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    align-content: start;
    min-block-size: 0;
    padding: 2px;
    margin: -2px;
  }
  .inbox {
    display: flex;
    gap: 8px;
    align-items: center;
    inline-size: 100%;
    min-block-size: 34px;
    padding: 4px 8px;
    border-radius: var(--_radius);
    color: var(--_text-muted);
    text-align: start;
  }
  .inbox[aria-current] {
    background: var(--_pressed);
    color: var(--_text);
    font-weight: 600;
  }
  .glyph {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 22px;
    block-size: 22px;
    border-radius: 6px;
  }
  .letter {
    border: 1px solid var(--_border);
    background: var(--_surface-raised);
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
    font-weight: 650;
  }
  .count {
    margin-inline-start: auto;
    padding-inline-end: 6px;
    border-radius: 9px;
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    line-height: 18px;
  }
  .count.of-all {
    padding-inline-start: 6px;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .me {
    margin-block-start: auto;
    padding-block-start: var(--_space-2);
    border-block-start: 1px solid var(--_border);
  }
  .own {
    display: flex;
    gap: 10px;
    align-items: center;
    inline-size: 100%;
    min-block-size: 48px;
    padding: 6px 8px;
    border-radius: var(--_radius);
    text-align: start;
  }
  .face {
    position: relative;
    flex: none;
  }
  .dot {
    position: absolute;
    inset-block-end: -2px;
    inset-inline-end: -2px;
    inline-size: 12px;
    block-size: 12px;
    border: 2px solid var(--_surface-sunken);
    border-radius: 50%;
    background: var(--_offline);
    transition: background-color var(--_motion);
  }
  .dot.on {
    background: var(--_online);
  }
  .who {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    line-height: 1.3;
  }
  .own-name {
    font-weight: 550;
  }
  .state {
    font-size: var(--_font-size-s);
    color: var(--_text-muted);
  }

  .menu {
    position: fixed;
    inset: auto;
    inline-size: 288px;
    max-inline-size: calc(100vw - 16px);
    margin: 0;
    padding: 6px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 1.5);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  .identity {
    display: grid;
    padding: 6px 10px 8px;
    font-weight: 600;
  }
  .email {
    font-size: var(--_font-size-s);
    font-weight: 400;
    color: var(--_text-faint);
  }
  .problem {
    padding: 4px 10px;
    font-size: var(--_font-size-s);
    color: var(--_danger);
  }
  .themes {
    display: grid;
    grid-auto-columns: 1fr;
    grid-auto-flow: column;
    gap: 2px;
    margin: 6px 4px 4px;
    padding: 2px;
    border-radius: var(--_radius);
    background: var(--_pressed);
  }
  .theme {
    min-block-size: 28px;
    padding: 0 6px;
    border-radius: calc(var(--_radius) * 0.75);
    font-size: var(--_font-size-s);
    color: var(--_text-muted);
  }
  .theme[aria-pressed='true'] {
    background: var(--_surface-raised);
    box-shadow: var(--_shadow-small);
    color: var(--_text);
    font-weight: 600;
  }
  hr {
    margin: 6px 4px;
    border: 0;
    border-block-start: 1px solid var(--_border);
  }
  .item {
    display: flex;
    gap: 10px;
    align-items: center;
    inline-size: 100%;
    min-block-size: 34px;
    padding: 4px 10px;
    border-radius: var(--_radius);
    text-align: start;
  }
  .item .icon {
    color: var(--_text-faint);
  }

  :host([layout='medium']) :is(.name, .chevron, .inbox-name, .count) {
    display: none;
  }
  :host([layout='medium']) :is(.workspace, .inbox, .own) {
    justify-content: center;
    padding-inline: 0;
  }

  :host([layout='phone']) {
    flex-direction: row;
    align-items: center;
    padding: 6px 8px;
    border-block-end: 1px solid var(--_border);
  }
  :host([layout='phone']) .workspace {
    min-inline-size: 0;
  }
  :host([layout='phone']) .me {
    margin: 0;
    margin-inline-start: auto;
    padding: 0;
    border: 0;
  }
  @media (forced-colors: active) {
    .inbox[aria-current],
    .theme[aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
