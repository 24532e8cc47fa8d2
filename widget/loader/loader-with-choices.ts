import { followChoices } from '../launcher/follow-choices.ts';
import { inLanguage } from '../launcher/in-language.ts';
import type { PageConfiguration } from '../launcher/panel-port.ts';
import { startWidget } from './start-widget.ts';

/** The loader of channels with a label, with buttons of the page's own that open them, or in several languages. */
startWidget(
  // The server puts the channel's public configuration in place of this literal, quotes included.
  inLanguage('__PARLOUR_CHANNEL__' as unknown as PageConfiguration),
  (document.currentScript as HTMLScriptElement).src,
  (address) => import(/* @vite-ignore */ `${address}`),
  followChoices,
);
