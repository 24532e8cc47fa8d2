import { RequestError } from '../../shared/client/client.ts';
import type { VisitorClient } from '../../shared/client/client.ts';
import { webPage } from '../../shared/client/web-page.ts';
import type { Attachment } from '../../shared/contract/attachment.ts';
import type { CommandInput } from '../../shared/contract/catalogue.ts';
import type { FormAnswers, Properties } from '../../shared/contract/form.ts';
import type { VisitorPart } from '../../shared/contract/part.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { plainBody } from '../../shared/state/plain-body.ts';
import { visitorThread } from '../../shared/state/thread.ts';
import { refusalIn, spoken } from '../../shared/ui/language.ts';
import type { BlockReply, Thread } from '../../shared/state/thread.ts';
import type { Unfinished } from './form/widget-form.ts';
import type { UnsentStore } from './later-unsent.ts';

/** What carries a message to the server; the answer to a block is one too. */
type MessageCommand = {
  id: string;
  name: 'conversation.start' | 'conversation.reply' | 'conversation.answer';
  input: Partial<BlockReply> & {
    conversationId: string;
    text?: string;
    attachmentIds?: string[];
    form?: FormAnswers;
    properties?: Properties;
  };
  /** What is shown of its files. */
  attachments?: readonly Attachment[];
  /** What is shown of an answer. */
  words?: string;
};

/** Whose messages these are, and where they are shown. */
export interface MessageRoom {
  client: VisitorClient;
  unsent: UnsentStore;
  /** The page the visitor is on. */
  pageUrl(): string;
  /** What the page knows of what the next new conversation is about. */
  about: { properties?: Properties | undefined };
  /** Takes up the ids of conversations that turn out to be somebody else's. */
  taken: Set<string>;
  /** Whether the server has the conversation. */
  knows(conversationId: string): boolean;
  change(this: void, conversationId: string, change: (thread: Thread<VisitorPart>) => Thread<VisitorPart>): void;
  /** Asks what the server knows of the visitor now. */
  refresh(this: void): Promise<void>;
}

/** The questions a refusal is about. */
function formKeys({ fields }: RequestError): string[] {
  return Object.keys(fields).flatMap((path) => /^form\.(?:answers\.)?(.+)/.exec(path)?.[1] ?? []);
}

/** A visitor's messages from the moment they are written until the server has settled them. */
export class MessageDelivery {
  /** Forms before a conversation that came back, by conversation: what was said, and what of it is wrong. */
  readonly unfinished = new Map<string, Unfinished>();
  readonly #room: MessageRoom;
  /** Conversations whose start was sent; the command that carries each pending message. */
  readonly #started = new Set<string>();
  readonly #carriers = new Map<string, MessageCommand['name']>();

  constructor(room: MessageRoom) {
    this.#room = room;
  }

  /** What pages before left unsent, in the order of writing. Resolves when all that can be had now is here. */
  adopt(): Promise<void> {
    // Nothing else is kept.
    return this.#room.unsent.adopt((command) => this.#deliver(command as MessageCommand));
  }

  /** Shows a message at once and hands it to the line; in a new conversation it is the one that starts it. */
  send(
    conversationId: string,
    text: string,
    messageId: string = uuidv7(),
    answered?: FormAnswers,
    attachments?: readonly Attachment[],
  ): void {
    const isNew = !this.#room.knows(conversationId) && !this.#started.has(conversationId);
    const carrier = isNew ? 'conversation.start' : 'conversation.reply';
    // Another command needs another name (D1).
    const id = this.#carriers.get(messageId) === carrier || !this.#carriers.has(messageId) ? messageId : uuidv7();
    const form = answered ?? this.unfinished.get(conversationId)?.form;
    const files = attachments?.length ? { attachmentIds: attachments.map((file) => file.id) } : {};
    const said = { conversationId, text, ...files };
    const { language } = spoken;
    const input = isNew
      ? { ...said, language, ...webPage(this.#room.pageUrl()), ...this.#takeAbout(), ...(form && { form }) }
      : said;
    if (id !== messageId) this.#room.change(conversationId, (thread) => visitorThread.dropPending(thread, messageId));
    this.#deliver({ id, name: carrier, input, ...(attachments?.length && { attachments }) });
  }

  /** Answers a block as `send` sends a message. */
  answer(conversationId: string, { partId, blockId, answer }: BlockReply, words: string, id: string = uuidv7()): void {
    this.#deliver({ id, name: 'conversation.answer', input: { conversationId, partId, blockId, answer }, words });
  }

  /** Shows what is underway, and keeps it until it is settled, for the next page if this one goes. */
  #deliver(command: MessageCommand): void {
    const { client, unsent, about, change, refresh, taken } = this.#room;
    const { id, name, input, attachments, words } = command;
    const { conversationId, text = words ?? '', form, answer } = input;
    const isNew = name === 'conversation.start';
    const at = new Date().toISOString();
    const message = {
      id,
      text,
      body: text ? plainBody(text) : [],
      kind: 'message',
      at,
      ...(attachments && { attachments }),
      ...(answer && { answer: input as BlockReply }),
    } as const;
    this.#started.add(conversationId);
    this.#carriers.set(id, name);
    unsent.keep(command);
    client
      .execute(name, input as CommandInput<typeof name>, id)
      // What was said in it is known now, and not asked again.
      .then((result) => {
        this.unfinished.delete(conversationId);
        if (form) void refresh();
        if (answer?.type === 'rating')
          change(conversationId, (thread) =>
            // One that was given long ago does not say when: it is seen at its question.
            'at' in result ? visitorThread.takeRating(thread, id, result.at) : visitorThread.dropPending(thread, id),
          );
      })
      .catch((error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        if (isNew) {
          this.#started.delete(conversationId);
          if (error.code === 'conflict') taken.add(conversationId);
          // The next try says it again, unless it is what the server will not have: then the visitor could never write.
          const isAboutIt = Object.keys(error.fields).some((path) => /^properties\b/.test(path));
          if (input.properties && !isAboutIt) about.properties = { ...input.properties, ...about.properties };
        }
        const wrong = formKeys(error);
        if (form || wrong.length > 0) this.unfinished.set(conversationId, { text, form, wrong });
        change(conversationId, (thread) =>
          // An answer that was given already, in another tab, is seen at its question.
          wrong.length > 0 || (answer && error.code === 'conflict')
            ? visitorThread.dropPending(thread, id)
            : visitorThread.failPending(thread, id, refusalIn(error)),
        );
        // What is asked may be other than it was.
        if (wrong.length > 0) void refresh();
      })
      .finally(() => void unsent.drop(id));
    change(conversationId, (thread) => {
      const pending = visitorThread.addPending(thread, message);
      // A thread that only begins with this message holds nothing to wait for.
      const begun = isNew && !pending.loaded ? visitorThread.withNewest(pending, [], false) : pending;
      return visitorThread.waiting(begun, client.status === 'offline');
    });
  }

  /** What the next new conversation is about is said of one; what the page says from then on is of the one after. */
  #takeAbout(): { properties?: Properties } {
    const { about } = this.#room;
    const { properties } = about;
    if (!properties) return {};
    about.properties = undefined;
    return { properties };
  }
}
