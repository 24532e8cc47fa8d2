import { appearanceOf } from '../../api/appearance.ts';
import type { Appearance } from '../../api/appearance.ts';
import { forgetVisitor, revokeSession } from '../../api/forget-visitor.ts';
import type { Theme, WidgetSettings } from '../../api/page-api.ts';
import { startFlow } from '../../api/start-flow.ts';
import { mustDescribe } from '../../api/description.ts';
import { SupersededError } from '../../api/superseded-error.ts';
import type { AskedMethod, LauncherPort, Panel } from '../../launcher/panel-port.ts';
import { define } from '../../../shared/ui/define.ts';
import { speak } from '../../languages/language.ts';
import { WidgetHeader } from '../header/widget-header.ts';
import { english } from '../draw-launcher.ts';
import { placementStyles } from '../placement.ts';
import { keep, recordOf, tokenIn, visitorRecord } from '../visitor-memory.ts';
import type { ConsentEvent } from './widget-consent.ts';
import { WidgetConsent } from './widget-consent.ts';

/** What asks the visitor, in the page. */
interface Card {
  element: WidgetConsent;
  /** In the visitor's language, which may have to be fetched. */
  drawn: Promise<unknown>;
  place(): void;
  remove(): void;
}

/** What a page asks for to have the chat shown: then the visitor is asked first. */
const opening: readonly AskedMethod[] = ['startConversation', 'showConversation', 'showArticle'];

