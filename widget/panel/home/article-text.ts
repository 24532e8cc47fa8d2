import { html } from 'lit';
import type { TemplateResult, nothing } from 'lit';
import type { ArticleBody, ArticleTextBlock } from '../../../shared/contract/body.ts';
import { renderBody, renderInline } from '../../../shared/ui/text.ts';

type Drawn = TemplateResult | typeof nothing;
type Heading = Extract<ArticleTextBlock, { type: 'heading' }>;

/** Draws the text of an article below its title, an `h3`. A level that is left out is not missed: the outline has no holes. */
export function renderArticle(body: ArticleBody): Drawn[] {
  let above = 1;
  return body.flatMap((block): Drawn[] => {
    if (block.type !== 'heading') return renderBody([block]);
    above = Math.min(block.level, above + 1);
    return [renderHeading(block, above)];
  });
}

function renderHeading({ content }: Heading, level: number): TemplateResult {
  const words = content.map(renderInline);
  if (level === 2) return html`<h4>${words}</h4>`;
  return level === 3 ? html`<h5>${words}</h5>` : html`<h6>${words}</h6>`;
}
