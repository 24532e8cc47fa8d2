// Apart from the blocks' schemas, so that a browser asks for it without carrying what describes blocks.
import type { BlocksInput, CardFace, RichBlock } from './block.ts';

/** The files of the message that its blocks show. */
export function picturesOf(blocks: readonly (RichBlock | BlocksInput[number])[] = []): string[] {
  const faces = blocks.flatMap((one): readonly CardFace[] =>
    one.type === 'carousel' ? one.cards : one.type === 'card' ? [one] : [],
  );
  return faces.flatMap(({ picture }) => (picture && 'attachmentId' in picture ? picture.attachmentId : []));
}
