import { parseMarkdown } from '../../../shared/state/markdown.ts';
import { previewOf } from '../../../shared/state/preview.ts';
import type { Rating, RichBlock } from '../../../shared/contract/block.ts';
import type { Body, TextBody } from '../../../shared/contract/body.ts';
import type { EventName } from '../../../shared/contract/catalogue.ts';
import type { Activity, Author, PartKind } from '../../../shared/contract/part.ts';
import { actorId, type Actor } from '../../kernel/actor.ts';
import type { EventDraft } from '../../kernel/operation.ts';
import type { ConversationRow, PartRow } from './records.ts';

/** What lists show of a message that has files and no words, in any language; the names of the files follow it once they are known. */
export const FILES_ALONE = '📎';

/** Where the last message has files and no words: says which. */
export function nameFiles(row: ConversationRow, { attachments }: PartRow): void {
  if (row.lastMessagePreview !== FILES_ALONE || !attachments) return;
  row.lastMessagePreview = `${FILES_ALONE} ${attachments.map(({ name }) => name).join(', ')}`.slice(0, 140);
}

/** How far the team has read where the contact's last message is unread. */
export const unreadFrom = ({ inboundSeq }: Pick<ConversationRow, 'inboundSeq'>): number => Math.max(0, inboundSeq - 1);

/** Names the question in the message that asks it. */
const RATING_BLOCK = 'rating';

/** What a change of a thread comes to: the conversation as it is after it, the parts it added, and the facts to log. */
export type ThreadChange = { row: ConversationRow; parts: PartRow[]; events: EventDraft[] };

/**
 * Adds parts to one conversation in memory, under its row lock: each takes the next `seq`, and the next `publicSeq` if the contact may
 * see it (D3). One place for the cold and the batched path, so both count alike.
 */
export class ThreadWriter {
  readonly change: ThreadChange;
  readonly #actor: Actor;
  readonly #now: Date;

  constructor(row: ConversationRow, actor: Actor, now: Date) {
    this.change = { row: { ...row }, parts: [], events: [] };
    this.#actor = actor;
    this.#now = now;
  }

  get row(): ConversationRow {
    return this.change.row;
  }

