import type { ConfigurationModule } from '../launcher/panel-port.ts';
import type { LoaderModule } from '../loader/loader-module.ts';
import type { ParlourError, ParlourWidget, VisitorProperties } from './page-api.ts';

export interface BootOptions {
  /** Where Parlour runs, such as https://chat.shop.example. */
  server: string;
  /** The channel's public key, from its snippet. */
  channel: string;
  /** Tells several widgets of a page apart; left out: the channel's key. */
  name?: string;
  /** Left out: the page's own, else the browser's. */
  language?: string;
  /** What the page knows of its visitor. */
  properties?: VisitorProperties;
  /** Begin without the launcher; `open()` opens the chat all the same. */
  hidden?: boolean;
}

const booting = new Map<string, Promise<ParlourWidget>>();

/** Of each widget that was given out: settles when it has left the page, once it was asked to shut down. */
const leaving = new WeakMap<ParlourWidget, Promise<void> | undefined>();

/**
 * Puts a widget into the page, or gives the one that stands there: the same name is the same widget, however often it is asked for. After one
 * that is shutting down comes another.
 * Loads the same launcher as the snippet does. Importing it does nothing, so that a server may.
 */
export function boot(options: BootOptions): Promise<ParlourWidget> {
  const { name = options.channel, properties, hidden } = options;
  const standing = widget(name);
  const left = standing && leaving.get(standing);
  const held = standing && !left ? Promise.resolve(standing) : booting.get(name);
  if (held) return held;
  const made = Promise.resolve(left)
    .then(() => load(name, options))
    .then(async (fresh) => {
      if (properties) await fresh.setProperties(properties);
      if (hidden) fresh.hide();
      return fresh;
    })
    .finally(() => booting.delete(name));
  booting.set(name, made);
  return made;
}

/** A widget that stands in the page, by its name. */
export function widget(name: string): ParlourWidget | undefined {
  const standing = typeof window === 'undefined' ? undefined : window.Parlour?.widgets?.[name];
  if (standing && !leaving.has(standing)) watch(standing);
  return standing;
}

/** It goes some time after it was asked to, and who boots in between means the next one. */
function watch(standing: ParlourWidget): void {
  const { shutdown } = standing;
  leaving.set(standing, undefined);
  standing.shutdown = () => {
    const done = shutdown();
    const end = new Promise<void>((resolve) => {
      // Whoever comes need not wait for what the server is told after that.
      standing.on('destroy', () => resolve());
      // Where the network kept it from leaving, it stands.
      const over = (): void => {
        leaving.set(standing, undefined);
        resolve();
      };
      done.then(over, over);
    });
    leaving.set(standing, end);
    return done;
  };
}

/** How often each channel was asked for: a page keeps what it has imported, and the hours may have turned since. */
const asked = new Map<string, number>();

/** By `import()`, which takes along the nonce of the script that calls it, and is no sink of Trusted Types. */
async function load(name: string, { server, channel, language }: BootOptions): Promise<ParlourWidget> {
  if (typeof document === 'undefined')
    throw new BootError('A widget needs a page: call boot() in a browser.', 'invalid');
  const at = (path: string, search: Record<string, string>): string => {
    const address = new URL(path, server);
    address.search = new URLSearchParams(search).toString();
    return address.href;
  };
  const again = asked.get(channel) ?? 0;
  asked.set(channel, again + 1);
  const loader = at('/widget-module.js', {});
  const settings = at('/configuration.js', {
    channel,
    ...(language ? { language } : {}),
    ...(again ? { again: `${again}` } : {}),
  });
  const [{ start }, { default: configuration }] = await Promise.all([
    import(/* @vite-ignore */ loader) as Promise<LoaderModule>,
    import(/* @vite-ignore */ settings) as Promise<ConfigurationModule>,
  ]).catch(() => {
    throw new BootError(
      `${loader} could not be loaded. Is ${server} right, and allowed by the page's policy?`,
      'unavailable',
    );
  });
  if (!configuration) throw new BootError(`There is no chat with the key ${channel} at ${server}.`, 'not_found');
  start(
    configuration,
    at('/widget.js', { channel, ...(name === channel ? {} : { name }), ...(language ? { language } : {}) }),
  );
  return widget(name) as ParlourWidget;
}

/** Why there is no widget. */
class BootError extends Error implements ParlourError {
  readonly code: ParlourError['code'];

  constructor(message: string, code: ParlourError['code']) {
    super(message);
    this.name = 'ParlourError';
    this.code = code;
  }
}
