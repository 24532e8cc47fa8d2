import type { ChannelConfiguration } from '../../shared/contract/channel.ts';
import '../api/page-api.ts';
import { createLauncher } from '../launcher/launcher.ts';
import type { ImportPanel } from '../launcher/panel-port.ts';

/** Puts a channel's widget into the page and `window.Parlour`, unless it stands there already: a script may be included twice. */
export function startWidget(configuration: ChannelConfiguration, address: string, importPanel: ImportPanel): void {
  const { key } = configuration;
  const { Parlour } = window;
  const widgets = Parlour?.widgets ?? {};
  if (widgets[key]) return;
  const widget = createLauncher(configuration, address, importPanel, Object.keys(widgets).length, () => {
    delete widgets[key];
    [window.Parlour] = Object.values(widgets);
  });
  widgets[key] = widget;
  widget.widgets = widgets;
  if (Parlour?.widgets) return;
  window.Parlour = widget;
  for (const call of Parlour?.q ?? []) widget(...(call as unknown as [string]));
}
