import { html, nothing, render } from 'lit';
import type { TemplateResult } from 'lit';
import { msg, str } from '@lit/localize';
import type { FileLine } from '../../../shared/client/uploads.ts';
import type { Attachment } from '../../../shared/contract/attachment.ts';
import type { RichBlock } from '../../../shared/contract/block.ts';
import { blockWords } from '../../../shared/state/block-words.ts';
import type { PendingMessage } from '../../../shared/state/thread.ts';
import { avatar } from '../../../shared/ui/avatar.ts';
import { loadAttachments } from '../../../shared/ui/attachments/fill-tray.ts';
import { largeIfEmoji } from '../../../shared/ui/emoji/emoji-alone.ts';
import { icon } from '../../../shared/ui/icon.ts';
import { checkIcon, clockIcon } from '../../../shared/ui/icons.ts';
import { spoken } from '../../../shared/ui/language.ts';
import { renderBody } from '../../../shared/ui/text.ts';
import { clockText, dayNumber, dayText } from '../../../shared/ui/time.ts';
import { loadBlocks } from '../rich/load-blocks.ts';
import type { FetchPart } from './late-parts.ts';
import type { Author, ThreadRow } from './thread-rows.ts';

/** What of its thread a message shows. */
export interface RowSurroundings {
  /** Unix milliseconds: what "Today" is. */
  now: number;
  /** The visitor's last message, which alone says that it was seen. */
  newestOwn: string | undefined;
  /** How far a teammate has read, in `publicSeq`. */
  seenSeq: number;
  underway: readonly PendingMessage[];
  /** What the browser keeps forms as, until they are sent, begins with this. */
  draft: string;
  /** The line that files come over. */
  files: FileLine | null;
  /** What an author is called now. */
  nameOf(this: void, author: Author): string;
  /** Fetches what shows a part of it, and tries again where it cannot be fetched: what stands there is drawn by that alone. */
  fetch(this: void, part: FetchPart): void;
  /** Sends a failed message again. */
  retry(messageId: string): void;
}

/** How a message of the visitor's own fares, in a word; empty while it is on its way. */
export function fateText({ pending, publicSeq }: ThreadRow, { seenSeq }: RowSurroundings): string {
  if (pending) return pending.state === 'waiting' ? msg('Waiting for a connection') : '';
  return publicSeq <= seenSeq ? msg('Seen') : msg('Sent');
}

/** One message, with the day that it begins and who comes in with it. */
export function messageRow(row: ThreadRow, around: RowSurroundings): TemplateResult {
  const { author, pending } = row;
  const classes = [
    'row',
    author ? 'theirs' : 'mine',
    row.startsGroup ? 'starts' : '',
    row.endsGroup ? 'ends' : '',
    pending ? pending.state : '',
  ];
  const name = author && around.nameOf(author);
  return html`${row.startsDay ? html`<p class="day"><span>${dayText(row.at, around.now)}</span></p>` : nothing}
    ${row.joins ? html`<p class="day">${msg(str`${name} joined`)}</p>` : nothing}
    <div class=${classes.filter(Boolean).join(' ')}>
      ${author ? html`<span class="face">${row.endsGroup ? avatar({ name, seed: author.id, size: 28 }) : nothing}</span>` : nothing}
      <div class="column">
        ${author && row.startsGroup ? html`<span class="name" aria-hidden="true" dir="auto">${name}</span>` : nothing}
        <span class="visually-hidden">${name ?? msg('You')}:</span>
        ${row.body.length > 0 ? html`<div part="bubble ${author ? 'theirs' : 'mine'}" class="bubble body-text ${largeIfEmoji(row.body)}">${renderBody(row.body)}</div>` : nothing}
        ${row.blocks.length > 0 ? blocks(row, around) : nothing}
        ${row.attachments ? files(row.attachments, around) : nothing}
        ${status(row, around)}
      </div>
    </div>`;
}

/** What tells whether a message that stands there is to be drawn again: all of it that can become something else. */
export function rowPrint({ now, newestOwn, seenSeq, underway, nameOf }: RowSurroundings): (row: ThreadRow) => string {
  const today = dayNumber(now);
  const answering = underway.filter(({ answer }) => answer).map(({ id, state }) => id + state);
  // A body never changes under its id, but for the moment when the server has read its Markdown.
  return ({ id, publicSeq, pending, startsDay, startsGroup, endsGroup, joins, at, author, ...row }) =>
    [
      row.blocks.length > 0 && JSON.stringify([row.answers, answering]),
      id === newestOwn,
      !author && publicSeq <= seenSeq,
      pending?.state,
      pending?.error,
      startsDay && today,
      startsGroup,
      endsGroup,
      joins,
      at,
      author && nameOf(author),
      // Names of days and fates are in it.
      spoken.locale,
      spoken.language,
    ].join();
}

function status(row: ThreadRow, around: RowSurroundings): TemplateResult {
  const { pending, at, author } = row;
  if (pending?.state === 'failed') {
    return html`<div class="status failure" role="alert">
      ${msg('Not sent.')} ${pending.error}
      <button class="link" type="button" @click=${() => around.retry(pending.id)}>${msg('Try again')}</button>
    </div>`;
  }
  const fate = fateText(row, around);
  if (pending) {
    return html`<div class="status shown" aria-live="off">${icon(clockIcon, { size: 12 })}<span>${fate || msg('Sending')}</span></div>`;
  }
  const isSeen = row.id === around.newestOwn && row.publicSeq <= around.seenSeq;
  return html`<div class="status" aria-live="off">
    <time datetime=${at}>${clockText(at)}</time>${author ? nothing : html`${checkMark()}<span class=${isSeen ? '' : 'visually-hidden'}>${fate}</span>`}
  </div>`;
}

let check: DocumentFragment | undefined;

/** A copy, because every message has one: to draw it from its template each time was a quarter of the work for a message. */
function checkMark(): Node {
  if (!check) render(icon(checkIcon, { size: 12 }), (check = document.createDocumentFragment()));
  return (check.querySelector('svg') as Element).cloneNode(true);
}

/** A question that asks nothing is drawn as stars, which nobody can be asked by ear. */
const heard = (block: RichBlock): string =>
  'prompt' in block && !block.prompt ? msg('How was this conversation?') : blockWords(block);

/** What draws blocks is fetched with the first of them. */
function blocks(row: ThreadRow, { underway, draft, files: line, fetch }: RowSurroundings): TemplateResult {
  fetch(loadBlocks);
  return html`<span class="visually-hidden" hidden>${row.blocks.map(heard).join(' ')}</span
    ><parlour-widget-blocks .row=${row} .underway=${underway} .draft=${draft} .files=${line}></parlour-widget-blocks>`;
}

/** What shows files is fetched with the first of them. */
function files(attachments: readonly Attachment[], { files: line, fetch }: RowSurroundings): TemplateResult {
  fetch(loadAttachments);
  const names = attachments.map(({ name }) => name).join(', ');
  return html`<span class="visually-hidden" hidden>${names}</span
    ><parlour-attachments .attachments=${attachments} .files=${line}></parlour-attachments>`;
}
