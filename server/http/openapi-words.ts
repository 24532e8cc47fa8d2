import type { CommandName, QueryName } from '../../shared/contract/catalogue.ts';
import type { ErrorCode } from '../../shared/contract/error.ts';
import type { Rule } from '../policy/commands.ts';
import type { Tag } from './openapi-document.ts';

type NounOf<N extends string> = N extends `${infer Noun}.${string}` ? Noun : never;
export type Noun = NounOf<CommandName | QueryName> | 'session' | 'server';

/** The chapters of the reference, in reading order: a noun without one does not compile. */
export const tags: Record<Noun, Tag> = {
  conversation: {
    name: 'Conversations',
    description: 'One exchange with one contact: its thread, its owner, and whether it is open, snoozed or closed.',
  },
  attachment: {
    name: 'Attachments',
    description:
      'Files of messages. Send each one in by itself, then name it in the message; fetch it by a link that is good for an hour at most.',
  },
  contact: { name: 'Contacts', description: 'The people outside, and what happened with them over all channels.' },
  inbox: { name: 'Inboxes', description: 'Named queues with members, routing and opening hours.' },
  channel: { name: 'Channels', description: 'Where conversations come from. Several channels may feed one inbox.' },
  teammate: { name: 'Teammates', description: 'The people who answer.' },
  workspace: {
    name: 'Workspace',
    description: 'The whole of it: its name, its set-up, and the secrets that host apps and sites sign with.',
  },
  apiKey: {
    name: 'API keys',
    description: 'Keys for other programs. Only a signed-in admin or owner makes and revokes them.',
  },
  visitor: {
    name: 'Visitors',
    description: 'What a browser on your site holds: a session, begun with a token of its own making.',
  },
  article: {
    name: 'Articles',
    description: 'The knowledge base: what the team writes, and what visitors find and read.',
  },
  articleCategory: { name: 'Article categories', description: 'The shelves of the knowledge base.' },
  session: {
    name: 'Sign-in',
    description: 'The cookie session of the workspace app. It works on the server’s own pages only.',
  },
  server: { name: 'Server', description: 'For whoever watches over the process.' },
};

/** What each refusal means, and what mends it: for whoever reads the table, before they meet the sentence itself. */
export const errorMeanings: Record<ErrorCode, string> = {
  invalid: 'The input does not fit. `fields` names what is wrong, by path.',
  unauthenticated: 'No credential, or one that is not in use.',
  expired: 'The teammate token or the proof of who a visitor is has run out. Mint another and ask again.',
  forbidden: 'The credential is good, but this is not for its role or scope.',
  origin_refused: 'The page that asks is not on an allowed origin, or a cookie came from another site’s page.',
  not_found: 'There is no such thing, or you may not see it. Both answer alike.',
  conflict: 'It does not go together with what is there now: somebody was faster, or the name is taken.',
  id_reused: 'The idempotency key was used before with another input. Make a new one.',
  gone: 'It was possible once and is done.',
  too_large: 'The body is larger than 64 KiB, or a file larger than the server takes.',
  unsupported:
    'The server cannot do it: it is to send mail and has no mail server, or, on the socket, it speaks another version of the protocol. Reload to get the matching script.',
  rate_limited:
    'Too much at once, by you or by all visitors of the workspace. Wait `retryAfterMs`, then try again as it is.',
  internal: 'A fault of the server’s. It has been logged; the same request may succeed later.',
  unavailable: 'The database cannot be reached at the moment. Try again shortly.',
};

const roles = { agent: 'any teammate', admin: 'an admin or owner', owner: 'an owner' } as const;

