import type { TextBody } from '../contract/body.ts';

/** A message as it stands until the server has read its Markdown: the reader of Markdown is an eighth of what a chat loads first. */
export function plainBody(text: string): TextBody {
  const lines = text.split('\n').flatMap((line) => [{ type: 'break' } as const, { type: 'text', text: line } as const]);
  return [{ type: 'paragraph', content: lines.slice(1) }];
}
