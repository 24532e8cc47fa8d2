/** Whether somebody is there, and when that changes next (an ISO 8601 instant; null: never). */
export interface Availability {
  open: boolean;
  changesAt: string | null;
}

/** What a page says of its visitor. It proves nothing, fills what is empty, and matches no other contact. */
export interface VisitorData {
  name?: string;
  email?: string;
  /** With country code, such as +4930123456. */
  phone?: string;
  /** Anything else is a property of the site's own: a plan, a number of orders. */
  [property: string]: string | number | boolean | undefined;
}

/** What the `detail` of the events of `Parlour.on(name, listener)` holds. */
export interface ParlourEvents {
  open: undefined;
  close: undefined;
  /** How many conversations hold something unread. */
  unread: number;
  availability: Availability;
  /** The widget has left the page. */
  destroy: undefined;
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
  /** What the page has said of its visitor, for rules to ask about: a plan, a country. */
  known: VisitorData;
  /** Judges the rules anew, after something became known. */
  look(this: void): void;
  /** Opens the chat; settles when it stands open, or could not be loaded. */
  open(this: void): Promise<void>;
  close(this: void): void;
  toggle(this: void): void;
  /** Shows the launcher again. */
  show(this: void): void;
  /** Hides the launcher; `open()` still opens the chat. */
  hide(this: void): void;
  /** Opens the chat at a new conversation, with a text that the visitor may change before they send it. */
  newConversation(this: void, text?: string): Promise<void>;
  /** Opens the chat at one of the visitor's conversations; without an id at the list of them. */
  openConversation(this: void, conversationId?: string): Promise<void>;
  /** Opens the chat at an article. */
  showArticle(this: void, articleId: string): Promise<void>;
  /**
   * Proves who the visitor is, by a JWT that the site's server signed: they find their conversations in every browser. Somebody else than
   * before begins with nothing of theirs. Rejects with the server's reason when the token is not good.
   */
  identify(this: void, proof: { token: string }): Promise<void>;
  /** Says what the page knows of its visitor. Sent when the chat connects; rules hear of it at once. */
  setVisitorData(this: void, data: VisitorData): void;
  /** Notes in the visitor's timeline that they did something on the site, by a name of the site's own. */
  track(this: void, name: string): Promise<void>;
  /** Signs the visitor out: forgets them in this browser, ends their session on the server, and begins with nobody. */
  logout(this: void): Promise<void>;
  /** `logout()`, then `destroy()`. */
  shutdown(this: void): Promise<void>;
  /** Removes the widget and everything it holds. */
  destroy(this: void): void;
  on: Listen;
  off: Listen;
  /** A widget of the page by its name: the `name` in its script's address, else its channel's key. */
  widget(this: void, name: string): ParlourWidget | undefined;
  /** All widgets of the page, by name. */
  widgets: Record<string, ParlourWidget>;
}

/** What the panel does for the page: it is loaded for them. */
export const panelMethods = [
  'newConversation',
  'openConversation',
  'showArticle',
  'identify',
  'track',
  'logout',
  'shutdown',
] as const;
export type PanelMethod = (typeof panelMethods)[number];

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
