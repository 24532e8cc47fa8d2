import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../database/connection.ts';
import type { VisitorActor } from '../../kernel/actor.ts';
import { attendance } from '../inbox/queries.ts';
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

/** Of these inboxes those whose visitors are told their place now. Out of hours nobody comes up next, whoever stands first. */
async function tellingInboxes(db: Database, workspaceId: string, ids: string[], now: Date): Promise<string[]> {
  const { id, schedule } = inbox;
  const telling = await db
    .select({ id, schedule, workspaceId: inbox.workspaceId })
    .from(inbox)
    .where(and(eq(inbox.workspaceId, workspaceId), inArray(inbox.id, ids), eq(inbox.showQueuePosition, true)));
  const open: string[] = [];
  for (const one of telling) if ((await attendance(db, one, now)).open) open.push(one.id);
  return open;
}

/** Who stands in line in these inboxes. */
function inLine(workspaceId: string, inboxIds: string[]): SQL | undefined {
  return and(eq(conversation.workspaceId, workspaceId), inArray(conversation.inboxId, inboxIds), isWaiting);
}

/** The line of an inbox, first come first: empty where visitors are not to be told. One reading, however many wait. */
export async function readLine(db: Database, workspaceId: string, inboxId: string, now: Date): Promise<Waiting[]> {
  const telling = await tellingInboxes(db, workspaceId, [inboxId], now);
  if (telling.length === 0) return [];
  const { id, sessionId, contactId } = conversation;
  return db
    .select({ id, sessionId, contactId, position: ranked })
    .from(conversation)
    .where(inLine(workspaceId, telling));
}

/** Where a visitor's own conversations stand in line, by their ids. Nothing of the others is told, nor fetched. */
export async function visitorsPlaces(db: Database, actor: VisitorActor, now: Date): Promise<Record<string, number>> {
  const own = await db
    .select({ id: conversation.id, inboxId: conversation.inboxId })
    .from(conversation)
    .where(and(ofVisitor(actor), isWaiting));
  if (own.length === 0) return {};
  const inboxIds = [...new Set(own.map(({ inboxId }) => inboxId))];
  const telling = await tellingInboxes(db, actor.workspaceId, inboxIds, now);
  if (telling.length === 0) return {};
  const line = db
    .select({ id: conversation.id, position: ranked.as('position') })
    .from(conversation)
    .where(inLine(actor.workspaceId, telling))
    .as('line');
  const places = await db
    .select({ id: line.id, position: line.position })
    .from(line)
    .where(
      inArray(
        line.id,
        own.map(({ id }) => id),
      ),
    );
  return Object.fromEntries(places.map(({ id, position }) => [id, position]));
}
