import * as v from 'valibot';
import { richBlocks } from './block.ts';

const textRun = v.strictObject({
  type: v.literal('text'),
  text: v.string(),
  strong: v.optional(v.literal(true)),
  emphasis: v.optional(v.literal(true)),
  code: v.optional(v.literal(true)),
});
const link = v.strictObject({ type: v.literal('link'), text: v.string(), href: v.string() });
const lineBreak = v.strictObject({ type: v.literal('break') });
const inline = v.variant('type', [textRun, link, lineBreak]);

const paragraph = v.strictObject({ type: v.literal('paragraph'), content: v.array(inline) });
const list = v.strictObject({ type: v.literal('list'), ordered: v.boolean(), items: v.array(v.array(inline)) });
const code = v.strictObject({ type: v.literal('code'), text: v.string() });
const quote = v.strictObject({ type: v.literal('quote'), content: v.array(inline) });

/** One entry of a text: what Markdown makes. */
const textBlock = v.variant('type', [paragraph, list, code, quote]);

/** A text as a small block tree, made from Markdown input and drawn by templates, never by markup strings. */
const textBody = v.array(textBlock);

/** `level` is where it stands below the article's title, which is the first. */
const heading = v.strictObject({ type: v.literal('heading'), level: v.picklist([2, 3, 4]), content: v.array(inline) });

/** One entry of an article's text: what Markdown makes there, headings among it. */
const articleTextBlock = v.variant('type', [paragraph, list, code, quote, heading]);

/** The text of an article. */
export const articleBody = v.array(articleTextBlock);

/** One entry of a message: of its text, or a rich block. */
export const block = v.variant('type', [paragraph, list, code, quote, ...richBlocks]);

/** A message body: its text, then its rich blocks. */
export const body = v.array(block);

export type Inline = v.InferOutput<typeof inline>;
export type TextBlock = v.InferOutput<typeof textBlock>;
export type TextBody = v.InferOutput<typeof textBody>;
export type ArticleTextBlock = v.InferOutput<typeof articleTextBlock>;
export type ArticleBody = v.InferOutput<typeof articleBody>;
export type Block = v.InferOutput<typeof block>;
export type Body = v.InferOutput<typeof body>;
