import { unsafeCSS } from 'lit';

/**
 * What nearly every element lists of the shared styles (base-styles.ts); apart from the others, because the first file of the panel
 * holds all of a module that it imports.
 *
 * Calls rather than Lit's `css` tag: a bundler drops an unused call that is marked pure, but keeps every tagged template.
 */

/** Shields from the host page's inherited text styles. Ancestors' `visibility` and `direction` come through on purpose. */
export const reset = /* @__PURE__ */ unsafeCSS(`
  :host {
    display: block;
    box-sizing: border-box;
    color: var(--_text);
    font: 400 var(--_font-size) / 1.45 var(--_font);
    font-feature-settings: normal;
    letter-spacing: normal;
    word-spacing: normal;
    text-transform: none;
    text-indent: 0;
    text-align: start;
    text-shadow: none;
    white-space: normal;
    overflow-wrap: break-word;
    hyphens: manual;
    list-style: none;
    cursor: auto;
    -webkit-text-size-adjust: 100%;
    -webkit-tap-highlight-color: transparent;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  blockquote,
  pre,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  h1,
  h2,
  h3,
  h4 {
    font: inherit;
    font-weight: 600;
  }
  ul,
  ol {
    list-style: none;
  }
  a {
    color: var(--_accent-text);
    text-underline-offset: 0.18em;
    text-decoration-thickness: 1px;
  }
  button,
  input,
  textarea,
  select {
    margin: 0;
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
  }
  img {
    max-inline-size: 100%;
  }
`);

/** One ring for everything that takes focus, outside its edge so that it shows upon any fill. */
export const focusRing = /* @__PURE__ */ unsafeCSS(`
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .focus-inside:focus-visible {
    outline-offset: -2px;
  }
`);

/** `.visually-hidden`: for screen readers alone; with `.focusable`, shown when focus enters it. */
export const visuallyHidden = /* @__PURE__ */ unsafeCSS(`
  .visually-hidden:not(.focusable:focus, .focusable:focus-within) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`);

/** `.scroll`: a region that scrolls by itself, with a thin bar in the colours of the theme. */
export const scrollbars = /* @__PURE__ */ unsafeCSS(`
  .scroll {
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in oklab, var(--_text) 24%, transparent) transparent;
  }
  @media (forced-colors: active) {
    .scroll {
      scrollbar-color: auto;
    }
  }
`);
