import { and, desc, eq, ilike, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Contact } from '../../../shared/contract/contact.ts';
import type { TrackedMetadata } from '../../../shared/contract/visitor.ts';
import type { Form } from '../../../shared/contract/form.ts';
import type { Database, Transaction } from '../../database/connection.ts';
import { cutPage, decodeCursor, foreignCursor } from '../../database/page.ts';
import { eventLog } from '../../database/schema.ts';
import { notFound } from '../../kernel/errors.ts';
import type { OperationContext } from '../../kernel/operation.ts';
import type { QueryHandlers } from '../../kernel/query-bus.ts';
import { visibleInboxes } from '../../policy/visibility.ts';
import { conversation, part } from '../conversation/schema.ts';
import { trackedMetadata } from '../visitor/schema.ts';
import { contact } from './schema.ts';

export function toContact(row: typeof contact.$inferSelect): Contact {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    claimedEmail: row.claimedEmail,
    claimedPhone: row.claimedPhone,
    lifecycle: row.lifecycle,
    leadStatus: row.leadStatus,
    ownerId: row.ownerId,
    properties: row.properties,
    consent: row.consent,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  };
}

/** The living contact, for the rest of the transaction. */
export async function lockContact(
  { tx, workspaceId }: Pick<OperationContext, 'tx' | 'workspaceId'>,
  id: string,
): Promise<typeof contact.$inferSelect> {
  const [row] = await tx
    .select()
    .from(contact)
    .where(and(eq(contact.workspaceId, workspaceId), eq(contact.id, id), isNull(contact.mergedIntoId)))
    .for('update');
  if (!row) throw notFound('contact');
  return row;
}

export async function readContacts(
  db: Database | Transaction,
  workspaceId: string,
  ids: readonly string[],
): Promise<Contact[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(contact)
    .where(and(eq(contact.workspaceId, workspaceId), inArray(contact.id, [...ids])));
  return rows.map(toContact);
}

export async function findContact(
  db: Database | Transaction,
  workspaceId: string,
  id: string,
): Promise<typeof contact.$inferSelect | null> {
  const [row] = await db
    .select()
    .from(contact)
    .where(and(eq(contact.workspaceId, workspaceId), eq(contact.id, id)));
  return row ?? null;
}

/** What need not be asked of a contact any more: fields and properties by their keys. */
export function knownKeys(row: typeof contact.$inferSelect): string[] {
  return [
    ...(row.name === null ? [] : ['name']),
    ...((row.email ?? row.claimedEmail) === null ? [] : ['email']),
    ...((row.phone ?? row.claimedPhone) === null ? [] : ['phone']),
    ...Object.keys(row.properties),
  ];
}

/** Whether a contact agreed to the very words and page a form asks them to agree to, in whichever language. */
export function isConsentGiven({ consent }: typeof contact.$inferSelect, form: Form): boolean {
  if (consent === null || !form.consent) return false;
  const { text, translations = {}, url } = form.consent;
  return consent.url === url && [text, ...Object.values(translations)].includes(consent.text);
}

/** Facts that are the team's reading habits rather than the contact's story. */
const notOnTimelines = [
  // What it says is a message or a rating too.
  'conversation.answered',
  'conversation.read',
  'conversation.markedUnread',
  'conversation.propertiesChanged',
  'conversation.seen',
  'visitor.sessionStarted',
];

/**
 * A rating is sent with the first touch, and again with its comment: the story tells how it is now, once.
 * @param contactIds whose story it is: what was logged of somebody before they were merged stays under who they were.
 */
function isRatedAnew(contactIds: readonly string[]): SQL {
  return sql`(${eventLog.name} = 'conversation.rated' and exists (
    select from ${eventLog} as later
    where later.workspace_id = ${eventLog.workspaceId} and later.contact_id in ${contactIds}
      and later.id > ${eventLog.id} and later.name = 'conversation.rated'
      and later.conversation_id = ${eventLog.conversationId}
  ))`;
}

