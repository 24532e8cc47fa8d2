import * as v from 'valibot';
import { command, event, query } from './definition.ts';
import { email, id, instant, line, password } from './primitives.ts';

/** `owner` and `admin` may change the workspace; an `agent` works in the inboxes they are a member of. */
export const teammateRole = v.picklist(['owner', 'admin', 'agent']);
export type TeammateRole = v.InferOutput<typeof teammateRole>;

/** What a teammate wants to hear of while their chat is off: `missed` conversations of the web chat, and messages in `yours`. */
export const alerts = v.strictObject({ missed: v.boolean(), yours: v.boolean() });
export type Alerts = v.InferOutput<typeof alerts>;

/** A human who answers. */
export const teammate = v.strictObject({
  id,
  name: line(80),
  email,
  role: teammateRole,
  /** Chosen by the teammate: on means new conversations may be assigned to them. */
  available: v.boolean(),
  /** What they want to be told of by email while their chat is off. */
  alerts,
  createdAt: instant,
});
export type Teammate = v.InferOutput<typeof teammate>;

export const teammateCommands = {
  'teammate.create': command({
    summary: 'Add a teammate, who signs in with the email and password given, and make them a member of inboxes.',
    http: 'POST /teammates',
    input: v.strictObject({
      name: line(80),
      email,
      /** An owner is made by set-up, or by another owner. */
      role: teammateRole,
      /** Without a password the teammate can only come in through a host app's teammate token. */
      password: v.optional(password),
      inboxIds: v.optional(v.array(id), []),
    }),
    result: v.strictObject({ teammateId: id }),
  }),
  'teammate.rename': command({
    summary: 'Change your own name. Visitors see the first of it, also beside what you wrote before.',
    http: 'PUT /teammates/me/name',
    input: v.strictObject({ name: line(80) }),
    result: v.strictObject({}),
  }),
  'teammate.changePassword': command({
    summary:
      'Change your own password. Every other browser you are signed in with has to sign in again; the one that asks stays.',
    http: 'PUT /teammates/me/password',
    input: v.strictObject({ current: v.pipe(v.string(), v.maxLength(200)), password }),
    result: v.strictObject({}),
  }),
  'teammate.setAvailability': command({
    summary: 'Turn yourself on or off for new conversations.',
    http: 'PUT /teammates/me/availability',
    input: v.strictObject({ available: v.boolean() }),
    result: v.strictObject({}),
  }),
  'teammate.setAlerts': command({
    summary:
      'Choose what you are told of by email while your chat is off: missed conversations of the web chat, messages in conversations assigned to you. What is left out stays.',
    http: 'PUT /teammates/me/alerts',
    input: v.partial(alerts),
    result: v.strictObject({}),
  }),
};

export const teammateQueries = {
  'teammate.list': query({
    summary: 'Every teammate of the workspace, by name.',
    http: 'GET /teammates',
    input: v.strictObject({}),
    result: v.strictObject({ teammates: v.array(teammate) }),
  }),
};

export const teammateEvents = {
  'teammate.created': event({ summary: 'A teammate was added.', facts: v.strictObject({ teammateId: id }) }),
  'teammate.renamed': event({
    summary: 'A teammate changed their name.',
    facts: v.strictObject({ teammateId: id }),
  }),
  'teammate.passwordChanged': event({
    summary: 'A teammate changed their password.',
    facts: v.strictObject({ teammateId: id }),
  }),
  'teammate.availabilityChanged': event({
    summary: 'A teammate turned on or off.',
    facts: v.strictObject({ teammateId: id, available: v.boolean() }),
  }),
  'teammate.alertsChanged': event({
    summary: 'A teammate chose other alerts.',
    facts: v.strictObject({ teammateId: id, alerts }),
  }),
};
