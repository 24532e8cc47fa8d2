import { and, eq, isNull, or } from 'drizzle-orm';
import type { CommandName } from '../../../shared/contract/catalogue.ts';
import type { Properties, PropertyValue } from '../../../shared/contract/form.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { OperationContext, Operations } from '../../kernel/operation.ts';
import { conversation } from '../conversation/schema.ts';
import { findTeammate } from '../teammate/queries.ts';
import { visitorSession } from '../visitor/schema.ts';
import { lockContact } from './queries.ts';
import { contact } from './schema.ts';

type ContactRow = typeof contact.$inferSelect;
type Claims = { name?: string | undefined; email?: string | undefined; phone?: string | undefined };

function at(row: { workspaceId: string; id: string }) {
  return and(eq(contact.workspaceId, row.workspaceId), eq(contact.id, row.id));
}

/**
 * The living contact with this email, else with this phone. It is kept from being merged, and from nothing else: whoever held more than that would have all
 * else from one address wait for one another, and those behind many others be refused.
 */
async function findMatch({ tx, workspaceId }: OperationContext, { email, phone }: Claims): Promise<ContactRow | null> {
  if (email === undefined && phone === undefined) return null;
  const byEmail = email === undefined ? undefined : eq(contact.email, email);
  const byPhone = phone === undefined ? undefined : eq(contact.phone, phone);
  const rows = await tx
    .select()
    .from(contact)
    .where(and(eq(contact.workspaceId, workspaceId), isNull(contact.mergedIntoId), or(byEmail, byPhone)))
    .for('key share');
  return rows.find((row) => row.email === email) ?? rows[0] ?? null;
}

/** What is known is never overwritten by a claim; an empty name is filled. */
async function fillGaps({ tx, emit }: OperationContext, held: ContactRow, { name }: Claims): Promise<void> {
  if (held.name !== null || name === undefined) return;
  const filled = await tx
    .update(contact)
    .set({ name })
    .where(and(at(held), isNull(contact.name)))
    .returning({ id: contact.id });
  // Another message was faster.
  if (filled.length === 0) return;
  emit('contact.updated', { contactId: held.id, changed: ['name'] }, { contactId: held.id });
}

async function matchOrCreate(
  context: OperationContext,
  claims: Claims,
): Promise<{ contactId: string; created: boolean }> {
  const matched = await findMatch(context, claims);
  if (matched) {
    await fillGaps(context, matched, claims);
    return { contactId: matched.id, created: false };
  }
  const { tx, workspaceId, now, emit } = context;
  const id = uuidv7(now.getTime());
  const row = {
    workspaceId,
    id,
    name: claims.name ?? null,
    email: claims.email ?? null,
    phone: claims.phone ?? null,
    createdAt: now,
  };
  const made = await tx.insert(contact).values(row).onConflictDoNothing().returning({ id: contact.id });
  // Another message from the same address was faster: now there is one to match.
  if (made.length === 0) return matchOrCreate(context, claims);
  emit('contact.created', { contactId: id }, { contactId: id });
  return { contactId: id, created: true };
}

