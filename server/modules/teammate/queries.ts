import { and, asc, eq, gt } from 'drizzle-orm';
import type { Teammate } from '../../../shared/contract/teammate.ts';
import type { TeammateActor } from '../../kernel/actor.ts';
import type { Database, Transaction } from '../../database/connection.ts';
import type { QueryHandlers } from '../../kernel/query-bus.ts';
import { inboxMember } from '../inbox/schema.ts';
import { signInSession, teammate } from './schema.ts';

export function toTeammate(row: typeof teammate.$inferSelect): Teammate {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    available: row.available,
    alerts: { missed: row.alertMissed, yours: row.alertYours },
    createdAt: row.createdAt.toISOString(),
  };
}

export async function listTeammates(db: Database | Transaction, workspaceId: string): Promise<Teammate[]> {
  const rows = await db
    .select()
    .from(teammate)
    .where(eq(teammate.workspaceId, workspaceId))
    .orderBy(asc(teammate.name));
  return rows.map(toTeammate);
}

export async function findTeammate(
  db: Database | Transaction,
  workspaceId: string,
  id: string,
): Promise<Teammate | null> {
  const [row] = await db
    .select()
    .from(teammate)
    .where(and(eq(teammate.workspaceId, workspaceId), eq(teammate.id, id)));
  return row ? toTeammate(row) : null;
}

/** A teammate as an actor, with the inboxes they may see as of now. */
export async function teammateActor(
  db: Database | Transaction,
  workspaceId: string,
  id: string,
): Promise<TeammateActor | null> {
  const found = await findTeammate(db, workspaceId, id);
  if (!found) return null;
  if (found.role !== 'agent') return { kind: 'teammate', workspaceId, id, role: found.role, inboxIds: 'all' };
  const memberships = await db
    .select({ inboxId: inboxMember.inboxId })
    .from(inboxMember)
    .where(and(eq(inboxMember.workspaceId, workspaceId), eq(inboxMember.teammateId, id)));
  return {
    kind: 'teammate',
    workspaceId,
    id,
    role: found.role,
    inboxIds: new Set(memberships.map((row) => row.inboxId)),
  };
}

/** Who signs in with this address, and the hash to check the password against. */
export async function findByEmail(db: Database, email: string): Promise<typeof teammate.$inferSelect | null> {
  const [row] = await db.select().from(teammate).where(eq(teammate.email, email));
  return row ?? null;
}

/** What a teammate's password is checked against; null where they have none. */
export async function findPasswordHash(db: Database, workspaceId: string, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const [row] = await db
    .select({ passwordHash: teammate.passwordHash })
    .from(teammate)
    .where(and(eq(teammate.workspaceId, workspaceId), eq(teammate.id, id)));
  return row?.passwordHash ?? null;
}

/** Whether a teammate's password is still the one read before; and if so, until the transaction ends. */
export async function holdsPassword(
  tx: Transaction,
  { workspaceId, id, passwordHash }: Pick<typeof teammate.$inferSelect, 'workspaceId' | 'id' | 'passwordHash'>,
): Promise<boolean> {
  const [held] = await tx
    .select({ passwordHash: teammate.passwordHash })
    .from(teammate)
    .where(and(eq(teammate.workspaceId, workspaceId), eq(teammate.id, id)))
    .for('update');
  return held?.passwordHash === passwordHash;
}

export async function findSignInSession(
  db: Database,
  tokenHash: string,
  now: Date,
): Promise<{ workspaceId: string; teammateId: string; expiresAt: Date } | null> {
  const [row] = await db
    .select({
      workspaceId: signInSession.workspaceId,
      teammateId: signInSession.teammateId,
      expiresAt: signInSession.expiresAt,
    })
    .from(signInSession)
    .where(and(eq(signInSession.tokenHash, tokenHash), gt(signInSession.expiresAt, now)));
  return row ?? null;
}

export const teammateQueryHandlers: Pick<QueryHandlers, 'teammate.list'> = {
  'teammate.list': async ({ db, workspaceId }) => ({ teammates: await listTeammates(db, workspaceId) }),
};