function waiting(): { promise: Promise<Panel>; resolve: (panel: Panel) => void } {
  let resolve: (panel: Panel) => void = () => undefined;
  const promise = new Promise<Panel>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** Rejects what was asked of somebody who has left. */
function leaving(): { promise: Promise<never>; leave: () => void } {
  let leave = (): void => undefined;
  const promise = new Promise<never>((_, reject) => (leave = () => reject(new SupersededError())));
  // Nobody may be waiting.
  promise.catch(() => undefined);
  return { promise, leave };
}

/** Stands before the panel until the visitor agrees, and again when they take it back. There is no panel, and so no chat, before. */
export class ConsentGate implements Panel {
  readonly #port: LauncherPort;
  readonly #mount: () => Panel;
  /** What there is once they agreed. */
  #panel: Panel | undefined;
  #card: Card | undefined;
  #agreed = waiting();
  #left = leaving();
  /** Whether what waits for the visitor to agree says who they are. */
  #isNamed = false;

  constructor(port: LauncherPort, mount: () => Panel) {
    this.#port = port;
    this.#mount = mount;
    define({ 'parlour-widget-header': WidgetHeader, 'parlour-widget-consent': WidgetConsent });
    if (recordOf(this.#name)) this.#admit();
  }

  connect(): void {
    this.#panel?.connect();
  }

  open(): unknown {
    if (this.#panel) return this.#panel.open();
    this.#card ??= this.#raise();
    const { element, drawn } = this.#card;
    element.open = true;
    this.#port.draw();
    if (!element.inline) void drawn.then(() => element.focus());
  }

  close(): void {
    if (this.#panel) return this.#panel.close();
    const { root, button } = this.#port;
    const hadFocus = root.activeElement;
    if (this.#card) this.#card.element.open = false;
    this.#port.draw();
    if (hadFocus) button.focus();
  }

  async ask(method: AskedMethod, input: unknown[]): Promise<unknown> {
    const { widget } = this.#port;
    if (method === 'setConsent') return input[0] ? this.#agree() : this.#withdraw();
    // Whoever comes after them has agreed to nothing.
    if (method === 'logout') return this.#withdraw();
    if (this.#panel) {
      const answer = await Promise.race([this.#panel.ask(method, input), this.#left.promise]);
      // Somebody else than before was forgotten with all that was kept of them; the browser's consent stays.
      if (method === 'identify') this.#remember();
      return answer;
    }
    if (method === 'shutdown') return widget.destroy();
    // These keep nothing and tell nobody of the visitor.
    const [choice] = input;
    if (method === 'update') return this.#appearance.update(choice as WidgetSettings);
    if (method === 'setLocale') return this.#appearance.setLocale(choice as string);
    if (method === 'setTheme') return this.#appearance.setTheme(choice as Theme);
    if (method === 'setProperties') return this.#know(input);
    // Where it asks already, its words come with the chat.
    if (method === 'startFlow' && !widget.isOpen) return startFlow(this.#port, choice as string);
    this.#isNamed ||= method === 'identify';
    if (opening.includes(method)) await Promise.race([widget.open(), this.#left.promise]);
    return this.#later(method, input);
  }

  /** Kept by the launcher, and told when there is a chat; of whoever was named before it. */
  #know(input: unknown[]): void {
    const [said] = input;
    mustDescribe(said);
    Object.assign(this.#port.widget.known, said);
    if (this.#isNamed) this.#later('setProperties', input).catch(() => undefined);
  }

  /** Once they agreed, unless they leave before. */
  async #later(method: AskedMethod, input: unknown[]): Promise<unknown> {
    const left = this.#left;
    await Promise.race([this.#agreed.promise, left.promise]);
    if (left !== this.#left) throw new SupersededError();
    return this.ask(method, input);
  }

  destroy(): void {
    this.#card?.remove();
    this.#panel?.destroy();
  }

  get #appearance(): Appearance {
    const port = this.#port;
    return appearanceOf(port, () => ({
      element: this.#card?.element,
      draw: (words) => {
        port.configuration.words = { ...port.configuration.words, ...(words ?? english) };
        port.draw();
      },
      place: () => this.#card?.place(),
    }));
  }

  get #name(): string {
    return `${this.#port.configuration.key}:consent`;
  }

  #remember(): void {
    const { key } = this.#port.configuration;
    const now = Date.now();
    keep(this.#name, `${now}`);
    // What the launcher's rules take for the first visit.
    if (!recordOf(`${key}:since`)) keep(`${key}:since`, `${now}`);
  }

  #agree(): void {
    if (this.#panel) return;
    this.#remember();
    this.#admit();
  }

  #admit(): void {
    this.#panel = this.#mount();
    this.#card?.remove();
    this.#card = undefined;
    if (this.#port.widget.isOpen) this.#panel.open();
    this.#agreed.resolve(this.#panel);
  }

  /** Takes the chat away, and with it all that is kept of the visitor, here and on the server. */
  async #withdraw(): Promise<void> {
    const { configuration, address, widget, emit } = this.#port;
    // What the page said and asked was of them.
    this.#left.leave();
    this.#left = leaving();
    this.#isNamed = false;
    widget.known = {};
    if (this.#panel) this.#port.about.properties = undefined;
    // Who never agreed has nothing to take back, and to look for it would leave a trace.
    if (!this.#panel && !recordOf(configuration.key)) return;
    this.#panel?.destroy();
    this.#panel = undefined;
    this.#agreed = waiting();
    const { key } = configuration;
    const token = recordOf(key) && tokenIn(visitorRecord(key));
    await forgetVisitor(key);
    widget.unreadCount = 0;
    this.#port.draw();
    emit('unread', 0);
    if (widget.isOpen) this.open();
    if (token) await revokeSession(address, token);
  }

  #raise(): Card {
    const { configuration, address, root, button, widget } = this.#port;
    const element = document.createElement('parlour-widget-consent');
    const sheet = new CSSStyleSheet();
    element.inline = root.host.hasAttribute('inline');
    const place = (): void => {
      const { bottom } = getComputedStyle(button.parentElement ?? button);
      const placement = placementStyles(configuration, bottom, element.inline);
      sheet.replaceSync(placement.replaceAll('parlour-widget-panel', 'parlour-widget-consent'));
    };
    place();
    const answered = ({ isGiven }: ConsentEvent): void => {
      if (isGiven) this.#agree();
      else widget.close();
    };
    element.addEventListener('parlour-widget-consent', answered);
    element.addEventListener('parlour-widget-close', widget.close);
    const drawn = Promise.resolve(speak(address)).then((words) => {
      configuration.words = { ...configuration.words, ...(words ?? english) };
      element.configuration = configuration;
      this.#port.draw();
      return element.updateComplete;
    });
    root.adoptedStyleSheets.push(sheet);
    root.prepend(element);
    return {
      element,
      drawn,
      place,
      remove: () => {
        element.remove();
        root.adoptedStyleSheets = root.adoptedStyleSheets.filter((held) => held !== sheet);
      },
    };
  }
}
