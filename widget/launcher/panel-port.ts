import type { Properties } from '../../shared/contract/form.ts';
import type { PanelMethod, ParlourEvents, ParlourWidget } from '../api/page-api.ts';
import type { ChannelConfiguration, ChannelGreeting } from '../../shared/contract/channel.ts';

/** Whether a rule is fulfilled now; the server has written it (`server/channels/web-chat/rule-script.ts`). */
export type PageRule = (widget: ParlourWidget, arrivedAt: number, event?: Event) => boolean;

/** A channel as the loader has it: its rules are functions, and only what they ask for is watched. */
export interface PageConfiguration extends ChannelConfiguration {
  /** The opposite of what the owner has chosen. */
  hideWhen?: PageRule;
  greetings?: PageGreeting[] | undefined;
  /** Time, depth and hours are looked at this often, where a rule asks for them, rather than listened to: a page scrolls far more often. */
  everyMs?: number;
  /** Looks when the pointer leaves, where a rule asks for that, until the widget is destroyed. */
  watch?: (look: (event?: Event) => void, widget: ParlourWidget) => void;
}
type PageGreeting = ChannelGreeting & { when?: PageRule };

/** What the launcher gives to the panel that it loads. */
export interface GivenPort {
  configuration: ChannelConfiguration;
  /** Of the loader's script; its origin is the server's, and its `language` what the chat speaks. */
  address: string;
  /** Where the panel puts itself. */
  root: ShadowRoot;
  button: HTMLButtonElement;
  /** What the page sees. The panel keeps `unreadCount` and `availability` true, and tells with `emit`. */
  widget: ParlourWidget;
}

/** The same with what the panel does to the launcher. */
export interface LauncherPort extends GivenPort {
  /** Says on the launcher what is so now. */
  draw(): void;
  /** What the page knows of what the next new conversation is about. */
  about?: { properties?: Properties };
  emit<K extends keyof ParlourEvents>(this: void, name: K, detail?: ParlourEvents[K]): void;
}

/** What pages ask of the chat. */
export type AskedMethod = PanelMethod | 'setProperties';

/** What the launcher may ask of the panel. */
export interface Panel {
  /** Go online without being seen, so that answers show on the badge. */
  connect(): void;
  open(): void;
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
}

/** What the launcher gives to the module that draws greetings. */
export interface GreetingPort extends Pick<GivenPort, 'configuration' | 'root' | 'widget'> {
  /** Without one: it has the widget look at each change of address, where the browser does not tell of it. */
  greeting?: ChannelGreeting | undefined;
  /** Holds the launcher; the greeting stands above it. */
  dock: HTMLElement;
}

/** What that module exports: the launcher imports it when the first greeting's rule is fulfilled. */
export interface GreeterModule {
  /** Draws a greeting, until it is dismissed, the chat is opened or the page has changed. */
  attend(this: void, port: GreetingPort): void;
}

/** Imports a module by its address. */
export type ImportModule = (address: URL) => Promise<PanelModule | GreeterModule>;

/** What the launcher gives to what a channel has besides it. */
export interface FollowerPort extends Omit<GreetingPort, 'greeting'> {
  button: HTMLButtonElement;
  configuration: PageConfiguration;
  address: string;
  importModule: ImportModule;
}

/** Does something for channels that ask for it, until the widget is destroyed: the others do not carry it. */
export type Follower = (port: FollowerPort) => void;
