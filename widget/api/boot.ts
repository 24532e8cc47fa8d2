import type { ParlourWidget, VisitorProperties } from './page-api.ts';

export interface BootOptions {
  /** Where Parlour runs, such as https://chat.shop.example. */
  server: string;
  /** The channel's public key, from its snippet. */
  channel: string;
  /** Tells several widgets of a page apart; left out: the channel's key. */
  name?: string;
  /** Left out: the page's own, else the browser's. */
  language?: string;
  /** For pages whose policy lets scripts in by nonce. */
  nonce?: string;
  /** What the page knows of its visitor. */
  visitor?: VisitorProperties;
  /** Begin without the launcher; `open()` opens the chat all the same. */
  hidden?: boolean;
}

const booting = new Map<string, Promise<ParlourWidget>>();

/**
 * Puts a widget into the page, or gives the one that stands there: the same name is the same widget, however often it is asked for.
 * Loads the same script as the snippet does. Importing it does nothing, so that a server may.
 */
export function boot(options: BootOptions): Promise<ParlourWidget> {
  const { name = options.channel, visitor, hidden } = options;
  const standing = widget(name);
  const held = standing ? Promise.resolve(standing) : booting.get(name);
  if (held) return held;
  const made = load(name, options)
    .then((fresh) => {
      if (visitor) fresh.setProperties(visitor);
      if (hidden) fresh.hide();
      return fresh;
    })
    .finally(() => booting.delete(name));
  booting.set(name, made);
  return made;
}

/** A widget that stands in the page, by its name. */
export function widget(name: string): ParlourWidget | undefined {
  return typeof window === 'undefined' ? undefined : window.Parlour?.widgets?.[name];
}

function load(name: string, { server, channel, language, nonce }: BootOptions): Promise<ParlourWidget> {
  if (typeof document === 'undefined')
    return Promise.reject(new Error('A widget needs a page: call boot() in a browser.'));
  const address = new URL('/widget.js', server);
  address.search = new URLSearchParams({
    channel,
    ...(name === channel ? {} : { name }),
    ...(language ? { language } : {}),
  }).toString();
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address.href;
    script.async = true;
    if (nonce) script.nonce = nonce;
    script.onload = () => {
      script.remove();
      const fresh = widget(name);
      if (fresh) resolve(fresh);
      else reject(new Error(`There is no chat with the key ${channel} at ${server}.`));
    };
    script.onerror = () => {
      script.remove();
      reject(new Error(`${address.href} could not be loaded. Is ${server} right, and allowed by the page's policy?`));
    };
    document.head.append(script);
  });
}
