import { css, html } from 'lit';
import type { TemplateResult } from 'lit';

export interface IconOptions {
  /** Edge in CSS pixels, 20 when absent. */
  readonly size?: number;
  /** Turn it round where text runs right to left: arrows, chevrons, send, reply. */
  readonly directional?: boolean;
}

const drawn = new Map<string, TemplateResult>();

/**
 * Draws one of the outlines of icons.ts. Decorative always: the control around it carries the name.
 *
 * Each is a template without a part, so that no script walks its nodes: what a browser keeps for scripts that touch SVG is 30 kB of heap.
 */
export function icon(outline: string, { size = 20, directional = false }: IconOptions = {}): TemplateResult {
  const shape = `class="icon${directional ? ' icon-directional' : ''}" width="${size}" height="${size}" stroke-width="${size < 18 ? 1.8 : 1.6}"`;
  // Lit looks at a template's first node, whatever it is.
  const markup = `<!----><svg ${shape} viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${outline}"/></svg>`;
  const made = drawn.get(markup) ?? html(Object.assign([markup], { raw: [markup] }));
  drawn.set(markup, made);
  return made;
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
