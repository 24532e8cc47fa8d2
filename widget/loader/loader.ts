import type { PageConfiguration } from '../launcher/panel-port.ts';
import { scriptAddress } from './script-address.ts';
import { startWidget } from './start-widget.ts';

// The server puts the channel's public configuration in place of this literal, quotes included.
const configuration = '__PARLOUR_CHANNEL__' as unknown as PageConfiguration;
const address = scriptAddress(configuration.key);
// An address to import is as good as its text, and this is shorter.
if (address) startWidget(configuration, address, (from) => import(/* @vite-ignore */ from as never));
