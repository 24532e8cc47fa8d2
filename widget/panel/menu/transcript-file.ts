import { msg, str } from '@lit/localize';
import type { VisitorPart } from '../../../shared/contract/part.ts';
import { transcriptPage } from '../../../shared/state/transcript.ts';
import { spoken } from '../../../shared/ui/language.ts';
import type { VisitorChat } from '../visitor-chat.ts';

/** As many as the server gives at once. */
const PAGE = 200;

/**
 * Writes down a conversation from its first message on, and saves it as a page of the visitor's own.
 * @param progress hears how many of the messages are here, and how many there are.
 * @param isWanted whether somebody still waits for it
 * Rejects with a RequestError.
 */
export async function saveTranscript(
  chat: VisitorChat,
  conversationId: string,
  workspaceName: string,
  progress: (count: number, all: number) => void,
  isWanted: () => boolean,
): Promise<void> {
  const parts: VisitorPart[] = [];
  for (let more = true; more;) {
    const [first] = parts;
    const page = await chat.ask('conversation.parts', {
      conversationId,
      limit: PAGE,
      ...(first && { before: first.publicSeq }),
    });
    if (!isWanted()) return;
    // A visitor's line answers with a visitor's parts (rule 9).
    parts.unshift(...(page.parts as VisitorPart[]));
    more = page.more;
    progress(parts.length, parts.at(-1)?.publicSeq ?? parts.length);
  }
  const title = msg(str`Conversation with ${workspaceName}`);
  // Files are named and not linked: this page is kept, and the links that a visitor is given hold for an hour.
  const text = transcriptPage(parts, {
    title,
    ...spoken,
    you: msg('You'),
    workspaceName,
  });
  save(`${title} ${new Date().toISOString().slice(0, 10)}.html`, text);
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/html;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  // What file systems do not take in a name.
  link.download = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ');
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
