import * as v from 'valibot';
import { language } from './article.ts';
import { attachmentIds } from './attachment.ts';
import { blockAnswer, blocksInput, rating } from './block.ts';
import { picturesOf } from './block-pictures.ts';
import { MAX_MESSAGE_LENGTH } from './limits.ts';
import { contact } from './contact.ts';
import { command, event, query } from './definition.ts';
import { changedProperties, formAnswers, givenProperties, properties } from './form.ts';
import { part, visitorPart } from './part.ts';
import {
  anyText,
  email,
  id,
  instant,
  languageCode,
  line,
  pageCursor,
  pageSize,
  phone,
  seq,
  timeZone,
  webAddress,
} from './primitives.ts';

export const conversationStatus = v.picklist(['open', 'pending', 'snoozed', 'resolved', 'closed']);
export type ConversationStatus = v.InferOutput<typeof conversationStatus>;

/** What a list row shows of the last message. */
const lastMessage = v.strictObject({
  preview: v.string(),
  authorKind: v.picklist(['contact', 'teammate', 'api-key', 'system']),
  /** Which teammate, in lists and in events that may bring it to another list; beside a message it is the author of the part. */
  authorId: v.optional(id),
  at: instant,
});

/** One exchange with one contact, as teammates see it. A higher `seq` is a newer state of the same conversation. */
export const conversation = v.strictObject({
  id,
  inboxId: id,
  channelId: v.nullable(id),
  contactId: id,
  status: conversationStatus,
  assigneeId: v.nullable(id),
  snoozedUntil: v.nullable(instant),
  /** While it is snoozed: whether a message from the contact reopens it. */
  wakesOnReply: v.boolean(),
  /** Head of the thread for teammates. */
  seq,
  /** Head of the thread for the contact. */
  publicSeq: seq,
  /** Seq of the contact's last message. Unread by the team while it is above `readSeq`. */
  inboundSeq: seq,
  /** How far the team has read. */
  readSeq: seq,
  /** How far the contact has read, in `publicSeq`. */
  contactReadSeq: seq,
  lastMessage,
  /** The page where it began. */
  sourceUrl: v.nullable(v.string()),
  createdAt: instant,
  firstRepliedAt: v.nullable(instant),
  closedAt: v.nullable(instant),
  /** Whether nobody was there when it began. */
  begunOff: v.boolean(),
  /** What the page said of it, if anything. It proves nothing: whoever can open the console can say it. */
  claimedProperties: v.optional(properties),
  /** How satisfied the contact was; null while they have not said. */
  rating: v.nullable(rating),
});
export type Conversation = v.InferOutput<typeof conversation>;

/** A conversation as its visitor sees it. */
export const visitorConversation = v.strictObject({
  id,
  status: v.picklist(['open', 'closed']),
  publicSeq: seq,
  /** How far this visitor has read, in `publicSeq`. */
  readSeq: seq,
  /** How far a teammate has read, in `publicSeq`. */
  teamReadSeq: seq,
  lastMessage: v.strictObject({ preview: v.string(), authorKind: v.picklist(['visitor', 'teammate']), at: instant }),
  createdAt: instant,
});
export type VisitorConversation = v.InferOutput<typeof visitorConversation>;

/** Which conversations a list shows by status: `open` also holds pending ones, `closed` also resolved ones. */
export const statusFilter = v.picklist(['open', 'snoozed', 'closed']);
export type StatusFilter = v.InferOutput<typeof statusFilter>;
export const assigneeFilter = v.picklist(['mine', 'unassigned', 'all']);
export type AssigneeFilter = v.InferOutput<typeof assigneeFilter>;

/** The four daily piles, derived: nobody answered; nobody answered what came while off; yours; a colleague's. */
export const category = v.picklist(['new', 'missed', 'yours', 'others']);
export type Category = v.InferOutput<typeof category>;

const one = v.strictObject({ conversationId: id });
/** What a message may say and show. Text may be empty where there are files. */
const said = { text: anyText(MAX_MESSAGE_LENGTH), attachmentIds };
type Said = { text: string; attachmentIds?: string[] | undefined };
const isWritten = (text: string): boolean => text.trim().length > 0;
const saysSomething = ({ text, attachmentIds: files }: Said): boolean => isWritten(text) || files !== undefined;
const EMPTY = 'must not be empty';
const NO_FILE = 'must show only files of attachmentIds';
const position = v.strictObject({ conversationId: id, seq });

