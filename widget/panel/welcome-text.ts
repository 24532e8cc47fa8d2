import { msg } from '@lit/localize';
import type { ChannelConfiguration } from '../../shared/contract/channel.ts';

/** What a chat begins with: the site owner's words, else its own in the visitor's language. */
export function welcomeText({ greeting }: ChannelConfiguration): string {
  return greeting ?? msg('Hello! How can we help?');
}
