import type { EventDraft, EventRow } from '../kernel/operation.ts';
import type { Sql, Transaction } from './connection.ts';
import { insertRows } from './row-sets.ts';
import { eventLog } from './schema.ts';

/** Appends facts within an operation's transaction. */
export async function appendEvents(tx: Transaction, drafts: readonly EventDraft[]): Promise<EventRow[]> {
  if (drafts.length === 0) return [];
  const keys = await tx
    .insert(eventLog)
    .values([...drafts])
    .returning({ id: eventLog.id, xid: eventLog.xid });
  return drafts.map((draft, index) => ({ ...draft, id: String(keys[index]!.id), xid: keys[index]!.xid }));
}

/** Appends the facts of a whole batch. */
export async function appendBatch(sql: Sql, drafts: readonly EventDraft[]): Promise<EventRow[]> {
  const keys = await insertRows<typeof eventLog, { id: string; xid: string }>(
    sql,
    eventLog,
    drafts,
    ['id', 'xid'],
    'id::text, xid::text',
  );
  // Named one by one: a spread of two, for each message, showed in the profile.
  return drafts.map(
    ({ workspaceId, name, actorKind, actorId, conversationId, contactId, facts, at }, index): EventRow => ({
      id: keys[index]!.id,
      xid: keys[index]!.xid,
      workspaceId,
      name,
      actorKind,
      actorId,
      conversationId,
      contactId,
      facts,
      at,
    }),
  );
}

export type LogRow = {
  id: string;
  xid: string;
  workspace_id: string;
  name: EventRow['name'];
  actor_kind: EventRow['actorKind'];
  actor_id: string | null;
  conversation_id: string | null;
  contact_id: string | null;
  facts: Record<string, unknown>;
  at: Date;
};

export function toEventRow(row: LogRow): EventRow {
  return {
    id: row.id,
    xid: row.xid,
    workspaceId: row.workspace_id,
    name: row.name,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    conversationId: row.conversation_id,
    contactId: row.contact_id,
    facts: row.facts,
    at: row.at,
  };
}

export type LogReading = {
  rows: EventRow[];
  /** Every transaction below this id had ended when the rows were read: who has them all has missed nothing below it (D4). */
  position: string;
};

/**
 * What is visible in the log from a position on, less what the reader has had, in the log's order. Rows and new position come from
 * one statement and so from one snapshot: a transaction that commits in between is in neither, and is found by the next reading.
 * @param had ids of events at or after the position that the reader holds.
 */
export async function readLog(
  sql: Sql,
  from: { position: string; had?: Iterable<string>; workspaceId?: string; limit: number },
): Promise<LogReading> {
  const rows = await sql<(LogRow & { position: string })[]>`
    select now.position::text, found.id::text, found.xid::text, found.workspace_id, found.name, found.actor_kind, found.actor_id,
      found.conversation_id, found.contact_id, found.facts, found.at
    from (select pg_snapshot_xmin(pg_current_snapshot()) as position) as now
    left join lateral (
      select * from parlour.event_log as entry
      where entry.xid >= ${from.position}::xid8
        ${from.workspaceId ? sql`and entry.workspace_id = ${from.workspaceId}` : sql``}
        and not entry.id <@ ${rangesOf(from.had ?? [])}::int8multirange
      order by entry.xid, entry.id limit ${from.limit}
    ) as found on true
    order by found.xid, found.id`;
  return { rows: rows.filter((row) => row.id !== null).map(toEventRow), position: rows[0]!.position };
}

/**
 * Ids as Postgres's ranges. A process alone with its database has told nearly all ids in a row: a few ranges, looked through in no time, where a list
 * of thousands was compared with every row, each second.
 */
function rangesOf(ids: Iterable<string>): string {
  const ranges: [first: number, end: number][] = [];
  for (const id of [...ids].map(Number).sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last && last[1] === id) last[1] = id + 1;
    else ranges.push([id, id + 1]);
  }
  return `{${ranges.map(([first, end]) => `[${first},${end})`).join(',')}}`;
}

/** Where the log stands now. */
export async function logPosition(sql: Sql): Promise<string> {
  const [row] = await sql<{ position: string }[]>`select pg_snapshot_xmin(pg_current_snapshot())::text as position`;
  return row!.position;
}
