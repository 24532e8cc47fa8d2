import type { Body } from '../contract/body.ts';
import type { Conversation } from '../contract/conversation.ts';
import type { Part } from '../contract/part.ts';
import type { EventRecords, WorkspaceEvent } from './frames.ts';

/** A record of which some is always told, and the rest unless it follows from what stands beside it: JSON leaves out what is `undefined`. */
type Brief<R, Told extends keyof R> = Pick<R, Told> & { [K in Exclude<keyof R, Told>]?: R[K] | undefined };

type AlwaysTold = 'id' | 'inboxId' | 'channelId' | 'contactId' | 'seq' | 'publicSeq';
type BriefConversation = Omit<Brief<Conversation, AlwaysTold>, 'lastMessage'> & {
  lastMessage: Brief<Conversation['lastMessage'], 'preview'>;
};

type BriefPart = Brief<Part, 'id'>;

/**
 * An event as it crosses the wire to teammates (rule 5). Everybody hears every message, and most of what is known of one follows from the rest:
 * a field that is not there is as the defaults below have it. Nothing else is lost, and nothing is asked of who reads it but `toFull`.
 */
export type BriefEvent = Omit<WorkspaceEvent, 'facts' | 'records'> & {
  facts?: WorkspaceEvent['facts'] | undefined;
  records: Omit<EventRecords, 'conversation' | 'part'> & {
    conversation?: BriefConversation | undefined;
    part?: BriefPart | undefined;
  };
};

/** Of a conversation with which nothing was done yet but that its contact wrote, just now. */
const conversationDefaults = (at: string, { seq, publicSeq }: Pick<Conversation, 'seq' | 'publicSeq'>) =>
  ({
    status: 'open',
    assigneeId: null,
    snoozedUntil: null,
    wakesOnReply: true,
    inboundSeq: seq,
    readSeq: 0,
    contactReadSeq: publicSeq,
    sourceUrl: null,
    createdAt: at,
    firstRepliedAt: null,
    closedAt: null,
    begunOff: false,
    rating: null,
  }) satisfies Omit<Conversation, AlwaysTold | 'lastMessage' | 'claimedProperties'>;

const lastMessageDefaults = (at: string) =>
  ({ authorKind: 'contact', at }) satisfies Omit<Conversation['lastMessage'], 'preview' | 'authorId'>;

/** Of the contact's message that is the conversation's last, and short enough to be its own preview. */
const partDefaults = (at: string, { id, seq, publicSeq, contactId, lastMessage }: BriefConversation) =>
  ({
    conversationId: id,
    seq,
    publicSeq,
    kind: 'message',
    author: { kind: 'contact', id: contactId },
    body: [{ type: 'paragraph', content: [{ type: 'text', text: lastMessage.preview }] }] as Body,
    activity: null,
    createdAt: at,
  }) satisfies Omit<Part, 'id'>;

/** Leaves out what `toFull` fills in again. Field by field, because it is done for each message and a loop takes many times as long; `Required`, so that none is forgotten. */
export function toBrief({ facts, records, ...event }: WorkspaceEvent): BriefEvent {
  const { conversation, part } = records;
  const { at } = event;
  const brief = conversation && briefConversation(conversation, at);
  return {
    ...event,
    facts: hasFields(facts, 0) ? undefined : facts,
    records: { ...records, conversation: brief, part: brief && part ? briefPart(part, brief, at) : part },
  };
}

function briefConversation(held: Conversation, at: string): Required<BriefConversation> {
  return {
    id: held.id,
    inboxId: held.inboxId,
    channelId: held.channelId,
    contactId: held.contactId,
    status: unless('open', held.status),
    assigneeId: unless(null, held.assigneeId),
    snoozedUntil: unless(null, held.snoozedUntil),
    wakesOnReply: unless(true, held.wakesOnReply),
    seq: held.seq,
    publicSeq: held.publicSeq,
    inboundSeq: unless(held.seq, held.inboundSeq),
    readSeq: unless(0, held.readSeq),
    contactReadSeq: unless(held.publicSeq, held.contactReadSeq),
    lastMessage: briefMessage(held.lastMessage, at),
    sourceUrl: unless(null, held.sourceUrl),
    createdAt: unless(at, held.createdAt),
    firstRepliedAt: unless(null, held.firstRepliedAt),
    closedAt: unless(null, held.closedAt),
    begunOff: unless(false, held.begunOff),
    claimedProperties: held.claimedProperties,
    rating: unless(null, held.rating),
  };
}

function briefMessage(last: Conversation['lastMessage'], at: string): Required<BriefConversation['lastMessage']> {
  return {
    preview: last.preview,
    authorKind: unless('contact', last.authorKind),
    authorId: last.authorId,
    at: unless(at, last.at),
  };
}

function briefPart(
  part: Part,
  { id, seq, publicSeq, contactId, lastMessage }: BriefConversation,
  at: string,
): Required<BriefPart> {
  const { author, body } = part;
  return {
    id: part.id,
    conversationId: unless(id, part.conversationId),
    seq: unless(seq, part.seq),
    publicSeq: unless(publicSeq, part.publicSeq),
    kind: unless('message', part.kind),
    author: author.kind === 'contact' && author.id === contactId && hasFields(author, 2) ? undefined : author,
    body: isPlain(body, lastMessage.preview) ? undefined : body,
    activity: unless(null, part.activity),
    attachments: part.attachments,
    answers: part.answers,
    createdAt: unless(at, part.createdAt),
  };
}

function unless<T>(usual: T, value: T): T | undefined {
  return value === usual ? undefined : value;
}

/** Whether it has so many and no others: what is to come some day is not left out with them. */
function hasFields(record: object, count: number): boolean {
  let found = 0;
  for (const _key in record) found += 1;
  return found === count;
}

/** Whether a body is one paragraph of this text and nothing else. */
function isPlain(body: Body | null, text: string): boolean {
  const [block, ...others] = body ?? [];
  if (block?.type !== 'paragraph' || others.length > 0 || !hasFields(block, 2)) return false;
  const [run, ...more] = block.content;
  return run?.type === 'text' && run.text === text && more.length === 0 && hasFields(run, 2);
}

/** The event as everybody has it who does not deal with the wire. @param brief as JSON gives it: without what is `undefined` */
export function toFull({ facts = {}, records, ...event }: BriefEvent): WorkspaceEvent {
  const { conversation, part, ...others } = records;
  const full: EventRecords = others;
  const { at } = event;
  if (conversation) {
    const lastMessage = { ...lastMessageDefaults(at), ...conversation.lastMessage };
    full.conversation = { ...conversationDefaults(at, conversation), ...conversation, lastMessage } as Conversation;
  }
  if (part) full.part = { ...(conversation && partDefaults(at, conversation)), ...part } as Part;
  return { ...event, facts, records: full };
}
