import '../api/page-api.ts';
import { createLauncher } from '../launcher/launcher.ts';
import type { Follower, ImportModule, PageConfiguration } from '../launcher/panel-port.ts';

/** Puts a channel's widget into the page and `window.Parlour`, unless it stands there already: a script may be included twice. */
export const startWidget = (
  configuration: PageConfiguration,
  address: string,
  importModule: ImportModule,
  follow?: Follower,
  host?: HTMLElement,
): void => {
  const name = configuration.as ?? configuration.key;
  const Parlour = window.Parlour;
  const widgets = Parlour?.widgets ?? {};
  if (widgets[name]) return;
  const widget = createLauncher(configuration, address, importModule, Object.keys(widgets).length, follow, host);
  widgets[name] = widget;
  widget.widgets = widgets;
  widget.widget = (wanted) => widgets[wanted];
  widget.on('destroy', () => {
    // Destroyed again, as by a shutdown that was under way, it takes nothing from a widget that came after it.
    if (widgets[name] !== widget) return;
    delete widgets[name];
    [window.Parlour] = Object.values(widgets);
  });
  if (Parlour?.widgets) return;
  window.Parlour = widget;
  for (const call of Parlour?.q ?? []) widget(...(call as unknown as [string]));
};
