import { WidgetEvent } from '../widget-event.ts';

/** The visitor wants a failed message to be sent again; null is the whole thread. */
export class RetryEvent extends WidgetEvent {
  readonly messageId: string | null;

  constructor(messageId: string | null) {
    super('parlour-widget-retry');
    this.messageId = messageId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'parlour-widget-older': WidgetEvent;
    'parlour-widget-retry': RetryEvent;
  }
}
