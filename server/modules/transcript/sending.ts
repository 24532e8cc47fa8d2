import { and, inArray, lt, or, sql } from 'drizzle-orm';
import { transcriptPage, transcriptText } from '../../../shared/state/transcript.ts';
import type { Database } from '../../database/connection.ts';
import type { Clock } from '../../kernel/clock.ts';
import { MailSender, type MailSenderParts } from '../../mail/mail-sender.ts';
import type { Mail } from '../../mail/mailer.ts';
import { visitorsView } from '../conversation/queries.ts';
import { findWorkspace } from '../workspace/queries.ts';
import { TRANSCRIPT_JOB } from './operations.ts';
import { transcript } from './schema.ts';
import { transcriptWords } from './words.ts';

/** Longer than the limits on asking look back. */
const SETTLED_KEPT_MS = 24 * 3_600_000;
/** Longer than a mail server is asked again. */
const WAITING_KEPT_MS = 48 * 3_600_000;

/** Forgets what became of transcripts, and those that nothing will come of: mail may have been turned off meanwhile. */
export async function dropOldTranscripts(db: Database, now: Date): Promise<void> {
  const older = (ms: number) => lt(transcript.createdAt, new Date(now.getTime() - ms));
  const isSettled = inArray(transcript.state, ['sent', 'refused', 'unknown']);
  await db.delete(transcript).where(or(older(WAITING_KEPT_MS), and(isSettled, older(SETTLED_KEPT_MS))));
}

type Transcript = typeof transcript.$inferSelect;

/** More would be refused by many mail servers. */
const MOST_PARTS = 2_000;
/** Somebody may look into their mail weeks later. */
const LINKS_LAST_MS = 30 * 24 * 3_600_000;
/** Servers that do not know us ask to come back after a few minutes; one that is down may be so for a day. */
const PAUSES_S = [5, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 57_600];

export type TranscriptSenderParts = MailSenderParts & {
  clock: Clock;
  attachmentLinks: { make(workspaceId: string, attachmentId: string, now: Date, lastsMs: number): { token: string } };
  publicUrl: string;
};

/** Sends the transcripts that were asked for. */
export function transcriptSender(parts: TranscriptSenderParts): MailSender<typeof transcript> {
  return new MailSender(parts, {
    table: transcript,
    job: TRANSCRIPT_JOB,
    idName: 'transcriptId',
    what: 'a transcript',
    pausesS: PAUSES_S,
    compose: (held) => compose(parts, held),
    unwanted: 'refused',
    forgets: sql`email = null`,
  });
}

/** Null where it was erased since it was asked for. */
async function compose(
  { db, clock, attachmentLinks, publicUrl }: TranscriptSenderParts,
  { workspaceId, id, conversationId, email, language, timeZone }: Transcript,
): Promise<Mail | null> {
  const [workspace, { parts, isWhole }] = await Promise.all([
    findWorkspace(db, workspaceId),
    visitorsView(db, workspaceId, conversationId, MOST_PARTS),
  ]);
  if (!workspace || !email || parts.length === 0) return null;
  const words = transcriptWords(language);
  const now = clock.now();
  const title = words.title.replace('#', () => workspace.name);
  const setting = {
    title,
    language,
    direction: language.startsWith('ar') ? 'rtl' : 'ltr',
    timeZone,
    you: words.you,
    workspaceName: workspace.name,
    linkOf: (attachmentId: string) =>
      `${publicUrl}/api/v1/attachments/${attachmentLinks.make(workspaceId, attachmentId, now, LINKS_LAST_MS).token}`,
    note: isWhole ? undefined : words.shortened,
  } as const;
  const [text, html] = [transcriptText(parts, setting), transcriptPage(parts, setting)];
  return { to: email, subject: title, text, html, id: `transcript.${id}`, date: now };
}