export const conversationCommands = {
  'conversation.start': command({
    summary:
      'Start a conversation with its first message. A visitor starts their own, and joins it by starting the same one again, from another tab; a program names the contact by email or phone, and the message is taken as written by that contact.',
    http: 'POST /conversations',
    input: v.pipe(
      v.strictObject({
        /** Client-made, so that a retry is the same conversation. */
        conversationId: id,
        ...said,
        pageUrl: v.optional(webAddress),
        /** For visitors: what they read the chat in, so that what answers by itself does so in it. */
        language: v.optional(languageCode),
        /** For visitors: what they answered to the form before it. */
        form: v.optional(formAnswers),
        /** For visitors: what the page knows of what it is about. */
        properties: v.optional(givenProperties),
        /** For programs only: which channel it came through, and from whom. */
        channelId: v.optional(id),
        contact: v.optional(
          v.strictObject({ name: v.optional(line(120)), email: v.optional(email), phone: v.optional(phone) }),
        ),
      }),
      v.forward(
        v.check((input) => saysSomething(input), EMPTY),
        ['text'],
      ),
    ),
    result: v.strictObject({ conversationId: id, partId: id, seq, publicSeq: seq }),
  }),
  'conversation.setProperties': command({
    summary:
      'Say of a conversation what the page knows: an order, a cart. `null` takes one away, what is left out stays, and 50 is the most.',
    http: 'PATCH /conversations/{conversationId}/properties',
    input: v.strictObject({ conversationId: id, properties: changedProperties }),
    result: v.strictObject({}),
  }),
  'conversation.reply': command({
    summary:
      'Send a message that the contact sees. The text is Markdown. From the contact it reopens what is closed, or snoozed until then. Teammates and programs may put rich blocks below the text.',
    http: 'POST /conversations/{conversationId}/replies',
    input: v.pipe(
      v.strictObject({
        conversationId: id,
        ...said,
        /** Buttons, cards, a form, …: shown below the text, which may be empty then. */
        blocks: v.optional(blocksInput),
      }),
      v.forward(
        v.check((input) => input.blocks !== undefined || saysSomething(input), EMPTY),
        ['text'],
      ),
      v.forward(
        v.check(({ blocks, attachmentIds: files }) => picturesOf(blocks).every((one) => files?.includes(one)), NO_FILE),
        ['blocks'],
      ),
    ),
    /** A visitor's `seq` is their `publicSeq`. */
    result: v.strictObject({ partId: id, seq, publicSeq: seq }),
  }),
  'conversation.answer': command({
    summary:
      'Answer a block of a message: press a button, fill in its form, rate. Each is answered once; a rating may be changed. A pressed button and a form are messages of the visitor too.',
    http: 'POST /conversations/{conversationId}/answers',
    input: v.strictObject({ conversationId: id, partId: id, blockId: v.string(), answer: blockAnswer }),
    /** Head of the visitor's thread afterwards, and when the message's answer says it came. */
    result: v.strictObject({ publicSeq: seq, at: instant }),
  }),
  'conversation.autoRespond': command({
    summary:
      'Say in the name of the workspace that nobody is there. It is no answer: the conversation stays unread and missed.',
    http: null,
    input: v.strictObject({ conversationId: id, text: v.pipe(v.string(), v.minLength(1)) }),
    result: v.strictObject({ seq }),
  }),
  'conversation.note': command({
    summary: 'Write an internal note. The contact never sees it, nor that it exists.',
    http: 'POST /conversations/{conversationId}/notes',
    input: v.pipe(
      v.strictObject({ conversationId: id, ...said }),
      v.forward(
        v.check((input) => saysSomething(input), EMPTY),
        ['text'],
      ),
    ),
    result: v.strictObject({ partId: id, seq }),
  }),
  'conversation.assign': command({
    summary:
      'Make a teammate the owner, or nobody, with a note on why if there is something to say. With `expectedAssigneeId` it is refused if somebody else was faster.',
    http: 'PUT /conversations/{conversationId}/assignee',
    input: v.strictObject({
      conversationId: id,
      assigneeId: v.nullable(id),
      expectedAssigneeId: v.optional(v.nullable(id)),
      /** Stands in the thread as an internal note. Whoever else is given the conversation finds it unread. */
      note: v.optional(v.pipe(anyText(MAX_MESSAGE_LENGTH), v.check(isWritten, EMPTY))),
    }),
    result: v.strictObject({ seq }),
  }),
  'conversation.route': command({
    summary: 'Find an owner by the routing of its inbox, if it has none yet.',
    http: null,
    input: one,
    result: v.strictObject({ assigneeId: v.nullable(id) }),
  }),
  'conversation.snooze': command({
    summary:
      'Put away until a moment in the future; then it reopens by itself, and on a message from the contact at once, unless that is not to wake it.',
    http: 'POST /conversations/{conversationId}/snooze',
    input: v.strictObject({ conversationId: id, until: instant, wakesOnReply: v.optional(v.boolean(), true) }),
    result: v.strictObject({ seq }),
  }),
  'conversation.wake': command({
    summary:
      'Reopen a conversation because the snooze until this moment has run out. Does nothing when it was put off or opened since.',
    http: null,
    input: v.strictObject({ conversationId: id, until: instant }),
    result: v.strictObject({ seq }),
  }),
  'conversation.close': command({
    summary:
      'Close, because nothing is left to do, with a last message if there is something to say. A message from the contact reopens it. With `expectedInboundSeq` it is refused if the contact has written since.',
    http: 'POST /conversations/{conversationId}/close',
    input: v.pipe(
      v.strictObject({
        conversationId: id,
        /** How far whoever closes has seen the conversation: its `inboundSeq`, or a later `seq`. */
        expectedInboundSeq: v.optional(seq),
        /** Sent before it is closed, as a reply is. May be left out, or empty where there are files. */
        message: v.optional(said.text),
        attachmentIds,
      }),
      v.forward(
        v.check(({ message, ...files }) => message === undefined || saysSomething({ text: message, ...files }), EMPTY),
        ['message'],
      ),
    ),
    result: v.strictObject({ seq }),
  }),
  'conversation.end': command({
    summary:
      'End the chat, as its visitor: it is closed, and the team sees who did it. Writing again opens it again. Does nothing where it is closed.',
    http: 'POST /conversations/{conversationId}/end',
    input: one,
    result: v.strictObject({}),
  }),
  'conversation.emailTranscript': command({
    summary:
      'Have what the visitor sees of the conversation sent to an email address. It is on its way when this is answered; only where the server can send mail.',
    http: 'POST /conversations/{conversationId}/transcript',
    input: v.strictObject({
      conversationId: id,
      email,
      /** What dates and the few words around the messages are in. */
      language: v.optional(language, 'en'),
      timeZone: v.optional(timeZone, 'UTC'),
    }),
    result: v.strictObject({}),
  }),
  'conversation.reopen': command({
    summary: 'Open again what is snoozed or closed.',
    http: 'POST /conversations/{conversationId}/reopen',
    input: one,
    result: v.strictObject({ seq }),
  }),
  'conversation.markRead': command({
    summary:
      'Say how far the thread has been read: by the team (in `seq`), or by the visitor (in `publicSeq`). It never moves back.',
    http: 'POST /conversations/{conversationId}/read',
    input: position,
    result: v.strictObject({ readSeq: seq }),
  }),
  'conversation.markUnread': command({
    summary: 'Mark as unread for the whole team.',
    http: 'POST /conversations/{conversationId}/unread',
    input: one,
    result: v.strictObject({ readSeq: seq }),
  }),
};

