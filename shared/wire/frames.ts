import * as v from 'valibot';
import type { CommandName, CommandResult, EventName, QueryName } from '../contract/catalogue.ts';
import type { Channel } from '../contract/channel.ts';
import type { Contact } from '../contract/contact.ts';
import type { Conversation, VisitorConversation } from '../contract/conversation.ts';
import type { ErrorBody } from '../contract/error.ts';
import type { Inbox } from '../contract/inbox.ts';
import type { Part, VisitorPart } from '../contract/part.ts';
import type { Teammate } from '../contract/teammate.ts';
import type { VisitorSnapshot } from '../contract/visitor.ts';
import type { Workspace, WorkspaceSnapshot } from '../contract/workspace.ts';
import type { BriefEvent } from './brief-event.ts';
import { anyText, commandId, id, seq, webAddress } from '../contract/primitives.ts';
import { identityToken, visitorToken } from '../contract/visitor.ts';

const credential = v.variant('kind', [
  v.strictObject({ kind: v.literal('cookie') }),
  v.strictObject({ kind: v.literal('token'), token: v.pipe(v.string(), v.maxLength(4096)) }),
  v.strictObject({
    kind: v.literal('visitor'),
    channelKey: anyText(64),
    token: visitorToken,
    pageUrl: v.optional(webAddress),
    /** Proves who the visitor is before the welcome is made (`visitor.identify`). */
    identity: v.optional(identityToken),
  }),
]);

/** Where a client was when it lost the line: teammates a position in the log, visitors the head of each thread they hold. */
const resume = v.strictObject({
  epoch: v.pipe(v.string(), v.maxLength(64)),
  position: v.optional(v.pipe(v.string(), v.regex(/^\d{1,20}$/))),
  heads: v.optional(v.record(id, seq)),
});

export const clientFrame = v.variant('type', [
  v.strictObject({ type: v.literal('hello'), protocol: v.number(), credential, resume: v.optional(resume) }),
  v.strictObject({ type: v.literal('command'), id: commandId, name: v.string(), input: v.unknown() }),
  v.strictObject({ type: v.literal('query'), id: commandId, name: v.string(), input: v.unknown() }),
  v.strictObject({ type: v.literal('signal'), name: v.literal('typing'), conversationId: id }),
  v.strictObject({ type: v.literal('beat') }),
]);
export type ClientFrame = v.InferInput<typeof clientFrame>;
export type ParsedClientFrame = v.InferOutput<typeof clientFrame>;
export type Credential = v.InferInput<typeof credential>;
export type Resume = v.InferInput<typeof resume>;

/**
 * The records an event is about, as they are now: read at publish and again on replay, so a reader that takes the newest of each
 * is always right. Which are there follows from the event's name.
 */
export type EventRecords = {
  workspace?: Workspace;
  teammate?: Teammate;
  inbox?: Inbox;
  channel?: Channel;
  contact?: Contact;
  conversation?: Conversation;
  part?: Part;
};

/** An event as teammates hear it. `id` is unique within an epoch. */
export type WorkspaceEvent = {
  id: string;
  name: EventName;
  at: string;
  actor: { kind: string; id: string | null };
  facts: Record<string, unknown>;
  records: EventRecords;
};

/** An event as the visitor hears it: only what they may see. `id` is the part's where there is one. */
export type VisitorEvent = {
  id: string;
  name: EventName;
  at: string;
  conversation: VisitorConversation;
  part?: VisitorPart;
};

export type SignalFrame =
  | {
      type: 'signal';
      name: 'typing';
      conversationId: string;
      from: { kind: 'visitor' | 'teammate'; id: string; name?: string };
    }
  | { type: 'signal'; name: 'presence'; teammateId: string; online: boolean }
  /** To visitors: whether somebody is there, or what is asked before a chat, may have changed. Ask for the snapshot again, not all at once. */
  | { type: 'signal'; name: 'availability' }
  /** To the visitor whose conversation waits for somebody to take it on: its place in line; null: none any more. */
  | { type: 'signal'; name: 'queue'; conversationId: string; position: number | null };

export type WelcomeFrame = {
  type: 'welcome';
  /** Names the log; another epoch means positions from before mean nothing. */
  epoch: string;
  /** Where the log stood; what a teammate's client resumes from. Visitors get '0' and resume by heads. */
  position: string;
  /** True: everything missed follows in `events` frames. False: throw away what you hold and fetch again (rule 6). */
  recovered: boolean;
  as: 'teammate' | 'visitor';
  workspace?: WorkspaceSnapshot;
  visitor?: VisitorSnapshot;
};

export type ServerFrame =
  | WelcomeFrame
  | { type: 'events'; events: BriefEvent[] | VisitorEvent[] }
  | { type: 'ack'; id: string; result: CommandResult<CommandName> }
  | { type: 'answer'; id: string; result: unknown }
  | { type: 'nack'; id: string; error: ErrorBody }
  | SignalFrame
  /** Heartbeat: where the log stands, and how many `events` frames this socket was sent (rule 7). */
  | { type: 'head'; position: string; sent: number }
  /** What went wrong with the connection as a whole; a close follows. */
  | { type: 'error'; error: ErrorBody }
  /** The server is going away; come back after so many milliseconds (rule 13). */
  | { type: 'bye'; retryAfterMs: number };

export type { CommandName, QueryName };
