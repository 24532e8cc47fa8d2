import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import type { Door } from '../../../shared/state/doors.ts';
import { panelParts } from '../../launcher/parts.ts';
import type { SendEvent } from '../composer/widget-composer.ts';
import { draftName } from '../visitor-memory.ts';
import { messagesView } from './messages-view.ts';
import type { MessagesView } from './messages-view.ts';

export interface ConversationView extends MessagesView {
  /** What the browser keeps, or kept, of whoever writes. */
  record: string | undefined;
  /** The form that stands before a new conversation. */
  door: Door | null;
  sent(this: void, event: SendEvent): void;
  wrote(this: void): void;
}

/** One conversation: its messages, and what to write in, which is a form where one is asked for first. */
export function conversationView(view: ConversationView): TemplateResult {
  const { chat, configuration, conversationId, isNew, isHidden, door } = view;
  const draft = draftName(configuration.key, view.record, chat?.visitor?.conversations.get(conversationId)?.id);
  const messages = messagesView(view, draft);
  if (door) {
    return html`<div class="asking" ?hidden=${isHidden}>
      ${messages}
      <parlour-widget-form
        exportparts=${panelParts}
        .door=${door}
        .draft=${draft}
        .unfinished=${chat?.unfinished.get(conversationId)}
      ></parlour-widget-form>
    </div>`;
  }
  return html`${messages}
    <parlour-widget-composer
      exportparts=${panelParts}
      .files=${chat?.files}
      ?hidden=${isHidden}
      .conversationId=${conversationId}
      .draft=${draft}
      .placeholder=${isNew ? msg('Ask us anything…') : msg('Write a message…')}
      @parlour-widget-send=${view.sent}
      @parlour-widget-write=${view.wrote}
    ></parlour-widget-composer>`;
}
