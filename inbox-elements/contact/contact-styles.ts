import { css } from 'lit';

export const contactStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--_surface);
  }
  .all {
    flex: 1;
    min-block-size: 0;
  }
  .portrait {
    display: grid;
    gap: var(--_space-2);
    justify-items: center;
    padding: var(--_space-6) var(--_space-4) var(--_space-3);
  }
  .portrait parlour-contact-field {
    inline-size: 100%;
  }
  .block {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    padding: var(--_space-4);
    border-block-start: 1px solid var(--_border);
  }
  .portrait + .block {
    padding-block-start: var(--_space-2);
    border-block-start: 0;
  }
  .title {
    margin-block-end: var(--_space);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    font-weight: 600;
  }
  .none {
    color: var(--_text-faint);
  }
  .facts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
    padding-block: var(--_space-2) var(--_space-3);
    font-size: var(--_font-size-s);
  }
  /* In the columns of what can be edited above them. */
  .facts > div {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    gap: var(--_space-2);
  }
  .facts dt {
    padding-inline-start: 2px;
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }
  .facts dd {
    padding-inline-start: 9px;
    overflow-wrap: anywhere;
  }
  .facts dt::first-letter,
  .labelled > span::first-letter {
    text-transform: uppercase;
  }
  .records {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    padding-block: var(--_space);
  }
  .labelled {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    gap: var(--_space-2);
    align-items: center;
    font-size: var(--_font-size-s);
  }
  /* Two lines of one label stand closer than two labels. */
  .labelled > span {
    padding-block: 4px;
    padding-inline-start: 2px;
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }
  @media not (pointer: coarse) {
    .labelled > parlour-contact-field::part(input) {
      font-size: var(--_font-size-s);
    }
  }
  .merge {
    justify-self: start;
  }

  .conversation {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
    inline-size: calc(100% + 16px);
    min-block-size: 34px;
    margin-inline: -8px;
    padding: 4px 8px;
    border: 1px solid transparent;
    border-radius: calc(var(--_radius) * 0.75);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .conversation:hover {
    background: var(--_hover);
  }
  .conversation .icon {
    color: var(--_text-faint);
  }
  .conversation:is(.open, .pending) .icon {
    color: var(--_online);
  }
  .preview {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  time {
    font-variant-numeric: tabular-nums;
  }
  .conversation time,
  .entry time {
    flex: none;
    color: var(--_text-faint);
    font-size: var(--_font-size-s);
  }
  .conversation:hover time {
    color: var(--_text-muted);
  }
  .block > .button.quiet {
    justify-self: start;
    margin-inline-start: -8px;
  }

  .day {
    padding-block: var(--_space-2) 2px;
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    font-weight: 600;
  }
  .times {
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    font-variant-numeric: tabular-nums;
  }
  .entry {
    position: relative;
    display: flex;
    gap: var(--_space-3);
    justify-content: space-between;
    padding-block: 5px;
    padding-inline-start: 20px;
  }
  .entry::before {
    content: '';
    position: absolute;
    inset-block-start: 11px;
    inset-inline-start: 3px;
    z-index: 1;
    inline-size: 7px;
    block-size: 7px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_border-strong);
    box-shadow: 0 0 0 3px var(--_surface);
  }
  .entry::after {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 6px;
    inline-size: 1px;
    background: var(--_border);
  }
  .entry:first-child::after {
    inset-block-start: 12px;
  }
  .entry:last-child::after {
    inset-block-end: calc(100% - 12px);
  }

  .skeleton {
    display: grid;
    gap: var(--_space-4);
    justify-items: center;
    padding: var(--_space-6) var(--_space-4);
  }
  .skeleton .round {
    inline-size: 64px;
    block-size: 64px;
  }
`;
