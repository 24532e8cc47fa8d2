import { html, nothing, unsafeCSS } from 'lit';
import type { TemplateResult } from 'lit';
import type { Block, Inline, TextBlock } from '../contract/body.ts';

const linkProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/**
 * The address, normalised, if a click on it can do no more than open a page, a mail or a call; else undefined. Bodies
 * come from strangers; this is checked where they are drawn, whoever made them.
 */
export function safeHref(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return linkProtocols.has(url.protocol) ? url.href : undefined;
}

type InlineOf<T extends Inline['type']> = Extract<Inline, { type: T }>;
type BlockOf<T extends TextBlock['type']> = Extract<TextBlock, { type: T }>;
type Drawn = TemplateResult | string;

const inlines: { readonly [T in Inline['type']]: (inline: InlineOf<T>) => Drawn } = {
  text({ text, strong, emphasis, code }) {
    let drawn: Drawn = text;
    if (code) drawn = html`<code>${drawn}</code>`;
    if (emphasis) drawn = html`<em>${drawn}</em>`;
    if (strong) drawn = html`<strong>${drawn}</strong>`;
    return drawn;
  },
  link({ text, href }) {
    const safe = safeHref(href);
    return safe ? html`<a href=${safe} target="_blank" rel="noopener noreferrer nofollow">${text}</a>` : text;
  },
  break: () => html`<br />`,
};

const blocks: { readonly [T in TextBlock['type']]: (block: BlockOf<T>) => TemplateResult } = {
  paragraph: ({ content }) => html`<p>${content.map(renderInline)}</p>`,
  list: ({ ordered, items }) => {
    const drawn = items.map((item) => html`<li>${item.map(renderInline)}</li>`);
    // Safari takes the list's role away with its bullets; saying it again gives it back.
    return ordered
      ? html`<ol role="list" dir="auto">
          ${drawn}
        </ol>`
      : html`<ul role="list" dir="auto">
          ${drawn}
        </ul>`;
  },
  code: ({ text }) => html`<pre tabindex="0"><code>${text}</code></pre>`,
  quote: ({ content }) => html`<blockquote dir="auto">${content.map(renderInline)}</blockquote>`,
};

export function renderInline(inline: Inline): Drawn {
  const draw = inlines[inline.type] as ((inline: Inline) => Drawn) | undefined;
  return draw ? draw(inline) : '';
}

function renderBlock(block: Block): TemplateResult | typeof nothing {
  // Rich blocks are drawn apart; and a newer server may know kinds that this page, still open from before, does not.
  const draw = blocks[block.type as TextBlock['type']] as ((block: Block) => TemplateResult) | undefined;
  return draw ? draw(block) : nothing;
}

/** Draws the text of a message body. Put it inside an element with class `body-text` and list bodyStyles. */
export function renderBody(body: readonly Block[]): (TemplateResult | typeof nothing)[] {
  return body.map(renderBlock);
}

/** `.body-text`: a message body on any ground; takes its colours from the text around it. */
export const bodyStyles = /* @__PURE__ */ unsafeCSS(`
  .body-text {
    overflow-wrap: anywhere;
    text-wrap: pretty;
    unicode-bidi: plaintext;
  }
  .body-text > * + * {
    margin-block-start: 0.55em;
  }
  .body-text :is(p, li, blockquote) {
    unicode-bidi: plaintext;
    text-align: start;
    white-space: pre-line;
  }
  .body-text :is(ul, ol) {
    display: grid;
    gap: 0.2em;
    padding-inline-start: 1.35em;
  }
  .body-text ul {
    list-style: disc;
  }
  .body-text ol {
    list-style: decimal;
  }
  .body-text a {
    color: inherit;
    text-decoration: underline;
  }
  .body-text strong {
    font-weight: 650;
  }
  .body-text :is(code, pre) {
    font-family: var(--_font-mono);
    font-size: 0.9em;
  }
  .body-text :not(pre) > code {
    padding: 0.1em 0.3em;
    border-radius: 4px;
    background: color-mix(in oklab, currentColor 11%, transparent);
  }
  .body-text pre {
    padding: 0.7em 0.9em;
    border-radius: var(--_radius-s);
    background: color-mix(in oklab, currentColor 8%, transparent);
    overflow-x: auto;
    white-space: pre;
    overflow-wrap: normal;
  }
  .body-text blockquote {
    padding-inline-start: 0.8em;
    border-inline-start: 2px solid color-mix(in oklab, currentColor 35%, transparent);
    opacity: 0.9;
  }
  .body-text.body-text.large {
    padding: 0;
    background: none;
    font-size: 40px;
    line-height: 1.2;
  }
`);
