import type { ChannelConfiguration } from '../../shared/contract/channel.ts';
import type { ParlourWidget } from '../api/page-api.ts';
import { launcherStyles } from './launcher-styles.ts';
import type { ImportPanel, LauncherPort, Panel, PanelModule } from './panel-port.ts';
import { hasConversed } from './visitor-record.ts';

/** How long the page gets to itself before a returning visitor's answers are looked for. */
const QUIET_MS = 3000;

/** Draws the round button, loads the panel at the first intent, and is what the page's scripts talk to. */
export function createLauncher(
  configuration: ChannelConfiguration,
  /** Of the script: the panel's path is relative to it. */
  address: string,
  importPanel: ImportPanel,
  /** How many widgets stand in the page already. */
  place: number,
  onDestroy: () => void,
): ParlourWidget {
  const make = document.createElement.bind(document);
  const host = make('parlour-widget');
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

  const emit: LauncherPort['emit'] = (name, detail) => void host.dispatchEvent(new CustomEvent(name, { detail }));

  const draw = (): void => {
    const { isOpen, unreadCount } = widget;
    const online = widget.availability.open;
    badge.hidden = isOpen;
    badge.className = online ? 'on' : '';
    badge.textContent = `${unreadCount || ''}`;
    // The button's name says it.
    badge.ariaHidden = 'true';
    button.ariaExpanded = `${isOpen}`;
    button.ariaBusy = `${isOpen && !panel}`;
    button.ariaLabel = isOpen
      ? 'Close chat'
      : `Open chat${unreadCount ? `, ${unreadCount} unread` : online ? ', online' : ''}`;
  };

  const become = (isOpen: boolean): void => {
    widget.isOpen = isOpen;
    draw();
    emit(isOpen ? 'open' : 'close');
  };

  /** Loads the panel's module ahead of need, or to do something with it. */
  const load = (action?: 'open' | 'connect'): Promise<void> =>
    (importing ??= importPanel(new URL(configuration.panel + retry, address))).then(
      (module) => {
        // Destroyed, or closed again, while it was on its way.
        if (destroyed || !action || (action === 'open') !== widget.isOpen) return;
        panel ??= module.mountPanel({ configuration, address, root, button, widget, draw, emit });
        draw();
        panel[action]();
      },
      () => {
        // The network, or a policy of the page, kept the panel away. The button tries again; only a click deserves an answer.
        importing = undefined;
        retry += '?';
        if (!widget.isOpen) return;
        become(false);
        badge.ariaHidden = 'false';
        badge.role = 'alert';
        badge.textContent = 'Chat could not load. Try again.';
      },
    );

  const stand = (): void => {
    // A script in <head> may run before there is a body.
    if (!document.body) requestAnimationFrame(stand);
    else if (!destroyed) document.body.append(host);
  };

  const widget = Object.assign(
    (method: string, ...input: unknown[]): unknown =>
      (widget as unknown as Record<string, (...input: unknown[]) => unknown>)[method]?.(...input),
    {
      isOpen: false,
      unreadCount: 0,
      availability: configuration.availability,
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
      toggle() {
        if (widget.isOpen) widget.close();
        else void widget.open();
      },
      show() {
        dock.hidden = false;
      },
      hide() {
        dock.hidden = true;
      },
      destroy() {
        destroyed = true;
        clearTimeout(quietTimer);
        panel?.destroy();
        host.remove();
        onDestroy();
      },
      on: host.addEventListener.bind(host),
      off: host.removeEventListener.bind(host),
    },
  ) as ParlourWidget;

  sheet.replaceSync(launcherStyles(configuration, place));
  root.adoptedStyleSheets = [sheet];
  button.ariaHasPopup = 'dialog';
  button.onpointerenter = button.onfocus = () => void load();
  button.onclick = widget.toggle;
  dock.append(button, badge);
  root.append(dock);
  draw();
  stand();
  if (hasConversed(configuration.key)) quietTimer = setTimeout(() => void load('connect'), QUIET_MS);
  return widget;
}
