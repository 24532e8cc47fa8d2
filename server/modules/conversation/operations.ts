import { and, eq, lte, max } from 'drizzle-orm';
import * as v from 'valibot';
import type { CommandInput, CommandName } from '../../../shared/contract/catalogue.ts';
import type { Author } from '../../../shared/contract/part.ts';
import { givenProperties, withProperties, type Properties } from '../../../shared/contract/form.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { OperationContext, Operations } from '../../kernel/operation.ts';
import { seesConversation } from '../../policy/visibility.ts';
import { findChannel } from '../channel/queries.ts';
import { attendance, findInbox, offHoursOf } from '../inbox/queries.ts';
import { teammateActor } from '../teammate/queries.ts';
import { autoResponseFor } from './auto-response.ts';
import { passDoor } from './door.ts';
import { answer } from './answer.ts';
import { takeFiles } from './attachments.ts';
import { at, change, lock } from './locked.ts';
import { askForRating } from './ending.ts';
import type { ConversationRow } from './records.ts';
import { reply } from './reply.ts';
import { conversation, part } from './schema.ts';
import { authorOf, nameFiles, ThreadWriter } from './thread.ts';

type ConversationCommand = Exclude<
  Extract<CommandName, `conversation.${string}`>,
  'conversation.route' | 'conversation.emailTranscript'
>;

/** Where the contact's thread stands at a `seq` of the team's. */
async function publicPosition(tx: OperationContext['tx'], row: ConversationRow, seq: number): Promise<number> {
  // Where nothing is hidden, both count alike.
  if (row.seq === row.publicSeq || seq >= row.seq) return Math.min(seq, row.publicSeq);
  const inThread = and(eq(part.workspaceId, row.workspaceId), eq(part.conversationId, row.id));
  const [found] = await tx
    .select({ position: max(part.publicSeq) })
    .from(part)
    .where(and(inThread, lte(part.seq, seq)));
  return found?.position ?? 0;
}

