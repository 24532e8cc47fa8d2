/** `/widget-module.js`: the loader for scripts that put the widget into the page themselves. Importing it does nothing. */
import type { ChannelConfiguration } from '../../shared/contract/channel.ts';
import { followRules } from '../launcher/follow-rules.ts';
import { startWidget } from './start-widget.ts';

/** What `import()` of the module gives. */
export interface LoaderModule {
  /** @param address as a snippet's script would have it: the server, the channel, and what else is asked for. */
  start(this: void, configuration: ChannelConfiguration, address: string): void;
}

export const start: LoaderModule['start'] = (configuration, address) =>
  startWidget(configuration, address, (from) => import(/* @vite-ignore */ from.href), followRules);
