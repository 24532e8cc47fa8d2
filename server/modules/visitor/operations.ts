import { and, eq, isNull } from 'drizzle-orm';
import type { CommandName } from '../../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { hashToken } from '../../kernel/secrets.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { Operations } from '../../kernel/operation.ts';
import { channel } from '../channel/schema.ts';
import { identityOperations } from './identity.ts';
import { visitorSession } from './schema.ts';

/** @param secret the installation's: what the workspace's own secrets are sealed with. */
export function visitorOperations(secret: string): Pick<Operations, Extract<CommandName, `visitor.${string}`>> {
  return { ...sessionOperations, ...identityOperations(secret) };
}

const sessionOperations: Pick<Operations, 'visitor.startSession' | 'visitor.becomeContact' | 'visitor.endSession'> = {
  async 'visitor.startSession'({ tx, workspaceId, now, emit }, { channelKey, token, pageUrl }) {
    const [through] = await tx
      .select()
      .from(channel)
      .where(and(eq(channel.workspaceId, workspaceId), eq(channel.key, channelKey)));
    if (!through) throw notFound('channel');
    const sessionId = uuidv7(now.getTime());
    const tokenHash = hashToken(token);
    const made = await tx
      .insert(visitorSession)
      .values({
        workspaceId,
        id: sessionId,
        tokenHash,
        channelId: through.id,
        pageUrl: pageUrl ?? null,
        createdAt: now,
        lastSeenAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: visitorSession.id });
    if (made.length > 0) {
      emit('visitor.sessionStarted', { sessionId, channelId: through.id });
      return { sessionId };
    }
    const [held] = await tx
      .update(visitorSession)
      .set({ lastSeenAt: now, ...(pageUrl === undefined ? {} : { pageUrl }) })
      .where(
        and(
          eq(visitorSession.workspaceId, workspaceId),
          eq(visitorSession.tokenHash, tokenHash),
          isNull(visitorSession.endedAt),
        ),
      )
      .returning({ id: visitorSession.id });
    if (!held)
      throw new DomainError('unauthenticated', 'You have signed out of this chat. Reload the page to begin anew.');
    return { sessionId: held.id };
  },

  async 'visitor.becomeContact'({ tx, workspaceId, run }, { sessionId }) {
    const key = and(eq(visitorSession.workspaceId, workspaceId), eq(visitorSession.id, sessionId));
    const [session] = await tx.select().from(visitorSession).where(key).for('update');
    if (!session) throw notFound('visitor session');
    if (session.contactId) return { contactId: session.contactId };
    const { contactId } = await run('contact.create', {});
    await tx.update(visitorSession).set({ contactId }).where(key);
    return { contactId };
  },

  async 'visitor.endSession'({ tx, actor, workspaceId, now, emit }) {
    if (actor.kind !== 'visitor') throw new DomainError('forbidden', 'Only a visitor has a session to end.');
    const [ended] = await tx
      .update(visitorSession)
      .set({ endedAt: now })
      .where(
        and(
          eq(visitorSession.workspaceId, workspaceId),
          eq(visitorSession.id, actor.id),
          isNull(visitorSession.endedAt),
        ),
      )
      .returning({ contactId: visitorSession.contactId });
    if (ended) emit('visitor.sessionEnded', { sessionId: actor.id }, { contactId: ended.contactId });
    return {};
  },
};
