import { kept, keepNow } from '../launcher/visitor-record.ts';
import type { ParlourWidget } from '../api/page-api.ts';
import { complete, configurationAddress } from '../launcher/configuration-address.ts';
import type { ConfigurationModule, GreetingPort } from '../launcher/panel-port.ts';
import { greeterStyles } from './greeter-styles.ts';

/** What stands beside each launcher. */
const standing = new Map<ShadowRoot, { leave: () => void; moved: () => void }>();

/** Where the browser does not tell of it, the widget looks at each change of address. */
async function watch(widget: ParlourWidget): Promise<void> {
  const moved = (): void => {
    widget.look();
    standing.forEach((greeting) => greeting.moved());
  };
  // Where it cannot be loaded, a rule that asks for the time, once a second, sees the address too.
  await import('./watch-history.ts').then((module) => module.watchFor(widget, moved), Boolean);
}

/** The words of a greeting, in the visitor's language: the loader has left them to the server. */
export async function wordsOf(id: string, { configuration, address }: GreetingPort): Promise<string | undefined> {
  if (!configuration.name)
    complete(
      configuration,
      (await import(/* @vite-ignore */ configurationAddress(address).href)) as ConfigurationModule,
    );
  return configuration.greetings?.find((greeting) => greeting.id === id)?.text;
}

/**
 * Draws what the site owner says by itself as a preview beside the launcher. A click opens the chat; once dismissed, it does not come to
 * this visitor again. It goes when the chat opens, when the address changes and with the widget. Without Lit: it is all of the chat that
 * most visitors meet.
 */
export async function attend(port: GreetingPort): Promise<void> {
  const { greeting: id, configuration, root, dock, button, widget, signal } = port;
  if (!id) return watch(widget);
  const address = location.href;
  const text = await wordsOf(id, port);
  if (!text || signal.aborted || widget.isOpen || location.href !== address) return;
  standing.get(root)?.leave();
  const { navigation } = window as { navigation?: EventTarget };
  const over = new AbortController();
  const sheet = new CSSStyleSheet();
  const bubble = document.createElement('section');
  const open = document.createElement('button');
  const close = document.createElement('button');

  const leave = (): void => {
    bubble.remove();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    widget.off('open', leave);
    over.abort();
    standing.delete(root);
  };
  const moved = (): void => {
    if (location.href !== address) leave();
  };
  /** Said once to this visitor is enough, whether they answered or not. */
  const settle = (): void => {
    const { key, askConsent, rule } = configuration;
    // Before the visitor has agreed to it nothing is kept; it is said once on this page.
    if (!askConsent || kept(`${key}:consent`)) keepNow(`${key}:${id}`);
    else
      configuration.rule = (page, at, isNew, event) => rule?.(page, at, (other) => other !== id && isNew(other), event);
    leave();
  };

  sheet.replaceSync(greeterStyles(configuration, dock));
  root.adoptedStyleSheets.push(sheet);
  bubble.role = 'status';
  bubble.className = 'greeting';
  bubble.part = 'greeting';
  const from = document.createElement('b');
  const said = document.createElement('span');
  from.textContent = configuration.name;
  from.dir = said.dir = 'auto';
  said.textContent = text;
  open.className = 'say';
  open.append(from, said);
  open.onclick = () => {
    settle();
    configuration.startAtHome = false;
    // The conversation goes on from what the visitor answered to.
    configuration.greeting = text;
    void widget.open();
  };
  close.className = 'dismiss';
  close.ariaLabel = configuration.dismiss as string;
  close.onclick = () => {
    const hadFocus = root.activeElement === close;
    settle();
    if (hadFocus) button.focus();
  };
  bubble.onkeydown = ({ key }) => {
    if (key === 'Escape') close.click();
  };
  widget.on('open', leave);
  signal.addEventListener('abort', leave, over);
  navigation?.addEventListener('currententrychange', moved, over);
  standing.set(root, { leave, moved });
  // A live region speaks of what comes into it, so it must be there before.
  root.append(bubble);
  bubble.append(open, close);
}
