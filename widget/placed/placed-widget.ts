import type {
  Availability,
  ConversationProperties,
  ParlourWidget,
  Theme,
  TrackMetadata,
  VisitorProperties,
  WidgetSettings,
} from '../api/page-api.ts';
import { addLauncherSlot } from './launcher-slot.ts';
import { AvailabilityEvent, ChatMessageEvent, PlacedWidgetEvent, UnreadEvent } from './placed-events.ts';
import { standUp } from './stand-up.ts';
import type { PlacedSources } from './stand-up.ts';

/** On a server there are no elements; importing this must do nothing there. */
const Base = globalThis.HTMLElement ?? (class {} as unknown as typeof HTMLElement);

/**
 * The chat where the page's author puts it: filling its place with `inline`, else as a bubble in the corner that comes and goes with the
 * element. Give an inline one a height; it has 640px by itself.
 *
 * It does what `window.Parlour` does; what is called before it stands is done, in order, when it does.
 *
 * @tag parlour-widget
 * @summary The chat, placed by hand.
 * @attr {string} channel - The channel's public key.
 * @attr {boolean} inline - Fill this element's place in the page, always open.
 * @attr {string} label - What it is called for those who listen, where several stand in one page. Left out: “Chat with”, and the workspace's name.
 * @attr {string} locale - The language to speak, such as `de`. Left out: the page's own, else the browser's.
 * @attr {"light" | "dark"} theme - Left out: as `--parlour-color-scheme` says, else as the visitor's system has it.
 * @slot launcher - Your own button in place of the round one, where the chat is a bubble: a click on it opens and closes the chat.
 * @csspart launcher - The round button.
 * @csspart greeting - What the site owner says by itself beside it.
 * @csspart card - The chat, without the launcher.
 * @csspart header - Its head.
 * @csspart name - The workspace's name in it.
 * @csspart hours - When somebody is there.
 * @csspart close - The button that closes the chat.
 * @csspart bubble - One message; also `mine` or `theirs`.
 * @csspart mine - A message of the visitor.
 * @csspart theirs - A message of anybody else.
 * @csspart composer - What the message is written in, with its buttons.
 * @csspart field - The text area.
 * @csspart send - The send button.
 * @fires {PlacedWidgetEvent} parlour-ready - It stands, and does what it is asked.
 * @fires {PlacedWidgetEvent} parlour-open - The chat was opened.
 * @fires {PlacedWidgetEvent} parlour-close - The chat was closed.
 * @fires {UnreadEvent} parlour-unread - The number of conversations that hold something unread has changed.
 * @fires {AvailabilityEvent} parlour-availability - Somebody is there now, or nobody any more.
 * @fires {ChatMessageEvent} parlour-message - A message came, the visitor's own or another; while the chat is connected.
 */
export class PlacedWidget extends Base {
  /** Set by the module that defines it. */
  static sources: PlacedSources;

  static readonly observedAttributes = ['locale'];

  #widget: ParlourWidget | undefined;
  #isStanding = false;
  #stood: (widget: ParlourWidget) => void = () => {};
  #ready = this.#wait();

  /** The channel's public key. */
  get channel(): string {
    return this.getAttribute('channel') ?? '';
  }

  set channel(key: string) {
    this.setAttribute('channel', key);
    if (this.isConnected) this.connectedCallback();
  }

  /** Whether it fills this element's place in the page. */
  get inline(): boolean {
    return this.hasAttribute('inline');
  }

  set inline(isInline: boolean) {
    this.toggleAttribute('inline', isInline);
  }

  /** The language to speak, such as `de`; empty: the page's own, else the browser's. */
  get locale(): string {
    return this.getAttribute('locale') ?? '';
  }

  set locale(locale: string) {
    this.setAttribute('locale', locale);
  }

  /** `auto` follows the visitor's system, unless the page's style sheet says otherwise. */
  get theme(): Theme {
    const theme = this.getAttribute('theme');
    return theme === 'light' || theme === 'dark' ? theme : 'auto';
  }

  set theme(theme: Theme) {
    if (theme === 'auto') this.removeAttribute('theme');
    else this.setAttribute('theme', theme);
  }

  get isOpen(): boolean {
    return this.#widget?.isOpen ?? false;
  }

  /** How many conversations hold something unread. */
  get unreadCount(): number {
    return this.#widget?.unreadCount ?? 0;
  }

