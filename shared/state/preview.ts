import type { Block, Body } from '../contract/body.ts';
import { blockWords } from './block-words.ts';

/** The beginning of a body on one line, at most `max` characters. */
export function previewOf(body: Body, max = 140): string {
  let preview = '';
  for (const block of body) {
    for (const words of wordsOf(block)) {
      preview += words;
      if (preview.length > max * 4) break;
    }
    preview = preview.replace(/\s+/g, ' ').trimStart();
    if (preview.length > max) break;
    preview += ' ';
  }
  preview = preview.trim();
  if (preview.length <= max) return preview;
  const cut = preview.slice(0, max - 1);
  // Half of a surrogate pair is no character.
  return `${cut.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
}

function wordsOf(block: Block): string[] {
  if (block.type === 'code') return [block.text];
  if (block.type === 'list' || 'content' in block) {
    const runs =
      block.type === 'list' ? block.items.flatMap((item) => [...item, { type: 'break' } as const]) : block.content;
    return runs.map((run) => (run.type === 'break' ? ' ' : run.text));
  }
  return [blockWords(block)];
}
