import { and, eq, isNull, ne, or, sql } from 'drizzle-orm';
import type { Properties } from '../../../shared/contract/form.ts';
import type { IdentityClaims } from '../../../shared/contract/visitor.ts';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { DomainError, notFound } from '../../kernel/errors.ts';
import type { OperationContext, Operations } from '../../kernel/operation.ts';
import { unseal } from '../../kernel/secrets.ts';
import { lockContact } from '../contact/queries.ts';
import { contact } from '../contact/schema.ts';
import { conversation } from '../conversation/schema.ts';
import { identitySecret } from '../workspace/queries.ts';
import { readProof } from './proof.ts';
import { trackedMetadata, visitorSession } from './schema.ts';

type Session = typeof visitorSession.$inferSelect;
type ContactRow = typeof contact.$inferSelect;

/** @param secret the installation's: what the workspace's own secrets are sealed with. */
export function identityOperations(
  secret: string,
): Pick<Operations, 'visitor.identify' | 'visitor.describe' | 'visitor.track'> {
  return {
    async 'visitor.identify'(context, { token }) {
      const { tx, workspaceId, now, emit } = context;
      const sealed = await identitySecret(tx, workspaceId);
      const claims = await readProof(token, sealed && unseal(secret, sealed), now);
      // One after the other for one person: two browsers that prove the same new name at once make one contact.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`${workspaceId} ${claims.sub}`}))`);
      const session = await ownSession(context);
      if (session.externalId !== null && session.externalId !== claims.sub) {
        throw new DomainError(
          'conflict',
          'This chat belongs to somebody else who uses this browser. Begin a new session.',
        );
      }
      const contactId = await contactOf(context, session, claims);
      await learn(context, contactId, claims);
      if (session.externalId === claims.sub && session.contactId === contactId) return {};
      await tx.update(visitorSession).set({ contactId, externalId: claims.sub }).where(at(session));
      emit('visitor.identified', { sessionId: session.id, contactId }, { contactId });
      return {};
    },

    async 'visitor.describe'(context, { name, email, phone, properties = {} }) {
      const session = await ownSession(context);
      const { contactId } = await context.run('visitor.becomeContact', { sessionId: session.id });
      const held = await lockContact(context, contactId);
      // Whoever can open the console can say anything here, so it never replaces what the site's server signed.
      const proven = held.externalId !== null;
      await write(context, held, {
        ...(held.name === null && name !== undefined ? { name } : {}),
        ...(email === undefined || email === held.email ? {} : { claimedEmail: email }),
        ...(phone === undefined || phone === held.phone ? {} : { claimedPhone: phone }),
        properties: proven ? { ...properties, ...held.properties } : { ...held.properties, ...properties },
      });
      return {};
    },

    async 'visitor.track'(context, { name, metadata }) {
      const { tx, workspaceId, commandId } = context;
      const session = await ownSession(context);
      const sessionId = session.id;
      if (metadata) await tx.insert(trackedMetadata).values({ workspaceId, id: commandId, sessionId, metadata });
      const facts = { sessionId, name, ...(metadata && { metadataId: commandId }) };
      context.emit('visitor.tracked', facts, { contactId: session.contactId });
      return {};
    },
  };
}

const at = (row: { workspaceId: string; id: string }) =>
  and(eq(visitorSession.workspaceId, row.workspaceId), eq(visitorSession.id, row.id));

async function ownSession({ tx, actor, workspaceId }: OperationContext): Promise<Session> {
  if (actor.kind !== 'visitor') throw new DomainError('forbidden', 'Only a visitor has a session.');
  const [session] = await tx
    .select()
    .from(visitorSession)
    .where(and(at({ workspaceId, id: actor.id }), isNull(visitorSession.endedAt)))
    .for('update');
  if (!session) throw notFound('visitor session');
  return session;
}

/** The contact a proof names; what the session wrote before it was known whose it is becomes theirs. */
async function contactOf(context: OperationContext, session: Session, claims: IdentityClaims): Promise<string> {
  const own = session.contactId !== null && (await isOnlyTheirs(context, session)) ? session.contactId : null;
  const known = (await byExternalId(context, claims.sub)) ?? (await byProvenEmail(context, claims));
  if (known && own && own !== known) await context.run('contact.merge', { contactId: known, sourceId: own });
  const contactId = known ?? own ?? (await makeContact(context));
  const { tx, workspaceId } = context;
  await tx
    .update(contact)
    .set({ externalId: claims.sub })
    .where(and(eq(contact.workspaceId, workspaceId), eq(contact.id, contactId)));
  return contactId;
}

