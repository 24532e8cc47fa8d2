import type { ParlourWidget } from '../api/page-api.ts';
import { followRules } from '../launcher/follow-rules.ts';
import type { ConfigurationModule, ImportModule } from '../launcher/panel-port.ts';
import { widgetParts } from '../launcher/parts.ts';
import { startWidget } from '../loader/start-widget.ts';

export interface PlacedSources {
  /** Of the module; the server is at its origin. */
  address: string;
  importConfiguration(this: void, address: URL): Promise<ConfigurationModule>;
  importModule: ImportModule;
}

/** Where a chat is to stand. */
export interface Place {
  element: HTMLElement;
  root: ShadowRoot;
  /** The channel's public key. */
  key: string;
  /** The language to speak; empty: the page's own. */
  locale: string;
  isInline: boolean;
  /** Whether it is still to stand there: what it is made of has to come first. */
  isWanted(): boolean;
}

/** Puts a chat into its place. @returns nothing where there cannot be one: the console says why */
export async function standUp(place: Place, sources: PlacedSources): Promise<ParlourWidget | undefined> {
  const { element, root, key, locale, isInline } = place;
  const sheet = new CSSStyleSheet();
  // What the author says of the element in their own styles counts more.
  sheet.replaceSync(
    (isInline ? ':host{display:block;block-size:640px;max-block-size:100%}' : ':host{display:contents}') +
      ':host([theme=light]){--parlour-color-scheme:light}:host([theme=dark]){--parlour-color-scheme:dark}',
  );
  root.adoptedStyleSheets = [sheet];
  const own = new URL(sources.address);
  const from = new URL('configuration.js', own);
  from.searchParams.set('channel', key);
  for (const address of locale ? [own, from] : []) address.searchParams.set('language', locale);
  const { default: given } = await sources.importConfiguration(from);
  // Without one the server has written its sentence into the console.
  if (!given || !place.isWanted()) return undefined;
  const host = document.createElement('div');
  host.toggleAttribute('inline', isInline);
  host.setAttribute('exportparts', widgetParts);
  root.append(host);
  const name = element.id || (isInline ? freeName(key) : key);
  // The browser keeps the module for the next that stands here.
  const configuration = { ...given, as: name, label: element.getAttribute('label') ?? '' };
  // Rules and buttons of the page's own are about a launcher that comes by itself.
  if (isInline) delete configuration.attach;
  startWidget(
    configuration,
    own.href,
    sources.importModule,
    !isInline && given.greeter ? followRules : undefined,
    host,
  );
  if (host.shadowRoot) return window.Parlour?.widgets?.[name];
  // One of the same name that stands in the page already is left alone. An empty place of its height would be a hole in the page.
  sheet.replaceSync(':host{display:none}');
  // oxlint-disable-next-line no-console -- whoever wrote the page looks there
  console.warn(`Parlour: there is a chat “${name}” on this page already. Give each <parlour-widget> an id of its own.`);
  host.remove();
  return undefined;
}

/** Several of a channel may stand in the places of a page; those without an id are counted. */
function freeName(key: string): string {
  let name = key;
  for (let count = 2; window.Parlour?.widgets?.[name]; count += 1) name = `${key}-${count}`;
  return name;
}
