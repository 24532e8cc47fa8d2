import * as v from 'valibot';

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

/** One entry of a message's block tree. */
export const block = v.variant('type', [paragraph, list, code, quote]);

/** A message body: a small block tree, made from Markdown input and drawn by templates, never by markup strings. */
export const body = v.array(block);

export type Inline = v.InferOutput<typeof inline>;
export type Block = v.InferOutput<typeof block>;
export type Body = v.InferOutput<typeof body>;
