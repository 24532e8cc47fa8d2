import type { ParlourEvents, ParlourWidget } from '../api/page-api.ts';
import type { ChannelConfiguration } from '../../shared/contract/channel.ts';

/** What the launcher gives to the panel that it loads. */
export interface LauncherPort {
  configuration: ChannelConfiguration;
  /** Of the loader's script; its origin is the server's. */
  address: string;
  /** Where the panel puts itself. */
  root: ShadowRoot;
  button: HTMLButtonElement;
  /** What the page sees. The panel keeps `unreadCount` and `availability` true, then calls `draw` and `emit`. */
  widget: ParlourWidget;
  draw(): void;
  emit<K extends keyof ParlourEvents>(name: K, detail?: ParlourEvents[K]): void;
}

/** What the launcher may ask of the panel. */
export interface Panel {
  /** Go online without being seen, so that answers show on the badge. */
  connect(): void;
  open(): void;
  /** Be seen no more, and give the focus back. */
  close(): void;
  /** Leave no node, listener, timer or socket behind. */
  destroy(): void;
}

/** What the panel's module exports: the launcher imports it at the first intent. */
export interface PanelModule {
  mountPanel(port: LauncherPort): Panel;
}

export type ImportPanel = (address: URL) => Promise<PanelModule>;
