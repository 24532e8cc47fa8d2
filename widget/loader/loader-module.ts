/** `/widget-module.js`: the loader for scripts that put the widget into the page themselves. Importing it does nothing. */
import { followChoices } from '../launcher/follow-choices.ts';
import { inLanguage } from '../launcher/in-language.ts';
import type { PageConfiguration } from '../launcher/panel-port.ts';
import { startWidget } from './start-widget.ts';

/** What `import()` of the module gives. */
export interface LoaderModule {
  /** @param address as a snippet's script would have it: the server, the channel, and what else is asked for. */
  start(this: void, configuration: PageConfiguration, address: string): void;
}

export const start: LoaderModule['start'] = (configuration, address) =>
  startWidget(inLanguage(configuration), address, (from) => import(/* @vite-ignore */ from.href), followChoices);
