import { kept, keepNow } from '../launcher/visitor-record.ts';
import type { ParlourWidget } from '../api/page-api.ts';
import type { GreetingPort } from '../launcher/panel-port.ts';
import { greeterStyles } from './greeter-styles.ts';

/** The one word here that is not the site owner's. */
const dismissWords: Record<string, string> = {
  ar: 'إغلاق',
  de: 'Schließen',
  en: 'Dismiss',
  es: 'Cerrar',
  fr: 'Fermer',
  it: 'Chiudi',
  ja: '閉じる',
  nl: 'Sluiten',
  pl: 'Zamknij',
  pt: 'Fechar',
  tr: 'Kapat',
  zh: '关闭',
};

/** Greetings that go when the address changes, where the browser does not tell of it. */
const moves = new Set<() => void>();

/** Where the browser does not tell of it, the widget looks at each change of address. */
function watch(widget: ParlourWidget): void {
  const moved = (): void => {
    widget.look();
    moves.forEach((move) => move());
  };
  // Where it cannot be loaded, a rule that asks for the time, once a second, sees the address too.
  import('./watch-history.ts').then((module) => module.watchFor(widget, moved), Boolean);
}

/**
 * Draws what the site owner says by itself as a preview beside the launcher. A click opens the chat; once dismissed, it does not come to
 * this visitor again. It goes when the chat opens, when the address changes and with the widget. Without Lit: it is all of the chat that
 * most visitors meet.
 */
export function attend({ greeting, configuration, root, dock, widget }: GreetingPort): void {
  if (!greeting) return watch(widget);
  const { id, text } = greeting;
  const { navigation } = window as { navigation?: EventTarget };
  const sheet = new CSSStyleSheet();
  const bubble = document.createElement('section');
  const open = document.createElement('button');
  const close = document.createElement('button');

  const leave = (): void => {
    bubble.remove();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    widget.off('open', leave);
    widget.off('destroy', leave);
    navigation?.removeEventListener('currententrychange', moved);
    moves.delete(moved);
  };
  const address = location.href;
  const moved = (): void => {
    if (location.href !== address) leave();
  };
  /** Said once to this visitor is enough, whether they answered or not. */
  const settle = (): void => {
    const { key, askConsent, greetings } = configuration;
    // Before the visitor has agreed to it nothing is kept; it is said once on this page.
    if (!askConsent || kept(`${key}:consent`)) keepNow(`${key}:${id}`);
    else greetings?.splice(greetings.indexOf(greeting), 1);
    leave();
  };

  sheet.replaceSync(greeterStyles(configuration, getComputedStyle(dock).bottom));
  root.adoptedStyleSheets.push(sheet);
  bubble.role = 'status';
  bubble.className = 'greeting';
  bubble.setAttribute('part', 'greeting');
  const from = document.createElement('b');
  const said = document.createElement('span');
  from.textContent = configuration.name;
  from.dir = said.dir = 'auto';
  said.textContent = text;
  open.type = close.type = 'button';
  open.className = 'say';
  open.append(from, said);
  open.onclick = () => {
    settle();
    // The conversation goes on from what the visitor answered to.
    configuration.greeting = text;
    void widget.open();
  };
  close.className = 'dismiss';
  close.ariaLabel = dismissWords[dock.lang] ?? 'Dismiss';
  close.onclick = () => {
    const hadFocus = root.activeElement === close;
    settle();
    if (hadFocus) dock.querySelector('button')?.focus();
  };
  bubble.onkeydown = ({ key }) => {
    if (key === 'Escape') close.click();
  };
  widget.on('open', leave);
  widget.on('destroy', leave);
  navigation?.addEventListener('currententrychange', moved);
  moves.add(moved);
  // A live region speaks of what comes into it, so it must be there before.
  root.append(bubble);
  bubble.append(open, close);
}
