/** `/widget-module.js`: the loader for scripts that put the widget into the page themselves. Importing it does nothing. */
import { followRules } from '../launcher/follow-rules.ts';
import type { PageConfiguration } from '../launcher/panel-port.ts';
import { startWidget } from './start-widget.ts';

/** What `import()` of the module gives. */
export interface LoaderModule {
  /** @param address as a snippet's script would have it: the server, the channel, and what else is asked for. */
  start(this: void, configuration: PageConfiguration, address: string): void;
}

/** The browser keeps a configuration's module for the next that asks for it. */
export const start: LoaderModule['start'] = (configuration, address) => {
  const as = new URL(address).searchParams.get('name');
  startWidget(
    { ...configuration, ...(as && { as }) },
    address,
    (from) => import(/* @vite-ignore */ from.href),
    configuration.greeter ? followRules : undefined,
  );
};
