import { and, eq, gte, inArray, isNotNull, sql } from 'drizzle-orm';
import type { ReplyTime } from '../../../shared/contract/visitor.ts';
import type { Database } from '../../database/connection.ts';
import { spokenSince } from '../conversation/queries.ts';
import { conversation } from '../conversation/schema.ts';

const MINUTE_MS = 60_000;
/** Long enough for a quiet inbox to have answered a few, short enough to be about the team of today. */
const DAYS = 14;
/** Fewer answers than these tell of single days, not of what is usual. */
const FEWEST_REPLIES = 5;
/** It moves slowly, and every visitor who opens the home asks for it. */
const KEPT_MS = 5 * MINUTE_MS;

type Kept = { at: number; value: Promise<ReplyTime | null> };

const cache = new WeakMap<Database, Map<string, Kept>>();

/** How soon an inbox usually answers first: the median of the last days, in words. Null when there is too little to tell from. */
export function usualReplyTime(
  db: Database,
  workspaceId: string,
  inboxId: string,
  now: Date,
): Promise<ReplyTime | null> {
  const held = cache.get(db) ?? new Map<string, Kept>();
  cache.set(db, held);
  const key = `${workspaceId} ${inboxId}`;
  const kept = held.get(key);
  const age = kept ? now.getTime() - kept.at : Infinity;
  if (kept && age >= 0 && age < KEPT_MS) return kept.value;
  const value = readReplyTime(db, workspaceId, inboxId, now);
  held.set(key, { at: now.getTime(), value });
  // A failure is this asker's; the next one tries again.
  value.catch(() => held.delete(key));
  return value;
}

async function readReplyTime(db: Database, workspaceId: string, inboxId: string, now: Date): Promise<ReplyTime | null> {
  const since = new Date(now.getTime() - DAYS * 24 * 60 * MINUTE_MS);
  const waited = sql`extract(epoch from ${conversation.firstRepliedAt} - ${conversation.createdAt}) * 1000`;
  const [row] = await db
    .select({
      replies: sql<number>`count(*)::int`,
      medianMs: sql<number | null>`(percentile_cont(0.5) within group (order by ${waited}))::float8`,
    })
    .from(conversation)
    .where(
      and(
        eq(conversation.workspaceId, workspaceId),
        // What was begun since then was also spoken in since then: that is what there is an index on.
        inArray(conversation.status, ['open', 'pending', 'snoozed', 'resolved', 'closed']),
        spokenSince(since),
        gte(conversation.createdAt, since),
        eq(conversation.inboxId, inboxId),
        isNotNull(conversation.firstRepliedAt),
      ),
    );
  return row && row.replies >= FEWEST_REPLIES && row.medianMs !== null ? inWords(row.medianMs) : null;
}

/** Slower than a day is nothing to promise. */
export function inWords(medianMs: number): ReplyTime | null {
  if (medianMs <= 10 * MINUTE_MS) return 'minutes';
  if (medianMs <= 60 * MINUTE_MS) return 'hour';
  return medianMs <= 24 * 60 * MINUTE_MS ? 'day' : null;
}