const counts = v.strictObject({ mine: seq, unassigned: seq, all: seq });
/** Of what is open also those begun while nobody was there and not answered yet. */
const openCounts = v.strictObject({ ...counts.entries, missed: seq });

export const conversationQueries = {
  'conversation.list': query({
    summary:
      'Conversations you may see, last message first, with their contacts; long ones make a page shorter than `limit`.',
    http: 'GET /conversations',
    input: v.strictObject({
      status: v.optional(statusFilter, 'open'),
      assignee: v.optional(assigneeFilter, 'all'),
      category: v.optional(category),
      inboxId: v.optional(id),
      contactId: v.optional(id),
      cursor: pageCursor,
      limit: pageSize,
    }),
    result: v.strictObject({
      conversations: v.array(conversation),
      contacts: v.array(contact),
      next: v.nullable(v.string()),
    }),
  }),
  'conversation.counts': query({
    summary: 'How many conversations each filter holds.',
    http: 'GET /conversations/counts',
    input: v.strictObject({ inboxId: v.optional(id) }),
    result: v.strictObject({
      open: openCounts,
      snoozed: counts,
      closed: counts,
      unread: seq,
      /** The same by inbox, where it is not zero. */
      unreadByInbox: v.record(id, seq),
    }),
  }),
  'conversation.get': query({
    summary: 'One conversation and its contact.',
    http: 'GET /conversations/{conversationId}',
    input: one,
    result: v.strictObject({ conversation, contact }),
  }),
  'conversation.parts': query({
    summary:
      'A page of the thread in ascending order: the newest without a bound, those after or before a `seq` with one; long parts make it shorter than `limit`. A visitor gets their parts, by `publicSeq`.',
    http: 'GET /conversations/{conversationId}/parts',
    input: v.strictObject({
      conversationId: id,
      after: v.optional(seq),
      before: v.optional(seq),
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)), 50),
    }),
    result: v.strictObject({
      parts: v.union([v.array(part), v.array(visitorPart)]),
      /** Whether there are more in the direction asked for (backward without a bound). */
      more: v.boolean(),
    }),
  }),
};

