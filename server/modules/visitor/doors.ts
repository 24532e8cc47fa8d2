import { and, eq } from 'drizzle-orm';
import type { OffHours } from '../../../shared/contract/off-hours.ts';
import type { VisitorSnapshot } from '../../../shared/contract/visitor.ts';
import type { Database } from '../../database/connection.ts';
import type { VisitorActor } from '../../kernel/actor.ts';
import { findContact, isConsentGiven, knownKeys } from '../contact/queries.ts';
import { findInbox, offHoursOf } from '../inbox/queries.ts';
import { visitorSession } from './schema.ts';

/** What stands before a visitor's new conversation in an inbox, and what of it they need not be asked again. */
export async function readDoors(db: Database, actor: VisitorActor, inboxId: string): Promise<VisitorSnapshot['doors']> {
  const { workspaceId } = actor;
  const [[session], inbox] = await Promise.all([
    db
      .select({ contactId: visitorSession.contactId })
      .from(visitorSession)
      .where(and(eq(visitorSession.workspaceId, workspaceId), eq(visitorSession.id, actor.id))),
    findInbox(db, workspaceId, inboxId),
  ]);
  const offHours = offHoursOf(inbox ?? { offHours: null });
  const preChat = inbox?.preChat ?? null;
  const form = offHours.mode === 'form' ? offHours.form : null;
  const asks = preChat !== null || form !== null;
  const contact = session?.contactId && asks ? await findContact(db, workspaceId, session.contactId) : null;
  return {
    preChat,
    offHours: { mode: offHours.mode, text: offHours.text, ...translated(offHours), form },
    // Only what a form would ask: the rest is the team's own knowledge.
    known: contact ? knownKeys(contact).filter((key) => isAsked(key, preChat) || isAsked(key, form)) : [],
    consented: contact !== null && [preChat, form].every((one) => !one?.consent || isConsentGiven(contact, one)),
  };
}

function isAsked(key: string, form: VisitorSnapshot['doors']['preChat']): boolean {
  return form?.fields.some((field) => field.key === key) ?? false;
}

function translated({ translations = {} }: OffHours): { translations?: Record<string, string> } {
  const texts = Object.entries(translations).flatMap(([language, { text }]) => (text ? [[language, text]] : []));
  return texts.length > 0 ? { translations: Object.fromEntries(texts) } : {};
}
