import * as v from 'valibot';
import { command, event, query } from './definition.ts';
import { id, instant, line } from './primitives.ts';
import { availability } from './schedule.ts';

export const channelKind = v.picklist(['web-chat']);
export type ChannelKind = v.InferOutput<typeof channelKind>;

/** An origin such as https://shop.example, or https://*.shop.example for every subdomain. */
const origin = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.maxLength(253),
  v.regex(
    /^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?$/,
    'must be an origin such as https://shop.example, without a path',
  ),
);

/** What a site owner chooses for one web-chat channel. */
export const webChatSettings = v.strictObject({
  /** A six-digit hex colour such as #0f766e; `null` keeps the widget's own. */
  color: v.nullable(v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0f766e'))),
  position: v.picklist(['right', 'left']),
  greeting: v.pipe(v.string(), v.maxLength(300)),
  /** Origins the widget may run on. Empty: any. It limits abuse; it is not authentication. */
  allowedOrigins: v.pipe(v.array(origin), v.maxLength(50)),
});
export type WebChatSettings = v.InferOutput<typeof webChatSettings>;

/** A connected source. Several may feed one inbox. */
export const channel = v.strictObject({
  id,
  inboxId: id,
  kind: channelKind,
  name: line(80),
  /** Names the channel in the embed snippet. Public. */
  key: v.string(),
  settings: webChatSettings,
  createdAt: instant,
});
export type Channel = v.InferOutput<typeof channel>;

/** What the loader carries for a page: all a stranger may know of the channel. */
export const channelConfiguration = v.strictObject({
  key: v.string(),
  /** The workspace's name, as visitors know it. */
  name: v.string(),
  color: v.nullable(v.string()),
  position: v.picklist(['right', 'left']),
  greeting: v.string(),
  availability,
  /** Path of the panel's module below the server's origin. */
  panel: v.string(),
});
export type ChannelConfiguration = v.InferOutput<typeof channelConfiguration>;

export const channelCommands = {
  'channel.create': command({
    summary: 'Connect a web-chat channel to an inbox.',
    http: 'POST /channels',
    input: v.strictObject({
      inboxId: id,
      name: line(80),
      kind: v.optional(channelKind, 'web-chat'),
      settings: v.optional(v.partial(webChatSettings), {}),
    }),
    result: v.strictObject({ channelId: id, key: v.string() }),
  }),
  'channel.update': command({
    summary: 'Change the name, inbox or settings of a channel. What is left out stays.',
    http: 'PATCH /channels/{channelId}',
    input: v.strictObject({
      channelId: id,
      inboxId: v.optional(id),
      name: v.optional(line(80)),
      settings: v.optional(v.partial(webChatSettings)),
    }),
    result: v.strictObject({}),
  }),
};

export const channelQueries = {
  'channel.list': query({
    summary: 'The channels of the inboxes you may see, by name.',
    http: 'GET /channels',
    input: v.strictObject({}),
    result: v.strictObject({ channels: v.array(channel) }),
  }),
};

const channelFacts = v.strictObject({ channelId: id });
export const channelEvents = {
  'channel.created': event({ summary: 'A channel was connected.', facts: channelFacts }),
  'channel.updated': event({ summary: 'Settings of a channel changed.', facts: channelFacts }),
};
