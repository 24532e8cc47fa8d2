import type { Properties } from '../../shared/contract/form.ts';
import type { PanelMethod, ParlourEvents, ParlourWidget } from '../api/page-api.ts';
import type { ChannelConfiguration, LauncherWords } from '../../shared/contract/channel.ts';

/**
 * A channel's rules, as the server has written them (`server/channels/web-chat/page-script.ts`): what is false where the launcher does not
 * show now, else the id of the greeting that would come, if one would, or something else that is true.
 * @param isNew Whether a greeting was not dismissed.
 */
type PageRule = (
  widget: ParlourWidget,
  arrivedAt: number,
  isNew: (greeting: string) => boolean,
  event?: Event,
) => unknown;

type BeginningWords = Pick<LauncherWords, 'language' | 'online' | 'failed'> & Partial<LauncherWords>;

/**
 * A channel as pages have it: its rules are a function, only what they ask for is watched, and what it says is in the visitor's language.
 * The loader carries what the launcher and its rules need; the rest comes with the panel, or with the first greeting, from `configuration.js`.
 */
export interface PageConfiguration extends ChannelConfiguration {
  /** What the page calls this widget, where it is not the channel's key. */
  as?: string;
  /** What the page calls its chat, for those who listen; left out, it is named after the workspace. */
  label?: string;
  /** How the launcher looks (`shared/state/launcher-styles.ts`). */
  css: string;
  /** What it says. In the loader there is what it may say before the panel has come. */
  words: BeginningWords;
  /** What the button says that takes a greeting away. */
  dismiss?: string;
  rule?: PageRule;
  /** Listens for what rules and buttons of the page's own ask for, and no more, until the widget is destroyed. */
  attach?: (widget: ParlourWidget, options: { signal: AbortSignal }) => void;
}

/** What the launcher gives to the panel that it loads. */
export interface GivenPort {
  configuration: PageConfiguration;
  /** Of the loader's script; its origin is the server's, and its `language` what the chat speaks. */
  address: string;
  /** Where the panel puts itself. */
  root: ShadowRoot;
  button: HTMLButtonElement;
  /** What the page sees. The panel keeps `unreadCount` and `availability` true, and tells with `emit`. */
  widget: ParlourWidget;
  /** Holds the launcher. */
  dock: HTMLElement;
  importModule: ImportModule;
  /** Aborted when the widget is destroyed. */
  signal: AbortSignal;
}

/** The same with what the panel does to the launcher. */
export interface LauncherPort extends GivenPort {
  /** Says on the launcher what is so now. */
  draw(): void;
  /** What the page knows of what the next new conversation is about. */
  about: { properties?: Properties | undefined };
  emit<K extends keyof ParlourEvents>(this: void, name: K, detail?: ParlourEvents[K]): void;
}

/** What pages ask of the chat. */
export type AskedMethod = PanelMethod | 'setProperties';

/** What the launcher may ask of the panel. */
export interface Panel {
  /** Go online without being seen, so that answers show on the badge. */
  connect(): void;
  /** Settles, where something must be fetched for it, when it is seen. */
  open(): unknown;
  /** Be seen no more, and give the focus back. */
  close(): void;
  /** Do what the page asks for. */
  ask(method: AskedMethod, input: unknown[]): Promise<unknown>;
  /** Leave no node, listener, timer or socket behind. */
  destroy(): void;
}

/** What the panel's module exports: the launcher imports it at the first intent. */
export interface PanelModule {
  mountPanel(port: GivenPort): Panel;
  /** Forgets all that the browser keeps for a channel; what stands in for a panel keeps nothing. */
  wipe?(this: void, channelKey: string): Promise<void>;
}

/** What the launcher gives to the module that draws greetings. */
export interface GreetingPort extends GivenPort {
  /** Which; without one it has the widget look at each change of address, where the browser does not tell of it. */
  greeting?: string | undefined;
}

/** What that module exports: the launcher imports it when the first greeting's rule is fulfilled. */
export interface GreeterModule {
  /** Draws a greeting, until it is dismissed, the chat is opened or the page has changed. */
  attend(this: void, port: GreetingPort): Promise<void>;
  /** What a greeting says; undefined where there is none of that id. */
  wordsOf(this: void, id: string, port: GreetingPort): Promise<string | undefined>;
}

/** `configuration.js`; without a channel of that key it has none. */
export interface ConfigurationModule {
  default?: PageConfiguration;
}

/** Imports a module by its address. */
export type ImportModule = (address: URL) => Promise<PanelModule | GreeterModule | ConfigurationModule>;

/** Does something for channels that ask for it, until the widget is destroyed: the others do not carry it. */
export type Follower = (port: GivenPort) => void;
