import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ChannelConfiguration } from '../../../shared/contract/channel.ts';
import type { Assets } from '../../assets.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Database } from '../../database/connection.ts';
import { findChannelByKey } from '../../modules/channel/queries.ts';
import { channelConfiguration } from './configuration.ts';
import { launcherWords } from './launcher-words.ts';
import { configurationScript, loaderKind, loaderScript, restScript } from './page-script.ts';
import type { PageChannel } from './page-script.ts';

/** Where the build left room for the configuration. */
const PLACE = '"__PARLOUR_CHANNEL__"';

export type Loader = {
  script: string;
  /** The same, as nearly every browser takes it. */
  gzip: Uint8Array<ArrayBuffer>;
  etag: string;
};

/** What of the build makes a loader. */
export type LoaderParts = Pick<Assets, 'loaders' | 'panel' | 'greeter'>;

/**
 * What a page needs to know of a channel, and the greeter's path where there are rules: it draws what greets, and sees the address change where the browser does not tell.
 * @param language of the visitor, where the page names one; else the browser chooses.
 * @param acceptLanguage of the request: what the launcher's own words are in, where the page names no language.
 * @throws not_found with a sentence for whoever pasted the snippet.
 */
async function pageChannel(
  db: Database,
  { panel, greeter }: LoaderParts,
  key: string,
  now: Date,
  language: string | undefined,
  acceptLanguage: string,
): Promise<PageChannel> {
  const channel = await findChannelByKey(db, key);
  if (!channel) {
    throw new DomainError(
      'not_found',
      'Parlour: there is no channel with this key. Copy the snippet again from Install the widget.',
    );
  }
  const configuration = await channelConfiguration(db, channel, panel, now);
  const { settings } = channel;
  if (configuration.greetings ?? settings.showWhen) configuration.greeter = greeter;
  return {
    configuration: language ? spokenIn(configuration, language) : configuration,
    settings,
    words: launcherWords(language ?? acceptLanguage),
  };
}

/** With the owner's words in one language, where there are some, and in no other. */
function spokenIn(
  { translations, greetings, ...configuration }: ChannelConfiguration,
  language: string,
): ChannelConfiguration {
  const code = language.slice(0, 2).toLowerCase();
  return {
    ...configuration,
    ...(translations?.[code] as Partial<ChannelConfiguration>),
    ...(greetings && {
      greetings: greetings.map(({ id, text, translations: texts }) => ({ id, text: texts?.[code] ?? text })),
    }),
  };
}

/**
 * The loader script with a channel's public configuration written into it, so that the launcher needs no second request.
 * @param acceptLanguage of the request: what the launcher's own words are in, where the page names no language.
 * @param as What the page calls the widget, where it says so.
 */
export async function loaderFor(
  db: Database,
  parts: LoaderParts,
  key: string,
  now: Date,
  language?: string,
  acceptLanguage = '',
  as?: string,
): Promise<Loader> {
  const channel = { ...(await pageChannel(db, parts, key, now, language, acceptLanguage)), as };
  const source = parts.loaders[loaderKind(channel.configuration)];
  return packed(source.replace(PLACE, () => loaderScript(channel)));
}

/**
 * A channel's configuration as a module: for what the loader loads, and for chats that stand in the page by hand or are put there by a
 * script.
 * @param isRest Without what the loader has.
 */
export async function configurationModule(
  db: Database,
  parts: LoaderParts,
  key: string,
  now: Date,
  language?: string,
  acceptLanguage = '',
  isRest = false,
): Promise<Loader> {
  const channel = await pageChannel(db, parts, key, now, language, acceptLanguage);
  return packed(`export default ${isRest ? restScript(channel) : configurationScript(channel)};`);
}

function packed(script: string): Loader {
  const etag = `"${createHash('sha256').update(script).digest('base64url').slice(0, 22)}"`;
  // Two kilobytes take a fraction of a millisecond, less than a cache would be worth.
  return { script, gzip: new Uint8Array(gzipSync(script, { level: 9 })), etag };
}
