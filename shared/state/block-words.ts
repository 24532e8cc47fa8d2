import type { RichBlock } from '../contract/block.ts';

/** What a block says on one line, in any language. */
export function blockWords(block: RichBlock): string {
  if ('prompt' in block) return block.prompt || '☆☆☆☆☆';
  if ('title' in block && block.title) return block.title;
  const labelled =
    'fields' in block ? block.fields : 'cards' in block ? block.cards : 'buttons' in block ? block.buttons : [];
  return labelled.map((one) => ('title' in one ? one.title : one.label)).join(' · ');
}
