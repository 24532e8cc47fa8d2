import type { Properties } from '../../shared/contract/form.ts';
import type { PanelMethod, ParlourEvents, ParlourWidget } from '../api/page-api.ts';
import type { ChannelConfiguration, Greeting } from '../../shared/contract/channel.ts';

/** What the launcher gives to the panel that it loads. */
export interface LauncherPort {
  configuration: ChannelConfiguration;
  /** Of the loader's script; its origin is the server's, and its `language` what the chat speaks. */
  address: string;
  /** Where the panel puts itself. */
  root: ShadowRoot;
  button: HTMLButtonElement;
  /** What the page sees. The panel keeps `unreadCount` and `availability` true, then calls `draw` and `emit`. */
  widget: ParlourWidget;
  /** What the page knows of what the next new conversation is about. */
  about?: { properties?: Properties };
  draw(): void;
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
  mountPanel(port: LauncherPort): Panel;
}

/** What the launcher gives to the module that draws greetings. */
export interface GreetingPort extends Pick<LauncherPort, 'configuration' | 'root' | 'widget'> {
  greeting: Greeting;
  /** Of the visitor: two letters. */
  language: string;
  /** Holds the launcher; the greeting stands above it. */
  dock: HTMLElement;
}

/** What that module exports: the launcher imports it when the first greeting's rule is fulfilled. */
export interface GreeterModule {
  /** Draws a greeting, until it is dismissed, the chat is opened or the page has changed. */
  greet(this: void, port: GreetingPort): void;
  /** Has the widget look at each change of address, where the browser does not tell of it. */
  watch(this: void, widget: ParlourWidget): void;
}

/** Imports a module by its address. */
export type ImportModule = (address: URL) => Promise<PanelModule | GreeterModule>;
