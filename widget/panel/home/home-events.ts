import { WidgetEvent } from '../widget-event.ts';

/** The visitor chose a conversation; null is a new one. */
export class SelectEvent extends WidgetEvent {
  readonly conversationId: string | null;

  constructor(conversationId: string | null) {
    super('parlour-widget-select');
    this.conversationId = conversationId;
  }
}

/** The visitor wants to read an article. */
export class ReadEvent extends WidgetEvent {
  readonly articleId: string;

  constructor(articleId: string) {
    super('parlour-widget-read');
    this.articleId = articleId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'parlour-widget-select': SelectEvent;
    'parlour-widget-read': ReadEvent;
  }
}
