import * as v from 'valibot';
import { command, event, query } from './definition.ts';
import { properties } from './form.ts';
import { email, id, instant, line, pageCursor, pageSize, phone } from './primitives.ts';

/** How far somebody has come with the workspace. A form makes a visitor a lead; nothing makes it less by itself. */
export const lifecycle = v.picklist(['visitor', 'lead', 'qualified', 'customer', 'former']);
export type Lifecycle = v.InferOutput<typeof lifecycle>;

/** How selling to them stands. */
export const leadStatus = v.picklist(['new', 'attempted', 'connected', 'in-progress', 'unqualified', 'bad-timing']);
export type LeadStatus = v.InferOutput<typeof leadStatus>;

/** The person outside. Every field but the id may be unknown; with neither email nor phone it is a visitor. */
export const contact = v.strictObject({
  id,
  name: v.nullable(line(120)),
  email: v.nullable(email),
  phone: v.nullable(phone),
  /** What they wrote into a form. Nothing is matched by it: anybody can write anybody's address. */
  claimedEmail: v.nullable(email),
  claimedPhone: v.nullable(phone),
  lifecycle,
  leadStatus: v.nullable(leadStatus),
  /** The teammate who looks after them, whoever answers this or that conversation. */
  ownerId: v.nullable(id),
  properties,
  /** What they last agreed to, in the words they saw. */
  consent: v.nullable(v.strictObject({ at: instant, text: v.string(), url: v.nullable(v.string()) })),
  createdAt: instant,
  lastSeenAt: v.nullable(instant),
});
export type Contact = v.InferOutput<typeof contact>;

/** One entry of a contact's timeline, newest first: a fact from the log, with who did it. */
export const timelineEntry = v.strictObject({
  id: v.string(),
  at: instant,
  name: v.string(),
  actorKind: v.string(),
  actorId: v.nullable(v.string()),
  conversationId: v.nullable(id),
  facts: v.record(v.string(), v.unknown()),
});
export type TimelineEntry = v.InferOutput<typeof timelineEntry>;

export const contactCommands = {
  'contact.create': command({
    summary: 'Find the contact with this email or phone, or make one. Known fields are never overwritten by it.',
    http: 'POST /contacts',
    input: v.strictObject({
      name: v.optional(line(120)),
      email: v.optional(email),
      phone: v.optional(phone),
    }),
    result: v.strictObject({ contactId: id, created: v.boolean() }),
  }),
  'contact.update': command({
    summary: 'Change what is known of a contact. `null` clears a field; what is left out stays.',
    http: 'PATCH /contacts/{contactId}',
    input: v.strictObject({
      contactId: id,
      name: v.optional(v.nullable(line(120))),
      email: v.optional(v.nullable(email)),
      phone: v.optional(v.nullable(phone)),
      lifecycle: v.optional(lifecycle),
      leadStatus: v.optional(v.nullable(leadStatus)),
      ownerId: v.optional(v.nullable(id)),
      /** Only these change; `null` clears one. */
      properties: v.optional(v.record(properties.key, v.nullable(properties.value))),
    }),
    result: v.strictObject({}),
  }),
  'contact.claim': command({
    summary:
      'Keep what a visitor said of themselves in a form. It proves nothing and overwrites nothing that is known.',
    http: null,
    input: v.strictObject({
      contactId: id,
      answers: properties,
      /** The words they agreed to, if they were asked. */
      consent: v.optional(v.nullable(v.strictObject({ text: v.string(), url: v.nullable(v.string()) })), null),
      /** Whether it makes a visitor a lead. */
      lead: v.boolean(),
    }),
    result: v.strictObject({}),
  }),
  'contact.merge': command({
    summary:
      'Merge one contact into another: conversations and sessions move, empty fields are filled, the source is gone.',
    http: 'POST /contacts/{contactId}/merge',
    input: v.strictObject({ contactId: id, sourceId: id }),
    result: v.strictObject({}),
  }),
};

export const contactQueries = {
  'contact.get': query({
    summary: 'One contact.',
    http: 'GET /contacts/{contactId}',
    input: v.strictObject({ contactId: id }),
    result: v.strictObject({ contact }),
  }),
  'contact.list': query({
    summary: 'Contacts, newest first; `search` looks in name, email and phone, also claimed ones.',
    http: 'GET /contacts',
    input: v.strictObject({ search: v.optional(line(120)), cursor: pageCursor, limit: pageSize }),
    result: v.strictObject({ contacts: v.array(contact), next: v.nullable(v.string()) }),
  }),
  'contact.timeline': query({
    summary: 'What happened with a contact over all conversations and channels, newest first.',
    http: 'GET /contacts/{contactId}/timeline',
    input: v.strictObject({ contactId: id, cursor: pageCursor, limit: pageSize }),
    result: v.strictObject({ entries: v.array(timelineEntry), next: v.nullable(v.string()) }),
  }),
};

export const contactEvents = {
  'contact.created': event({ summary: 'A contact was made.', facts: v.strictObject({ contactId: id }) }),
  'contact.updated': event({
    summary: 'What is known of a contact changed.',
    facts: v.strictObject({ contactId: id, changed: v.array(v.string()) }),
  }),
  'contact.merged': event({
    summary: 'Two contacts became one.',
    facts: v.strictObject({ contactId: id, sourceId: id }),
  }),
};
