import { eq } from 'drizzle-orm';
import type { Workspace, WorkspaceSnapshot } from '../../../shared/contract/workspace.ts';
import type { Database, Transaction } from '../../database/connection.ts';
import type { TeammateActor } from '../../kernel/actor.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { QueryHandlers } from '../../kernel/query-bus.ts';
import { listVisibleChannels } from '../channel/queries.ts';
import { listVisibleInboxes } from '../inbox/queries.ts';
import { findPasswordHash, listTeammates } from '../teammate/queries.ts';
import { workspace } from './schema.ts';

export function toWorkspace(row: typeof workspace.$inferSelect): Workspace {
  return { id: row.id, name: row.name, createdAt: row.createdAt.toISOString() };
}

export async function findWorkspace(db: Database | Transaction, id: string): Promise<Workspace | null> {
  const [row] = await db.select().from(workspace).where(eq(workspace.id, id));
  return row ? toWorkspace(row) : null;
}

/** The workspace of this installation; null before it is set up. */
export async function firstWorkspace(db: Database | Transaction): Promise<Workspace | null> {
  const [row] = await db.select().from(workspace).limit(1);
  return row ? toWorkspace(row) : null;
}

/** The sealed secret host apps sign teammate tokens with; null while there is none. */
export async function signingSecret(db: Database, id: string): Promise<string | null> {
  const [row] = await db.select({ sealed: workspace.signingSecret }).from(workspace).where(eq(workspace.id, id));
  return row?.sealed ?? null;
}

/** The sealed secret sites prove with who their visitors are; null while there is none. */
export async function identitySecret(db: Database | Transaction, id: string): Promise<string | null> {
  const [row] = await db.select({ sealed: workspace.identitySecret }).from(workspace).where(eq(workspace.id, id));
  return row?.sealed ?? null;
}

/** Ids of a workspace's teammates with a socket open. */
export type WhoIsOnline = (workspaceId: string) => string[];

export type WorkspaceSnapshotParts = { publicUrl: string; sendsMail: boolean; whoIsOnline: WhoIsOnline };

/** What a teammate's app needs before its first list. */
export async function workspaceSnapshot(
  db: Database,
  actor: TeammateActor,
  { publicUrl, sendsMail, whoIsOnline }: WorkspaceSnapshotParts,
  now: Date,
): Promise<WorkspaceSnapshot> {
  const [workspace, teammates, inboxes, channels, passwordHash] = await Promise.all([
    findWorkspace(db, actor.workspaceId),
    listTeammates(db, actor.workspaceId),
    listVisibleInboxes(db, actor, now),
    listVisibleChannels(db, actor),
    findPasswordHash(db, actor.workspaceId, actor.id),
  ]);
  const me = teammates.find((teammate) => teammate.id === actor.id);
  if (!workspace || !me) throw notFound('workspace');
  const onlineTeammateIds = whoIsOnline(actor.workspaceId);
  const hasPassword = passwordHash !== null;
  return { workspace, me, teammates, inboxes, channels, onlineTeammateIds, publicUrl, sendsMail, hasPassword };
}

export function workspaceQueryHandlers(parts: WorkspaceSnapshotParts): Pick<QueryHandlers, 'workspace.snapshot'> {
  return {
    async 'workspace.snapshot'({ db, actor, now }) {
      if (actor.kind !== 'teammate') throw new DomainError('forbidden', 'Only a teammate has a workspace snapshot.');
      return workspaceSnapshot(db, actor, parts, now);
    },
  };
}
