import type { ChannelConfiguration } from '../../shared/contract/channel.ts';
import { followRules } from '../launcher/follow-rules.ts';
import { startWidget } from './start-widget.ts';

/** The loader of channels whose owner has set rules: the others need not carry what reads them. */
startWidget(
  // The server puts the channel's public configuration in place of this literal, quotes included.
  '__PARLOUR_CHANNEL__' as unknown as ChannelConfiguration,
  (document.currentScript as HTMLScriptElement).src,
  (address) => import(/* @vite-ignore */ `${address}`),
  followRules,
);
