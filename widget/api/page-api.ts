import type { ErrorCode } from '../../shared/contract/error.ts';

/** Whether somebody is there, and when that changes next (an ISO 8601 instant; null: never). */
export interface Availability {
  open: boolean;
  changesAt: string | null;
}

/** What a page says of its visitor. It proves nothing, fills what is empty, and matches no other contact. */
export interface VisitorProperties {
  name?: string;
  email?: string;
  /** With country code, such as +4930123456. */
  phone?: string;
  /** Anything else is a property of the site's own: a plan, a number of orders. */
  [property: string]: string | number | boolean | undefined;
}

/** What a page knows of what a conversation is about: an order, a cart. `null` takes one away. */
export type ConversationProperties = Record<string, string | number | boolean | null>;

/** More about something the visitor did: at most 20, texts of 500 characters at most. */
export type TrackMetadata = Record<string, string | number | boolean>;

export type Theme = 'light' | 'dark' | 'auto';

/** What `update()` may change on the page while the widget stands. What is left out stays as it is. */
export interface WidgetSettings {
  /** As `setLocale()`. */
  locale?: string;
  /** As `setTheme()`. */
  theme?: Theme;
  /** A six-digit hex colour such as #0f766e; text upon it becomes light or dark by itself. */
  color?: string;
  /** Left and right follow the reading direction. */
  position?: 'left' | 'right';
  /** Pixels between the launcher and the window's edge at its side, 0 to 400. */
  offsetInline?: number;
  /** Pixels between the launcher and the window's lower edge, 0 to 400. */
  offsetBlock?: number;
  /** Whether the launcher is hidden; `open()` opens the chat all the same. */
  hidden?: boolean;
  /** As `setProperties()`. */
  properties?: VisitorProperties;
}

/** A message as it came into one of the visitor's conversations, theirs or not. */
export interface ChatMessage {
  conversationId: string;
  id: string;
  /** `workspace`: what nobody in person wrote, such as that nobody is there. */
  from: 'visitor' | 'teammate' | 'workspace';
  /** Without its formatting, at most 4,000 characters; empty where there are only files. */
  text: string;
  /** ISO 8601 instant. */
  at: string;
  /** Whether the conversation began with it. */
  isFirst: boolean;
}

/** What a promise of the API rejects with. */
export interface ParlourError extends Error {
  /**
   * `unavailable`: the chat's code, or the server, cannot be reached now. `superseded`: a later `identify()`, `logout()` or `destroy()` took its place.
   * `invalid`: what was given cannot be used; the message says why. The others are the server's, as in its HTTP API.
   */
  code: ErrorCode | 'superseded';
}

/** What the `detail` of the events of `Parlour.on(name, listener)` holds. */
export interface ParlourEvents {
  open: undefined;
  close: undefined;
  /** How many conversations hold something unread. */
  unread: number;
  availability: Availability;
  /** While the chat is connected: once it was opened, or the visitor has conversations. */
  message: ChatMessage;
  /** The widget has left the page. */
  destroy: undefined;
}

type Listen = <K extends keyof ParlourEvents>(
  name: K,
  listener: (event: CustomEvent<ParlourEvents[K]>) => void,
) => void;

interface Destroy {
  (this: void): void;
  (this: void, choice: { wipe: true }): Promise<void>;
  /** Without wiping there is nothing to wait for. */
  (this: void, choice: { wipe?: boolean }): void | Promise<void>;
}

/** One widget as the page's scripts see it: `Parlour.open()`, or the same by the method's name, `Parlour('open')`. */
export interface ParlourWidget {
  (method: string, ...input: unknown[]): unknown;
  isOpen: boolean;
  /** How many conversations hold something unread. */
  unreadCount: number;
  availability: Availability;
  /** What the page has said of its visitor, for rules to ask about: a plan, a country. */
  known: VisitorProperties;
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
  /**
   * Opens the chat at a new conversation, with a text that the visitor may change before they send it, and what the page knows of what
   * it is about.
   */
  startConversation(this: void, text?: string, properties?: ConversationProperties): Promise<void>;
  /** Opens the chat at one of the visitor's conversations; without an id at the list of them. */
  showConversation(this: void, conversationId?: string): Promise<void>;
  /** Opens the chat at an article. */
  showArticle(this: void, articleId: string): Promise<void>;
  /**
   * Shows a greeting now, whatever its rule says and whether it was dismissed; where the chat is open, a new conversation begins with it.
   * @param id of one of the channel's greetings, in its settings; `not_found` where there is none by it.
   */
  startFlow(this: void, id: string): Promise<void>;
  /**
   * Proves who the visitor is, by a JWT that the site's server signed: they find their conversations in every browser. Somebody else than
   * before begins with nothing of theirs, who are signed out in every tab. Rejects with the server's reason when the token is not good, and
   * with `superseded` where it renews the proof of somebody whom another tab has signed out since by naming somebody else.
   */
  identify(this: void, proof: { token: string }): Promise<void>;
  /**
   * Says what the page knows of its visitor; rules hear of it at once. Before the chat has come it is kept, and sent when that connects. After
   * that it settles when the server has taken it, and rejects with the reason where it does not: then none of it counts.
   */
  setProperties(this: void, data: VisitorProperties): Promise<void>;
  /**
   * Says what the page knows of what a conversation is about. Without an id: of the one that was written in last, if it is open, else of
   * the next one that begins.
   */
  setConversationProperties(this: void, properties: ConversationProperties, conversationId?: string): Promise<void>;
  /** Notes in the visitor's timeline that they did something on the site, by a name of the site's own. */
  track(this: void, name: string, metadata?: TrackMetadata): Promise<void>;
  /** Changes the widget on this page, for as long as it stands. */
  update(this: void, settings: WidgetSettings): Promise<void>;
  /** Says everything in another language from now on, such as `de`; all widgets of a page speak the same. */
  setLocale(this: void, locale: string): Promise<void>;
  /** Light, dark, or as the visitor's system has it (`auto`), whatever the page's style sheet says. */
  setTheme(this: void, theme: Theme): Promise<void>;
  /** Signs the visitor out: forgets them in this browser, ends their session on the server, and begins with nobody. */
  logout(this: void): Promise<void>;
  /**
   * Says whether the visitor agrees, where the channel asks for it: before, the chat keeps and sends nothing. `false` takes it back: what is
   * kept of them in this browser is deleted, and their session on the server ended.
   */
  setConsent(this: void, isGiven: boolean): Promise<void>;
  /** `logout()`, then `destroy()`. */
  shutdown(this: void): Promise<void>;
  /**
   * Removes the widget and everything it holds. The visitor is remembered, unless `wipe` is asked for: then settles when this browser keeps
   * nothing of the channel any more. Their session on the server is what `shutdown()` ends.
   */
  destroy: Destroy;
  on: Listen;
  off: Listen;
  /** A widget of the page by its name: the `name` in its script's address, else its channel's key. */
  widget(this: void, name: string): ParlourWidget | undefined;
  /** All widgets of the page, by name. */
  widgets: Record<string, ParlourWidget>;
}

/** One text rather than a list, in the order in which they pack best: every page pays for them. */
const panelWords =
  'logout startConversation showConversation shutdown showArticle setConversationProperties setTheme setConsent startFlow update setLocale track identify';
type Word<Words> = Words extends `${infer First} ${infer Others}` ? First | Word<Others> : Words;
export type PanelMethod = Word<typeof panelWords>;

/** What the panel does for the page: it is loaded for them. */
export const panelMethods = panelWords.split(' ') as PanelMethod[];

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
