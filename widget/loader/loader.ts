import type { PageConfiguration } from '../launcher/panel-port.ts';
import { startWidget } from './start-widget.ts';

startWidget(
  // The server puts the channel's public configuration in place of this literal, quotes included.
  '__PARLOUR_CHANNEL__' as unknown as PageConfiguration,
  (document.currentScript as HTMLScriptElement).src,
  // An address is as good as its text, and this is shorter.
  (address) => import(/* @vite-ignore */ address as never),
);
