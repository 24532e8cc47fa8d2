import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { Attachment } from '../../shared/contract/attachment.ts';
import type { MessageKind } from './composer-events.ts';

export type Message = {
  id: string;
  text: string;
  kind: MessageKind;
  attachments?: readonly Attachment[] | undefined;
  /** Whether it is the last word: the conversation is closed with it. */
  closes?: boolean | undefined;
  /** How far they had seen the conversation: it is not closed over what the contact wrote after that. */
  seenSeq?: number | null | undefined;
};

/** Hands a message to the line under its own id, however often: it cannot arrive twice (D1). */
export function deliver(
  client: WorkspaceClient,
  conversationId: string,
  { id, text, kind, attachments, closes, seenSeq }: Message,
): Promise<unknown> {
  const rest = { conversationId, ...(attachments?.length && { attachmentIds: attachments.map((file) => file.id) }) };
  if (closes) {
    const seen = typeof seenSeq === 'number' && { expectedInboundSeq: seenSeq };
    return client.execute('conversation.close', { ...rest, message: text, ...seen }, id);
  }
  return client.execute(kind === 'note' ? 'conversation.note' : 'conversation.reply', { ...rest, text }, id);
}
