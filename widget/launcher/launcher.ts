import { panelMethods } from '../api/page-api.ts';
import type { ParlourWidget, VisitorProperties } from '../api/page-api.ts';
import { configurationAddress } from './configuration-address.ts';
import type { Follower, ImportModule, PageConfiguration, Panel, PanelModule } from './panel-port.ts';
import { kept } from './visitor-record.ts';

/**
 * Draws the round button, loads the panel at the first intent, and is what the page's scripts talk to. An arrow, as what else every page
 * carries: the word that begins a function is the longer one.
 */
export const createLauncher = (
  configuration: PageConfiguration,
  /** Of the script: the panel's path is relative to it. */
  address: string,
  importModule: ImportModule,
  /** How many widgets stand in this corner already. */
  place: number,
  /** Comes with the loader of channels that ask for it. */
  follow?: Follower,
  /** Where it lives; one that is in the page already stays where it is. */
  host: HTMLElement = document.createElement('parlour-widget'),
): ParlourWidget => {
  const { launcherLabel, words } = configuration;
  const root = host.attachShadow({ mode: 'open' });
  // An element without an interface of its own costs the page no memory for one; nor has this one a look, and nothing else here is one.
  const dock = document.createElement('abbr');
  const button = document.createElement('button');
  const badge = document.createElement('i');
  const sheet = new CSSStyleSheet();

  /** Some browsers remember that an address failed; with another query it is another address. */
  let retry = '';
  let importing: Promise<PanelModule> | undefined;
  let panel: Panel | undefined;
  /** Made when something first asks for its signal: its interface costs the page memory, and most pages only show the button. */
  let life: AbortController | undefined;
  /** Set when the widget is destroyed. */
  let over: AbortSignal | undefined;

  const emit = (name: string): boolean => host.dispatchEvent(new Event(name));

  const fail = (): never => {
    throw Object.assign(Error(words.failed), { code: 'unavailable' });
  };

  const become = (isOpen: boolean): void => {
    badge.hidden = widget.isOpen = isOpen;
    // The browser makes text of them, and this is shorter.
    button.ariaExpanded = isOpen as never;
    button.ariaBusy = (isOpen && !panel) as never;
    emit(isOpen ? 'open' : 'close');
  };

  const importPanel = (): Promise<PanelModule> => {
    // What only the chat needs is not in every loader. The panel takes it up, or tries again.
    void (configuration.name ?? importModule(configurationAddress(address)).catch(() => {}));
    return importModule(new URL(configuration.panel + retry, address)) as Promise<PanelModule>;
  };

  /** Loads the panel and stands it up unseen, ahead of need or to do something with it. */
  const load = (action?: 'open' | 'connect' | 'ask', ...asked: unknown[]): Promise<unknown> =>
    (importing ??= importPanel()).then(
      (module) => {
        // Destroyed, or closed again, while it was on its way.
        if (over || (!widget.isOpen && action === 'open')) return;
        panel ??= module.mountPanel(port);
        button.ariaBusy = false as never;
        return action && (panel[action] as (...asked: unknown[]) => unknown)(...asked);
      },
      () => {
        // The network, or a policy of the page, kept the panel away. The button tries again; only a click deserves an answer.
        importing = undefined;
        retry += '?';
        if (action === 'ask') fail();
        if (!widget.isOpen) return;
        become(false);
        badge.role = 'alert';
        badge.textContent = words.failed;
      },
    );

  // The page gets some time to itself before answers to a returning visitor are looked for; only then, too, whether this is one: the first
  // look into storage waits for another process.
  const quietTimer = setTimeout(() => {
    if (kept(configuration.key)?.endsWith('+')) void load('connect');
  }, 3000);

  /** What was said of whoever leaves in another tab is said of nobody else (`api/forget-visitor.ts`). */
  const forget = (event: StorageEvent): unknown => event.key === configuration.key && (widget.known = {});

  const stand = (): void => {
    // A script in <head> may run before there is a body; to count costs less memory than to ask for it. A page may go without either.
    if (document.readyState === 'loading' && document.documentElement.childElementCount < 2) setTimeout(stand, 9);
    // Beside the body: pages swap that at a change of address, count its children, and lay them out.
    else if (!(over || host.isConnected)) document.documentElement.append(host);
  };

  const widget = Object.assign(
    (method: string, ...input: unknown[]): unknown =>
      (widget as unknown as Record<string, (...input: unknown[]) => unknown>)[method]?.(...input),
    // In the order in which they pack best, as what else is listed here.
    {
      unreadCount: 0,
      show() {
        dock.hidden = false;
        widget.look();
      },
      hide() {
        dock.hidden = true;
      },
      look() {},
      on: host.addEventListener.bind(host),
      close() {
        if (!widget.isOpen) return;
        become(false);
        panel?.close();
      },
      async open() {
        if (widget.isOpen || over) return;
        become(true);
        await load('open');
      },
      availability: configuration.availability,
      toggle() {
        void (widget.isOpen ? widget.close() : widget.open());
      },
      isOpen: false,
      known: {},
      off: host.removeEventListener.bind(host),
      destroy(choice?: { wipe?: boolean }) {
        over = port.signal;
        life!.abort();
        clearTimeout(quietTimer);
        panel?.destroy();
        emit('destroy');
        host.remove();
        return (
          choice?.wipe &&
          importPanel()
            .then((module) => module.wipe?.(configuration.key))
            .catch(fail)
        );
      },
      async setProperties(data: VisitorProperties) {
        // Anything else is for the panel to look at: it may be a text.
        const said = data?.constructor === Object && data;
        addEventListener('storage', forget, port);
        Object.assign(widget.known, said);
        widget.look();
        // In its turn: of whom it is said may have been asked for just before.
        if (panel || !said) await load('ask', 'setProperties', [data]);
      },
    },
  ) as ParlourWidget;

  const port = {
    configuration,
    dock,
    importModule,
    address,
    widget,
    root,
    button,
    get signal() {
      return (life ??= new AbortController()).signal;
    },
  };
  for (const method of panelMethods)
    widget[method] = (...input: unknown[]) => load('ask', method, input) as Promise<void>;
  sheet.replaceSync(configuration.css.replace('~', (place * 72) as never));
  root.adoptedStyleSheets = [sheet];
  // Said as a property it would be a list, with an interface of its own.
  button.setAttribute('part', 'launcher');
  button.ariaHasPopup = 'dialog';
  button.onpointerenter = button.onfocus = () => load();
  button.onclick = widget.toggle;
  button.ariaExpanded = false as never;
  button.textContent = launcherLabel as string;
  button.ariaLabel = launcherLabel || (words.open as string);
  if (configuration.availability.open) {
    badge.className = 'on';
    button.ariaLabel += `, ${words.online}`;
  }
  dock.lang = words.language;
  dock.append(button, badge);
  root.append(dock);
  follow?.(port);
  configuration.attach?.(widget, port);
  stand();
  return widget;
};