export const conversationOperations: Pick<Operations, ConversationCommand> = {
  async 'conversation.start'(context, input) {
    const { tx, actor, workspaceId, commandId, now, emit, run } = context;
    const origin = await originOf(context, input);
    const channel = await findChannel(tx, workspaceId, origin.channelId);
    const inbox = channel && (await findInbox(tx, workspaceId, channel.inboxId));
    if (!inbox) throw notFound('channel');
    // What the system itself puts in, such as an import, came at another time.
    const isOff = actor.kind !== 'system' && !(await attendance(tx, inbox, now)).open;
    if (actor.kind === 'visitor') await passDoor(context, inbox, origin.contactId, input.form, isOff, input.language);
    const row: ConversationRow = {
      workspaceId,
      id: input.conversationId,
      inboxId: channel.inboxId,
      channelId: channel.id,
      contactId: origin.contactId,
      sessionId: origin.sessionId,
      status: 'open',
      assigneeId: null,
      snoozedUntil: null,
      seq: 0,
      publicSeq: 0,
      inboundSeq: 0,
      readSeq: 0,
      contactReadSeq: 0,
      teamReadSeq: 0,
      lastMessagePreview: '',
      lastMessageAuthor: 'contact',
      lastMessageAt: now,
      sourceUrl: input.pageUrl ?? null,
      createdAt: now,
      firstRepliedAt: null,
      closedAt: null,
      begunOff: isOff,
      begunWithBot: isOff && offHoursOf(inbox).mode === 'bot',
      rating: null,
      claimedProperties: input.properties ?? null,
    };
    const writer = new ThreadWriter(row, actor, now);
    const author: Author = { kind: 'contact', id: origin.contactId };
    const first = writer.message(commandId, input.text, author, 'conversation.started');
    await takeFiles(context, first, input.attachmentIds);
    nameFiles(writer.row, first);
    const made = await tx
      .insert(conversation)
      .values(writer.row)
      .onConflictDoNothing()
      .returning({ id: conversation.id });
    if (made.length === 0) {
      throw new DomainError(
        'conflict',
        'There is a conversation with this id already. Make a new id for a new conversation.',
      );
    }
    await tx.insert(part).values(writer.change.parts);
    for (const event of writer.change.events) emit(event.name, event.facts as never, event);
    const text = isOff && autoResponseFor(offHoursOf(inbox), input.language);
    if (text) await run('conversation.autoRespond', { conversationId: row.id, text }, { kind: 'system', workspaceId });
    return { conversationId: row.id, partId: first.id, seq: first.seq, publicSeq: first.publicSeq! };
  },

  'conversation.reply': reply,

  'conversation.answer': answer,

  async 'conversation.setProperties'(context, { conversationId, properties }) {
    const row = await lock(context, conversationId);
    const held = row.claimedProperties ?? {};
    const claimedProperties = withProperties(held, properties);
    // A page says the same on every visit; nobody need hear of it again.
    if (sameProperties(held, claimedProperties)) return {};
    if (!v.is(givenProperties, claimedProperties)) {
      throw new DomainError('invalid', 'A conversation has 50 properties at most. Take one away first, with null.', {
        fields: { properties: 'must be at most 50 in all' },
      });
    }
    await context.tx.update(conversation).set({ claimedProperties }).where(at(row));
    context.emit('conversation.propertiesChanged', { conversationId }, { conversationId });
    return {};
  },

  // Its own id: within another command it would be the id of the message it responds to.
  'conversation.autoRespond': (context, { conversationId, text }) =>
    change(context, conversationId, (writer) => writer.autoResponse(uuidv7(context.now.getTime()), text)),

  async 'conversation.note'(context, { conversationId, text, attachmentIds }) {
    const { seq } = await change(context, conversationId, (writer, row) =>
      takeFiles(context, writer.note(context.commandId, text, authorOf(context.actor, row)), attachmentIds),
    );
    return { partId: context.commandId, seq };
  },

  async 'conversation.assign'(context, { conversationId, assigneeId, expectedAssigneeId }) {
    const assignee = assigneeId === null ? null : await teammateActor(context.tx, context.workspaceId, assigneeId);
    if (assigneeId !== null && assignee === null) throw notFound('teammate');
    return change(context, conversationId, (writer, row) => {
      if (assignee && !seesConversation(assignee, row)) {
        throw new DomainError(
          'invalid',
          'This teammate is not a member of the inbox. Add them to it first, or choose another.',
          {
            fields: { assigneeId: 'is not a member of the inbox' },
          },
        );
      }
      if (expectedAssigneeId !== undefined && expectedAssigneeId !== row.assigneeId) {
        throw new DomainError(
          'conflict',
          'Somebody else changed the owner a moment ago. Look who has it now, then decide.',
        );
      }
      const reason = context.actor.kind === 'system' ? 'rotation' : 'manual';
      if (row.assigneeId !== assigneeId) writer.assign(assigneeId, reason);
    });
  },

  async 'conversation.snooze'(context, { conversationId, until }) {
    const moment = new Date(until);
    if (moment <= context.now) {
      throw new DomainError('invalid', 'A conversation can only be snoozed until a moment in the future.', {
        fields: { until: 'must be in the future' },
      });
    }
    return change(context, conversationId, (writer) => writer.snooze(moment));
  },

  'conversation.wake': (context, { conversationId, until }) =>
    change(context, conversationId, (writer, row) => {
      // A later snooze, or a reopening by hand, makes an earlier alarm mean nothing. The clock is not asked again: the alarm rang by the database's, and
      // if ours is behind, it would not ring a second time.
      if (row.status === 'snoozed' && row.snoozedUntil?.getTime() === new Date(until).getTime()) writer.reopen('timer');
    }),

  'conversation.close': (context, { conversationId }) =>
    change(context, conversationId, async (writer, row) => {
      if (row.status === 'closed') return;
      writer.close();
      await askForRating(context, writer);
    }),

  async 'conversation.end'(context, { conversationId }) {
    await change(context, conversationId, async (writer, row) => {
      if (row.status === 'closed' || row.status === 'resolved') return;
      writer.close('visitor');
      await askForRating(context, writer);
    });
    return {};
  },

  'conversation.reopen': (context, { conversationId }) =>
    change(context, conversationId, (writer, row) => {
      if (row.status !== 'open') writer.reopen('manual');
    }),

  async 'conversation.markRead'(context, { conversationId, seq }) {
    const row = await lock(context, conversationId);
    const byVisitor = context.actor.kind === 'visitor';
    const [held, head] = byVisitor ? [row.contactReadSeq, row.publicSeq] : [row.readSeq, row.seq];
    const readSeq = Math.min(seq, head);
    if (readSeq <= held) return { readSeq: held };
    if (byVisitor) {
      await context.tx.update(conversation).set({ contactReadSeq: readSeq }).where(at(row));
      context.emit('conversation.seen', { conversationId, readSeq }, { conversationId });
      return { readSeq };
    }
    // A program that reads is no teammate who has seen it.
    const shown = context.actor.kind === 'teammate' ? await publicPosition(context.tx, row, readSeq) : 0;
    const teamReadSeq = Math.max(row.teamReadSeq, shown);
    await context.tx.update(conversation).set({ readSeq, teamReadSeq }).where(at(row));
    const seenSeq = teamReadSeq > row.teamReadSeq ? teamReadSeq : null;
    context.emit('conversation.read', { conversationId, readSeq, seenSeq }, { conversationId });
    return { readSeq };
  },

  async 'conversation.markUnread'(context, { conversationId }) {
    const row = await lock(context, conversationId);
    const readSeq = Math.max(0, row.inboundSeq - 1);
    if (row.readSeq <= readSeq) return { readSeq: row.readSeq };
    await context.tx.update(conversation).set({ readSeq }).where(at(row));
    context.emit('conversation.markedUnread', { conversationId, readSeq }, { conversationId });
    return { readSeq };
  },
};

