/**
 * A conversation was chosen: in the list, or among a contact's previous ones. Cancel it to keep the element from marking
 * the conversation as its chosen one.
 */
export class ConversationSelectEvent extends Event {
  static readonly type = 'parlour-select';
  readonly conversationId: string;

  constructor(conversationId: string) {
    super(ConversationSelectEvent.type, { bubbles: true, composed: true, cancelable: true });
    this.conversationId = conversationId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'parlour-select': ConversationSelectEvent;
  }
}
