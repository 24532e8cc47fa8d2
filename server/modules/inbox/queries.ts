import { and, asc, count, eq, inArray, sql } from 'drizzle-orm';
import type { Inbox } from '../../../shared/contract/inbox.ts';
import { defaultOffHours, type OffHours } from '../../../shared/contract/off-hours.ts';
import type { Availability, Schedule } from '../../../shared/contract/schedule.ts';
import type { Database, Transaction } from '../../database/connection.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { QueryHandlers } from '../../kernel/query-bus.ts';
import { visibleInboxes } from '../../policy/visibility.ts';
import { teammate } from '../teammate/schema.ts';
import { availabilityAt } from './business-time.ts';
import { inbox, inboxMember } from './schema.ts';

/** What an inbox does while nobody is there, chosen or by default. */
export function offHoursOf({ offHours }: Pick<typeof inbox.$inferSelect, 'offHours'>): OffHours {
  return offHours ?? defaultOffHours;
}

/** Whether an inbox is open by its hours alone. */
export function isWithinHours(schedule: Schedule | null, now: Date): boolean {
  return availabilityAt(schedule, now).open;
}

/** Inboxes with their members and whether they are open now. */
export async function readInboxes(
  db: Database | Transaction,
  workspaceId: string,
  now: Date,
  ids?: readonly string[],
): Promise<Inbox[]> {
  const rows = await db
    .select()
    .from(inbox)
    .where(and(eq(inbox.workspaceId, workspaceId), ids ? inArray(inbox.id, [...ids]) : undefined))
    .orderBy(asc(inbox.name));
  const members = await db
    .select()
    .from(inboxMember)
    .where(eq(inboxMember.workspaceId, workspaceId))
    .orderBy(asc(inboxMember.joinedAt));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    routing: row.routing,
    schedule: row.schedule,
    availability: availabilityAt(row.schedule, now),
    offHours: offHoursOf(row),
    preChat: row.preChat,
    askForRating: row.askForRating,
    showQueuePosition: row.showQueuePosition,
    notifies: row.notifies,
    members: members
      .filter((member) => member.inboxId === row.id)
      .map((member) => ({ teammateId: member.teammateId, role: member.role })),
    createdAt: row.createdAt.toISOString(),
  }));
}

export async function listVisibleInboxes(db: Database, actor: Actor, now: Date): Promise<Inbox[]> {
  const visible = visibleInboxes(actor);
  const all = await readInboxes(db, actor.workspaceId, now);
  return visible === 'all' ? all : all.filter((candidate) => visible.has(candidate.id));
}

export async function findInbox(
  tx: Database | Transaction,
  workspaceId: string,
  id: string,
): Promise<typeof inbox.$inferSelect | null> {
  const [row] = await tx
    .select()
    .from(inbox)
    .where(and(eq(inbox.workspaceId, workspaceId), eq(inbox.id, id)));
  return row ?? null;
}

/** The members who are on, in the order they joined: whom rotation may choose. */
export async function availableMembers(
  db: Database | Transaction,
  workspaceId: string,
  inboxId: string,
): Promise<string[]> {
  const rows = await db
    .select({ id: inboxMember.teammateId })
    .from(inboxMember)
    .innerJoin(
      teammate,
      and(eq(teammate.workspaceId, inboxMember.workspaceId), eq(teammate.id, inboxMember.teammateId)),
    )
    .where(
      and(eq(inboxMember.workspaceId, workspaceId), eq(inboxMember.inboxId, inboxId), eq(teammate.available, true)),
    )
    .orderBy(asc(inboxMember.joinedAt), asc(inboxMember.teammateId));
  return rows.map((row) => row.id);
}

/**
 * Whether somebody is there for visitors: within the hours, and with at least one member's chat on. Without members only the hours count.
 * @returns `changesAt` is when the hours open next, the best promise there is; null while open hours stand empty.
 */
export async function attendance(
  db: Database | Transaction,
  { workspaceId, id, schedule }: Pick<typeof inbox.$inferSelect, 'workspaceId' | 'id' | 'schedule'>,
  now: Date,
): Promise<Availability> {
  const hours = availabilityAt(schedule, now);
  if (!hours.open) return hours;
  const [members] = await db
    .select({ all: count(), on: count(sql`case when ${teammate.available} then 1 end`) })
    .from(inboxMember)
    .innerJoin(
      teammate,
      and(eq(teammate.workspaceId, inboxMember.workspaceId), eq(teammate.id, inboxMember.teammateId)),
    )
    .where(and(eq(inboxMember.workspaceId, workspaceId), eq(inboxMember.inboxId, id)));
  return members && members.all > 0 && members.on === 0 ? { open: false, changesAt: null } : hours;
}

export const inboxQueryHandlers: Pick<QueryHandlers, 'inbox.list'> = {
  'inbox.list': async ({ db, actor, now }) => ({ inboxes: await listVisibleInboxes(db, actor, now) }),
};
