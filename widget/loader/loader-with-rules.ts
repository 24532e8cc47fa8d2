import { followRules } from '../launcher/follow-rules.ts';
import type { PageConfiguration } from '../launcher/panel-port.ts';
import { startWidget } from './start-widget.ts';

/**
 * The loader of channels whose owner has set rules: the others need not carry what follows them. It has no room for `scriptAddress`.
 */
startWidget(
  // The server puts the channel's public configuration in place of this literal, quotes included.
  '__PARLOUR_CHANNEL__' as unknown as PageConfiguration,
  (document.currentScript as HTMLScriptElement).src,
  // An address is as good as its text, and this is shorter.
  (address) => import(/* @vite-ignore */ address as never),
  followRules,
);
