import * as v from 'valibot';
import { channelConfiguration } from './channel.ts';
import { command, event, query } from './definition.ts';
import { visitorConversation } from './conversation.ts';
import { id, webAddress } from './primitives.ts';
import { availability } from './schedule.ts';

/** 256 random bits made by the visitor's browser, base64url. Only its SHA-256 is kept. */
export const visitorToken = v.pipe(
  v.string(),
  v.regex(/^pv_[A-Za-z0-9_-]{43}$/, 'must be pv_ and 43 characters of base64url'),
);

export const visitorCommands = {
  'visitor.startSession': command({
    summary: 'Begin or go on with a visitor session. The browser makes the token; the same token is the same session.',
    http: 'POST /visitor-sessions',
    input: v.strictObject({
      channelKey: v.pipe(v.string(), v.maxLength(64)),
      token: visitorToken,
      pageUrl: v.optional(webAddress),
    }),
    result: v.strictObject({ sessionId: id }),
  }),
  'visitor.becomeContact': command({
    summary: 'The contact behind a visitor session; the first message makes one.',
    http: null,
    input: v.strictObject({ sessionId: id }),
    result: v.strictObject({ contactId: id }),
  }),
};

/** What the widget needs to draw itself: sent with the welcome. */
export const visitorSnapshot = v.strictObject({
  sessionId: id,
  configuration: channelConfiguration,
  availability,
  /** Who may answer: first names and ids, at most five. */
  team: v.array(v.strictObject({ id, name: v.string(), available: v.boolean() })),
  conversations: v.array(visitorConversation),
});
export type VisitorSnapshot = v.InferOutput<typeof visitorSnapshot>;

export const visitorQueries = {
  'visitor.snapshot': query({
    summary: "What the widget needs to draw itself: the channel, who may answer, and this visitor's conversations.",
    http: 'GET /visitor',
    input: v.strictObject({}),
    result: visitorSnapshot,
  }),
};

export const visitorEvents = {
  'visitor.sessionStarted': event({
    summary: 'A browser opened the chat for the first time.',
    facts: v.strictObject({ sessionId: id, channelId: id }),
  }),
};
