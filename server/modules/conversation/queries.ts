import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, not, sql, type SQL } from 'drizzle-orm';
import type {
  AssigneeFilter,
  Category,
  StatusFilter,
  VisitorConversation,
} from '../../../shared/contract/conversation.ts';
import type { Part, VisitorPart } from '../../../shared/contract/part.ts';
import type { Database } from '../../database/connection.ts';
import { cutPage, decodeCursor, fitting } from '../../database/page.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Actor, VisitorActor } from '../../kernel/actor.ts';
import type { QueryContext, QueryHandlers } from '../../kernel/query-bus.ts';
import { seesConversation, visibleInboxes } from '../../policy/visibility.ts';
import { readContacts } from '../contact/queries.ts';
import { listTeammates } from '../teammate/queries.ts';
import { toConversation, toPart, toVisitorConversation, toVisitorPart, type ConversationRow } from './records.ts';
import { conversation, part } from './schema.ts';

// What other modules may read of conversations.
export { visitorsView } from './visitors-view.ts';
export { visitorsPlaces } from './waiting.ts';

const statuses: Record<StatusFilter, ConversationRow['status'][]> = {
  open: ['open', 'pending'],
  snoozed: ['snoozed'],
  closed: ['closed', 'resolved'],
};

function withStatus(status: StatusFilter): SQL {
  return inArray(conversation.status, statuses[status]);
}

function withAssignee(assignee: AssigneeFilter, actor: Actor): SQL | undefined {
  if (assignee === 'all') return undefined;
  if (assignee === 'unassigned') return isNull(conversation.assigneeId);
  return actor.kind === 'teammate' ? eq(conversation.assigneeId, actor.id) : sql`false`;
}

/** As `listedHour` counts them. */
function hourOf(at: Date): number {
  return Math.floor(at.getTime() / 3_600_000);
}

/** Spoken in since then, as far as an index can tell, and to the moment. */
export function spokenSince(since: Date): SQL | undefined {
  return and(gte(conversation.listedHour, hourOf(since)), gte(conversation.lastMessageAt, since));
}

/** By the hour first, which changes nothing and is what the indexes hold; Postgres sorts within the hour. */
const lastSpokenFirst = [desc(conversation.listedHour), desc(conversation.lastMessageAt), desc(conversation.id)];

/** The same piles as `categoryOf` in shared/state/category.ts, which a test holds it to. */
function withCategory(category: Category, actor: Actor): SQL | undefined {
  const unanswered = isNull(conversation.firstRepliedAt);
  const missed = and(unanswered, conversation.begunOff);
  const fresh = and(unanswered, isNull(conversation.assigneeId));
  const me = actor.kind === 'teammate' ? actor.id : null;
  const mine = sql`${conversation.assigneeId} is not distinct from ${me}::uuid`;
  const piles: Record<Category, SQL | undefined> = {
    // Word for word the index's own condition: with parameters in it Postgres could not tell that the index fits.
    missed: sql`begun_off and first_replied_at is null and status in ('open', 'pending')`,
    new: and(fresh, not(conversation.begunOff)),
    yours: and(not(missed!), not(fresh!), mine),
    others: and(not(missed!), not(fresh!), not(mine)),
  };
  return and(withStatus('open'), piles[category]);
}

function visibleTo(actor: Actor): SQL | undefined {
  const inboxes = visibleInboxes(actor);
  return inboxes === 'all' ? undefined : inArray(conversation.inboxId, [...inboxes]);
}

/** Which teammate wrote the last message, by conversation, where one did. The thread is read from its end, by its key. */
export async function lastAuthors(
  db: Database,
  workspaceId: string,
  rows: readonly ConversationRow[],
): Promise<ReadonlyMap<string, string | null>> {
  const ids = rows.filter((row) => row.lastMessageAuthor === 'teammate').map((row) => row.id);
  if (ids.length === 0) return new Map();
  const authorId = sql<string | null>`(select said.author_id from parlour.part as said
    where said.workspace_id = conversation.workspace_id and said.conversation_id = conversation.id
      and said.kind = 'message' and said.author_kind = 'teammate'
    order by said.seq desc limit 1)`;
  const found = await db
    .select({ id: conversation.id, authorId })
    .from(conversation)
    .where(and(eq(conversation.workspaceId, workspaceId), inArray(conversation.id, ids)));
  return new Map(found.map((row) => [row.id, row.authorId]));
}

