import { and, asc, eq, isNull } from 'drizzle-orm';
import type { VisitorSnapshot } from '../../../shared/contract/visitor.ts';
import { publicName } from '../../../shared/state/public-name.ts';
import { channelConfiguration } from '../../channels/web-chat/configuration.ts';
import type { Database } from '../../database/connection.ts';
import type { VisitorActor } from '../../kernel/actor.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { QueryHandlers } from '../../kernel/query-bus.ts';
import { hasPublishedArticles, searchArticles } from '../article/queries.ts';
import { findChannel } from '../channel/queries.ts';
import { visitorConversations, visitorsPlaces } from '../conversation/queries.ts';
import { inboxMember } from '../inbox/schema.ts';
import { usualReplyTime } from './reply-time.ts';
import { teammate } from '../teammate/schema.ts';
import { readDoors } from './doors.ts';
import { visitorSession } from './schema.ts';

/** The session a visitor token belongs to, by the token's hash. */
export async function findVisitorSession(
  db: Database,
  tokenHash: string,
): Promise<typeof visitorSession.$inferSelect | null> {
  const [row] = await db
    .select()
    .from(visitorSession)
    .where(and(eq(visitorSession.tokenHash, tokenHash), isNull(visitorSession.endedAt)));
  return row ?? null;
}

/** Whether a visitor has not signed out. */
export async function isVisiting(db: Database, { workspaceId, id }: VisitorActor): Promise<boolean> {
  const rows = await db
    .select({ id: visitorSession.id })
    .from(visitorSession)
    .where(and(eq(visitorSession.workspaceId, workspaceId), eq(visitorSession.id, id), isNull(visitorSession.endedAt)));
  return rows.length > 0;
}

/** Whoever a session's visitor is, as they act: its contact counts as them only when the site proved it. */
export function visitorActor(session: typeof visitorSession.$inferSelect): VisitorActor {
  const { workspaceId, id, channelId, contactId, externalId } = session;
  return { kind: 'visitor', workspaceId, id, channelId, ...(externalId && contactId ? { contactId } : {}) };
}

/** Articles offered before anything is searched. */
const MOST_SUGGESTIONS = 4;

/** Faces beside the greeting: more would be a crowd. */
const MOST_FACES = 5;

async function team(db: Database, workspaceId: string, inboxId: string): Promise<VisitorSnapshot['team']> {
  const members = await db
    .select({ id: teammate.id, name: teammate.name, available: teammate.available })
    .from(inboxMember)
    .innerJoin(
      teammate,
      and(eq(teammate.workspaceId, inboxMember.workspaceId), eq(teammate.id, inboxMember.teammateId)),
    )
    .where(and(eq(inboxMember.workspaceId, workspaceId), eq(inboxMember.inboxId, inboxId)))
    .orderBy(asc(inboxMember.joinedAt))
    .limit(MOST_FACES);
  return members.map((member) => ({ ...member, name: publicName(member.name) }));
}

/** `panel`: path of the panel's module, as built. `mailsTranscripts`: whether the server can send mail. */
export type SnapshotParts = { panel: string; mailsTranscripts: boolean };

export async function visitorSnapshot(
  db: Database,
  actor: VisitorActor,
  { panel, mailsTranscripts }: SnapshotParts,
  now: Date,
): Promise<VisitorSnapshot> {
  const channel = await findChannel(db, actor.workspaceId, actor.channelId);
  if (!channel) throw notFound('channel');
  const configuration = await channelConfiguration(db, { ...channel, workspaceId: actor.workspaceId }, panel, now);
  const queue = await visitorsPlaces(db, actor, now);
  return {
    sessionId: actor.id,
    configuration,
    availability: configuration.availability,
    team: await team(db, actor.workspaceId, channel.inboxId),
    conversations: await visitorConversations(db, actor),
    ...(Object.keys(queue).length > 0 ? { queue } : {}),
    ...(mailsTranscripts ? { mailsTranscripts } : {}),
    help: await hasPublishedArticles(db, actor.workspaceId),
    doors: await readDoors(db, actor, channel.inboxId),
  };
}

export function visitorQueryHandlers(parts: SnapshotParts): Pick<QueryHandlers, 'visitor.snapshot' | 'visitor.home'> {
  return {
    async 'visitor.snapshot'({ db, actor, now }) {
      if (actor.kind !== 'visitor') throw new DomainError('forbidden', 'Only a visitor has a visitor snapshot.');
      return visitorSnapshot(db, actor, parts, now);
    },

    async 'visitor.home'({ db, actor, workspaceId, now }, { language }) {
      if (actor.kind !== 'visitor') throw new DomainError('forbidden', 'Only a visitor has a home.');
      const channel = await findChannel(db, workspaceId, actor.channelId);
      if (!channel) throw notFound('channel');
      return {
        replyTime: await usualReplyTime(db, workspaceId, channel.inboxId, now),
        articles: await searchArticles(db, workspaceId, { text: '', language, limit: MOST_SUGGESTIONS }),
      };
    },
  };
}
