import { and, eq, inArray, lt, or, sql } from 'drizzle-orm';
import { transcriptPage, transcriptText } from '../../../shared/state/transcript.ts';
import type { Connections, Database } from '../../database/connection.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Delivery, Mail, SendMail } from '../../mail/mailer.ts';
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

export type TranscriptSenderParts = {
  connections: Connections;
  clock: Clock;
  send: SendMail;
  attachmentLinks: { make(workspaceId: string, attachmentId: string, now: Date, lastsMs: number): { token: string } };
  publicUrl: string;
  log: { warn(details: object, message: string): void };
};

/**
 * Sends the transcripts that were asked for: once each. "Attempting" is written down before the mail server is spoken to, so that a crash in between
 * leaves a mail unsent rather than sent twice (D9).
 */
export class TranscriptSender {
  readonly #parts: TranscriptSenderParts;

  constructor(parts: TranscriptSenderParts) {
    this.#parts = parts;
  }

  /** The job's work. Throws only when the database is not there, and is then done again. */
  async run(payload: { workspaceId: string; transcriptId: string }): Promise<void> {
    const { connections, send, log } = this.#parts;
    const key = and(eq(transcript.workspaceId, payload.workspaceId), eq(transcript.id, payload.transcriptId));
    const isWaiting = and(key, eq(transcript.state, 'waiting'));
    const [held] = await connections.db.select().from(transcript).where(isWaiting);
    if (!held) return this.#giveUpOn(payload.transcriptId, key);
    // Before "attempting" is written: if the database fails meanwhile, nothing was sent, and it is done again.
    const mail = await this.#compose(held);
    // What was erased since then is not sent.
    if (!mail) return this.#settle(isWaiting, 'refused');
    const [claimed] = await connections.db
      .update(transcript)
      .set({ state: 'attempting', attempts: sql`${transcript.attempts} + 1` })
      .where(isWaiting)
      .returning();
    // Another worker has taken it on a moment ago.
    if (!claimed) return;
    const delivery = await send(mail);
    if (delivery.state === 'later' && claimed.attempts <= PAUSES_S.length) return this.#putOff(key, claimed, delivery);
    if (delivery.state !== 'sent') {
      const details = { transcriptId: claimed.id, reason: delivery.reason, attempts: claimed.attempts };
      log.warn(details, `a transcript was not sent: ${endings[delivery.state]}`);
    }
    return this.#settle(key, delivery.state === 'later' ? 'refused' : delivery.state);
  }

  /** One that another worker holds, or held when it was killed. */
  async #giveUpOn(transcriptId: string, key: ReturnType<typeof and>): Promise<void> {
    const { connections, log } = this.#parts;
    const [held] = await connections.db.select({ state: transcript.state }).from(transcript).where(key);
    if (held?.state !== 'attempting') return;
    log.warn({ transcriptId }, `a transcript may not have been sent: ${endings.unknown}`);
    await this.#settle(key, 'unknown');
  }

  async #settle(key: ReturnType<typeof and>, state: 'sent' | 'refused' | 'unknown'): Promise<void> {
    await this.#parts.connections.db.update(transcript).set({ state, email: null }).where(key);
  }

  async #putOff(
    key: ReturnType<typeof and>,
    { workspaceId, id, attempts }: Transcript,
    delivery: Delivery & { state: 'later' | 'refused' | 'unknown' },
  ): Promise<void> {
    const { connections, log } = this.#parts;
    const seconds = PAUSES_S[attempts - 1] ?? 0;
    const details = { transcriptId: id, reason: delivery.reason, attempts };
    log.warn(details, `a transcript was not taken; it is tried again in ${seconds} s`);
    const payload = JSON.stringify({ workspaceId, transcriptId: id });
    await connections.db.transaction(async (tx) => {
      await tx.update(transcript).set({ state: 'waiting' }).where(key);
      await tx.execute(sql`select graphile_worker.add_job(${TRANSCRIPT_JOB}, ${payload}::text::json,
        run_at => now() + make_interval(secs => ${seconds}))`);
    });
  }

  async #compose({ workspaceId, id, conversationId, email, language, timeZone }: Transcript): Promise<Mail | null> {
    const { connections, clock, attachmentLinks, publicUrl } = this.#parts;
    const { db } = connections;
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
}

const endings = {
  later: 'the mail server did not take it within a day',
  refused: 'the mail server refused it for good',
  unknown: 'the line was lost before the mail server had said whether it takes it, and it is not sent twice',
};