/** The conversation, if the actor may see it. @throws not_found */
async function seen({ db, actor, workspaceId }: QueryContext, conversationId: string): Promise<ConversationRow> {
  const [row] = await db
    .select()
    .from(conversation)
    .where(and(eq(conversation.workspaceId, workspaceId), eq(conversation.id, conversationId)));
  if (!row || !seesConversation(actor, row)) throw notFound('conversation');
  return row;
}

/**
 * The conversations begun in a visitor session, or all of the contact that its visitor proved to be. They are looked up by the session's contact: every message rewrites the row of its conversation in every
 * index, so there is one index fewer, and a contact has few conversations.
 */
export function ofVisitor({ workspaceId, id: sessionId, contactId: provenId }: VisitorActor): SQL | undefined {
  if (provenId) return and(eq(conversation.workspaceId, workspaceId), eq(conversation.contactId, provenId));
  const contactId = sql`(select contact_id from parlour.visitor_session where workspace_id = ${workspaceId} and id = ${sessionId})`;
  return and(
    eq(conversation.workspaceId, workspaceId),
    sql`${conversation.contactId} = ${contactId}`,
    eq(conversation.sessionId, sessionId),
  );
}

/** A visitor's conversations, last message first. */
export async function visitorConversations(db: Database, actor: VisitorActor): Promise<VisitorConversation[]> {
  const rows = await db
    .select()
    .from(conversation)
    .where(ofVisitor(actor))
    .orderBy(...lastSpokenFirst)
    .limit(50);
  return rows.map(toVisitorConversation);
}

