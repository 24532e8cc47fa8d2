import type { Block } from '../../contract/body.ts';

/** Up to three emoji: flags, and pictures with their skin, hair and company. */
const fewEmoji =
  /^((\p{RI}{2}|\p{ExtPict}[\ufe0f\p{EMod}\u{e0020}-\u{e007f}]*(\u200d\p{ExtPict}[\ufe0f\p{EMod}]*)*) *){1,3}$/u;

/** Names the class of a message that is a few emoji and no word: it is shown large. */
export function largeIfEmoji([block, more]: readonly Block[]): string {
  const [inline, next] = block?.type === 'paragraph' ? block.content : [];
  return inline?.type === 'text' && !next && !more && fewEmoji.test(inline.text) ? 'large' : '';
}
