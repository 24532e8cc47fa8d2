import type { ChannelConfiguration } from '../../shared/contract/channel.ts';
import type { ParlourWidget } from '../api/page-api.ts';
import { followRules } from '../launcher/follow-rules.ts';
import type { ImportModule } from '../launcher/panel-port.ts';
import { startWidget } from '../loader/start-widget.ts';

/** On a server there are no elements; importing this must do nothing there. */
const Base = globalThis.HTMLElement ?? (class {} as unknown as typeof HTMLElement);

export interface PlacedSources {
  /** Of the module; the server is at its origin. */
  address: string;
  importConfiguration(this: void, address: URL): Promise<{ default?: ChannelConfiguration }>;
  importModule: ImportModule;
}

/**
 * The chat where the page's author puts it: filling its place with `inline`, else as a bubble in the corner that comes and goes with the
 * element. Give an inline one a height; it has 640px by itself.
 *
 * @tag parlour-widget
 * @summary The chat, placed by hand.
 * @attr channel - The channel's public key.
 * @attr inline - Fill this element's place in the page, always open.
 */
export class PlacedWidget extends Base {
  /** Set by the module that defines it. */
  static sources: PlacedSources;

  #widget: ParlourWidget | undefined;
  #isStanding = false;

  connectedCallback(): void {
    const key = this.getAttribute('channel');
    // The loader's own element is of the same name, and has no channel.
    if (!key || this.#isStanding) return;
    this.#isStanding = true;
    void this.#stand(key);
  }

  disconnectedCallback(): void {
    // Moved within the page is not removed.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#isStanding = false;
      this.#widget?.destroy();
      this.#widget = undefined;
    });
  }

  async #stand(key: string): Promise<void> {
    const { address, importConfiguration, importModule } = PlacedWidget.sources;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const isInline = this.hasAttribute('inline');
    const sheet = new CSSStyleSheet();
    // What the author says of the element in their own styles counts more.
    sheet.replaceSync(isInline ? ':host{display:block;block-size:640px}' : ':host{display:contents}');
    root.adoptedStyleSheets = [sheet];
    const own = new URL(address);
    const from = new URL('configuration.js', own);
    from.searchParams.set('channel', key);
    const { default: configuration } = await importConfiguration(from);
    // Without one the server has written its sentence into the console.
    if (!configuration || !this.#isStanding || this.#widget) return;
    const host = document.createElement('div');
    host.toggleAttribute('inline', isInline);
    root.append(host);
    const name = this.id || key;
    own.searchParams.set('name', name);
    // Rules are about a launcher that comes by itself.
    const { showWhen: _when, greetings: _greetings, launcherSelector: _selector, ...plain } = configuration;
    if (isInline) startWidget(plain, own.href, importModule, undefined, host);
    else startWidget(configuration, own.href, importModule, followRules, host);
    // One of the same name that stands in the page already is left alone.
    if (!host.shadowRoot) return host.remove();
    this.#widget = window.Parlour?.widgets?.[name];
    if (!isInline) return;
    this.#widget?.hide();
    await this.#widget?.open();
  }
}