/** Every change of a conversation's thread carries the `seq` it took. */
const threadFacts = v.strictObject({ conversationId: id, partId: id, seq, publicSeq: v.nullable(seq) });
const readFacts = v.strictObject({ conversationId: id, readSeq: seq });

export const conversationEvents = {
  'conversation.started': event({ summary: 'A contact began a conversation.', facts: threadFacts }),
  'conversation.replied': event({ summary: 'A message was sent or received.', facts: threadFacts }),
  'conversation.answered': event({
    summary: 'The contact answered a block of a message. It takes no place in the thread: the message is told anew.',
    facts: v.strictObject({ conversationId: id, partId: id, blockId: v.string() }),
  }),
  'conversation.rated': event({
    summary: 'The contact said how satisfied they were.',
    facts: v.strictObject({ ...threadFacts.entries, score: v.number() }),
  }),
  'conversation.noted': event({ summary: 'A teammate wrote a note.', facts: threadFacts }),
  'conversation.assigned': event({
    summary: 'The owner changed.',
    facts: v.strictObject({ ...threadFacts.entries, assigneeId: v.nullable(id), previousAssigneeId: v.nullable(id) }),
  }),
  'conversation.snoozed': event({
    summary: 'It was put away until a moment.',
    facts: v.strictObject({ ...threadFacts.entries, until: instant }),
  }),
  'conversation.closed': event({
    summary: 'It was closed.',
    facts: v.strictObject({ ...threadFacts.entries, openForMs: v.number() }),
  }),
  'conversation.transcriptRequested': event({
    summary: 'The contact asked for the conversation by email. The address is not told.',
    facts: v.strictObject({ conversationId: id }),
  }),
  'conversation.reopened': event({
    summary: 'It was opened again: by hand, by a reply, or because the snooze ran out.',
    facts: v.strictObject({
      ...threadFacts.entries,
      reason: v.picklist(['manual', 'reply', 'timer']),
      from: conversationStatus,
    }),
  }),
  'conversation.read': event({
    summary:
      'The team read up to a point. `seenSeq` is how far that is for the contact, in `publicSeq`; `null` where it is nothing new to them.',
    facts: v.strictObject({ ...readFacts.entries, seenSeq: v.nullable(seq) }),
  }),
  'conversation.propertiesChanged': event({
    summary: 'The page said something of it.',
    facts: v.strictObject({ conversationId: id }),
  }),
  'conversation.markedUnread': event({ summary: 'The team marked it as unread.', facts: readFacts }),
  'conversation.seen': event({ summary: 'The contact read up to a point, in `publicSeq`.', facts: readFacts }),
};