export const contactQueryHandlers: Pick<QueryHandlers, 'contact.get' | 'contact.list' | 'contact.timeline'> = {
  async 'contact.get'({ db, workspaceId }, { contactId }) {
    const [found] = await db
      .select()
      .from(contact)
      .where(and(eq(contact.workspaceId, workspaceId), eq(contact.id, contactId), isNull(contact.mergedIntoId)));
    if (!found) throw notFound('contact');
    return { contact: toContact(found) };
  },

  async 'contact.list'({ db, workspaceId }, { search, cursor, limit }) {
    const pattern = search === undefined ? undefined : `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    const from = cursor === undefined ? undefined : decodeCursor(cursor);
    const rows = await db
      .select()
      .from(contact)
      .where(
        and(
          eq(contact.workspaceId, workspaceId),
          isNull(contact.mergedIntoId),
          pattern
            ? or(
                ilike(contact.name, pattern),
                ilike(contact.email, pattern),
                ilike(contact.phone, pattern),
                ilike(contact.claimedEmail, pattern),
                ilike(contact.claimedPhone, pattern),
              )
            : undefined,
          from
            ? sql`(${contact.createdAt}, ${contact.id}) < (${from.at.toISOString()}::timestamptz, ${from.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(contact.createdAt), desc(contact.id))
      .limit(limit + 1);
    const page = cutPage(rows, limit, (row) => ({ at: row.createdAt, id: row.id }));
    return { contacts: page.rows.map(toContact), next: page.next };
  },

  async 'contact.timeline'({ db, actor, workspaceId }, { contactId, cursor, limit }) {
    const related = await db
      .select({ id: contact.id, mergedIntoId: contact.mergedIntoId })
      .from(contact)
      .where(
        and(eq(contact.workspaceId, workspaceId), or(eq(contact.id, contactId), eq(contact.mergedIntoId, contactId))),
      );
    if (!related.some((row) => row.id === contactId)) throw notFound('contact');
    const contactIds = related.map((row) => row.id);
    const inboxes = visibleInboxes(actor);
    const rows = await db
      .select({ entry: eventLog, rating: conversation.rating })
      .from(eventLog)
      .leftJoin(
        conversation,
        and(eq(conversation.workspaceId, eventLog.workspaceId), eq(conversation.id, eventLog.conversationId)),
      )
      .where(
        and(
          eq(eventLog.workspaceId, workspaceId),
          inArray(eventLog.contactId, contactIds),
          sql`${eventLog.name} <> all(${sql.param(notOnTimelines)}::text[])`,
          sql`not ${isRatedAnew(contactIds)}`,
          cursor === undefined ? undefined : lt(eventLog.id, timelineCursor(cursor)),
          inboxes === 'all'
            ? undefined
            : or(isNull(eventLog.conversationId), inArray(conversation.inboxId, [...inboxes])),
        ),
      )
      .orderBy(desc(eventLog.id))
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const told = page.map(({ entry }) => entry);
    const [said, automatic] = [await metadataOf(db, workspaceId, told), await automaticAmong(db, workspaceId, told)];
    return {
      entries: page.map(({ entry, rating }) => ({
        id: String(entry.id),
        at: entry.at.toISOString(),
        name: entry.name,
        actorKind: entry.actorKind,
        actorId: entry.actorId,
        conversationId: entry.conversationId,
        facts: {
          ...entry.facts,
          ...(said.has(entry) ? { metadata: said.get(entry) } : {}),
          ...(automatic.has(entry) ? { automatic: automatic.get(entry) } : {}),
          // The log holds no words of anybody's; what the conversation holds may have been said with another score.
          ...(entry.name === 'conversation.rated' && rating?.comment && rating.score === entry.facts['score']
            ? { comment: rating.comment }
            : {}),
        },
      })),
      next: rows.length > limit ? String(page.at(-1)!.entry.id) : null,
    };
  },
};

type LogEntry = typeof eventLog.$inferSelect;

/** What the page said of the things that a visitor did. */
async function metadataOf(
  db: Database,
  workspaceId: string,
  entries: readonly LogEntry[],
): Promise<Map<LogEntry, TrackedMetadata>> {
  const ids = entries.flatMap(({ facts }) => (typeof facts['metadataId'] === 'string' ? [facts['metadataId']] : []));
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(trackedMetadata)
    .where(and(eq(trackedMetadata.workspaceId, workspaceId), inArray(trackedMetadata.id, ids)));
  return new Map(
    entries.flatMap((entry) =>
      rows.filter(({ id }) => id === entry.facts['metadataId']).map(({ metadata }) => [entry, metadata] as const),
    ),
  );
}

/**
 * Messages that nobody wrote: the log names who acted, which is whoever closed the conversation or wrote into it when it was answered
 * by itself.
 */
async function automaticAmong(
  db: Database,
  workspaceId: string,
  entries: readonly LogEntry[],
): Promise<Map<LogEntry, 'reply' | 'rating'>> {
  const partIdOf = ({ name, facts }: LogEntry): string | null =>
    name === 'conversation.replied' && typeof facts['partId'] === 'string' ? facts['partId'] : null;
  const ids = entries.map(partIdOf).filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: part.id, body: part.body })
    .from(part)
    .where(and(eq(part.workspaceId, workspaceId), inArray(part.id, ids), eq(part.authorKind, 'system')));
  const kinds = new Map(
    rows.map(({ id, body }) => [id, body?.some(({ type }) => type === 'rating') ? 'rating' : 'reply'] as const),
  );
  return new Map(
    entries.flatMap((entry) => {
      const kind = kinds.get(partIdOf(entry) ?? '');
      return kind ? [[entry, kind] as const] : [];
    }),
  );
}

function timelineCursor(cursor: string): bigint {
  if (!/^\d{1,18}$/.test(cursor)) throw foreignCursor();
  return BigInt(cursor);
}
