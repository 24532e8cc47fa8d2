import type { ChannelConfiguration } from '../../shared/contract/channel.ts';
import { panelMethods } from '../api/page-api.ts';
import type { ParlourWidget, VisitorProperties } from '../api/page-api.ts';
import { launcherStyles } from './launcher-styles.ts';
import type { FollowRules } from './follow-rules.ts';
import type { GreeterModule, ImportModule, LauncherPort, Panel, PanelModule } from './panel-port.ts';
import { hasConversed } from './visitor-record.ts';

/** How long the page gets to itself before a returning visitor's answers are looked for. */
const QUIET_MS = 3000;

/** Where the server sent no words of another language. */
const english = {
  language: 'en',
  open: 'Open chat',
  close: 'Close chat',
  unread: '# unread',
  online: 'online',
  failed: 'Chat could not load. Try again.',
};

/** Draws the round button, loads the panel at the first intent, and is what the page's scripts talk to. */
export function createLauncher(
  given: ChannelConfiguration,
  /** Of the script: the panel's path is relative to it. */
  address: string,
  importModule: ImportModule,
  /** How many widgets stand in the page already. */
  place: number,
  onDestroy: () => void,
  /** Comes with the loader where the site owner has set rules. */
  followRules?: FollowRules,
  /** Where it lives; one that is in the page already stays where it is. */
  host: HTMLElement = document.createElement('parlour-widget'),
): ParlourWidget {
  const language = (document.documentElement.lang || navigator.language).slice(0, 2);
  /** With what the site owner wrote in the visitor's language. */
  const configuration = { ...given, ...given.translations?.[language] } as ChannelConfiguration;
  const { launcherSelector } = configuration;
  const make = document.createElement.bind(document);
  const root = host.attachShadow({ mode: 'open' });
  const dock = make('div');
  const button = make('button') as HTMLButtonElement;
  const badge = make('i');
  const sheet = new CSSStyleSheet();

  /** Some browsers remember that an address failed; with another query it is another address. */
  let retry = '';
  let importing: Promise<PanelModule> | undefined;
  let panel: Panel | undefined;
  let quietTimer: ReturnType<typeof setTimeout> | undefined;
  let destroyed = false;
  let isHidden = false;
  let isRuledOut = false;

  const emit: LauncherPort['emit'] = (name, detail) => void host.dispatchEvent(new CustomEvent(name, { detail }));

  const draw = (): void => {
    const { isOpen, unreadCount } = widget;
    const { launcherLabel = '' } = configuration;
    const online = widget.availability.open;
    badge.hidden = isOpen;
    badge.className = online ? 'on' : '';
    badge.textContent = `${unreadCount || ''}`;
    // The button's name says it.
    badge.ariaHidden = 'true';
    button.textContent = launcherLabel;
    button.ariaExpanded = `${isOpen}`;
    button.ariaBusy = `${isOpen && !panel}`;
    const { language, open, close, unread, online: here } = configuration.words ?? english;
    dock.lang = language;
    const more = unreadCount ? unread.replace('#', `${unreadCount}`) : online && here;
    button.ariaLabel = isOpen ? close : (launcherLabel || open) + (more ? `, ${more}` : '');
  };

  const seat = (): void => {
    dock.hidden = isHidden || isRuledOut || !!launcherSelector;
  };

  const become = (isOpen: boolean): void => {
    widget.isOpen = isOpen;
    draw();
    emit(isOpen ? 'open' : 'close');
  };

  /** Loads the panel's module ahead of need, or to do something with it. */
  const load = (action?: 'open' | 'connect' | 'ask', ...asked: unknown[]): Promise<unknown> =>
    (importing ??= importModule(new URL(configuration.panel + retry, address)) as Promise<PanelModule>).then(
      (module) => {
        // Destroyed, or closed again, while it was on its way.
        if (destroyed || !action || (action !== 'ask' && (action === 'open') !== widget.isOpen)) return;
        panel ??= module.mountPanel({ configuration, address, root, button, widget, draw, emit });
        draw();
        return (panel[action] as (...asked: unknown[]) => unknown)(...asked);
      },
      () => {
        // The network, or a policy of the page, kept the panel away. The button tries again; only a click deserves an answer.
        importing = undefined;
        retry += '?';
        if (action === 'ask') throw Object.assign(Error('Chat could not load.'), { code: 'unavailable' });
        if (!widget.isOpen) return;
        become(false);
        badge.ariaHidden = 'false';
        badge.role = 'alert';
        badge.textContent = (configuration.words ?? english).failed;
      },
    );

  const stand = (): void => {
    // A script in <head> may run before there is a body.
    if (!document.body) requestAnimationFrame(stand);
    // Beside the body: pages swap that at a change of address, count its children, and lay them out.
    else if (!destroyed && !host.isConnected) document.documentElement.append(host);
  };

  const clicked = (event: Event): void => {
    if (!(event.target as Element).closest(`${launcherSelector}`)) return;
    event.preventDefault();
    widget.toggle();
  };

  const widget = Object.assign(
    (method: string, ...input: unknown[]): unknown =>
      (widget as unknown as Record<string, (...input: unknown[]) => unknown>)[method]?.(...input),
    {
      isOpen: false,
      unreadCount: 0,
      availability: configuration.availability,
      known: {},
      look() {
        rules?.();
      },
      async open() {
        if (widget.isOpen || destroyed) return;
        become(true);
        await load('open');
      },
      close() {
        if (!widget.isOpen) return;
        become(false);
        panel?.close();
      },
      setProperties(data: VisitorProperties) {
        Object.assign(widget.known, data);
        widget.look();
        void panel?.ask('setProperties', [data]);
      },
      toggle() {
        if (widget.isOpen) widget.close();
        else void widget.open();
      },
      show() {
        isHidden = false;
        seat();
      },
      hide() {
        isHidden = true;
        seat();
      },
      destroy() {
        destroyed = true;
        document.removeEventListener('click', clicked);
        clearTimeout(quietTimer);
        panel?.destroy();
        emit('destroy');
        host.remove();
        onDestroy();
      },
      on: host.addEventListener.bind(host),
      off: host.removeEventListener.bind(host),
    },
  ) as ParlourWidget;

  for (const method of panelMethods)
    widget[method] = (...input: unknown[]) => load('ask', method, input) as Promise<void>;
  sheet.replaceSync(launcherStyles(place) + (given.css ?? ''));
  root.adoptedStyleSheets = [sheet];
  button.part = 'launcher';
  button.ariaHasPopup = 'dialog';
  button.onpointerenter = button.onfocus = () => void load();
  button.onclick = widget.toggle;
  dock.append(button, badge);
  root.append(dock);
  draw();
  seat();
  if (launcherSelector) document.addEventListener('click', clicked);
  const rules = followRules?.({
    configuration,
    language,
    root,
    dock,
    widget,
    withGreeter: (use) =>
      void (importModule(new URL(configuration.greeter as string, address)) as Promise<GreeterModule>).then(
        (greeter) => destroyed || use(greeter),
        // The visitor did not ask for it, so there is nothing to excuse.
        () => undefined,
      ),
    exclude(isExcluded) {
      isRuledOut = isExcluded;
      seat();
    },
  });
  if (hasConversed(given.key)) quietTimer = setTimeout(() => void load('connect'), QUIET_MS);
  stand();
  return widget;
}