function sameProperties(one: Properties, other: Properties): boolean {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && one[key] === other[key])
  );
}

type StartInput = {
  form?: unknown;
  properties?: unknown;
  channelId?: string | undefined;
  contact?: CommandInput<'contact.create'> | undefined;
};

/** Where a new conversation comes from: a visitor's own session, or what a program says. */
async function originOf(
  context: OperationContext,
  input: StartInput,
): Promise<{ channelId: string; contactId: string; sessionId: string | null }> {
  const { actor } = context;
  if (actor.kind === 'visitor') {
    if (input.channelId !== undefined || input.contact !== undefined) {
      throw new DomainError('invalid', 'A visitor starts a conversation as themselves, on their own channel.', {
        fields: { channelId: 'is not for visitors', contact: 'is not for visitors' },
      });
    }
    const { contactId } = await context.run('visitor.becomeContact', { sessionId: actor.id });
    return { channelId: actor.channelId, contactId, sessionId: actor.id };
  }
  if (input.form !== undefined) {
    throw new DomainError('invalid', 'Only a visitor answers a form. Say what you know of the contact in `contact`.', {
      fields: { form: 'is for visitors' },
    });
  }
  if (input.properties !== undefined) {
    throw new DomainError('invalid', 'Only a visitor’s page says properties with the first message.', {
      fields: { properties: 'is for visitors' },
    });
  }
  if (input.channelId === undefined || input.contact === undefined) {
    throw new DomainError('invalid', 'Say which channel the message came through, and from whom.', {
      fields: { channelId: 'is missing', contact: 'is missing' },
    });
  }
  const { contactId } = await context.run('contact.create', input.contact);
  return { channelId: input.channelId, contactId, sessionId: null };
}
