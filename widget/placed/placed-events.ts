import type { Availability, ChatMessage } from '../api/page-api.ts';

/** On a server there are no events of the DOM; importing this must do nothing there. */
const Base = globalThis.Event ?? (class {} as unknown as typeof Event);

/** What a placed chat tells the page; those that carry something have a class of their own. */
export class PlacedWidgetEvent extends Base {
  constructor(type: `parlour-${'ready' | 'open' | 'close' | 'unread' | 'availability' | 'message'}`) {
    super(type, { bubbles: true, composed: true });
  }
}

/** The number of conversations that hold something unread has changed. */
export class UnreadEvent extends PlacedWidgetEvent {
  readonly unreadCount: number;

  constructor(unreadCount: number) {
    super('parlour-unread');
    this.unreadCount = unreadCount;
  }
}

/** Somebody is there now, or nobody any more. */
export class AvailabilityEvent extends PlacedWidgetEvent {
  readonly availability: Availability;

  constructor(availability: Availability) {
    super('parlour-availability');
    this.availability = availability;
  }
}

/** A message came into one of the visitor's conversations, theirs or not. */
export class ChatMessageEvent extends PlacedWidgetEvent {
  readonly message: ChatMessage;

  constructor(message: ChatMessage) {
    super('parlour-message');
    this.message = message;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'parlour-ready': PlacedWidgetEvent;
    'parlour-open': PlacedWidgetEvent;
    'parlour-close': PlacedWidgetEvent;
    'parlour-unread': UnreadEvent;
    'parlour-availability': AvailabilityEvent;
    'parlour-message': ChatMessageEvent;
  }
}