/** A rule of the policy tables as a sentence. */
export function whoMay(rule: Rule): string {
  const who = [
    rule.teammate && roles[rule.teammate],
    rule.inboxAdmin && 'any teammate who is an admin of the inbox',
    rule.visitor && 'a visitor, for what is their own',
    rule.apiKey && `an API key with the scope \`${rule.apiKey}\``,
    rule.stranger && 'anybody who names a channel by its public key, from an origin it allows',
    rule.setUp && 'whoever holds the set-up token that the server printed',
  ].filter((part) => typeof part === 'string');
  if (who.length === 0) throw new Error('a rule that lets nobody in has no place in the reference');
  const sentence = who.join('; or ');
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`;
}

/**
 * What a name alone does not say, by component, by operation (its input) or by `operation.result`, then by the field's path.
 * `*` is for every operation. A note about a field that is gone is an error.
 */
export const fieldNotes: Record<string, Record<string, string>> = {
  '*': {
    cursor: 'Where this page starts: `next` of the page before. Leave it out for the first.',
    limit: 'How many rows at most.',
    next: 'Where the next page starts; `null` after the last.',
  },
  ApiKey: { prefix: 'The first characters of the secret, to tell keys apart.' },
  Attachment: {
    name: 'For people to read and to save it under.',
    type: 'What its first bytes prove it to be; `application/octet-stream` for everything else.',
    size: 'In bytes.',
    width: 'Of pictures that can be shown, in pixels.',
  },
  Availability: { changesAt: 'When that changes next; `null`: never.' },
  Channel: { key: 'Names the channel in the embed snippet. Public.' },
  ChannelConfiguration: {
    name: 'The workspace’s name, as visitors know it.',
    greeter: 'Path of the module that draws greetings, where there are any.',
    greeting: 'Left out: the chat’s own, in the visitor’s language.',
    panel: 'Path of the panel’s module below the server’s origin.',
  },
  Conversation: {
    rating: 'How satisfied the contact was; `null` while they have not said.',
    assigneeId: 'The teammate who owns it; `null`: nobody.',
    contactReadSeq: 'How far the contact has read, in `publicSeq`.',
    inboundSeq: 'The `seq` of the contact’s last message. Unread by the team while it is above `readSeq`.',
    publicSeq: 'Head of the thread as the contact sees it.',
    readSeq: 'How far the team has read.',
    seq: 'Head of the thread as teammates see it. A higher one is a newer state of the same conversation.',
    snoozedUntil: 'When it reopens by itself.',
    wakesOnReply: 'While it is snoozed: whether a message from the contact reopens it.',
    sourceUrl: 'The page where it began.',
  },
  Inbox: {
    schedule: '`null`: always open.',
    notifies:
      'Who is alerted to what nobody has taken on yet; `admins` of an inbox that has none: nobody. What is assigned to a teammate alerts them by their own choice.',
  },
  'inbox.addMember': {
    role: 'An `admin` of the inbox may change it and its members, whatever their role in the workspace.',
  },
  Part: {
    answers: 'What the contact answered to its blocks.',
    activity: 'What the system did; `null` for messages and notes.',
    body: 'The block tree of messages and notes; `null` for activities.',
    id: 'The idempotency key of the command that made it, so a sender knows its own.',
    kind: 'A `message` is seen by the contact, a `note` never, an `activity` is written by the system.',
    publicSeq: 'Gapless over what the contact may see; `null` where they may not.',
  },
  Schedule: {
    spans: 'No spans at all: closed.',
    'spans.day': 'ISO weekday: 1 is Monday, 7 is Sunday.',
    'spans.fromMinute': 'Minutes since local midnight: 540 is 09:00.',
    'spans.toMinute': 'Minutes since local midnight: 1440 is the midnight that ends the day.',
  },
  Teammate: {
    alerts: 'What they are told of by email while their chat is off.',
    available: 'Chosen by the teammate: on means new conversations may be assigned to them.',
  },
  TimelineEntry: { name: 'The fact, such as `conversation.closed`.', actorKind: 'What kind of actor did it.' },
  VisitorConversation: {
    readSeq: 'How far this visitor has read, in `publicSeq`.',
    teamReadSeq: 'How far a teammate has read, in `publicSeq`: up to there it is seen.',
  },
  VisitorSnapshot: { team: 'Who may answer, at most five.' },
  WebChatSettings: {
    allowedOrigins: 'Where the widget may run. Empty: anywhere. It limits abuse; it is not authentication.',
    color: '`null` keeps the widget’s own. Text upon it is black or white, whichever can be read.',
    greeting: 'What the chat begins with. As it came, visitors read it in their language; empty: nothing.',
    greetings: 'The first whose rule is fulfilled comes, until the visitor has dismissed or answered it.',
    launcherSelector: 'Elements of the page that open the chat, in place of the launcher.',
    logoUrl: 'Its host must be in `img-src` where a page has a Content-Security-Policy.',
    offsetBlock: 'Pixels between launcher and lower edge.',
    offsetInline: 'Pixels between launcher and the edge at its side.',
    showWhen: 'Where and when the launcher shows; `null`: always.',
    translations: 'The owner’s words by the visitor’s language. What is left out stays as it is.',
  },
  'apiKey.create': { scopes: 'Each one is needed by itself: `write` does not hold `read`.' },
  'apiKey.create.result': { secret: 'Shown this once. `null` when the same request is answered again.' },
  'contact.list': { search: 'Looks in name, email and phone.' },
  'contact.merge': { sourceId: 'The contact that will be gone.' },
  'conversation.assign': {
    assigneeId: 'The new owner; `null`: nobody.',
    expectedAssigneeId: 'Whom you believe the owner to be: refused if that has changed.',
    note: 'Markdown. An internal note with it; whoever else is given the conversation finds it unread.',
  },
  'conversation.close': { message: 'Markdown. Sent to the contact before it is closed.' },
  'conversation.list': {
    status: '`open` also holds pending ones, `closed` also resolved ones.',
    assignee: '`mine` is the asker’s own.',
    category: 'One of the daily piles of what is open: `missed` came while nobody was there and has no answer.',
  },
  'conversation.markRead': { seq: 'The last entry read: a visitor counts in `publicSeq`.' },
  'conversation.parts': { after: 'Only entries above this `seq`.', before: 'Only entries below this `seq`.' },
  'conversation.parts.result': {
    parts: 'Teammates and programs get the first kind, visitors the second.',
    more: 'Whether there are more in the direction asked for: backward without a bound.',
  },
  'conversation.answer': { partId: 'The message.', blockId: 'The block’s `id`.' },
  'conversation.reply': {
    text: 'Markdown. May be empty where there are files or blocks.',
    blocks: 'Shown below the text, in this order. Not for visitors.',
  },
  'conversation.note': { text: 'Markdown.' },
  'conversation.snooze': {
    until: 'A moment in the future.',
    wakesOnReply: '`false`: a message from the contact is unread, and no more than that.',
  },
  'conversation.start': {
    conversationId:
      'Made by you, so that a retry is the same conversation. A visitor’s second start of it, with another `Idempotency-Key`, is one more message in it.',
    text: 'Markdown.',
    pageUrl: 'The page where it began.',
    properties:
      'For visitors: what the page knows of what it is about. It proves nothing. From a second start come those that there is still room for.',
    channelId: 'For programs, which must name it: the channel it came through.',
    contact: 'For programs, which must name them: whom it came from.',
  },
  'teammate.create': {
    role: 'Only an owner may make another owner.',
    password: 'Without one the teammate can only come in through a host app’s teammate token.',
    inboxIds: 'The inboxes to make them a member of.',
  },
  'visitor.startSession': { channelKey: 'The key in the channel’s snippet.', pageUrl: 'The page the visitor is on.' },
  'visitor.track': { metadata: 'More about it, by name: 20 texts of 500 characters, numbers or booleans at most.' },
  'visitor.describe': {
    email: 'Kept as a claim: nobody is matched by it.',
    phone: 'Kept as a claim: nobody is matched by it.',
    properties: 'Facts of the site’s own, by name. What a proof said is not replaced.',
  },
  'visitor.identify': {
    token:
      'HS256 with the workspace’s identity secret; `aud` is `parlour-visitor`, `sub` your own id of the person, `exp` at most an hour away.',
  },
  'workspace.rotateIdentitySecret.result': {
    secret: 'Shown this once. `null` when the same request is answered again.',
  },
  'workspace.rotateSigningSecret.result': {
    secret: 'Shown this once. `null` when the same request is answered again.',
  },
};
