import type { ApiKeyScope } from '../../shared/contract/api-key.ts';
import type { TeammateRole } from '../../shared/contract/teammate.ts';

/** Who asks. Made by authentication, read by the policy and by operations. */
export type Actor =
  | { kind: 'system'; workspaceId: string }
  | {
      kind: 'teammate';
      workspaceId: string;
      id: string;
      role: TeammateRole;
      /** The inboxes they may see; `all` for owners and admins. */
      inboxIds: ReadonlySet<string> | 'all';
      /** Of the app's own sign-in: names the session, which ends when they sign out. */
      sessionHash?: string | undefined;
    }
  | {
      kind: 'visitor';
      workspaceId: string;
      id: string;
      channelId: string;
      /** Whom the site's server proved the visitor to be; left out while nobody did. */
      contactId?: string;
    }
  | { kind: 'api-key'; workspaceId: string; id: string; scopes: readonly ApiKeyScope[] }
  /** A browser that opens the chat on a known channel and has no session yet. */
  | { kind: 'stranger'; workspaceId: string }
  /** Whoever holds the set-up token, before there is a workspace. */
  | { kind: 'set-up'; workspaceId: string };

export type ActorKind = Actor['kind'];
export type TeammateActor = Extract<Actor, { kind: 'teammate' }>;
export type VisitorActor = Extract<Actor, { kind: 'visitor' }>;

/** Before there is a workspace, receipts are kept under this id. */
export const NO_WORKSPACE = '00000000-0000-0000-0000-000000000000';

export function actorId(actor: Actor): string | null {
  return 'id' in actor ? actor.id : null;
}

/** Names the actor in receipts: one person's ids never meet another's. */
export function actorKey(actor: Actor): string {
  return 'id' in actor ? `${actor.kind}:${actor.id}` : actor.kind;
}