/** A contact that somebody else wrote as, or that is known from elsewhere, must not fall to whoever proves a name in one of its browsers. */
async function isOnlyTheirs({ tx, workspaceId }: OperationContext, session: Session): Promise<boolean> {
  const contactId = session.contactId!;
  const [[row], [otherSession], [otherConversation]] = await Promise.all([
    tx
      .select()
      .from(contact)
      .where(and(eq(contact.workspaceId, workspaceId), eq(contact.id, contactId))),
    tx
      .select({ id: visitorSession.id })
      .from(visitorSession)
      .where(
        and(
          eq(visitorSession.workspaceId, workspaceId),
          eq(visitorSession.contactId, contactId),
          ne(visitorSession.id, session.id),
        ),
      )
      .limit(1),
    tx
      .select({ id: conversation.id })
      .from(conversation)
      .where(
        and(
          eq(conversation.workspaceId, workspaceId),
          eq(conversation.contactId, contactId),
          or(isNull(conversation.sessionId), ne(conversation.sessionId, session.id)),
        ),
      )
      .limit(1),
  ]);
  return row?.externalId === null && !otherSession && !otherConversation;
}

/** The living contact of this name; one that was merged away stands for the one it became. */
async function byExternalId({ tx, workspaceId }: OperationContext, externalId: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: contact.id, mergedIntoId: contact.mergedIntoId })
    .from(contact)
    .where(and(eq(contact.workspaceId, workspaceId), eq(contact.externalId, externalId)))
    .orderBy(sql`${contact.mergedIntoId} is not null`, contact.id);
  return row ? (row.mergedIntoId ?? row.id) : null;
}

/** Only an address that the site says it has proved leads to a contact that is known by it and by no other name. */
async function byProvenEmail({ tx, workspaceId }: OperationContext, claims: IdentityClaims): Promise<string | null> {
  if (claims.email === undefined || claims.email_verified !== true) return null;
  const [row] = await tx
    .select({ id: contact.id })
    .from(contact)
    .where(
      and(
        eq(contact.workspaceId, workspaceId),
        eq(contact.email, claims.email),
        isNull(contact.externalId),
        isNull(contact.mergedIntoId),
      ),
    );
  return row?.id ?? null;
}

async function makeContact({ tx, workspaceId, now, emit }: OperationContext): Promise<string> {
  const id = uuidv7(now.getTime());
  await tx.insert(contact).values({ workspaceId, id, createdAt: now });
  emit('contact.created', { contactId: id }, { contactId: id });
  return id;
}

/** What the site's server signed counts more than what was known. */
async function learn(context: OperationContext, contactId: string, claims: IdentityClaims): Promise<void> {
  const held = await lockContact(context, contactId);
  const { name, email, phone, properties = {} } = claims;
  await write(context, held, {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    properties: { ...held.properties, ...properties },
  });
}

type Facts = Partial<Record<'name' | 'email' | 'phone' | 'claimedEmail' | 'claimedPhone', string>> & {
  properties: Properties;
};

/** Writes what differs. An address that is another contact's stays theirs. */
async function write(context: OperationContext, held: ContactRow, facts: Facts): Promise<void> {
  const { tx, workspaceId, emit } = context;
  for (const field of ['email', 'phone'] as const) {
    const value = facts[field];
    if (value === undefined || value === held[field]) continue;
    const [other] = await tx
      .select({ id: contact.id })
      .from(contact)
      .where(and(eq(contact.workspaceId, workspaceId), eq(contact[field], value), isNull(contact.mergedIntoId)));
    if (other) delete facts[field];
  }
  const changed = (Object.keys(facts) as (keyof Facts)[]).filter(
    (key) => JSON.stringify(facts[key]) !== JSON.stringify(held[key]),
  );
  if (changed.length === 0) return;
  await tx
    .update(contact)
    .set(facts)
    .where(and(eq(contact.workspaceId, workspaceId), eq(contact.id, held.id)));
  emit('contact.updated', { contactId: held.id, changed }, { contactId: held.id });
}
