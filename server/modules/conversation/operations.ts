import { and, eq, lte, max } from 'drizzle-orm';
import * as v from 'valibot';
import type { CommandName } from '../../../shared/contract/catalogue.ts';
import { givenProperties, withProperties, type Properties } from '../../../shared/contract/form.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { actorId } from '../../kernel/actor.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { OperationContext, Operations } from '../../kernel/operation.ts';
import { seesConversation } from '../../policy/visibility.ts';
import { teammateActor } from '../teammate/queries.ts';
import { answer } from './answer.ts';
import { takeFiles } from './attachments.ts';
import { at, change, lock } from './locked.ts';
import { askForRating } from './ending.ts';
import type { ConversationRow } from './records.ts';
import { reply } from './reply.ts';
import { start } from './start.ts';
import { conversation, part } from './schema.ts';
import { authorOf, nameFiles, unreadFrom } from './thread.ts';

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
  'conversation.start': start,

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

  async 'conversation.assign'(context, { conversationId, assigneeId, expectedAssigneeId, note }) {
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
      if (note === undefined) return;
      writer.note(context.commandId, note, authorOf(context.actor, row));
      // What is unread is the contact's: nothing else tells its new owner that there is something to read.
      if (assignee && assigneeId !== actorId(context.actor)) writer.markUnread();
    });
  },

  async 'conversation.snooze'(context, { conversationId, until, wakesOnReply }) {
    const moment = new Date(until);
    if (moment <= context.now) {
      throw new DomainError('invalid', 'A conversation can only be snoozed until a moment in the future.', {
        fields: { until: 'must be in the future' },
      });
    }
    return change(context, conversationId, (writer) => writer.snooze(moment, wakesOnReply));
  },

  'conversation.wake': (context, { conversationId, until }) =>
    change(context, conversationId, (writer, row) => {
      // A later snooze, or a reopening by hand, makes an earlier alarm mean nothing. The clock is not asked again: the alarm rang by the database's, and
      // if ours is behind, it would not ring a second time.
      if (row.status !== 'snoozed' || row.snoozedUntil?.getTime() !== new Date(until).getTime()) return;
      writer.reopen('timer');
      // It comes back where it stood in the list, and nobody may be looking: nothing else tells that it is there again.
      writer.markUnread();
    }),

  'conversation.close': (context, { conversationId, expectedInboundSeq, message, attachmentIds }) =>
    change(context, conversationId, async (writer, row) => {
      if (expectedInboundSeq !== undefined && row.inboundSeq > expectedInboundSeq) {
        throw new DomainError('conflict', 'A new message came in. Read it before you close the conversation.');
      }
      if (message !== undefined || attachmentIds) {
        const author = authorOf(context.actor, row);
        const last = writer.message(context.commandId, message ?? '', author, 'conversation.replied');
        await takeFiles(context, last, attachmentIds);
        nameFiles(writer.row, last);
      }
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
    const readSeq = unreadFrom(row);
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
