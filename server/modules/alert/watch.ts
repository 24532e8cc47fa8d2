import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { alertFor, assigneeFor } from '../../../shared/state/alerts.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import type { Database } from '../../database/connection.ts';
import type { Clock } from '../../kernel/clock.ts';
import { channel } from '../channel/schema.ts';
import { spokenSince } from '../conversation/queries.ts';
import { conversation } from '../conversation/schema.ts';
import { isWithinHours } from '../inbox/queries.ts';
import { inbox, inboxMember } from '../inbox/schema.ts';
import { teammate } from '../teammate/schema.ts';
import { alert } from './schema.ts';

/** Names the job, and who works on it in `start.ts`. */
export const ALERT_JOB = 'sendAlert';

/** What is older is no news: somebody who chooses alerts today is not told of yesterday. */
const NEWS_MS = 3_600_000;
const KEPT_MS = 7 * 24 * 3_600_000;
/** So many pairs are held in memory at a time. */
const PAGE = 500;

/**
 * Looks for messages that a teammate wants to be alerted to, and puts a job into the queue for each. It asks how things stand rather than hear of
 * every message, so that messages cost nothing by it; and what stands is found after a crash too. One alert a conversation until the team has
 * read on, by the key of its row, however many servers look.
 * @returns how many alerts are new
 */
export async function findAlerts(db: Database, clock: Clock, page = PAGE): Promise<number> {
  const now = clock.now();
  let made = 0;
  // To the end each time: many who are no reason for an alert must not stand before those who are.
  for (let last: Pair | undefined, more = true; more;) {
    const rows = await candidates(db, now, page, last);
    for (const { who, held, kind, schedule, notifies, role } of rows) {
      const chatOff = !who.available || !isWithinHours(schedule, now);
      const reason = alertFor({
        wanted: { missed: who.alertMissed, yours: who.alertYours },
        chatOff,
        missed: held.begunOff && held.firstRepliedAt === null,
        fromWebChat: kind === 'web-chat',
        assignee: assigneeFor(held, who.id),
        notifies,
        role,
      });
      if (reason) made += await put(db, { who, held, reason, now });
    }
    last = rows.at(-1);
    more = rows.length === page;
  }
  return made;
}

type Pair = { who: { id: string }; held: { id: string } };

/** Teammates who want alerts, beside every unread conversation of the last hour that may concern them; `after` a pair, in order. */
async function candidates(db: Database, now: Date, page: number, after: Pair | undefined) {
  return db
    .select({
      who: teammate,
      held: conversation,
      kind: channel.kind,
      schedule: inbox.schedule,
      notifies: inbox.notifies,
      role: inboxMember.role,
    })
    .from(teammate)
    .innerJoin(
      conversation,
      and(
        eq(conversation.workspaceId, teammate.workspaceId),
        inArray(conversation.status, ['open', 'pending']),
        spokenSince(new Date(now.getTime() - NEWS_MS)),
        gt(conversation.inboundSeq, conversation.readSeq),
      ),
    )
    .innerJoin(inbox, and(eq(inbox.workspaceId, conversation.workspaceId), eq(inbox.id, conversation.inboxId)))
    .leftJoin(channel, and(eq(channel.workspaceId, conversation.workspaceId), eq(channel.id, conversation.channelId)))
    .leftJoin(
      inboxMember,
      and(
        eq(inboxMember.workspaceId, conversation.workspaceId),
        eq(inboxMember.inboxId, conversation.inboxId),
        eq(inboxMember.teammateId, teammate.id),
      ),
    )
    .leftJoin(
      alert,
      and(
        eq(alert.workspaceId, teammate.workspaceId),
        eq(alert.teammateId, teammate.id),
        eq(alert.conversationId, conversation.id),
        eq(alert.afterSeq, conversation.readSeq),
      ),
    )
    .where(
      and(
        isNull(alert.id),
        // Whose hours it is, only the schedule can tell: the rest of the rule leaves out most of what is no reason.
        or(eq(teammate.available, false), isNotNull(inbox.schedule)),
        or(
          and(eq(teammate.alertYours, true), eq(conversation.assigneeId, teammate.id)),
          and(
            eq(teammate.alertMissed, true),
            conversation.begunOff,
            isNull(conversation.firstRepliedAt),
            or(
              eq(conversation.assigneeId, teammate.id),
              and(
                isNull(conversation.assigneeId),
                or(eq(inbox.notifies, 'everyone'), and(eq(inbox.notifies, 'admins'), eq(inboxMember.role, 'admin'))),
              ),
            ),
          ),
        ),
        after && sql`(${teammate.id}, ${conversation.id}) > (${after.who.id}::uuid, ${after.held.id}::uuid)`,
      ),
    )
    .orderBy(asc(teammate.id), asc(conversation.id))
    .limit(page);
}

type Found = {
  who: typeof teammate.$inferSelect;
  held: typeof conversation.$inferSelect;
  reason: 'missed' | 'yours';
  now: Date;
};

async function put(db: Database, { who, held, reason, now }: Found): Promise<number> {
  const { workspaceId } = who;
  return db.transaction(async (tx) => {
    const id = uuidv7(now.getTime());
    const made = await tx
      .insert(alert)
      .values({
        workspaceId,
        teammateId: who.id,
        conversationId: held.id,
        afterSeq: held.readSeq,
        id,
        reason,
        state: 'waiting',
        createdAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: alert.id });
    if (made.length === 0) return 0;
    const payload = JSON.stringify({ workspaceId, alertId: id });
    await tx.execute(sql`select graphile_worker.add_job(${ALERT_JOB}, ${payload}::text::json)`);
    return 1;
  });
}

/** Forgets alerts that are settled for long. */
export async function dropOldAlerts(db: Database, now: Date): Promise<void> {
  await db.delete(alert).where(lt(alert.createdAt, new Date(now.getTime() - KEPT_MS)));
}