export const contactOperations: Pick<Operations, Extract<CommandName, `contact.${string}`>> = {
  'contact.create': matchOrCreate,

  async 'contact.update'(context, { contactId, properties, ...fields }) {
    const { tx, emit } = context;
    const held = await lockContact(context, contactId);
    const wanted: [string, unknown][] = Object.entries(fields).filter(
      ([key, value]) => value !== undefined && value !== held[key as keyof typeof fields],
    );
    if (fields.ownerId && !(await findTeammate(tx, context.workspaceId, fields.ownerId))) throw notFound('teammate');
    const merged = withChanges(held.properties, properties ?? {});
    if (JSON.stringify(merged) !== JSON.stringify(held.properties)) wanted.push(['properties', merged]);
    if (wanted.length === 0) return {};
    const changed = wanted.map(([key]) => key);
    const { email, phone } = Object.fromEntries(wanted) as { email?: string; phone?: string };
    if (email ?? phone) {
      const taken = await findMatch(context, { email: email ?? undefined, phone: phone ?? undefined });
      if (taken && taken.id !== held.id) {
        const field = email !== undefined && taken.email === email ? 'email' : 'phone';
        throw new DomainError('conflict', `Another contact has this ${field}. Merge the two instead.`, {
          fields: { [field]: 'belongs to another contact' },
        });
      }
    }
    await tx.update(contact).set(Object.fromEntries(wanted)).where(at(held));
    emit('contact.updated', { contactId, changed }, { contactId });
    return {};
  },

  async 'contact.claim'(context, { contactId, answers, consent, lead }) {
    const { tx, now, emit } = context;
    const held = await lockContact(context, contactId);
    const { name, email, phone, ...own } = answers;
    const properties = { ...own, ...held.properties };
    const claims = {
      ...(typeof name === 'string' && held.name === null ? { name } : {}),
      ...(typeof email === 'string' && held.email === null && held.claimedEmail === null
        ? { claimedEmail: email }
        : {}),
      ...(typeof phone === 'string' && held.phone === null && held.claimedPhone === null
        ? { claimedPhone: phone }
        : {}),
      ...(Object.keys(properties).length > Object.keys(held.properties).length ? { properties } : {}),
      ...(lead && held.lifecycle === 'visitor' ? { lifecycle: 'lead' as const } : {}),
      ...(consent ? { consent: { at: now.toISOString(), ...consent } } : {}),
    };
    const changed = Object.keys(claims);
    if (changed.length === 0) return {};
    await tx.update(contact).set(claims).where(at(held));
    emit('contact.updated', { contactId, changed }, { contactId });
    return {};
  },

  async 'contact.merge'(context, { contactId, sourceId }) {
    const { tx, workspaceId, emit } = context;
    if (contactId === sourceId) {
      throw new DomainError('invalid', 'A contact cannot be merged into itself.', {
        fields: { sourceId: 'is the same contact' },
      });
    }
    // Locked in the order of their ids, so that two opposite merges at once do not wait for each other for ever.
    const [first, second] = [contactId, sourceId].sort() as [string, string];
    const rows = new Map(
      [await lockContact(context, first), await lockContact(context, second)].map((row) => [row.id, row]),
    );
    const [target, source] = [rows.get(contactId)!, rows.get(sourceId)!];
    await tx.update(contact).set({ mergedIntoId: contactId }).where(at(source));
    await tx
      .update(contact)
      .set({ mergedIntoId: contactId })
      .where(and(eq(contact.workspaceId, workspaceId), eq(contact.mergedIntoId, sourceId)));
    await tx
      .update(contact)
      .set({
        name: target.name ?? source.name,
        email: target.email ?? source.email,
        phone: target.phone ?? source.phone,
        claimedEmail: target.claimedEmail ?? source.claimedEmail,
        claimedPhone: target.claimedPhone ?? source.claimedPhone,
        lifecycle: target.lifecycle === 'visitor' ? source.lifecycle : target.lifecycle,
        leadStatus: target.leadStatus ?? source.leadStatus,
        ownerId: target.ownerId ?? source.ownerId,
        consent: target.consent ?? source.consent,
        externalId: target.externalId ?? source.externalId,
        properties: { ...source.properties, ...target.properties },
        createdAt: target.createdAt < source.createdAt ? target.createdAt : source.createdAt,
        lastSeenAt: later(target.lastSeenAt, source.lastSeenAt),
      })
      .where(at(target));
    // Sessions first: a conversation that is being started holds its session, so it is either waited for and moved, or begins with the target.
    await tx
      .update(visitorSession)
      .set({ contactId })
      .where(and(eq(visitorSession.workspaceId, workspaceId), eq(visitorSession.contactId, sourceId)));
    await tx
      .update(conversation)
      .set({ contactId })
      .where(and(eq(conversation.workspaceId, workspaceId), eq(conversation.contactId, sourceId)));
    emit('contact.merged', { contactId, sourceId }, { contactId });
    return {};
  },
};

/** Properties after a change of some of them; `null` takes one away. */
function withChanges(held: Properties, changes: Record<string, PropertyValue | null>): Properties {
  const next = { ...held };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete next[key];
    else next[key] = value;
  }
  return next;
}

function later(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
