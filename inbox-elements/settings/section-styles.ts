import { css } from 'lit';

/** `.section` is a titled group, `.rows` a list of records, `.row` one of them, `.actions` its buttons at the end. */
export const sectionStyles = css`
  :host {
    --_edge: color-mix(in oklab, var(--_border-strong) 45%, var(--_border));
    display: grid;
    gap: var(--_space-8);
    align-content: start;
  }
  .section {
    display: grid;
    gap: var(--_space-4);
    min-inline-size: 0;
  }
  .section:not(.wide) {
    max-inline-size: 760px;
  }
  /* Groups of a long form: a line and air before each, and its button in sight however far one has come. */
  .long > h4 {
    margin-block-start: var(--_space-2);
    padding-block-start: var(--_space-4);
    border-block-start: 1px solid var(--_border);
  }
  .long > .save {
    position: sticky;
    z-index: 1;
    inset-block-end: 0;
    margin-block-start: var(--_space-2);
    padding-block: var(--_space-3);
    border-block-start: 1px solid var(--_border);
    background: var(--_surface-raised);
  }
  /* On a raised dark surface the usual edge hardly shows. */
  .button:not(.primary, .danger, .quiet) {
    border-color: var(--_edge);
  }
  .section-head {
    display: grid;
    gap: 2px;
  }
  h3 {
    font-size: var(--_font-size-l);
    letter-spacing: -0.01em;
  }
  h4 {
    font-size: var(--_font-size);
  }
  h4 + .lead {
    margin-block-start: calc(var(--_space) * -3);
  }
  .lead {
    max-inline-size: 62ch;
    color: var(--_text-muted);
    text-wrap: pretty;
  }
  .example-head {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    justify-content: space-between;
  }
  .example-head + .lead {
    margin-block-start: calc(var(--_space) * -3);
  }
  .two {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
    gap: var(--_space-4);
    align-items: start;
  }
  .chooser {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    align-items: end;
    justify-content: space-between;
  }
  /* Its button does something with what is chosen. */
  form.chooser {
    justify-content: start;
  }
  .chooser .field {
    flex: 1;
    max-inline-size: 320px;
  }
  .save {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
  }
  .saved {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    color: var(--_online);
    font-size: var(--_font-size-s);
    font-weight: 500;
  }
  .rows {
    border: 1px solid var(--_edge);
    border-radius: calc(var(--_radius) * 1.25);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2) var(--_space-3);
    align-items: center;
    padding: 10px 12px;
  }
  .row + .row {
    border-block-start: 1px solid var(--_border);
  }
  .row-words {
    display: grid;
    flex: 1;
    min-inline-size: 140px;
    line-height: 1.35;
  }
  .row-name {
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .row-facts {
    font-size: var(--_font-size-s);
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }
  .person {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
  }
  .row .input {
    inline-size: auto;
    min-block-size: 32px;
    padding-block: 4px;
  }
  @media (max-width: 480px) {
    .avatar + .row-words {
      flex-basis: calc(100% - 56px);
    }
    /* Below the name, rather than below the face. */
    .avatar + .row-words + * {
      margin-inline-start: 44px;
    }
  }
  .badge {
    padding: 1px 8px;
    border: 1px solid var(--_border);
    border-radius: 10px;
    font-size: var(--_font-size-s);
    color: var(--_text-muted);
  }
  .empty {
    padding: var(--_space-4);
    color: var(--_text-muted);
    text-align: center;
  }
  .choices {
    display: grid;
    gap: var(--_space-2);
  }
  legend {
    margin-block-end: 6px;
    padding: 0;
    font-size: var(--_font-size-s);
    font-weight: 500;
  }
  .choice {
    display: flex;
    gap: 10px;
    align-items: baseline;
    padding: 10px 12px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .choice:has(:checked) {
    border-color: var(--_focus);
    background: var(--_accent-soft);
  }
  .choice input {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    translate: 0 2px;
    accent-color: var(--_accent);
  }
  .choice-words {
    display: grid;
  }
  .choice-title {
    font-weight: 550;
  }
  .choice-hint {
    font-size: var(--_font-size-s);
    color: var(--_text-muted);
  }
  .warning {
    display: flex;
    gap: var(--_space-2);
    padding: 9px 12px;
    border: 1px solid var(--_note-border);
    border-radius: var(--_radius);
    background: var(--_note);
  }
  .inline-choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2) var(--_space-4);
  }
  .secret {
    display: grid;
    gap: var(--_space-2);
    padding: var(--_space-3) var(--_space-4);
    border: 1px solid var(--_note-border);
    border-radius: calc(var(--_radius) * 1.25);
    background: var(--_note);
  }
  .id-line {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
  }
  .id-line code {
    padding: 2px 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-s);
    background: var(--_surface-sunken);
    user-select: all;
  }
  .secret-line {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    align-items: center;
  }
  code,
  pre {
    font: 400 var(--_font-size-s) / 1.6 var(--_font-mono);
    direction: ltr;
    text-align: left;
  }
  .secret code {
    flex: 1;
    min-inline-size: 200px;
    overflow-wrap: anywhere;
    user-select: all;
  }
  pre {
    overflow-x: auto;
    padding: var(--_space-3) var(--_space-4);
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 1.25);
    background: var(--_surface-sunken);
    tab-size: 2;
  }
  .color {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
  }
  .color input[type='color'] {
    flex: none;
    inline-size: 44px;
    block-size: 36px;
    padding: 3px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    cursor: pointer;
  }
  .color input[type='color']:disabled {
    opacity: 0.4;
    cursor: default;
  }
`;
