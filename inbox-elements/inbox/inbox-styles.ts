import { css } from 'lit';

export const inboxStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_surface);
    container-type: inline-size;
  }
  .top {
    flex: none;
    border-block-end: 1px solid var(--_border);
  }
  .header {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 52px;
    padding: var(--_space-2) var(--_space-4) 0;
  }
  .title {
    flex: 1;
    overflow: hidden;
    font-size: var(--_font-size-l);
    font-weight: 650;
    letter-spacing: -0.01em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .switch {
    position: relative;
    display: flex;
    flex: 1;
    gap: var(--_space);
    align-items: center;
    min-inline-size: 0;
    border-radius: var(--_radius-s);
  }
  .switch .title {
    flex: 0 1 auto;
  }
  .switch .icon {
    color: var(--_text-faint);
  }
  .switch select {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    border: 0;
    background: var(--_surface-raised);
    font-size: max(16px, var(--_font-size));
    cursor: pointer;
    opacity: 0;
  }
  .switch:focus-within {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .unread-count {
    flex: none;
    padding: 1px 8px;
    border-radius: 99px;
    background: var(--_accent-soft);
    color: var(--_accent-text);
    font-size: var(--_font-size-s);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .tabs {
    display: flex;
    gap: var(--_space-4);
    padding: 0 var(--_space-4);
    margin-block-start: var(--_space);
  }
  .tab {
    position: relative;
    display: inline-flex;
    gap: 6px;
    align-items: center;
    min-block-size: 36px;
    padding: 0 1px;
    border: 0;
    border-radius: var(--_radius-s);
    background: none;
    color: var(--_text-muted);
    font-weight: 500;
    cursor: pointer;
    transition: color var(--_motion);
  }
  .tab::after {
    content: '';
    position: absolute;
    inset-inline: 0;
    inset-block-end: -1px;
    block-size: 2px;
    border-radius: 2px 2px 0 0;
    background: transparent;
    transition: background-color var(--_motion);
  }
  .tab:hover {
    color: var(--_text);
  }
  .tab[aria-selected='true'] {
    color: var(--_text);
    font-weight: 600;
  }
  .tab[aria-selected='true']::after {
    background: var(--_accent-text);
  }
  .count {
    color: var(--_text-faint);
    font-size: var(--_font-size-s);
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  .filter {
    display: flex;
    gap: 2px;
    padding: var(--_space-2) var(--_space-3);
    border-block-start: 1px solid var(--_border);
    overflow-x: auto;
    scroll-padding: 10px;
    scrollbar-width: none;
  }
  .choice {
    display: inline-flex;
    flex: none;
    gap: 4px;
    align-items: center;
    min-block-size: 26px;
    padding: 0 8px;
    border: 1px solid transparent;
    border-radius: 99px;
    background: none;
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    font-weight: 500;
    cursor: pointer;
    transition: background-color var(--_motion);
  }
  @container (max-width: 339px) {
    .filter {
      gap: 0;
      padding-inline: 10px;
    }
    .choice {
      padding: 0 6px;
    }
  }
  .choice:hover {
    background: var(--_hover);
  }
  .choice[aria-pressed='true'] {
    background: var(--_pressed);
    color: var(--_text);
  }
  .choice[aria-pressed='true'] .count {
    color: inherit;
  }
  .panel {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }
  .list {
    flex: 1;
    min-block-size: 0;
  }
  [role='listbox']:focus-visible {
    outline-offset: -2px;
  }

  .row {
    position: relative;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    column-gap: var(--_space-3);
    row-gap: 1px;
    padding: 10px var(--_space-4) 9px;
    border-block-end: 1px solid var(--_border);
    cursor: pointer;
  }
  .row:hover {
    background: var(--_hover);
  }
  .row[aria-selected='true'] {
    background: var(--_accent-soft);
  }
  .row[aria-selected='true']::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 3px;
    background: var(--_accent-text);
  }
  .row > :first-child {
    grid-row: span 3;
    margin-block-start: 2px;
  }
  /* Every row is of one height, whatever stands in it: what is not drawn is reckoned by that. */
  .first,
  .second,
  .third {
    display: flex;
    block-size: 1.45em;
    gap: var(--_space-2);
    align-items: baseline;
    min-inline-size: 0;
  }
  /* Words of the other direction are cut at their own end, and stand where words stand: no wider than they are. */
  .name,
  .preview {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name {
    font-weight: 500;
  }
  .time,
  .dot {
    margin-inline-start: auto;
  }
  .time {
    flex: none;
    color: var(--_text-faint);
    font-size: var(--_font-size-s);
    font-variant-numeric: tabular-nums;
  }
  .second {
    align-items: center;
  }
  .preview {
    color: var(--_text-muted);
  }
  .typing {
    color: var(--_accent-text);
    font-style: italic;
  }
  .unread .name,
  .unread .preview:not(.typing) {
    color: var(--_text);
    font-weight: 650;
  }
  .unread .preview:not(.typing) {
    font-weight: 600;
  }
  .unread .time {
    color: var(--_accent-text);
    font-weight: 600;
  }
  .dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_accent-text);
  }
  .third {
    align-items: center;
    color: var(--_text-faint);
    font-size: var(--_font-size-s);
  }
  .row:is([aria-selected='true'], :hover) :is(.third, .time) {
    color: var(--_text-muted);
  }
  .fact,
  .owner {
    display: inline-flex;
    gap: 5px;
    align-items: center;
    min-inline-size: 0;
    white-space: nowrap;
  }
  .words {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  /* It gives way first. */
  .owner {
    flex: 0 9 auto;
    margin-inline-start: auto;
  }
  .more {
    padding: var(--_space-4);
    color: var(--_text-faint);
    font-size: var(--_font-size-s);
    text-align: center;
  }

  .skeleton {
    overflow: hidden;
  }
  .bone-row {
    display: flex;
    gap: var(--_space-3);
    padding: 14px var(--_space-4);
    border-block-end: 1px solid var(--_border);
  }
  .bones {
    display: grid;
    flex: 1;
    gap: 9px;
    align-content: center;
  }
  @media (pointer: coarse) {
    .tab {
      min-block-size: 44px;
    }
    .choice {
      min-block-size: 36px;
      padding: 0 12px;
    }
  }
  @media (forced-colors: active) {
    .dot,
    .tab[aria-selected='true']::after,
    .row[aria-selected='true']::before {
      forced-color-adjust: none;
      background: Highlight;
    }
    .choice[aria-pressed='true'] {
      border-color: Highlight;
    }
  }
`;
