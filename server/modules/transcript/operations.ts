import { and, count, eq, gt, sql } from 'drizzle-orm';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { OperationContext, Operations } from '../../kernel/operation.ts';
import { hashToken } from '../../kernel/secrets.ts';
import { seesConversation } from '../../policy/visibility.ts';
import { conversation } from '../conversation/schema.ts';
import { transcript } from './schema.ts';

const HOUR_MS = 3_600_000;
/** One visitor may correct a mistyped address a few times. */
const MOST_PER_VISITOR = 5;
/** Whoever owns an address did not necessarily ask for it. */
const MOST_PER_ADDRESS = 3;
/** Sessions cost a stranger nothing, so all of them together have a limit too. */
const MOST_PER_WORKSPACE = 200;

/** Names the job, and who works on it in `start.ts`. */
export const TRANSCRIPT_JOB = 'sendTranscript';

/** @param sendsMail whether the server was told how to */
export function transcriptOperations(sendsMail: boolean): Pick<Operations, 'conversation.emailTranscript'> {
  return {
    async 'conversation.emailTranscript'(context, { conversationId, email, language, timeZone }) {
      const { tx, actor, workspaceId, commandId, now, emit } = context;
      if (!sendsMail) {
        throw new DomainError('unsupported', 'This chat cannot send email. You can download the conversation instead.');
      }
      if (actor.kind !== 'visitor') throw new DomainError('forbidden', 'Only a visitor has a transcript sent.');
      const [held] = await tx
        .select()
        .from(conversation)
        .where(and(eq(conversation.workspaceId, workspaceId), eq(conversation.id, conversationId)));
      if (!held || !seesConversation(actor, held)) throw notFound('conversation');
      // Otherwise a stranger could have the server send their own words to anybody.
      if (!held.firstRepliedAt) {
        throw new DomainError('conflict', 'Nobody has answered yet. You can have it sent once somebody has.');
      }
      const emailHash = hashToken(email);
      await spare(context, actor.id, emailHash);
      await tx.insert(transcript).values({
        workspaceId,
        id: commandId,
        conversationId,
        sessionId: actor.id,
        email,
        emailHash,
        language,
        timeZone,
        state: 'waiting',
        createdAt: now,
      });
      const payload = JSON.stringify({ workspaceId, transcriptId: commandId });
      await tx.execute(sql`select graphile_worker.add_job(${TRANSCRIPT_JOB}, ${payload}::text::json)`);
      emit('conversation.transcriptRequested', { conversationId }, { conversationId, contactId: held.contactId });
      return {};
    },
  };
}

/** Limits how often mail leaves at a stranger's word. They live in the database, so that several servers count together. */
async function spare({ tx, workspaceId, now }: OperationContext, sessionId: string, emailHash: string): Promise<void> {
  // One after the other: of several at once none would see the others.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`transcript ${workspaceId}`}))`);
  const [recent] = await tx
    .select({
      all: count(),
      visitor: count(sql`case when ${transcript.sessionId} = ${sessionId}::uuid then 1 end`),
      address: count(sql`case when ${transcript.emailHash} = ${emailHash} then 1 end`),
    })
    .from(transcript)
    .where(and(eq(transcript.workspaceId, workspaceId), gt(transcript.createdAt, new Date(now.getTime() - HOUR_MS))));
  if (!recent) return;
  if (recent.all >= MOST_PER_WORKSPACE) {
    throw new DomainError('conflict', 'Too many conversations were sent within the last hour. Try again later.');
  }
  if (recent.visitor < MOST_PER_VISITOR && recent.address < MOST_PER_ADDRESS) return;
  throw new DomainError(
    // Not `rate_limited`: a client would ask again by itself, and the visitor would be left waiting for an hour.
    'conflict',
    'That was asked for several times within the last hour. Check your inbox, or try again later.',
  );
}
