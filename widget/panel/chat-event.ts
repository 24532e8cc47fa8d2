import type { VisitorChat } from './visitor-chat.ts';
import type { WidgetEvent } from './widget-event.ts';

/**
 * The visitor asks something of the chat by what is fetched when they come to it. It carries that out itself: the panel, which is there before,
 * need not bring it along.
 */
export interface ChatEvent extends WidgetEvent {
  /** @returns the conversation it is in from now on */
  carryOut(chat: VisitorChat, conversationId: string): string;
}
