import { closeCodes } from '../../shared/wire/protocol.ts';
import type { Database } from '../database/connection.ts';
import type { TeammateActor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventRow } from '../kernel/operation.ts';
import { findSignInSession, teammateActor } from '../modules/teammate/queries.ts';
import { visitorsTopic } from './audience.ts';
import type { Connection } from './connection.ts';
import type { Hub } from './hub.ts';

type StandingParts = {
  db: Database;
  clock: Clock;
  hub: Hub<Connection>;
  open: ReadonlySet<Connection>;
  /** Closes what came by this sign-in. */
  endSession(sessionHash: string): void;
};

/** Follows in the log what somebody may hear, and who is there to be heard: open connections change with it at once. */
export class StandingWatch {
  readonly #parts: StandingParts;

  constructor(parts: StandingParts) {
    this.#parts = parts;
  }

  /** Most of what happens is talk, and changes nobody's standing: that is looked at once. */
  async notice(rows: readonly EventRow[]): Promise<void> {
    const news = rows.filter(({ name }) => standingNews.has(name));
    if (news.length === 0) return;
    this.#tellWhoIsThere(news);
    await this.#followPasswords(news);
    this.#followVisitors(news);
    await this.#followMemberships(news);
  }

  /** Who a visitor is decides what they may hear, so whoever became somebody else begins anew, and whoever signed out is let go. */
  #followVisitors(rows: readonly EventRow[]): void {
    const ended = factsOf(rows, 'visitor.sessionEnded', 'sessionId');
    const identified = factsOf(rows, 'visitor.identified', 'sessionId');
    const merged = factsOf(rows, 'contact.merged', 'sourceId');
    if (ended.size + identified.size + merged.size === 0) return;
    for (const connection of this.#parts.open) {
      const { actor } = connection;
      if (actor?.kind !== 'visitor') continue;
      if (ended.has(actor.id)) connection.close(closeCodes.unauthenticated, signedOut);
      else if ((identified.has(actor.id) && !actor.contactId) || (actor.contactId && merged.has(actor.contactId)))
        connection.close(closeCodes.resync);
    }
  }

  /** A new password has ended sessions: their sockets go too. */
  async #followPasswords(rows: readonly EventRow[]): Promise<void> {
    const changed = factsOf(rows, 'teammate.passwordChanged', 'teammateId');
    for (const { actor } of changed.size > 0 ? [...this.#parts.open] : []) {
      if (actor?.kind !== 'teammate' || !actor.sessionHash || !changed.has(actor.id)) continue;
      if (!(await this.isSignedIn(actor))) this.#parts.endSession(actor.sessionHash);
    }
  }

  /** Whoever came by a host's token has no session that could end. */
  async isSignedIn({ sessionHash }: TeammateActor): Promise<boolean> {
    const { db, clock } = this.#parts;
    return sessionHash === undefined || (await findSignInSession(db, sessionHash, clock.now())) !== null;
  }

  /** Visitors are told that things changed, not what: that depends on their channel, and on who they are. */
  #tellWhoIsThere(rows: readonly EventRow[]): void {
    const changed = new Set(rows.filter((row) => availabilityNews.has(row.name)).map((row) => row.workspaceId));
    for (const workspaceId of changed)
      this.#parts.hub.send(visitorsTopic(workspaceId), { type: 'signal', name: 'availability' });
  }

  /** Who may hear what follows memberships at once, before the news itself is told. */
  async #followMemberships(rows: readonly EventRow[]): Promise<void> {
    const changed = new Set(rows.filter((row) => membershipNews.has(row.name)).map((row) => row.workspaceId));
    for (const connection of changed.size > 0 ? this.#parts.open : []) {
      const { identity } = connection;
      if (identity?.actor.kind !== 'teammate' || !changed.has(identity.actor.workspaceId)) continue;
      const actor = await teammateActor(this.#parts.db, identity.actor.workspaceId, identity.actor.id);
      if (!actor) continue;
      connection.identity = { ...identity, actor: { ...actor, sessionHash: identity.actor.sessionHash } };
      if (sameInboxes(identity.actor, actor)) continue;
      // No event tells what stands in an inbox somebody joins, nor takes back what stood in one they left: they begin anew (rule 6).
      connection.close(closeCodes.resync);
    }
  }
}

const signedOut = { code: 'unauthenticated', message: 'You have signed out of this chat.' } as const;

function factsOf(rows: readonly EventRow[], name: EventRow['name'], fact: string): ReadonlySet<string> {
  return new Set(rows.filter((row) => row.name === name).map((row) => String(row.facts[fact])));
}

/** After these somebody may be there for visitors who was not, or goes by another name, or other things are asked of them. */
const availabilityNews: ReadonlySet<string> = new Set([
  'teammate.availabilityChanged',
  'teammate.renamed',
  'inbox.updated',
  'inbox.memberAdded',
  'inbox.memberRemoved',
  'channel.updated',
]);

const membershipNews: ReadonlySet<string> = new Set(['inbox.memberAdded', 'inbox.memberRemoved']);

function sameInboxes({ inboxIds: before }: TeammateActor, { inboxIds: now }: TeammateActor): boolean {
  if (before === 'all' || now === 'all') return before === now;
  return before.size === now.size && [...before].every((id) => now.has(id));
}

const standingNews: ReadonlySet<string> = new Set([
  ...availabilityNews,
  ...membershipNews,
  'teammate.passwordChanged',
  'visitor.sessionEnded',
  'visitor.identified',
  'contact.merged',
]);
