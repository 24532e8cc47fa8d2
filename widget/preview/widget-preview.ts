/** `/widget-preview.js`: `<parlour-widget-preview>`, for pages where a chat's looks are chosen. */
import { defaultWebChatSettings } from '../../shared/contract/channel.ts';
import type { ChannelConfiguration, WebChatSettings } from '../../shared/contract/channel.ts';
import type { OffHours } from '../../shared/contract/off-hours.ts';
import type { Availability } from '../../shared/contract/schedule.ts';
import type { VisitorSnapshot } from '../../shared/contract/visitor.ts';
import { channelLook } from '../../shared/state/channel-look.ts';
import { launcherStyles } from '../../shared/state/launcher-styles.ts';
import { define } from '../../shared/ui/define.ts';
import type { ParlourWidget } from '../api/page-api.ts';
import { attend } from '../greeter/greeter.ts';
import { createLauncher } from '../launcher/launcher.ts';
import type { GivenPort, PageConfiguration } from '../launcher/panel-port.ts';
import { english } from '../panel/draw-launcher.ts';
import { keepNothing } from '../launcher/visitor-record.ts';
import { mountPanel } from '../panel/panel.ts';
import { StillClient } from './still-client.ts';

const always: Availability = { open: true, changesAt: null };

const styles = `
:host{--_retry:none;display:block;position:relative;inline-size:100%;block-size:560px;overflow:hidden;contain:layout paint;border-radius:16px;background:light-dark(#ece7e6,#0f0d0e)}
div{position:absolute;inset:0}`;

/**
 * The chat as visitors would meet it with some settings: the real launcher and panel, on a line to nowhere. Give it a place of the size
 * of a small window.
 *
 * @tag parlour-widget-preview
 * @summary A live preview of a channel's looks.
 */
export class WidgetPreview extends HTMLElement {
  #settings: Partial<WebChatSettings> = {};
  #workspaceName = '';
  #language = '';
  #team: VisitorSnapshot['team'] = [];
  #availability = always;
  #offHours: OffHours | null = null;
  #widget: ParlourWidget | undefined;
  #isDue = false;
  #label: string | null | undefined;

  /** What is left out is as in a new channel. */
  get settings(): Partial<WebChatSettings> {
    return this.#settings;
  }

  set settings(settings: Partial<WebChatSettings>) {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return;
    this.#settings = settings;
    this.#redraw();
  }

  /** As visitors know it. */
  get workspaceName(): string {
    return this.#workspaceName;
  }

  set workspaceName(name: string) {
    if (name === this.#workspaceName) return;
    this.#workspaceName = name;
    this.#redraw();
  }

  /** What it speaks, such as `de`, with the owner's words for it; empty is the page's language, with the owner's own words. */
  get language(): string {
    return this.#language;
  }

  set language(language: string) {
    if (language === this.#language) return;
    this.#language = language;
    this.#redraw();
  }

  /** Who answers, as visitors know them; left alone, no faces are shown. */
  get team(): VisitorSnapshot['team'] {
    return this.#team;
  }

  set team(team: VisitorSnapshot['team']) {
    if (JSON.stringify(team) === JSON.stringify(this.#team)) return;
    this.#team = team;
    this.#redraw();
  }

  /** Whether somebody is there, and until when; left alone, as during opening hours. */
  get availability(): Availability {
    return this.#availability;
  }

  set availability(availability: Availability) {
    if (JSON.stringify(availability) === JSON.stringify(this.#availability)) return;
    this.#availability = availability;
    this.#redraw();
  }

  /** What the chat begins with while nobody is there; `null` is the greeting all the same. */
  get offHours(): OffHours | null {
    return this.#offHours;
  }

  set offHours(offHours: OffHours | null) {
    if (JSON.stringify(offHours) === JSON.stringify(this.#offHours)) return;
    this.#offHours = offHours;
    this.#redraw();
  }

  connectedCallback(): void {
    this.#redraw();
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected) this.#clear();
    });
  }

  #clear(): void {
    this.#widget?.destroy();
    this.#widget = undefined;
  }

  /** Once for all that changes in one go. */
  #redraw(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      if (this.isConnected) this.#draw();
    });
  }

  #draw(): void {
    const wasOpen = this.#widget?.isOpen ?? false;
    this.#clear();
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    // Here the launcher is what one looks at, also where a site has a button of its own.
    const settings = { ...defaultWebChatSettings, ...this.#settings, launcherSelector: null };
    const availability = this.#availability;
    const configuration: PageConfiguration = {
      ...channelLook(settings),
      css: launcherStyles(settings),
      words: { ...english, failed: '' },
      dismiss: 'Dismiss',
      key: 'preview',
      name: this.#workspaceName,
      availability,
      panel: '/',
    };
    // It keeps nothing, so it need not ask.
    delete configuration.askConsent;
    const language = this.#language;
    Object.assign(configuration, configuration.translations?.[language]);
    delete configuration.translations;
    const [greeting] = settings.greetings;
    if (greeting) {
      const { id, text, translations } = greeting;
      configuration.greetings = [{ id, text: translations[language] ?? text }];
    }
    const address = new URL(import.meta.url);
    if (language) address.searchParams.set('language', language);
    const host = document.createElement('div');
    root.append(host);
    let port: GivenPort | undefined;
    const widget = createLauncher(
      configuration,
      address.href,
      async () => ({
        mountPanel: (port) => {
          const mounted = mountPanel(port, () => this.#line(configuration));
          this.#leaveFocus(port.root);
          return mounted;
        },
      }),
      0,
      (given) => (port = given),
      host,
    );
    this.#widget = widget;
    const label = configuration.launcherLabel ?? null;
    const isRelabelled = this.#label !== undefined && label !== this.#label;
    this.#label = label;
    // Most of what is said stands in the panel: whoever asks for a language wants to read it. What an open launcher says of itself is not
    // seen: whoever has closed the chat and writes those words wants to see them.
    if (wasOpen || (language && !greeting && !isRelabelled)) void widget.open();
    else if (greeting && port) {
      if (language) port.dock.lang = language;
      void attend({ ...port, greeting: greeting.id });
    }
  }

  /** It is drawn anew at each letter of the fields beside it: the chat takes no focus that is elsewhere in the page. */
  #leaveFocus(root: ShadowRoot): void {
    const panel = root.querySelector('parlour-widget-panel')!;
    const focus = panel.focus.bind(panel);
    panel.focus = (options) => {
      if (this.matches(':focus-within')) focus(options);
    };
  }

  #line(configuration: ChannelConfiguration): StillClient {
    const { availability } = configuration;
    return new StillClient({
      sessionId: '00000000-0000-7000-8000-000000000009',
      configuration,
      availability,
      team: this.#team,
      conversations: [],
      help: false,
      doors: doorsFor(this.#offHours),
    });
  }
}

function doorsFor(offHours: OffHours | null): VisitorSnapshot['doors'] {
  // Where a bot answers, the chat begins as during opening hours.
  const { mode, text, translations = {}, form } = offHours ?? { mode: 'bot', text: '', form: null };
  const texts = Object.entries(translations).flatMap(([language, { text }]) => (text ? [[language, text]] : []));
  return {
    preChat: null,
    offHours: { mode, text, translations: Object.fromEntries(texts), form: mode === 'form' ? form : null },
    known: [],
    consented: false,
  };
}

keepNothing();
define({ 'parlour-widget-preview': WidgetPreview });

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget-preview': WidgetPreview;
  }
}
