import { unsafeCSS } from 'lit';

/**
 * Shared styles, by fragment: an element lists `tokens` (tokens.ts), `reset` and what else it draws in its
 * `static styles`. Class names are those of the fragments' first comments. Every colour is a token, and borders exist
 * even where they are transparent, so that forced colours show every control's edge.
 */
export { focusRing, reset, scrollbars, visuallyHidden } from './ground-styles.ts';

/**
 * `.button`, with `.primary`, `.quiet` (no edge), `.danger`, `.small`, `.wide`; and `.icon-button`, square, with
 * `.small`. `aria-pressed` and `aria-expanded` show. A label may follow an icon(). What stands as high as a button has `--_shadow-small`.
 */
export const buttons = /* @__PURE__ */ unsafeCSS(`
  :host {
    --_shadow-small: 0 1px 2px light-dark(#2d142214, #00000052);
  }
  .button,
  .icon-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 32px;
    padding: 0 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: var(--_text);
    font-weight: 500;
    line-height: 1.2;
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
    user-select: none;
    box-shadow: var(--_shadow-small);
    transition:
      background-color var(--_motion),
      border-color var(--_motion),
      color var(--_motion),
      scale var(--_motion);
  }
  .button:hover,
  .icon-button:hover {
    background: linear-gradient(var(--_hover), var(--_hover)) var(--_surface-raised);
  }
  .button:active,
  .icon-button:active {
    scale: 0.975;
  }
  .button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.primary:hover {
    background: color-mix(in oklab, var(--_accent) 88%, black);
  }
  .button.danger {
    border-color: transparent;
    background: var(--_danger);
    color: var(--_on-danger);
  }
  .button.danger:hover {
    background: color-mix(in oklab, var(--_danger) 88%, var(--_text));
  }
  .button.quiet,
  .icon-button {
    border-color: transparent;
    background: none;
    box-shadow: none;
    color: var(--_text-muted);
  }
  .button.quiet:hover,
  .icon-button:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  :is(.button.quiet, .icon-button):is([aria-pressed='true'], [aria-expanded='true']) {
    background: var(--_pressed);
    color: var(--_text);
  }
  .button.small {
    min-block-size: 26px;
    padding: 0 9px;
    border-radius: calc(var(--_radius) * 0.75);
    font-size: var(--_font-size-s);
  }
  .button.wide {
    inline-size: 100%;
    min-block-size: 40px;
  }
  .icon-button {
    flex: none;
    inline-size: 32px;
    padding: 0;
  }
  .icon-button.small {
    inline-size: 26px;
    min-block-size: 26px;
    border-radius: calc(var(--_radius) * 0.75);
  }
  :is(.button, .icon-button):is(:disabled, [aria-disabled='true']) {
    opacity: 0.5;
    cursor: default;
    pointer-events: none;
  }
  @media (pointer: coarse) {
    /* Twice, so that the small ones grow too. */
    .button.button,
    .icon-button.icon-button {
      min-block-size: 40px;
    }
    .icon-button.icon-button {
      inline-size: 40px;
    }
  }
  @media (forced-colors: active) {
    .button.primary {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    :is(.button, .icon-button)[aria-pressed='true'] {
      border-color: Highlight;
    }
  }
`);

/**
 * `.field` wraps `.label`, an `.input` (input, textarea or select), and `.hint` or `.error`. `aria-invalid` and
 * `:user-invalid` turn the edge red. `.checkbox` is a label around a checkbox and its text.
 */
export const fields = /* @__PURE__ */ unsafeCSS(`
  .field {
    display: grid;
    gap: 6px;
  }
  .label {
    font-weight: 500;
    font-size: var(--_font-size-s);
  }
  .hint,
  .error {
    font-size: var(--_font-size-s);
    color: var(--_text-faint);
  }
  .error {
    color: var(--_danger);
  }
  .input {
    inline-size: 100%;
    min-block-size: 36px;
    padding: 7px 10px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: var(--_text);
    line-height: 1.4;
    transition:
      border-color var(--_motion),
      box-shadow var(--_motion);
  }
  .input::placeholder {
    color: var(--_text-faint);
    opacity: 1;
  }
  .input:focus-visible {
    outline: 2px solid transparent;
    border-color: var(--_focus);
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--_focus) 28%, transparent);
  }
  .input:is([aria-invalid='true'], :user-invalid) {
    border-color: var(--_danger);
  }
  .input:disabled {
    background: var(--_surface-sunken);
    color: var(--_text-faint);
  }
  textarea.input {
    min-block-size: 72px;
    resize: vertical;
  }
  .checkbox {
    display: flex;
    gap: 8px;
    align-items: baseline;
    min-block-size: 24px;
    cursor: pointer;
  }
  .checkbox input {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    translate: 0 2px;
    accent-color: var(--_accent);
  }
  /* Phones zoom the page into fields with smaller text. */
  @media (pointer: coarse) {
    .input {
      font-size: max(16px, var(--_font-size));
    }
  }
`);
