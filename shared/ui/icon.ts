import { css, html } from 'lit';
import type { TemplateResult } from 'lit';

export interface IconOptions {
  /** Edge in CSS pixels, 20 when absent. */
  readonly size?: number;
  /** Turn it round where text runs right to left: arrows, chevrons, send, reply. */
  readonly directional?: boolean;
}

/** Draws one of the outlines of icons.ts. Decorative always: the control around it carries the name. */
export function icon(outline: string, options: IconOptions = {}): TemplateResult {
  const size = options.size ?? 20;
  return html`<svg
    class=${options.directional ? 'icon icon-directional' : 'icon'}
    viewBox="0 0 20 20"
    width=${size}
    height=${size}
    fill="none"
    stroke="currentColor"
    stroke-width=${size < 18 ? 1.8 : 1.6}
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d=${outline}></path>
  </svg>`;
}

export const iconStyles = css`
  .icon {
    display: block;
    flex: none;
  }
  .icon-directional:dir(rtl) {
    transform: scaleX(-1);
  }
`;
