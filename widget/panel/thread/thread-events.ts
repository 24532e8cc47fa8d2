import { uuidv7 } from '../../../shared/contract/uuid.ts';
import type { ChatEvent } from '../chat-event.ts';
import type { VisitorChat } from '../visitor-chat.ts';
import { WidgetEvent } from '../widget-event.ts';

/** The visitor wants a failed message to be sent again; null is the whole thread. */
export class RetryEvent extends WidgetEvent implements ChatEvent {
  readonly messageId: string | null;

  constructor(messageId: string | null) {
    super('parlour-widget-retry');
    this.messageId = messageId;
  }

  carryOut(chat: VisitorChat, conversationId: string): string {
    const { pending } = chat.threadOf(conversationId).thread;
    // Its id is somebody else's, and always will be: all that was written goes to one that is not.
    if (chat.taken.has(conversationId)) return moved(chat, conversationId, uuidv7());
    const message = pending.find(({ id }) => id === this.messageId);
    if (message?.answer) chat.answer(conversationId, message.answer, message.text, message.id);
    else if (message) chat.send(conversationId, message.text, message.id, undefined, message.attachments);
    return conversationId;
  }
}

function moved(chat: VisitorChat, from: string, to: string): string {
  const form = chat.unfinished.get(from)?.form;
  for (const { text, attachments } of chat.threadOf(from).thread.pending) {
    chat.send(to, text, undefined, form, attachments);
  }
  chat.abandon(from);
  return to;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'parlour-widget-retry': RetryEvent;
  }
}
