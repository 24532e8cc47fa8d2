/** `parlour/widget`: the chat widget for applications that import it. Importing it touches no page, so servers may. */
export { boot, widget } from './boot.ts';
export type { BootOptions } from './boot.ts';
export type {
  Availability,
  ChatMessage,
  ConversationProperties,
  ParlourError,
  ParlourEvents,
  ParlourWidget,
  Theme,
  TrackMetadata,
  VisitorProperties,
  WidgetSettings,
} from './page-api.ts';
/** With these come the tag and the events of the element, for whoever places it by hand. */
export type { AvailabilityEvent, ChatMessageEvent, PlacedWidgetEvent, UnreadEvent } from '../placed/placed-events.ts';
export type { PlacedWidget } from '../placed/placed-widget.ts';
