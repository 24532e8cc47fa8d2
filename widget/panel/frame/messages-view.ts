import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import type { ChannelConfiguration } from '../../../shared/contract/channel.ts';
import { spoken } from '../../../shared/ui/language.ts';
import { isOpenAt } from '../is-open-at.ts';
import { panelParts } from '../../launcher/parts.ts';
import { teammateName } from '../teammate-name.ts';
import type { VisitorChat } from '../visitor-chat.ts';
import { keep, recordOf } from '../visitor-memory.ts';
import { welcomeText } from '../welcome-text.ts';

/** One conversation, as the panel stands. */
export interface MessagesView {
  /** Null while there is none yet. */
  chat: VisitorChat | null;
  configuration: ChannelConfiguration;
  conversationId: string;
  isNew: boolean;
  /** Unix milliseconds: what "Today" is. */
  now: number;
  /** Whether an article lies over it. */
  isHidden: boolean;
  /** Whether what draws messages could not be fetched. */
  isMissing: boolean;
  /** Fetches it. */
  fetch(this: void): void;
}

/** What was read before the first message, by conversation: once something is written, it goes on standing there. */
export const readFirst: Record<string, string> = {};

/** Whether nothing has been said in a conversation, as far as is known: only one that is loaded is known. */
export function isUnwritten(chat: VisitorChat | null, conversationId: string): boolean {
  if (!chat) return true;
  const { thread } = chat.threadOf(conversationId);
  return thread.loaded && thread.parts.length + thread.pending.length === 0;
}

/**
 * The greeting until something is said, and what is said while what draws messages is not here; then the messages.
 * @param draft What the browser keeps of what is written in it, and not sent, begins with this.
 */
export function messagesView(view: MessagesView, draft: string): TemplateResult {
  const { chat, conversationId, isNew, isHidden, isMissing, fetch } = view;
  const { name } = view.configuration;
  const greeting = welcomeText(view.configuration);
  const thread = chat?.threadOf(conversationId).thread;
  const conversation = chat?.visitor?.conversations.get(conversationId);
  // Off hours the server knows what is said first: nothing is said before that, rather than something else.
  const isComing =
    !chat?.visitor && chat?.connection.status !== 'offline' && !isOpenAt(view.configuration.availability, view.now);
  if (isNew) readFirst[conversationId] = awayText(chat ?? {}) || (isComing ? '' : greeting);
  const said = goesOn(view, readFirst[conversationId] ?? greeting, greeting);
  const isHere = !!customElements.get('parlour-widget-thread');
  if (!chat || isNew || (!isHere && thread?.loaded && !conversation)) {
    return html`<parlour-widget-greeting
      exportparts=${panelParts}
      ?hidden=${isHidden}
      .greeting=${said}
      .workspaceName=${name}
      .written=${thread?.pending}
    ></parlour-widget-greeting>`;
  }
  if (isMissing && !isHere) return notice(msg('The messages could not be loaded.'), fetch);
  const typist = chat.typing?.in(conversationId);
  const team = chat.visitor?.team;
  return html`<parlour-widget-thread
    exportparts=${panelParts}
    .chat=${chat}
    .draft=${draft}
    ?hidden=${isHidden}
    .conversationId=${conversationId}
    .thread=${chat.threadOf(conversationId)}
    .team=${team}
    .typist=${typist}
    .typistName=${(typist && teammateName(team, typist)) ?? name}
    .greeting=${said}
    .workspaceName=${name}
    .now=${view.now}
    .seenSeq=${conversation?.teamReadSeq ?? 0}
    .readSeq=${conversation?.readSeq ?? 0}
  ></parlour-widget-thread>`;
}

/** What stands first, once something is written: what was read then, after a reload, too. The greeting needs no keeping. */
function goesOn({ configuration, conversationId, isNew }: MessagesView, said: string, greeting: string): string {
  const name = `${configuration.key}:first:${conversationId}`;
  const kept = recordOf(name, 'sessionStorage');
  if (kept) return kept.slice(1);
  if (!isNew && said !== greeting) {
    // It may be nothing, which is not as if nothing were kept.
    keep(name, `=${said}`, 'sessionStorage');
    delete readFirst[conversationId];
  }
  return said;
}

/** A sentence in place of everything, and a way on. */
export function notice(text: string, tryAgain: () => void): TemplateResult {
  return html`<div class="notice" role="alert">
    <p>${text}</p>
    <button class="button" type="button" @click=${tryAgain}>${msg('Try again')}</button>
  </div>`;
}

/** What a visitor reads first while nobody is there. */
function awayText({ visitor }: Partial<VisitorChat>): string {
  if (!visitor || isOpenAt(visitor.availability, Date.now())) return '';
  const { mode, text, translations } = visitor.doors.offHours;
  const own = translations?.[spoken.language] ?? text;
  // Where a bot answers at once, nobody is asked to wait.
  return (
    own ||
    (mode === 'bot'
      ? ''
      : msg('We are away right now. Leave a message, and we will answer you here as soon as we are back.'))
  );
}
