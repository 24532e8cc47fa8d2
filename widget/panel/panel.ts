import { createVisitorClient } from '../../shared/client/connection.ts';
import { RequestError } from '../../shared/client/client.ts';
import type { VisitorClient } from '../../shared/client/client.ts';
import { later } from '../../shared/client/later.ts';
import type { LauncherWords } from '../../shared/contract/channel.ts';
import type { VisitorEvent } from '../../shared/wire/frames.ts';
import { unreadCount } from '../../shared/state/visitor.ts';
import { define } from '../../shared/ui/define.ts';
import { speak } from '../languages/language.ts';
import type { PageMethods } from '../api/page-methods.ts';
import { complete, configurationAddress } from '../launcher/configuration-address.ts';
import type { ConfigurationModule, GivenPort, LauncherPort, Panel, PanelModule } from '../launcher/panel-port.ts';
import type { Unheard } from './attention/attention.ts';
import { WidgetComposer } from './composer/widget-composer.ts';
import { WidgetPanel } from './frame/widget-panel.ts';
import { WidgetHeader } from './header/widget-header.ts';
import { drawLauncher, english } from './draw-launcher.ts';
import { HoursFollower } from './hours-follower.ts';
import { LaterUnsent } from './later-unsent.ts';
import { NextConversation } from './next-conversation.ts';
import { placementStyles, smallWindow } from './placement.ts';
import { WidgetGreeting } from './thread/widget-greeting.ts';
import { VisitorChat } from './visitor-chat.ts';
import { ownerName, rememberConversation, tokenIn, visitorRecord } from './visitor-memory.ts';

/** @param identity The site's proof of who the visitor is. */
export type MakeClient = (port: LauncherPort, identity: string | undefined, record: string) => VisitorClient;

const ownClient: MakeClient = ({ address, configuration: { key } }, identity, record) =>
  createVisitorClient({
    server: new URL(address).origin,
    channelKey: key,
    token: tokenIn(record),
    pageUrl: () => location.href,
    identity,
    sharedAs: ownerName(key, record),
  });

/** Until the page has drawn what it was given, or the widget is destroyed; one that is not seen draws nothing. */
const untilDrawn = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    const end = () => resolve(clearTimeout(timer));
    const timer = setTimeout(end, 100);
    requestAnimationFrame(() => requestAnimationFrame(end));
    signal.addEventListener('abort', end);
  });

/** A panel that stands in the page, as what the page asks for works on it. */
export interface StandingPanel extends Omit<Panel, 'ask'> {
  element: WidgetPanel;
  connect(): VisitorChat;
  /** Says everything in the language spoken now. */
  draw(words?: LauncherWords): void;
  /** Stands where the configuration says now. */
  place(): void;
}

/**
 * Takes the panel that stands away, and puts a fresh one in its place.
 * @param identity The site's proof of who the visitor is.
 * @param former What the browser kept of whoever it is about, where somebody else is here by now.
 */
export type BeginPanel = (identity?: string, former?: string) => StandingPanel;

/** Puts the panel beside the launcher. Nothing goes online before `connect` or `open`, nor where the visitor must agree first. */
export function mountPanel(given: GivenPort, makeClient: MakeClient = ownClient): Panel {
  const port: LauncherPort = {
    ...given,
    about: new NextConversation(given.configuration.key),
    draw: () => drawLauncher(port),
    emit: (name, detail) => void given.root.host.dispatchEvent(new CustomEvent(name, { detail })),
  };
  const { configuration, address, importModule } = port;
  const mount = (): Panel => mountChat(port, makeClient);
  // What asks whether there may be a chat is fetched only where the site owner wants it asked.
  const mountAsked = (): Panel =>
    configuration.askConsent
      ? mountLater(port, async () => new (await import('./consent/consent-gate.ts')).ConsentGate(port, mount))
      : mount();
  if ('name' in configuration) return mountAsked();
  // Some browsers remember that an address failed, for the launcher too; with another query it is another address.
  let again = address;
  const rest = (from: string) => importModule(configurationAddress(from)) as Promise<ConfigurationModule>;
  return mountLater(port, async () => {
    complete(configuration, await rest(address).catch(() => rest((again += '&'))));
    return mountAsked();
  });
}

/** Forgets all that the browser keeps for a channel. */
export const wipe: PanelModule['wipe'] = async (channelKey) =>
  (await import('../api/forget-visitor.ts')).wipe(channelKey);

function unreachable({ configuration }: LauncherPort): RequestError {
  return new RequestError({ code: 'unavailable', message: configuration.words.failed });
}

/** A panel that something must be fetched for. */
function mountLater(port: LauncherPort, fetchPanel: () => Promise<Panel>): Panel {
  const { widget, signal, configuration, button } = port;
  let coming: Promise<Panel> | undefined;
  const fetched = (): Promise<Panel> =>
    (coming ??= fetchPanel().catch(() => {
      coming = undefined;
      throw unreachable(port);
    }));
  // The network: there is no chat, and who cannot be asked has not agreed. As the launcher, it only answers a click.
  const fail = (): void => {
    if (!widget.isOpen) return;
    const badge = button.nextElementSibling as HTMLElement;
    widget.close();
    badge.role = 'alert';
    badge.textContent = configuration.words.failed;
  };
  const then = (act: (panel: Panel) => unknown): Promise<unknown> =>
    fetched().then((panel) => signal.aborted || act(panel), fail);
  const ifComing = (act: (panel: Panel) => void): void => void coming?.then(act, () => undefined);
  return {
    connect: () => void then((panel) => panel.connect()),
    open: () => then((panel) => widget.isOpen && panel.open()),
    close: () => ifComing((panel) => panel.close()),
    ask: async (method, input) => (await fetched()).ask(method, input),
    destroy: () => ifComing((panel) => panel.destroy()),
  };
}

