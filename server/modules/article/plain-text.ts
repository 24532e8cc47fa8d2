import type { ArticleBody, ArticleTextBlock, Inline } from '../../../shared/contract/body.ts';

/** What needs nothing between it and what follows: the end of a sentence, also in quotes or brackets. */
const SENTENCE_END = /[.!?…:;。！？：؟]["'”’»)\]]*$/u;

/** An article on one line, for searches and excerpts: what is not a sentence is parted from what follows it, as items of a list are. */
export function plainTextOf(body: ArticleBody): string {
  let text = '';
  for (const entry of body.flatMap(entriesOf)) {
    const words = entry.replace(/\s+/g, ' ').trim();
    if (!words) continue;
    text += text && (SENTENCE_END.test(text) ? ' ' : ' · ');
    text += words;
  }
  return text;
}

function entriesOf(block: ArticleTextBlock): string[] {
  if (block.type === 'code') return [block.text];
  return block.type === 'list' ? block.items.map(wordsOf) : [wordsOf(block.content)];
}

function wordsOf(runs: readonly Inline[]): string {
  return runs.map((run) => (run.type === 'break' ? ' ' : run.text)).join('');
}
