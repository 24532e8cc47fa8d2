import type { ChannelConfiguration } from '../../shared/contract/channel.ts';
import '../api/page-api.ts';
import { createLauncher } from '../launcher/launcher.ts';
import type { FollowRules } from '../launcher/follow-rules.ts';
import type { ImportModule } from '../launcher/panel-port.ts';

/** Puts a channel's widget into the page and `window.Parlour`, unless it stands there already: a script may be included twice. */
export function startWidget(
  configuration: ChannelConfiguration,
  address: string,
  importModule: ImportModule,
  followRules?: FollowRules,
  host?: HTMLElement,
): void {
  const name = new URL(address).searchParams.get('name') ?? configuration.key;
  const { Parlour } = window;
  const widgets = Parlour?.widgets ?? {};
  if (widgets[name]) return;
  const leave = (): void => {
    delete widgets[name];
    [window.Parlour] = Object.values(widgets);
  };
  const place = Object.keys(widgets).length;
  const widget = createLauncher(configuration, address, importModule, place, leave, followRules, host);
  widgets[name] = widget;
  widget.widgets = widgets;
  widget.widget = (wanted) => widgets[wanted];
  if (Parlour?.widgets) return;
  window.Parlour = widget;
  for (const call of Parlour?.q ?? []) widget(...(call as unknown as [string]));
}
