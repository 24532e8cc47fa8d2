import { and, asc, eq, inArray, isNull, notExists, sql } from 'drizzle-orm';
import type { Database } from '../../database/connection.ts';
import type { CommandBus } from '../../kernel/command-bus.ts';
import { conversation, part } from '../conversation/schema.ts';
import { attendance, availableMembers } from '../inbox/queries.ts';
import { inbox } from '../inbox/schema.ts';

/** So many are given out at a time; the rest follow at the next look. */
const PAGE = 200;

type LeftByBot = { workspaceId: string; conversationId: string };

/** Gives what bots left open to people who are there now. Several servers may do so at once: a turn is taken under the conversation's lock. */
export async function handOver(db: Database, bus: Pick<CommandBus, 'execute'>, now: Date): Promise<void> {
  for (const { workspaceId, conversationId } of await findLeftByBot(db, now))
    await bus.execute('conversation.route', { conversationId }, { kind: 'system', workspaceId });
}

/**
 * Conversations that were begun while a bot stood in for everybody, and now wait for people who are there: open, never anybody's, and the contact has
 * the last word. It asks how things stand rather than hear of hours, switches and messages, so that a look that was missed is made up by the next.
 */
async function findLeftByBot(db: Database, now: Date): Promise<LeftByBot[]> {
  const inboxes = await db
    .select()
    .from(inbox)
    .where(and(sql`${inbox.offHours} ->> 'mode' = 'bot'`, eq(inbox.routing, 'rotate')));
  const found: LeftByBot[] = [];
  for (const one of inboxes) {
    if (!(await attendance(db, one, now)).open) continue;
    // With nobody to take a turn, a look would be the same again and again.
    if ((await availableMembers(db, one.workspaceId, one.id)).length > 0) found.push(...(await leftIn(db, one)));
  }
  return found;
}

/** First come first. Whom a teammate had and let go waits for a teammate's word, and not for a turn. */
function leftIn(db: Database, { workspaceId, id }: { workspaceId: string; id: string }): Promise<LeftByBot[]> {
  const wasAssigned = db
    .select({ one: sql`1` })
    .from(part)
    .where(
      and(
        eq(part.workspaceId, conversation.workspaceId),
        eq(part.conversationId, conversation.id),
        sql`${part.activity} ->> 'name' = 'assigned'`,
      ),
    );
  return db
    .select({ workspaceId: conversation.workspaceId, conversationId: conversation.id })
    .from(conversation)
    .where(
      and(
        eq(conversation.workspaceId, workspaceId),
        eq(conversation.inboxId, id),
        inArray(conversation.status, ['open', 'pending']),
        isNull(conversation.assigneeId),
        eq(conversation.begunOff, true),
        eq(conversation.lastMessageAuthor, 'contact'),
        notExists(wasAssigned),
      ),
    )
    .orderBy(asc(conversation.createdAt), asc(conversation.id))
    .limit(PAGE);
}