  /** Whether somebody is there; undefined before it stands. */
  get availability(): Availability | undefined {
    return this.#widget?.availability;
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (this.#widget && now && now !== before) void this.#widget.setLocale(now).catch(report);
  }

  connectedCallback(): void {
    for (const name of ['channel', 'inline', 'locale', 'theme'] as const) this.#upgrade(name);
    const key = this.getAttribute('channel');
    // The loader's own element is of the same name, and has no channel.
    if (!key || this.#isStanding) return;
    this.#isStanding = true;
    void this.#stand(key);
  }

  disconnectedCallback(): void {
    // Moved within the page is not removed.
    queueMicrotask(() => {
      if (!this.isConnected) this.#letGo()?.destroy();
    });
  }

  /** Opens the chat; settles when it stands open. */
  open(): Promise<void> {
    return this.#ask((widget) => widget.open());
  }

  close(): Promise<void> {
    return this.#ask((widget) => widget.close());
  }

  toggle(): Promise<void> {
    return this.#ask((widget) => widget.toggle());
  }

  /** Shows the launcher again. */
  show(): Promise<void> {
    return this.#ask((widget) => widget.show());
  }

  /** Hides the launcher; `open()` still opens the chat. */
  hide(): Promise<void> {
    return this.#ask((widget) => widget.hide());
  }

  /** Opens the chat at a new conversation. */
  startConversation(text?: string, properties?: ConversationProperties): Promise<void> {
    return this.#ask((widget) => widget.startConversation(text, properties));
  }

  /** Opens the chat at one of the visitor's conversations; without an id at the list of them. */
  showConversation(conversationId?: string): Promise<void> {
    return this.#ask((widget) => widget.showConversation(conversationId));
  }

  /** Opens the chat at an article. */
  showArticle(articleId: string): Promise<void> {
    return this.#ask((widget) => widget.showArticle(articleId));
  }

  /** Shows one of the channel's greetings, by its id in the settings; rejects where there is none. */
  startFlow(id: string): Promise<void> {
    return this.#ask((widget) => widget.startFlow(id));
  }

  /** Proves who the visitor is, by a JWT that the site's server signed. */
  identify(proof: { token: string }): Promise<void> {
    return this.#ask((widget) => widget.identify(proof));
  }

  /** Says what the page knows of its visitor. */
  setProperties(properties: VisitorProperties): Promise<void> {
    return this.#ask((widget) => widget.setProperties(properties));
  }

  /** Says what the page knows of what a conversation is about. */
  setConversationProperties(properties: ConversationProperties, conversationId?: string): Promise<void> {
    return this.#ask((widget) => widget.setConversationProperties(properties, conversationId));
  }

  /** Notes in the visitor's timeline that they did something on the site. */
  track(name: string, metadata?: TrackMetadata): Promise<void> {
    return this.#ask((widget) => widget.track(name, metadata));
  }

  /** Changes the widget for as long as it stands. */
  update(settings: WidgetSettings): Promise<void> {
    return this.#ask((widget) => widget.update(settings));
  }

  /** Says everything in another language from now on. */
  setLocale(locale: string): Promise<void> {
    return this.#ask((widget) => widget.setLocale(locale));
  }

  /** Light, dark or as the visitor's system has it, whatever the page's style sheet says. */
  setTheme(theme: Theme): Promise<void> {
    return this.#ask((widget) => widget.setTheme(theme));
  }

  /** Says whether the visitor agrees, where the channel asks for it. */
  setConsent(isGiven: boolean): Promise<void> {
    return this.#ask((widget) => widget.setConsent(isGiven));
  }

  /** Signs the visitor out, and begins with nobody. */
  logout(): Promise<void> {
    return this.#ask((widget) => widget.logout());
  }

  /** Removes the element, and with `wipe` all that this browser keeps of the channel. */
  async destroy(choice: { wipe?: boolean } = {}): Promise<void> {
    const widget = this.#letGo();
    this.remove();
    if (widget) await widget.destroy(choice);
    // It may have been here before.
    else if (choice.wipe && this.channel) await wipe(this.channel);
  }

  /** @returns what stood, for whoever asks to take it away */
  #letGo(): ParlourWidget | undefined {
    const widget = this.#widget;
    this.#isStanding = false;
    if (widget) this.#ready = this.#wait();
    this.#widget = undefined;
    return widget;
  }

  #wait(): Promise<ParlourWidget> {
    return new Promise((resolve) => {
      this.#stood = resolve;
    });
  }

  async #ask(work: (widget: ParlourWidget) => unknown): Promise<void> {
    await work(await this.#ready);
  }

  /** What was set on the element before its class had come is set again, through the class. */
  #upgrade(name: 'channel' | 'inline' | 'locale' | 'theme'): void {
    if (!Object.hasOwn(this, name)) return;
    const held: unknown = this[name];
    Reflect.deleteProperty(this, name);
    Reflect.set(this, name, held);
  }

  /** The widget's events, as this element's own. */
  #tell(widget: ParlourWidget): void {
    widget.on('open', () => this.dispatchEvent(new PlacedWidgetEvent('parlour-open')));
    widget.on('close', () => this.dispatchEvent(new PlacedWidgetEvent('parlour-close')));
    widget.on('unread', ({ detail }) => this.dispatchEvent(new UnreadEvent(detail)));
    widget.on('availability', ({ detail }) => this.dispatchEvent(new AvailabilityEvent(detail)));
    widget.on('message', ({ detail }) => this.dispatchEvent(new ChatMessageEvent(detail)));
  }

  async #stand(key: string): Promise<void> {
    const { locale, inline: isInline } = this;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const isWanted = (): boolean => this.#isStanding && !this.#widget;
    const widget = await standUp({ element: this, root, key, locale, isInline, isWanted }, PlacedWidget.sources);
    if (!widget) return;
    this.#widget = widget;
    this.#tell(widget);
    this.#stood(widget);
    this.dispatchEvent(new PlacedWidgetEvent('parlour-ready'));
    if (!isInline) return addLauncherSlot(root, widget);
    widget.hide();
    await widget.open();
  }
}

/** Forgets all that the browser keeps for a channel. */
async function wipe(channelKey: string): Promise<void> {
  const { forgetVisitor } = await import('../api/forget-visitor.ts').catch((cause: unknown) => {
    throw Object.assign(Error('The chat could not be loaded.', { cause }), { code: 'unavailable' });
  });
  await forgetVisitor(channelKey);
}

/** Nobody waits for what an attribute asks for. */
function report(error: unknown): void {
  // oxlint-disable-next-line no-console -- whoever wrote the page looks there
  console.warn(`<parlour-widget>: ${String(error)}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'parlour-widget': PlacedWidget;
  }
}
