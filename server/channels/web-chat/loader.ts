import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { DomainError } from '../../kernel/errors.ts';
import type { Database } from '../../database/connection.ts';
import { findChannelByKey } from '../../modules/channel/queries.ts';
import { channelConfiguration } from './configuration.ts';

/** Where the build left room for the configuration. */
const PLACE = '"__PARLOUR_CHANNEL__"';

export type Loader = {
  script: string;
  /** The same, as nearly every browser takes it. */
  gzip: Uint8Array<ArrayBuffer>;
  etag: string;
};

/**
 * The loader script with a channel's public configuration written into it, so that the launcher needs no second request.
 * @param source the loader as built. @param panel path of the panel's module.
 * @throws not_found with a sentence for whoever pasted the snippet.
 */
export async function loaderFor(db: Database, source: string, panel: string, key: string, now: Date): Promise<Loader> {
  const channel = await findChannelByKey(db, key);
  if (!channel) {
    throw new DomainError(
      'not_found',
      'Parlour: there is no channel with this key. Copy the snippet again from Install the widget.',
    );
  }
  const configuration = await channelConfiguration(db, channel, panel, now);
  // "<" is escaped so that the script stays one script wherever a site inlines it.
  const json = JSON.stringify(configuration).replaceAll('<', '\\u003c');
  const script = source.replace(PLACE, () => json);
  const etag = `"${createHash('sha256').update(script).digest('base64url').slice(0, 22)}"`;
  // Two kilobytes take a fraction of a millisecond, less than a cache would be worth.
  return { script, gzip: new Uint8Array(gzipSync(script, { level: 9 })), etag };
}
