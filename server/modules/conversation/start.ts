import { and, eq } from 'drizzle-orm';
import type { CommandInput, CommandResult, ParsedCommandInput } from '../../../shared/contract/catalogue.ts';
import { fittingProperties, type Properties } from '../../../shared/contract/form.ts';
import type { Author } from '../../../shared/contract/part.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { Operation, OperationContext } from '../../kernel/operation.ts';
import { seesConversation } from '../../policy/visibility.ts';
import { findChannel } from '../channel/queries.ts';
import { attendance, findInbox, offHoursOf } from '../inbox/queries.ts';
import { autoResponseFor } from './auto-response.ts';
import { passDoor } from './door.ts';
import { takeFiles } from './attachments.ts';
import { change } from './locked.ts';
import { conversationColumns, type ConversationRow } from './records.ts';
import { conversation, part } from './schema.ts';
import { authorOf, nameFiles, ThreadWriter } from './thread.ts';

/** A conversation begins with its first message; for a visitor who has begun it in another tab, that is one more in it. */
export const start: Operation<'conversation.start'> = async (context, input) => {
  const { tx, actor, workspaceId, commandId, now, emit, run } = context;
  const origin = await originOf(context, input);
  const channel = await findChannel(tx, workspaceId, origin.channelId);
  const inbox = channel && (await findInbox(tx, workspaceId, channel.inboxId));
  if (!inbox) throw notFound('channel');
  // What the system itself puts in, such as an import, came at another time.
  const isOff = actor.kind !== 'system' && !(await attendance(tx, inbox, now)).open;
  if (actor.kind === 'visitor') await passDoor(context, inbox, origin.contactId, input.form, isOff, input.language);
  if (actor.kind === 'visitor' && (await isBegun(context, input.conversationId))) return join(context, input);
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
    wakesOnReply: true,
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
};

/** Whether the visitor has begun it already. Their session is locked: of several starts at once the others have waited here for the first. */
async function isBegun({ tx, actor, workspaceId }: OperationContext, conversationId: string): Promise<boolean> {
  const [row] = await tx
    .select(conversationColumns)
    .from(conversation)
    .where(and(eq(conversation.workspaceId, workspaceId), eq(conversation.id, conversationId)));
  return !!row && seesConversation(actor, row);
}

async function join(
  context: OperationContext,
  { conversationId, text, attachmentIds, properties }: ParsedCommandInput<'conversation.start'>,
): Promise<CommandResult<'conversation.start'>> {
  const { commandId, actor } = context;
  let publicSeq = 0;
  let held: Properties = {};
  await change(context, conversationId, async (writer, row) => {
    held = row.claimedProperties ?? {};
    const said = writer.message(commandId, text, authorOf(actor, row), 'conversation.replied');
    await takeFiles(context, said, attachmentIds);
    nameFiles(writer.row, said);
    publicSeq = said.publicSeq!;
  });
  if (properties) {
    // Each tab may give as many as a conversation has room for: a message is not refused for what its page knows besides.
    const fitting = fittingProperties(held, properties);
    await context.run('conversation.setProperties', { conversationId, properties: fitting });
  }
  // A visitor hears no other position (D3).
  return { conversationId, partId: commandId, seq: publicSeq, publicSeq };
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
