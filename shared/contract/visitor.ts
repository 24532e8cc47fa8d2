import * as v from 'valibot';
import { articleHit, language } from './article.ts';
import { channelConfiguration } from './channel.ts';
import { command, event, query } from './definition.ts';
import { visitorConversation } from './conversation.ts';
import { form, givenProperties } from './form.ts';
import { offHours } from './off-hours.ts';
import { anyText, email, id, line, phone, webAddress } from './primitives.ts';
import { availability } from './schedule.ts';

/** 256 random bits made by the visitor's browser, base64url. Only its SHA-256 is kept. */
export const visitorToken = v.pipe(
  v.string(),
  v.regex(/^pv_[A-Za-z0-9_-]{43}$/, 'must be pv_ and 43 characters of base64url'),
);

/** A JWT of the site's own server. Longer ones carry more than who somebody is. */
export const identityToken = v.pipe(v.string(), v.maxLength(8192));

const MOST_METADATA = 20;

/** More about something that a visitor did: which product, for how much. */
const trackedMetadata = v.pipe(
  v.record(line(60), v.union([anyText(500), v.pipe(v.number(), v.finite()), v.boolean()])),
  v.check((given) => Object.keys(given).length <= MOST_METADATA, `must be at most ${MOST_METADATA}`),
);
export type TrackedMetadata = v.InferOutput<typeof trackedMetadata>;

/** What a site's server may say of somebody beside who they are. What cannot be used is passed over. */
export const identityClaims = v.object({
  sub: line(200),
  name: v.fallback(v.optional(line(120)), undefined),
  email: v.fallback(v.optional(email), undefined),
  /** The site has proved that the address is theirs, so a contact known by it is them. */
  email_verified: v.fallback(v.optional(v.boolean()), undefined),
  phone: v.fallback(v.optional(phone), undefined),
  properties: v.fallback(v.optional(givenProperties), undefined),
});
export type IdentityClaims = v.InferOutput<typeof identityClaims>;

export const visitorCommands = {
  'visitor.startSession': command({
    summary: 'Begin or go on with a visitor session. The browser makes the token; the same token is the same session.',
    http: 'POST /visitor-sessions',
    input: v.strictObject({
      channelKey: anyText(64),
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
  'visitor.identify': command({
    summary:
      "Prove who the visitor is, by a short-lived JWT of the site's server. From then on the session reads all conversations of that contact.",
    http: 'POST /visitor/identity',
    input: v.strictObject({ token: identityToken }),
    result: v.strictObject({}),
  }),
  'visitor.describe': command({
    summary:
      'Say of the visitor what the page knows. It proves nothing: it fills what is empty, and matches no other contact.',
    http: 'PATCH /visitor',
    input: v.strictObject({
      name: v.optional(line(120)),
      email: v.optional(email),
      phone: v.optional(phone),
      properties: v.optional(givenProperties),
    }),
    result: v.strictObject({}),
  }),
  'visitor.track': command({
    summary: 'Note in the contact’s timeline that the visitor did something on the site, by a name of the site’s own.',
    http: 'POST /visitor/events',
    input: v.strictObject({ name: line(80), metadata: v.optional(trackedMetadata) }),
    result: v.strictObject({}),
  }),
  'visitor.endSession': command({
    summary:
      'Sign the visitor out of the chat: the token is of no use any more, in no tab and for good. Of a session that has ended, or never began, there is nothing to end, and the answer is the same.',
    http: 'DELETE /visitor',
    input: v.strictObject({}),
    result: v.strictObject({}),
  }),
};

/** How many wait, this one included. */
const queuePosition = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What the widget needs to draw itself: sent with the welcome. */
export const visitorSnapshot = v.strictObject({
  sessionId: id,
  configuration: channelConfiguration,
  availability,
  /** Who may answer: first names and ids, at most five. */
  team: v.array(v.strictObject({ id, name: v.string(), available: v.boolean() })),
  conversations: v.array(visitorConversation),
  /** Which place in line the conversations have that nobody has taken on yet: 1 is next. Left out where none waits. */
  queue: v.optional(v.record(id, queuePosition)),
  /** Left out where the server sends no mail. */
  mailsTranscripts: v.optional(v.literal(true)),
  /** Whether there are articles to read. */
  help: v.boolean(),
  /** What stands before a new conversation, and what of it is known of this visitor already (keys, no values). */
  doors: v.strictObject({
    preChat: v.nullable(form),
    offHours: v.strictObject({
      mode: offHours.entries.mode,
      text: v.string(),
      /** The text in other languages. */
      translations: v.optional(v.record(v.string(), v.string())),
      form: v.nullable(form),
    }),
    known: v.array(v.string()),
    consented: v.boolean(),
  }),
});
export type VisitorSnapshot = v.InferOutput<typeof visitorSnapshot>;

/** How soon somebody usually answers, in words that hold. */
export const replyTime = v.picklist(['minutes', 'hour', 'day']);
export type ReplyTime = v.InferOutput<typeof replyTime>;

export const visitorQueries = {
  'visitor.home': query({
    summary: 'What the home of the widget shows beside the snapshot: how soon somebody answers, and a few articles.',
    http: 'GET /visitor/home',
    input: v.strictObject({ language: v.optional(language, 'en') }),
    result: v.strictObject({
      /** Null while there is too little to tell from, or nothing to boast of. */
      replyTime: v.nullable(replyTime),
      articles: v.array(articleHit),
    }),
  }),
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
  'visitor.identified': event({
    summary: 'The site’s server proved who a visitor is.',
    facts: v.strictObject({ sessionId: id, contactId: id }),
  }),
  'visitor.tracked': event({
    summary: 'A visitor did something on the site that the site told of.',
    /** `metadataId` names what was said of it; a timeline shows that as `metadata`. */
    facts: v.strictObject({ sessionId: id, name: v.string(), metadataId: v.optional(id) }),
  }),
  'visitor.sessionEnded': event({
    summary: 'A visitor signed out of the chat.',
    facts: v.strictObject({ sessionId: id }),
  }),
};