/** Which inboxes conversations stand in. */
export async function inboxesOf(
  db: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<{ id: string; inboxId: string }[]> {
  return db
    .select({ id: conversation.id, inboxId: conversation.inboxId })
    .from(conversation)
    .where(and(eq(conversation.workspaceId, workspaceId), inArray(conversation.id, [...ids])));
}

/** Enough of a conversation to tell others that somebody types in it. */
export type TypedConversation = {
  id: string;
  workspaceId: string;
  inboxId: string;
  sessionId: string | null;
  contactId: string;
};

export async function findTyped(db: Database, workspaceId: string, id: string): Promise<TypedConversation | null> {
  const { inboxId, sessionId, contactId } = conversation;
  const [row] = await db
    .select({ id: conversation.id, workspaceId: conversation.workspaceId, inboxId, sessionId, contactId })
    .from(conversation)
    .where(and(eq(conversation.workspaceId, workspaceId), eq(conversation.id, id)));
  return row ?? null;
}

export const conversationQueryHandlers: Pick<
  QueryHandlers,
  'conversation.list' | 'conversation.counts' | 'conversation.get' | 'conversation.parts'
> = {
  async 'conversation.list'(
    { db, actor, workspaceId },
    { status, assignee, category, inboxId, contactId, cursor, limit },
  ) {
    const from = cursor === undefined ? undefined : decodeCursor(cursor);
    const rows = await db
      .select()
      .from(conversation)
      .where(
        and(
          eq(conversation.workspaceId, workspaceId),
          withStatus(status),
          withAssignee(assignee, actor),
          category ? withCategory(category, actor) : undefined,
          visibleTo(actor),
          inboxId ? eq(conversation.inboxId, inboxId) : undefined,
          contactId ? eq(conversation.contactId, contactId) : undefined,
          from
            ? sql`(${conversation.listedHour}, ${conversation.lastMessageAt}, ${conversation.id}) < (${hourOf(from.at)}, ${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(...lastSpokenFirst)
      .limit(limit + 1);
    const contactIds = [...new Set(rows.map((row) => row.contactId))];
    const untold = new Map((await readContacts(db, workspaceId, contactIds)).map((found) => [found.id, found]));
    // Each contact comes with the first of theirs, and what visitors say of themselves may be long.
    const entries = rows.map((row) => {
      const found = untold.get(row.contactId);
      untold.delete(row.contactId);
      return { row, found };
    });
    const page = cutPage(rows, fitting(entries, limit), (row) => ({ at: row.lastMessageAt, id: row.id }));
    const authors = await lastAuthors(db, workspaceId, page.rows);
    return {
      conversations: page.rows.map((row) => toConversation(row, authors.get(row.id))),
      contacts: entries.slice(0, page.rows.length).flatMap(({ found }) => found ?? []),
      next: page.next,
    };
  },

  async 'conversation.counts'({ db, actor, workspaceId }, { inboxId }) {
    const me = actor.kind === 'teammate' ? actor.id : null;
    const rows = await db
      .select({
        status: conversation.status,
        inboxId: conversation.inboxId,
        all: count(),
        mine: count(sql`case when ${conversation.assigneeId} = ${me}::uuid then 1 end`),
        unassigned: count(sql`case when ${conversation.assigneeId} is null then 1 end`),
        missed: count(sql`case when ${conversation.begunOff} and ${conversation.firstRepliedAt} is null then 1 end`),
        unread: count(sql`case when ${conversation.inboundSeq} > ${conversation.readSeq} then 1 end`),
      })
      .from(conversation)
      .where(
        and(
          eq(conversation.workspaceId, workspaceId),
          visibleTo(actor),
          inboxId ? eq(conversation.inboxId, inboxId) : undefined,
        ),
      )
      .groupBy(conversation.status, conversation.inboxId);
    const sum = (filter: StatusFilter) => {
      const held = rows.filter((row) => statuses[filter].includes(row.status));
      const total = (key: 'all' | 'mine' | 'unassigned' | 'missed' | 'unread') =>
        held.reduce((value, row) => value + row[key], 0);
      const owned = { mine: total('mine'), unassigned: total('unassigned'), all: total('all') };
      return { owned, missed: total('missed'), unread: total('unread') };
    };
    const open = sum('open');
    const unreadByInbox: Record<string, number> = {};
    for (const row of rows) {
      if (row.unread === 0 || !statuses.open.includes(row.status)) continue;
      unreadByInbox[row.inboxId] = (unreadByInbox[row.inboxId] ?? 0) + row.unread;
    }
    return {
      open: { ...open.owned, missed: open.missed },
      snoozed: sum('snoozed').owned,
      closed: sum('closed').owned,
      unread: open.unread,
      unreadByInbox,
    };
  },

  async 'conversation.get'(context, { conversationId }) {
    const row = await seen(context, conversationId);
    const [contact] = await readContacts(context.db, context.workspaceId, [row.contactId]);
    return { conversation: toConversation(row), contact: contact! };
  },

  async 'conversation.parts'(context, { conversationId, after, before, limit }) {
    await seen(context, conversationId);
    const { db, actor, workspaceId } = context;
    const forVisitor = actor.kind === 'visitor';
    // Both orders are the same order: publicSeq only leaves numbers out. So the one index on seq serves visitors too.
    const position = forVisitor ? part.publicSeq : part.seq;
    const forward = after !== undefined;
    const rows = await db
      .select()
      .from(part)
      .where(
        and(
          eq(part.workspaceId, workspaceId),
          eq(part.conversationId, conversationId),
          forVisitor ? isNotNull(part.publicSeq) : undefined,
          forward ? and(gt(position, after), gt(part.seq, after)) : undefined,
          before === undefined ? undefined : lt(position, before),
        ),
      )
      .orderBy(forward ? asc(part.seq) : desc(part.seq))
      .limit(limit + 1);
    const page = rows.slice(0, fitting(rows, limit));
    const more = rows.length > page.length;
    if (!forward) page.reverse();
    if (!forVisitor) return { parts: page.map(toPart) satisfies Part[], more };
    const names = new Map((await listTeammates(db, workspaceId)).map((teammate) => [teammate.id, teammate.name]));
    const parts = page.map((row) => toVisitorPart(row, (id) => names.get(id) ?? '')).filter((value) => value !== null);
    return { parts: parts satisfies VisitorPart[], more };
  },
};
