import type { Availability } from '../../shared/contract/schedule.ts';

/** What the `detail` of the events of `Parlour.on(name, listener)` holds. */
export interface ParlourEvents {
  open: undefined;
  close: undefined;
  /** How many conversations hold something unread. */
  unread: number;
  availability: Availability;
}

type Listen = <K extends keyof ParlourEvents>(
  name: K,
  listener: (event: CustomEvent<ParlourEvents[K]>) => void,
) => void;

/** One widget as the page's scripts see it: `Parlour.open()`, or the same by the method's name, `Parlour('open')`. */
export interface ParlourWidget {
  (method: string, ...input: unknown[]): unknown;
  isOpen: boolean;
  /** How many conversations hold something unread. */
  unreadCount: number;
  availability: Availability;
  /** Opens the chat; settles when it stands open, or could not be loaded. */
  open(this: void): Promise<void>;
  close(this: void): void;
  toggle(this: void): void;
  /** Shows the launcher again. */
  show(this: void): void;
  /** Hides the launcher; `open()` still opens the chat. */
  hide(this: void): void;
  /** Removes the widget and everything it holds. */
  destroy(this: void): void;
  on: Listen;
  off: Listen;
  /** All widgets of the page, by channel key. */
  widgets: Record<string, ParlourWidget>;
}

/** What a page may put in `window.Parlour` before the script has come: it collects calls. */
interface ParlourQueue {
  q?: ArrayLike<unknown>[];
  widgets?: undefined;
}

declare global {
  interface Window {
    /** The page's first widget. */
    Parlour?: ParlourWidget | ParlourQueue | undefined;
  }
}
