import * as v from 'valibot';
import { condition } from './condition.ts';
import { command, event, query } from './definition.ts';
import { anyText, id, instant, languageCode, line, storable, webAddress, words } from './primitives.ts';
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

/** What stands on the launcher, by name. */
export const launcherIcon = v.picklist(['chat', 'question', 'envelope', 'heart']);
export type LauncherIcon = v.InferOutput<typeof launcherIcon>;

const edge = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(400));
const greetingText = anyText(300);
const launcherLabel = line(30);
const consentText = words(600);

/** Simple selectors only, so that no browser refuses one: tags, ids, classes, attributes, descendants, children, lists. */
const name = String.raw`-?[a-z_][\w-]*`;
const compound = String.raw`(?=[\w.#[*-])(?:\*|${name})?(?:[.#]${name}|\[${name}(?:[*^$|~]?="[^"\\\n]*")?\])*`;
const selector = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(200),
  v.regex(
    new RegExp(`^${compound}(?:(?: *[>,] *| +)${compound})*$`, 'i'),
    'must be a CSS selector such as #chat or .help-button',
  ),
  storable,
);

const httpsImage = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(500),
  v.regex(/^https:\/\/[a-z0-9.-]+(:\d{1,5})?\/[^\s"'()\\<>]*$/i, 'must be the https address of an image'),
  storable,
);

/** A message of the site owner that comes by itself, when its rule is fulfilled. */
export const greeting = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/, 'must be at most 40 letters and digits')),
  text: line(300),
  /** The same for visitors of other languages. */
  translations: v.optional(v.record(languageCode, line(300)), {}),
  when: condition,
});
export type Greeting = v.InferOutput<typeof greeting>;

/** What a page must know of one. Its rule is in the loader. */
const channelGreeting = v.strictObject({
  id: v.string(),
  text: v.string(),
  translations: v.optional(greeting.entries.translations.wrapped),
});
export type ChannelGreeting = v.InferOutput<typeof channelGreeting>;

/** What a site owner chooses for one web-chat channel. */
export const webChatSettings = v.strictObject({
  /** A six-digit hex colour such as #0f766e; `null` keeps the widget's own. */
  color: v.nullable(v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0f766e'))),
  position: v.picklist(['right', 'left']),
  /** Pixels between the launcher and the window's edge at its side, and the lower one. */
  offsetInline: edge,
  offsetBlock: edge,
  launcherIcon,
  /** Stands on the launcher beside its icon; `null`: the icon alone. */
  launcherLabel: v.nullable(launcherLabel),
  /** Elements of the page that open the chat, in place of the launcher. */
  launcherSelector: v.nullable(selector),
  /** An image for the chat's head. A page's Content-Security-Policy must allow its host in `img-src`. */
  logoUrl: v.nullable(httpsImage),
  /** Whether visitors see the faces of those who may answer. */
  showFaces: v.boolean(),
  /** Whether the chat begins with its home for somebody new, rather than with a message to write. */
  startAtHome: v.boolean(),
  greeting: greetingText,
  /** The site owner's words for visitors of other languages, by language. What is left out stays as it is. */
  translations: v.record(
    languageCode,
    v.strictObject({
      greeting: v.optional(greetingText),
      launcherLabel: v.optional(launcherLabel),
      consentText: v.optional(consentText),
    }),
  ),
  /** Where and when the launcher shows; `null`: always. */
  showWhen: v.nullable(condition),
  /** The first whose rule is fulfilled comes, until the visitor has dismissed it. */
  greetings: v.pipe(v.array(greeting), v.maxLength(20)),
  /** Whether the visitor must agree before anything is kept in their browser or sent from it. */
  askConsent: v.boolean(),
  /** What they agree to. Empty: the widget's own words. */
  consentText,
  /** Where they can read more. */
  privacyUrl: v.nullable(webAddress),
  /** Origins the widget may run on. Empty: all. It limits abuse; it is not authentication. */
  allowedOrigins: v.pipe(v.array(origin), v.maxLength(50)),
});
export type WebChatSettings = v.InferOutput<typeof webChatSettings>;

/** What a new channel starts with, and what one keeps that was made before a setting was there. */
export const defaultWebChatSettings: WebChatSettings = {
  color: null,
  position: 'right',
  offsetInline: 20,
  offsetBlock: 20,
  launcherIcon: 'chat',
  launcherLabel: null,
  launcherSelector: null,
  logoUrl: null,
  showFaces: true,
  startAtHome: false,
  greeting: 'Hello! How can we help?',
  translations: {},
  showWhen: null,
  greetings: [],
  askConsent: false,
  consentText: '',
  privacyUrl: null,
  allowedOrigins: [],
};

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

/** What the launcher says; `#` in `unread` is the number. */
export interface LauncherWords {
  language: string;
  open: string;
  close: string;
  unread: string;
  online: string;
  failed: string;
}

/** All a stranger may know of a channel. */
export const channelConfiguration = v.strictObject({
  key: v.string(),
  /** The workspace's name, as visitors know it. */
  name: v.string(),
  /** Left out: the widget's own, in the visitor's language. */
  greeting: v.optional(v.string()),
  availability,
  /** Path of the panel's module below the server's origin. */
  panel: v.string(),
  // What follows is left out where it is the widget's own, so that a page carries what its owner chose and no more.
  color: v.optional(v.nullable(v.string())),
  position: v.optional(v.picklist(['right', 'left'])),
  /** Pixels between launcher and window, at the side. */
  offsetInline: v.optional(v.number()),
  launcherLabel: v.optional(v.string()),
  launcherSelector: v.optional(v.string()),
  logoUrl: v.optional(v.string()),
  /** `false`: visitors see no faces. */
  showFaces: v.optional(v.boolean()),
  /** Somebody new comes to the home first. */
  startAtHome: v.optional(v.boolean()),
  translations: v.optional(webChatSettings.entries.translations),
  askConsent: v.optional(v.boolean()),
  consentText: v.optional(v.string()),
  privacyUrl: v.optional(v.string()),
  greetings: v.optional(v.array(channelGreeting)),
  /** Path of the module that draws greetings. */
  greeter: v.optional(v.string()),
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
    summary: 'The channels of the inboxes you may see, the oldest first.',
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
