import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../database/connection.ts';
import type { VisitorActor } from '../../kernel/actor.ts';
import { inbox } from '../inbox/schema.ts';
import { ofVisitor } from './queries.ts';
import { conversation } from './schema.ts';

/** One conversation in line, and who may be told of its place. */
export type Waiting = { id: string; sessionId: string | null; contactId: string; position: number };

/** Nobody has taken it on, and the contact has the last word. What says by itself that nobody is there is no answer. */
const isWaiting = and(
  eq(conversation.status, 'open'),
  isNull(conversation.assigneeId),
  eq(conversation.lastMessageAuthor, 'contact'),
);

const ranked = sql<number>`(row_number() over (partition by ${conversation.inboxId} order by ${conversation.createdAt}, ${conversation.id}))::int`;

/** The line of an inbox, first come first: empty where visitors are not to be told. One reading, however many wait. */
export async function readLine(db: Database, workspaceId: string, inboxId: string): Promise<Waiting[]> {
  const { id, sessionId, contactId } = conversation;
  return db
    .select({ id, sessionId, contactId, position: ranked })
    .from(conversation)
    .where(
      and(
        eq(conversation.workspaceId, workspaceId),
        eq(conversation.inboxId, inboxId),
        isWaiting,
        // Looked up once, not for each who waits.
        sql`(select ${inbox.showQueuePosition} from ${inbox} where ${inbox.workspaceId} = ${workspaceId} and ${inbox.id} = ${inboxId})`,
      ),
    );
}

/** Where a visitor's own conversations stand in line, by their ids. Nothing of the others is told. */
export async function visitorsPlaces(db: Database, actor: VisitorActor): Promise<Record<string, number>> {
  const own = await db
    .select({ id: conversation.id, inboxId: conversation.inboxId })
    .from(conversation)
    .where(and(ofVisitor(actor), isWaiting));
  const lines = await Promise.all(
    [...new Set(own.map(({ inboxId }) => inboxId))].map((inboxId) => readLine(db, actor.workspaceId, inboxId)),
  );
  const ids = new Set(own.map(({ id }) => id));
  return Object.fromEntries(
    lines
      .flat()
      .filter(({ id }) => ids.has(id))
      .map(({ id, position }) => [id, position]),
  );
}
