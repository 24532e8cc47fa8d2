import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { FileLine } from '../../shared/client/uploads.ts';
import type { Attachment } from '../../shared/contract/attachment.ts';
import type { BlockAnswers, RichBlock } from '../../shared/contract/block.ts';
import type { Part } from '../../shared/contract/part.ts';
import { messageParts } from '../../shared/state/message-parts.ts';
import type { PendingMessage } from '../../shared/state/thread.ts';
import { loadAttachments } from '../../shared/ui/attachments/fill-tray.ts';
import { avatar } from '../../shared/ui/avatar.ts';
import { largeIfEmoji } from '../../shared/ui/emoji/emoji-alone.ts';
import { icon } from '../../shared/ui/icon.ts';
import { alertIcon, checkDoubleIcon, clockIcon, noteIcon } from '../../shared/ui/icons.ts';
import { renderBody } from '../../shared/ui/text.ts';
import { clockText, fullText } from '../../shared/ui/time.ts';
import { defineFrom } from '../define-from.ts';
import { activityText } from './activity-text.ts';
import type { Names } from './names.ts';

/** Where a part stands in a run of one author's: the first carries the name, the last the time. */
export type Grouping = { first: boolean; last: boolean };

/** Messages of one author further apart than this do not belong together. */
const togetherMs = 5 * 60_000;

export function belongsTo(before: Part | undefined, part: Part): boolean {
  if (!before || part.kind === 'activity' || before.kind !== part.kind) return false;
  const same =
    before.author.kind === part.author.kind &&
    ('id' in before.author ? before.author.id : '') === ('id' in part.author ? part.author.id : '');
  return same && Date.parse(part.createdAt) - Date.parse(before.createdAt) < togetherMs;
}

type Shown = {
  body: Part['body'];
  attachments?: readonly Attachment[] | undefined;
  answers?: BlockAnswers | undefined;
};

/** What is said in a message and what it shows; of a message without words there is no bubble. */
function contents({ body, attachments, answers }: Shown, files: FileLine | null, title = ''): unknown {
  const { text, blocks, attachments: beside = [] } = messageParts(body ?? [], attachments);
  return [
    text.length || blocks.length + beside.length === 0
      ? html`<div class="bubble body-text ${largeIfEmoji(text)}" part="bubble" title=${title || nothing}>${renderBody(text)}</div>`
      : nothing,
    blocks.length > 0 ? withBlocks(blocks, answers, files) : nothing,
    beside.length > 0 ? attached(beside, files) : nothing,
  ];
}

let loadingBlocks: Promise<void> | undefined;

/** What draws blocks is fetched with the first of them. */
function withBlocks(blocks: readonly RichBlock[], answers: BlockAnswers = {}, files: FileLine | null): TemplateResult {
  loadingBlocks ??= defineFrom(() =>
    import('../../shared/ui/blocks/reading-elements.ts').then((module) => module.readingElements),
  );
  const given = Object.fromEntries(Object.entries(answers).map(([id, { answer }]) => [id, answer]));
  return html`<parlour-blocks .blocks=${blocks} .answers=${given} .files=${files}></parlour-blocks>`;
}

/** What shows files is fetched with the first of them. */
function attached(attachments: readonly Attachment[], files: FileLine | null): TemplateResult {
  void loadAttachments();
  return html`<parlour-attachments
    exportparts="picture, file"
    .attachments=${attachments}
    .files=${files}
  ></parlour-attachments>`;
}

export function partRow(
  part: Part,
  names: Names,
  grouping: Grouping,
  seen: boolean,
  files: FileLine | null,
  wasSnoozed: boolean,
  openMs: number | null,
): TemplateResult {
  if (part.kind === 'activity') return activityRow(part, names, wasSnoozed, openMs);
  const author = names.author(part.author);
  const contactId = part.author.kind === 'contact' ? part.author.id : null;
  const side = part.kind === 'note' ? 'note' : contactId ? 'theirs' : 'ours';
  return html`<li
    class="message ${side} ${grouping.first ? 'first' : ''} ${grouping.last ? 'last' : ''}"
    part="message message-${side}"
    data-part-id=${part.id}
  >
    ${
      contactId && grouping.last
        ? html`<span class="face">${avatar({ name: names.portrait, seed: contactId, size: 28 })}</span>`
        : nothing
    }
    ${grouping.first ? heading(part.kind, author) : html`<span class="visually-hidden">${author}:</span>`}
    ${contents(part, files, fullText(part.createdAt))}
    ${
      grouping.last || seen
        ? html`<p class="below">
          <time datetime=${part.createdAt}>${clockText(part.createdAt)}</time>
          ${seen ? html`<span class="seen" part="seen">${icon(checkDoubleIcon, { size: 14 })}${msg('Seen')}</span>` : nothing}
        </p>`
        : nothing
    }
  </li>`;
}

function heading(kind: Part['kind'], author: string): TemplateResult {
  return html`<p class="author" part="author">
    <span dir="auto">${author}</span>
    ${
      kind === 'note'
        ? html`<span class="note-label" part="note-label"
          >${icon(noteIcon, { size: 14 })}${msg('Note – only your team sees this')}</span
        >`
        : nothing
    }
  </p>`;
}

function activityRow(part: Part, names: Names, wasSnoozed: boolean, openMs: number | null): TemplateResult {
  return html`<li class="activity" part="activity" data-part-id=${part.id}>
    <span>${activityText(part, names, wasSnoozed, openMs)}</span>
    <time datetime=${part.createdAt} title=${fullText(part.createdAt)}>${clockText(part.createdAt)}</time>
  </li>`;
}

export type PendingActions = { retry: (id: string) => void; discard: (id: string) => void };

/** A message of one's own that the server has not confirmed. */
export function pendingRow(
  message: PendingMessage,
  first: boolean,
  actions: PendingActions,
  files: FileLine | null,
): TemplateResult {
  const side = message.kind === 'note' ? 'note' : 'ours';
  return html`<li
    class="message ${side} last pending ${message.state} ${first ? 'first' : ''}"
    part="message message-${side} message-pending"
    data-part-id=${message.id}
  >
    ${first ? heading(message.kind, msg('You')) : html`<span class="visually-hidden">${msg('You')}:</span>`}
    ${contents(message, files)}
    ${
      message.state === 'failed'
        ? html`<p class="below failure" role="alert">
          ${icon(alertIcon, { size: 14 })}
          <span>${msg(str`Not sent. ${message.error ?? ''}`)}</span>
          <button class="link" type="button" @click=${() => actions.retry(message.id)}>${msg('Try again')}</button>
          <button class="link" type="button" @click=${() => actions.discard(message.id)}>${msg('Discard')}</button>
        </p>`
        : html`<p class="below">
          ${icon(clockIcon, { size: 14 })}
          ${message.state === 'waiting' ? msg('Goes out when the line is back') : msg('Sending…')}
        </p>`
    }
  </li>`;
}
