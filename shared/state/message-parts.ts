import type { Attachment } from '../contract/attachment.ts';
import type { RichBlock } from '../contract/block.ts';
import { picturesOf } from '../contract/block-pictures.ts';
import type { Block, Body, TextBlock } from '../contract/body.ts';

/** A message as it is drawn: words in a bubble, rich blocks below, and the files that no block shows. */
export type MessageParts = {
  text: readonly TextBlock[];
  blocks: readonly RichBlock[];
  attachments: readonly Attachment[] | undefined;
};

const textTypes: Readonly<Record<TextBlock['type'], true>> = { paragraph: true, list: true, code: true, quote: true };
const isText = (block: Block): block is TextBlock => block.type in textTypes;
const none: readonly RichBlock[] = [];

export function messageParts(body: Body, attachments?: readonly Attachment[]): MessageParts {
  if (body.every(isText)) return { text: body, blocks: none, attachments };
  const blocks = body.filter((block): block is RichBlock => !isText(block));
  const pictures = picturesOf(blocks);
  const beside = attachments?.filter(({ id }) => !pictures.includes(id));
  return { text: body.filter(isText), blocks, attachments: beside?.length ? beside : undefined };
}
