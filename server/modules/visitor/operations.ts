import { and, eq } from 'drizzle-orm';
import type { CommandName } from '../../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { hashToken } from '../../kernel/secrets.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Operations } from '../../kernel/operation.ts';
import { channel } from '../channel/schema.ts';
import { visitorSession } from './schema.ts';

export const visitorOperations: Pick<Operations, Extract<CommandName, `visitor.${string}`>> = {
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
      .where(and(eq(visitorSession.workspaceId, workspaceId), eq(visitorSession.tokenHash, tokenHash)))
      .returning({ id: visitorSession.id });
    if (!held) throw notFound('visitor session');
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
};
