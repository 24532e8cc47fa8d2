import * as v from 'valibot';
import { command, event, query } from './definition.ts';
import { form } from './form.ts';
import { offHours } from './off-hours.ts';
import { id, instant, line } from './primitives.ts';
import { availability, schedule } from './schedule.ts';

/** How new conversations find an owner. */
export const routing = v.picklist(['rotate', 'unassigned']);
export type Routing = v.InferOutput<typeof routing>;

export const inboxMemberRole = v.picklist(['admin', 'agent']);

/**
 * Who is alerted to what nobody has taken on yet: everyone who wants it, the inbox's admins alone, or nobody. Whoever leads the workspace does not
 * stand in for an inbox's admins: where it has none, `admins` alerts nobody, and the settings say so.
 */
export const notifies = v.picklist(['everyone', 'admins', 'nobody']);

/** A named queue with members, routing, opening hours and notifications of its own. */
export const inbox = v.strictObject({
  id,
  name: line(80),
  routing,
  /** `null`: always open. */
  schedule: v.nullable(schedule),
  /** By its hours alone; whether members are on is told of each of them. */
  availability,
  offHours,
  /** Asked before a visitor's first message; `null`: nothing is. */
  preChat: v.nullable(form),
  /** Whether visitors are asked how it was when a conversation ends. */
  askForRating: v.boolean(),
  /** Whether visitors nobody has taken on yet are told how many wait before them. */
  showQueuePosition: v.boolean(),
  /** What is assigned to a teammate alerts them by their own choice, whatever this says. */
  notifies,
  members: v.array(v.strictObject({ teammateId: id, role: inboxMemberRole })),
  createdAt: instant,
});
export type Inbox = v.InferOutput<typeof inbox>;

export const inboxCommands = {
  'inbox.create': command({
    summary: 'Make an inbox. Routing is rotation unless you say otherwise; whoever makes it becomes its admin.',
    http: 'POST /inboxes',
    input: v.strictObject({
      name: line(80),
      routing: v.optional(routing, 'rotate'),
      schedule: v.optional(v.nullable(schedule), null),
    }),
    result: v.strictObject({ inboxId: id }),
  }),
  'inbox.update': command({
    summary:
      'Change the name, routing, opening hours, off-hours behaviour, pre-chat form or notifications of an inbox. What is left out stays.',
    http: 'PATCH /inboxes/{inboxId}',
    input: v.strictObject({
      inboxId: id,
      name: v.optional(line(80)),
      routing: v.optional(routing),
      schedule: v.optional(v.nullable(schedule)),
      offHours: v.optional(v.partial(offHours)),
      preChat: v.optional(v.nullable(form)),
      askForRating: v.optional(v.boolean()),
      showQueuePosition: v.optional(v.boolean()),
      notifies: v.optional(notifies),
    }),
    result: v.strictObject({}),
  }),
  'inbox.addMember': command({
    summary: 'Let a teammate work in an inbox, or change their role in it.',
    http: 'PUT /inboxes/{inboxId}/members/{teammateId}',
    input: v.strictObject({ inboxId: id, teammateId: id, role: v.optional(inboxMemberRole, 'agent') }),
    result: v.strictObject({}),
  }),
  'inbox.removeMember': command({
    summary: 'Take a teammate out of an inbox. What an agent had open there goes back to the queue.',
    http: 'DELETE /inboxes/{inboxId}/members/{teammateId}',
    input: v.strictObject({ inboxId: id, teammateId: id }),
    result: v.strictObject({}),
  }),
};

export const inboxQueries = {
  'inbox.list': query({
    summary: 'The inboxes you may see, by name.',
    http: 'GET /inboxes',
    input: v.strictObject({}),
    result: v.strictObject({ inboxes: v.array(inbox) }),
  }),
};

const inboxFacts = v.strictObject({ inboxId: id });
const memberFacts = v.strictObject({ inboxId: id, teammateId: id });
export const inboxEvents = {
  'inbox.created': event({ summary: 'An inbox was made.', facts: inboxFacts }),
  'inbox.updated': event({ summary: 'Settings of an inbox changed.', facts: inboxFacts }),
  'inbox.memberAdded': event({ summary: 'A teammate joined an inbox.', facts: memberFacts }),
  'inbox.memberRemoved': event({ summary: 'A teammate left an inbox.', facts: memberFacts }),
};
