import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/connection.ts';
import { escaped } from '../../../shared/state/escaped.ts';
import { knownName, visitorCode } from '../../../shared/state/contact-name.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Mail, SendMail } from '../../mail/mailer.ts';
import { readContacts } from '../contact/queries.ts';
import { conversation } from '../conversation/schema.ts';
import { findInbox } from '../inbox/queries.ts';
import { findTeammate } from '../teammate/queries.ts';
import { alert } from './schema.ts';
import { ALERT_JOB } from './watch.ts';

type Alert = typeof alert.$inferSelect;

/** An alert that is late by an hour is none. */
const PAUSES_S = [5, 60, 300, 1_200];

export type AlertSenderParts = {
  db: Database;
  clock: Clock;
  send: SendMail;
  publicUrl: string;
  log: { warn(details: object, message: string): void };
};

/** Sends alerts to teammates: once each. "Attempting" is written down before the mail server is spoken to (D9). */
export class AlertSender {
  readonly #parts: AlertSenderParts;

  constructor(parts: AlertSenderParts) {
    this.#parts = parts;
  }

  /** The job's work. Throws only when the database is not there, and is then done again. */
  async run({ workspaceId, alertId }: { workspaceId: string; alertId: string }): Promise<void> {
    const { db, send, log } = this.#parts;
    const key = and(eq(alert.workspaceId, workspaceId), eq(alert.id, alertId));
    const isWaiting = and(key, eq(alert.state, 'waiting'));
    const [held] = await db.select().from(alert).where(isWaiting);
    // Another worker has it, or was killed with it: it may have gone out.
    if (!held) {
      await db
        .update(alert)
        .set({ state: 'unknown' })
        .where(and(key, eq(alert.state, 'attempting')));
      return;
    }
    // Before "attempting" is written: if the database fails meanwhile, nothing was sent, and it is done again.
    const mail = await this.#compose(held);
    if (!mail) {
      await db.update(alert).set({ state: 'needless' }).where(isWaiting);
      return;
    }
    const [claimed] = await db
      .update(alert)
      .set({ state: 'attempting', attempts: sql`${alert.attempts} + 1` })
      .where(isWaiting)
      .returning();
    // Another worker has taken it on a moment ago.
    if (!claimed) return;
    const delivery = await send(mail);
    const pause = delivery.state === 'later' ? PAUSES_S[claimed.attempts - 1] : undefined;
    if (delivery.state !== 'sent')
      log.warn({ alertId, reason: delivery.reason }, 'an alert to a teammate was not sent');
    if (pause === undefined) {
      await db
        .update(alert)
        .set({ state: delivery.state === 'later' ? 'refused' : delivery.state })
        .where(key);
      return;
    }
    await db.transaction(async (tx) => {
      await tx.update(alert).set({ state: 'waiting' }).where(key);
      const payload = JSON.stringify({ workspaceId, alertId });
      await tx.execute(sql`select graphile_worker.add_job(${ALERT_JOB}, ${payload}::text::json,
        run_at => now() + make_interval(secs => ${pause}))`);
    });
  }

  /** Null where it has become needless: somebody has read on, or the conversation or the teammate is gone. */
  async #compose({ workspaceId, conversationId, teammateId, afterSeq, id, reason }: Alert): Promise<Mail | null> {
    const { db, clock, publicUrl } = this.#parts;
    const [held] = await db
      .select()
      .from(conversation)
      .where(and(eq(conversation.workspaceId, workspaceId), eq(conversation.id, conversationId)));
    const who = await findTeammate(db, workspaceId, teammateId);
    if (!held || !who || held.readSeq > afterSeq) return null;
    const [[contact], inbox] = await Promise.all([
      readContacts(db, workspaceId, [held.contactId]),
      findInbox(db, workspaceId, held.inboxId),
    ]);
    const name = knownName(contact) ?? `Visitor ${visitorCode(held.contactId)}`;
    const subject = reason === 'missed' ? `Missed conversation with ${name}` : `New message from ${name}`;
    const why =
      reason === 'missed'
        ? 'It came while nobody was there, and nobody has answered yet.'
        : 'The conversation is assigned to you, and your chat is off.';
    const link = `${publicUrl}/app#/conversation/${conversationId}`;
    const said = held.lastMessagePreview;
    const end = 'You chose to be told by email while your chat is off. You can change that in the menu of your inbox.';
    return {
      to: who.email,
      subject: inbox ? `${subject} – ${inbox.name}` : subject,
      text: `${name}: ${said}\n\n${why}\n\n${link}\n\n${end}\n`,
      html: page([
        `<p><b>${escaped(name)}</b>: ${escaped(said)}</p>`,
        `<p>${why}</p>`,
        `<p><a href="${escaped(link)}">Open the conversation</a></p>`,
        `<p><small>${end}</small></p>`,
      ]),
      id: `alert.${id}`,
      date: clock.now(),
    };
  }
}

function page(paragraphs: readonly string[]): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><body>${paragraphs.join('')}</body></html>`;
}