  /**
   * A message the contact sees; theirs reopens what is not open, unless it is to sleep on.
   * @param said Markdown, or a text that was read already.
   */
  message(
    id: string,
    said: string | TextBody,
    author: Author,
    event: 'conversation.started' | 'conversation.replied',
    blocks: readonly RichBlock[] = [],
  ): PartRow {
    const { row } = this;
    const text: Body = typeof said === 'string' ? parseMarkdown(said) : said;
    const body = blocks.length > 0 ? [...text, ...blocks] : text;
    if (
      author.kind === 'contact' &&
      ((row.status === 'snoozed' && row.wakesOnReply) || row.status === 'closed' || row.status === 'resolved')
    ) {
      this.reopen('reply');
    }
    const part = this.#add({ id, kind: 'message', author, body, activity: null, visible: true });
    row.lastMessagePreview = previewOf(body) || FILES_ALONE;
    row.lastMessageAuthor = author.kind;
    row.lastMessageAt = this.#now;
    if (author.kind === 'contact') {
      row.inboundSeq = part.seq;
      row.contactReadSeq = part.publicSeq!;
    } else {
      if (!this.#standsIn(author)) row.firstRepliedAt ??= this.#now;
      row.readSeq = part.seq;
      if (author.kind === 'teammate') row.teamReadSeq = part.publicSeq!;
    }
    this.#log(event, part, {});
    return part;
  }

  /** A message the contact sees that is nobody's answer: it leaves unread, unanswered and last said what they were. */
  autoResponse(id: string, text: string): PartRow {
    const part = this.#add({
      id,
      kind: 'message',
      author: { kind: 'system' },
      body: parseMarkdown(text),
      activity: null,
      visible: true,
    });
    this.#log('conversation.replied', part, {});
    return part;
  }

  note(id: string, text: string, author: Author): PartRow {
    const part = this.#add({ id, kind: 'note', author, body: parseMarkdown(text), activity: null, visible: false });
    this.#log('conversation.noted', part, {});
    return part;
  }

  /** For the whole team, whatever part comes with it. */
  markUnread(): void {
    this.row.readSeq = Math.min(this.row.readSeq, unreadFrom(this.row));
  }

  assign(assigneeId: string | null, reason: 'manual' | 'rotation'): PartRow {
    const previousAssigneeId = this.row.assigneeId;
    this.row.assigneeId = assigneeId;
    return this.#activity(
      'conversation.assigned',
      { name: 'assigned', assigneeId, reason },
      { assigneeId, previousAssigneeId },
    );
  }

  /** The contact says how it was. It is no reply: what is closed stays closed, and nothing waits for an answer. */
  rate({ score, comment }: Pick<Rating, 'score' | 'comment'>): PartRow {
    const { row } = this;
    const commented = !!comment && row.rating?.score === score && row.rating.comment !== comment;
    row.rating = { score, comment, at: this.#now.toISOString() };
    // While it goes on, the last word is still somebody's message: a contact who was answered is not put back in line by it.
    if (row.status === 'closed' || row.status === 'resolved') {
      row.lastMessagePreview = `${'★'.repeat(score)}${'☆'.repeat(5 - score)} ${comment}`.trim().slice(0, 140);
      row.lastMessageAuthor = 'contact';
      row.lastMessageAt = this.#now;
    }
    return this.#activity('conversation.rated', { name: 'rated', score, ...(commented && { commented }) }, { score });
  }

  snooze(until: Date, wakesOnReply: boolean): PartRow {
    this.row.status = 'snoozed';
    this.row.snoozedUntil = until;
    this.row.wakesOnReply = wakesOnReply;
    this.row.closedAt = null;
    return this.#activity(
      'conversation.snoozed',
      { name: 'snoozed', until: until.toISOString() },
      { until: until.toISOString() },
    );
  }

  /** Asks the contact how it was, in the name of the workspace. Like a response by itself it is nobody's answer. */
  askForRating(id: string): PartRow {
    const body: Body = [{ type: 'rating', id: RATING_BLOCK, prompt: '', scale: 'stars' }];
    const part = this.#add({ id, kind: 'message', author: { kind: 'system' }, body, activity: null, visible: true });
    this.#log('conversation.replied', part, {});
    return part;
  }

  close(reason?: 'visitor'): PartRow {
    this.row.status = 'closed';
    this.row.snoozedUntil = null;
    this.row.wakesOnReply = true;
    this.row.closedAt = this.#now;
    const openForMs = this.#now.getTime() - this.row.createdAt.getTime();
    return this.#activity('conversation.closed', { name: 'closed', ...(reason && { reason }) }, { openForMs });
  }

  reopen(reason: 'manual' | 'reply' | 'timer'): PartRow {
    const from = this.row.status;
    this.row.status = 'open';
    this.row.snoozedUntil = null;
    this.row.wakesOnReply = true;
    this.row.closedAt = null;
    return this.#activity('conversation.reopened', { name: 'reopened', reason }, { reason, from });
  }

  /** A program that writes while nobody is there, into what nobody has, puts off until somebody comes: it is still to be answered. */
  #standsIn(author: Author): boolean {
    return author.kind === 'api-key' && this.row.begunOff && this.row.assigneeId === null;
  }

  #activity(event: EventName, activity: Activity, facts: Record<string, unknown>): PartRow {
    const author = authorOf(this.#actor, this.row);
    const part = this.#add({ id: crypto.randomUUID(), kind: 'activity', author, body: null, activity, visible: false });
    this.#log(event, part, facts);
    return part;
  }

  #add(entry: {
    id: string;
    kind: PartKind;
    author: Author;
    body: Body | null;
    activity: Activity | null;
    visible: boolean;
  }): PartRow {
    const { row } = this;
    row.seq += 1;
    if (entry.visible) row.publicSeq += 1;
    const part: PartRow = {
      workspaceId: row.workspaceId,
      conversationId: row.id,
      seq: row.seq,
      id: entry.id,
      publicSeq: entry.visible ? row.publicSeq : null,
      kind: entry.kind,
      authorKind: entry.author.kind,
      authorId: 'id' in entry.author ? entry.author.id : null,
      body: entry.body,
      activity: entry.activity,
      attachments: null,
      answers: null,
      fingerprint: null,
      createdAt: this.#now,
    };
    this.change.parts.push(part);
    return part;
  }

  #log(name: EventName, part: PartRow, facts: Record<string, unknown>): void {
    this.change.events.push({
      workspaceId: this.row.workspaceId,
      name,
      actorKind: this.#actor.kind,
      actorId: actorId(this.#actor),
      conversationId: this.row.id,
      contactId: this.row.contactId,
      facts: { conversationId: this.row.id, partId: part.id, seq: part.seq, publicSeq: part.publicSeq, ...facts },
      at: this.#now,
    });
  }
}

/** Who stands as the author of what an actor writes. A visitor writes as the conversation's contact. */
export function authorOf(actor: Actor, row: { contactId: string }): Author {
  switch (actor.kind) {
    case 'visitor':
      return { kind: 'contact', id: row.contactId };
    case 'teammate':
      return { kind: 'teammate', id: actor.id };
    case 'api-key':
      return { kind: 'api-key', id: actor.id };
    case 'system':
    case 'stranger':
    case 'set-up':
      return { kind: 'system' };
  }
}
