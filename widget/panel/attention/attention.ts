import type { VisitorState } from '../../../shared/state/visitor.ts';
import type { ReactiveController } from 'lit';
import { define } from '../../../shared/ui/define.ts';
import type { VisitorEvent } from '../../../shared/wire/frames.ts';
import { tellMessages } from '../../api/message-event.ts';
import type { ParlourWidget } from '../../api/page-api.ts';
import type { LauncherPort } from '../../launcher/panel-port.ts';
import type { WidgetPanel } from '../frame/widget-panel.ts';
import { conversationElements } from '../header/conversation-elements.ts';
import { chime, silence } from './chime.ts';
import { HeardTab } from './heard-tab.ts';
import { isSoundAllowed } from './sound-memory.ts';
import { TabTitle } from './tab-title.ts';

/** What the visitor has after a change, and what changed it. */
export type Unheard = [visitor: VisitorState, events: readonly VisitorEvent[] | undefined];

/** When a teammate wrote last, anywhere. */
function lastAnswerAt(visitor: VisitorState): string {
  const answers = [...visitor.conversations.values()].filter(
    ({ lastMessage }) => lastMessage.authorKind === 'teammate',
  );
  return answers.reduce((latest, { lastMessage: { at } }) => (at > latest ? at : latest), '');
}

const called = new WeakMap<WidgetPanel, Attention>();

/** Tells who is called back to a panel what has changed since they were told last. */
export function hear(panel: WidgetPanel, { configuration, widget, emit }: LauncherPort, unheard: Unheard[]): void {
  // Taken away meanwhile.
  if (!panel.parentNode) return;
  let attention = called.get(panel);
  if (!attention) {
    attention = new Attention(configuration.key, widget, emit);
    called.set(panel, attention);
    panel.addController(new UntilRemoved(panel, attention));
  }
  for (const news of unheard.splice(0)) attention.hear(...news);
}

/** A panel that is taken away calls nobody; one whose widget is moved, or away for a while, has its place still. */
class UntilRemoved implements ReactiveController {
  readonly #panel: WidgetPanel;
  readonly #attention: Attention;

  constructor(panel: WidgetPanel, attention: Attention) {
    this.#panel = panel;
    this.#attention = attention;
  }

  hostDisconnected(): void {
    if (!this.#panel.parentNode) this.#attention.destroy();
  }
}

/** Draws the attention of a visitor who looks elsewhere: a count in the title of the tab, and a sound where they allowed it. */
export class Attention {
  readonly #channelKey: string;
  readonly #widget: ParlourWidget;
  readonly #emit: LauncherPort['emit'];
  readonly #title = new TabTitle();
  readonly #tab: HeardTab;
  #isGone = false;
  #heardUntil: string | undefined;
  /** What they are about to be called for; empty where there is nothing. */
  #news = '';

  constructor(channelKey: string, widget: ParlourWidget, emit: LauncherPort['emit']) {
    this.#emit = emit;
    this.#channelKey = channelKey;
    this.#tab = new HeardTab(channelKey);
    this.#widget = widget;
    define(conversationElements);
  }

  /** After every change of what the visitor has. What was there at the first is no news. */
  hear(visitor: VisitorState, events: readonly VisitorEvent[] = []): void {
    tellMessages(events, this.#emit);
    this.#title.show(this.#widget.unreadCount);
    const until = lastAnswerAt(visitor);
    const isNews = this.#heardUntil !== undefined && until > this.#heardUntil;
    this.#heardUntil = until;
    if (!isNews || !isSoundAllowed(this.#channelKey)) return;
    // All that came while this was on its way is heard of at once, and called for once.
    if (!this.#news) queueMicrotask(() => void this.#call());
    this.#news = until;
  }

  async #call(): Promise<void> {
    const news = this.#news;
    this.#news = '';
    const isLooking = this.#widget.isOpen && document.visibilityState === 'visible';
    if ((await this.#tab.isHeardHere(news, isLooking)) && !this.#isGone) await chime();
  }

  destroy(): void {
    this.#isGone = true;
    this.#tab.destroy();
    this.#title.destroy();
    silence();
  }
}
