import { and, eq } from 'drizzle-orm';
import { escaped } from '../../../shared/state/escaped.ts';
import { knownName, visitorCode } from '../../../shared/state/contact-name.ts';
import type { Clock } from '../../kernel/clock.ts';
import { MailSender, type MailSenderParts } from '../../mail/mail-sender.ts';
import type { Mail } from '../../mail/mailer.ts';
import { readContacts } from '../contact/queries.ts';
import { conversation } from '../conversation/schema.ts';
import { findInbox } from '../inbox/queries.ts';
import { findTeammate } from '../teammate/queries.ts';
import { alert } from './schema.ts';
import { ALERT_JOB } from './watch.ts';

type Alert = typeof alert.$inferSelect;

/** An alert that is late by an hour is none. */
const PAUSES_S = [5, 60, 300, 1_200];

export type AlertSenderParts = MailSenderParts & { clock: Clock; publicUrl: string };

/** Sends alerts to teammates. */
export function alertSender(parts: AlertSenderParts): MailSender<typeof alert> {
  return new MailSender(parts, {
    table: alert,
    job: ALERT_JOB,
    idName: 'alertId',
    what: 'an alert to a teammate',
    pausesS: PAUSES_S,
    compose: (held) => compose(parts, held),
    unwanted: 'needless',
  });
}

/** Null where it has become needless: somebody has read on, or the conversation or the teammate is gone. */
async function compose(
  { db, clock, publicUrl }: AlertSenderParts,
  { workspaceId, conversationId, teammateId, afterSeq, id, reason }: Alert,
): Promise<Mail | null> {
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

function page(paragraphs: readonly string[]): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><body>${paragraphs.join('')}</body></html>`;
}