function mountChat(port: LauncherPort, makeClient: MakeClient): Panel {
  const { widget } = port;
  const connected = (): void => {
    // What could not be said now is known still, and said by the next that connects.
    if (Object.keys(widget.known).length) ask('setProperties', []).catch(() => {});
  };
  let standing = standUp(port, makeClient, connected);
  /** For another visitor than the one before, or for the same one with a proof of who they are. */
  const begin: BeginPanel = (identity, former) => {
    standing.destroy();
    standing = standUp(port, makeClient, connected, identity, former);
    return standing;
  };
  let methods: Promise<PageMethods> | undefined;
  const ask: Panel['ask'] = async (method, input) => {
    methods ??= import('../api/page-methods.ts').then(
      (module) => new module.PageMethods(port, () => standing, begin),
      () => {
        methods = undefined;
        throw unreachable(port);
      },
    );
    return (await methods).carryOut(method, input);
  };
  return {
    connect: () => void standing.connect(),
    open: () => standing.open(),
    close: () => standing.close(),
    ask,
    destroy: () => standing.destroy(),
  };
}

function standUp(
  port: LauncherPort,
  makeClient: MakeClient,
  connected: () => void,
  identity?: string,
  former?: string,
): StandingPanel {
  define({ 'parlour-widget-panel': WidgetPanel, 'parlour-widget-composer': WidgetComposer });
  const { configuration, root, button, dock, widget } = port;
  const element = document.createElement('parlour-widget-panel');
  const sheet = new CSSStyleSheet();
  const hours = new HoursFollower((availability) => {
    const turned = availability.open !== widget.availability.open;
    widget.availability = availability;
    element.now = Date.now();
    port.draw();
    if (turned) port.emit('availability', availability);
  });
  let chat: VisitorChat | undefined;
  let opener: Element | null = null;
  /** What nobody was called for yet. */
  const unheard: Unheard[] = [];
  let isGone = false;

  const attend = later((_query) => import('./attention/attention.ts').then(({ hear }) => hear(element, port, unheard)));
  const fill = later((_query) => import('./frame/full-screen.ts').then(({ fillScreen }) => fillScreen(element)));

  const heard = (events?: readonly VisitorEvent[]): void => {
    const visitor = chat?.visitor;
    // What waits to be sent is sent on the next page too.
    if (chat?.unsentIn || visitor?.conversations.size) rememberConversation(configuration.key, element.record!);
    if (!visitor) return;
    hours.follow(visitor.availability);
    const unread = unreadCount(visitor);
    if (unread !== widget.unreadCount) {
      widget.unreadCount = unread;
      port.draw();
      port.emit('unread', unread);
    }
    // Nobody needs to be called back who has not written yet.
    if (!visitor.conversations.size) return;
    unheard.push([visitor, events]);
    void attend();
  };

  const connect = (): VisitorChat => {
    if (chat) return chat;
    // Looked up this once: in another tab somebody else may be here by the time that something is begun.
    const record = former ?? visitorRecord(configuration.key);
    chat = new VisitorChat(
      makeClient(port, identity, record),
      () => location.href,
      new LaterUnsent(configuration.key, record),
      port.about,
    );
    element.record = record;
    chat.subscribe(heard);
    hours.onTurn = () => void chat?.refresh();
    element.chat = chat;
    chat.connect();
    connected();
    // One by one: in between the visitor may write.
    void onceDrawn(() => {
      define({ 'parlour-widget-header': WidgetHeader });
      void onceDrawn(() => define({ 'parlour-widget-greeting': WidgetGreeting }));
    });
    return chat;
  };

  /** Unless it is gone by then. */
  const onceDrawn = async (act: () => unknown): Promise<void> => {
    await untilDrawn(port.signal);
    if (!isGone && !port.signal.aborted) act();
  };

  const draw = (words?: LauncherWords): void => {
    // The server could only guess from the browser's languages what the launcher should say; the page may be in another.
    configuration.words = { ...configuration.words, ...(words ?? english) };
    port.draw();
    element.configuration = configuration;
  };
  const learning = speak(port.address);
  if (learning) void learning.then(draw);
  else draw();
  element.addEventListener('parlour-widget-close', widget.close);
  element.record = former;
  element.inline = root.host.hasAttribute('inline');
  const place = (): void => {
    const { bottom } = getComputedStyle(dock);
    sheet.replaceSync(placementStyles(configuration, bottom, element.inline));
  };
  place();
  root.adoptedStyleSheets.push(sheet);
  root.prepend(element);
  hours.follow(configuration.availability);

  return {
    element,
    connect,
    draw,
    place,
    async open() {
      if (!element.open) opener = document.activeElement;
      element.open = true;
      if (!element.inline && matchMedia(smallWindow).matches) void fill();
      port.draw();
      // The field comes first, and can be written in: the chat behind it takes several times as long.
      if (!chat) await onceDrawn(() => element.open && connect());
    },
    close() {
      const hadFocus = root.activeElement;
      element.open = false;
      port.draw();
      // Whoever is elsewhere in the page stays there; whoever opened it by a button of the page's own goes back to that.
      if (!hadFocus) return;
      const isOwn = opener instanceof HTMLElement && opener !== root.host && !button.offsetParent;
      (isOwn ? (opener as HTMLElement) : button).focus();
    },
    destroy() {
      isGone = true;
      hours.stop();
      // It still says how far was read, unless something else of that conversation is underway: what waits for that goes with the chat.
      element.remove();
      chat?.destroy();
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((held) => held !== sheet);
    },
  };
}
