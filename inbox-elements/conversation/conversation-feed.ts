import { ContextConsumer } from '@lit/context';
import type { ReactiveControllerHost } from 'lit';
import { RequestError } from '../../shared/client/client.ts';
import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { Contact } from '../../shared/contract/contact.ts';
import type { Conversation } from '../../shared/contract/conversation.ts';
import type { Part } from '../../shared/contract/part.ts';
import { plainBody } from '../../shared/state/plain-body.ts';
import { teammateThread } from '../../shared/state/thread.ts';
import type { Thread } from '../../shared/state/thread.ts';
import type { WorkspaceEvent } from '../../shared/wire/frames.ts';
import { SendEvent } from '../composer/composer-events.ts';
import { deliver } from '../composer/deliver.ts';
import type { Message } from '../composer/deliver.ts';
import { ClientFollower } from '../context/client-follower.ts';
import { TypingFollower } from '../context/typing-follower.ts';
import { unsentContext } from '../context/unsent-context.ts';

const threads = teammateThread;
const pageLimit = 50;

/** One conversation, its contact and its thread, kept right by events: what `<parlour-conversation>` shows. */
export class ConversationFeed {
  conversation: Conversation | null = null;
  contact: Contact | null = null;
  thread: Thread<Part> = threads.empty();
  /** `gone`: there is no such conversation, or not for this teammate; both answer alike (rule 15). */
  state: 'loading' | 'ready' | 'gone' | 'error' = 'loading';
  /** Why it could not be fetched, as a sentence. */
  error: string | null = null;
  /** The contact's messages beyond this were new when the conversation was opened. */
  openedAt: number | null = null;
  /** Somebody marked it unread while it stood open: it stays so until the contact writes or it is opened again. */
  keptUnread = false;
  readonly typing: TypingFollower;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #follower: ClientFollower;
  readonly #unsent: ContextConsumer<typeof unsentContext, ReactiveControllerHost & HTMLElement>;
  #id: string | null = null;
  /** Who writes here. */
  #teammateId: string | undefined;
  /** What is not yet sent in conversations that are not shown just now. */
  readonly #elsewhere = new Map<string, Thread<Part>>();
  #turn = 0;
  #loadingOlder = false;
  #fillingGap = false;
  #loading = false;
  /** Heard while the thread was on its way: it may be older than these. */
  #heardMeanwhile: WorkspaceEvent[] = [];
  #readAsked = 0;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.typing = new TypingFollower(host);
    this.#unsent = new ContextConsumer(host, {
      context: unsentContext,
      subscribe: true,
      callback: () => this.#takeUnsent(),
    });
    this.#follower = new ClientFollower(host, {
      begin: ({ snapshot }) => this.#begin(snapshot!.me.id),
      resume: () => {
        if (this.error !== null) this.#begin();
      },
      events: (events) => this.#hear(events),
      signal: (signal) => this.typing.hear(signal),
      refused: (refusal) => this.#fail(refusal.message),
      end: () => {
        this.typing.forget();
        this.#abandon();
      },
    });
  }

  get client(): WorkspaceClient | null {
    return this.#follower.client;
  }

  show(conversationId: string | null): void {
    if (conversationId === this.#id) return;
    if (this.#id && this.thread.pending.length > 0) this.#elsewhere.set(this.#id, threads.reset(this.thread));
    this.#id = conversationId;
    this.conversation = null;
    this.contact = null;
    this.thread = this.#elsewhere.get(conversationId ?? '') ?? threads.empty();
    this.#elsewhere.delete(conversationId ?? '');
    this.openedAt = null;
    this.keptUnread = false;
    this.state = 'loading';
    this.error = null;
    this.#readAsked = 0;
    this.#abandon();
    this.#takeUnsent();
    if (this.client?.snapshot) this.#begin();
  }

  retry(): void {
    const { client } = this;
    if (client?.status === 'refused') client.connect();
    else this.#begin();
  }

  async loadOlder(): Promise<void> {
    const { client, thread } = this;
    const first = thread.parts[0];
    const id = this.#id;
    if (!client || !id || !first || !thread.more || this.#loadingOlder) return;
    this.#loadingOlder = true;
    const turn = this.#turn;
    try {
      const page = await client.query('conversation.parts', {
        conversationId: id,
        before: first.seq,
        limit: pageLimit,
      });
      if (turn === this.#turn) this.#become(threads.withOlder(this.thread, teammateParts(page.parts), page.more));
    } catch (error) {
      // The thread stays as it is; scrolling up asks again.
      if (!(error instanceof RequestError)) throw error;
    } finally {
      this.#loadingOlder = false;
    }
  }

  /** Shows a message before the server has it; `delivered` is the command that carries it. */
  addPending({ id, text, kind, attachments, closes }: Message, delivered: Promise<unknown>): void {
    const now = new Date().toISOString();
    const message = {
      id,
      text,
      body: plainBody(text),
      ...(attachments?.length ? { attachments } : {}),
      ...(closes && { closes }),
      kind: kind === 'note' ? 'note' : 'message',
      at: now,
    } as const;
    const conversationId = this.#id;
    if (!conversationId) return;
    const thread = threads.addPending(this.thread, message);
    this.#become(threads.waiting(thread, this.client?.status !== 'online'));
    delivered.then(
      () => {
        // Where the thread is shown the event takes its place; elsewhere nothing is to wait for.
        if (conversationId !== this.#id) this.#change(conversationId, (held) => threads.dropPending(held, id));
      },
      (error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        this.#change(conversationId, (held) => threads.failPending(held, id, error.message));
      },
    );
  }

  /** Whether the thread shows this message as not yet sent, or will when its conversation is looked at again. */
  holdsPending(id: string): boolean {
    return [this.thread, ...this.#elsewhere.values()].some(({ pending }) =>
      pending.some((message) => message.id === id),
    );
  }

  /** What a page before left unsent here. */
  #takeUnsent(): void {
    if (!this.#id) return;
    for (const { message, delivered } of this.#unsent.value?.take(this.#id) ?? []) this.addPending(message, delivered);
  }

  #change(conversationId: string, change: (thread: Thread<Part>) => Thread<Part>): void {
    if (conversationId === this.#id) return this.#become(change(this.thread));
    const held = this.#elsewhere.get(conversationId);
    if (!held) return;
    const next = change(held);
    if (next.pending.length > 0) this.#elsewhere.set(conversationId, next);
    else this.#elsewhere.delete(conversationId);
  }

  /** The same message once more, under the same id, so that it cannot arrive twice (D1). */
  retryMessage(id: string): void {
    const pending = this.thread.pending.find((one) => one.id === id);
    const { client } = this;
    if (!pending || !client || !this.#id) return;
    const kind = pending.kind === 'note' ? 'note' : 'reply';
    // Whoever tries again has read what kept it back.
    const message = { ...pending, kind, seenSeq: this.thread.head } as const;
    // Whoever shows and keeps what is sent hears of this as of the first time.
    this.#host.dispatchEvent(new SendEvent(this.#id, message, deliver(client, this.#id, message)));
  }

  discardMessage(id: string): void {
    this.#become(threads.dropPending(this.thread, id));
  }

  lineIs(online: boolean): void {
    this.#become(threads.waiting(this.thread, !online));
  }

  /** Tells the server that the team has read what is shown, once for each new message; `inSight` is asked where there is one. */
  markRead(inSight: () => boolean): void {
    const { client, conversation, thread } = this;
    if (!client || !conversation || !thread.loaded || this.keptUnread) return;
    if (conversation.inboundSeq <= conversation.readSeq || conversation.inboundSeq <= this.#readAsked) return;
    if (thread.head < conversation.inboundSeq || !inSight()) return;
    this.#readAsked = conversation.inboundSeq;
    client
      .execute('conversation.markRead', { conversationId: conversation.id, seq: thread.head })
      .catch((error: unknown) => {
        // Nobody is waiting for it; the next message from the contact tries again.
        if (!(error instanceof RequestError)) throw error;
      });
  }

  #begin(teammateId = this.#teammateId): void {
    const { client } = this;
    // Who signed in while the line was down neither sends what somebody else wrote nor reads it.
    if (this.#teammateId && this.#teammateId !== teammateId) {
      this.thread = threads.empty();
      this.#elsewhere.clear();
    }
    this.#teammateId = teammateId;
    if (client && this.#id) void this.#load(client, this.#id);
  }

  /** What is on its way is not for what is shown now. */
  #abandon(): void {
    this.#turn += 1;
    this.#loading = false;
    this.#heardMeanwhile = [];
  }

  async #load(client: WorkspaceClient, conversationId: string): Promise<void> {
    this.#abandon();
    const turn = this.#turn;
    this.#loading = true;
    if (!this.conversation) this.state = 'loading';
    this.error = null;
    this.#host.requestUpdate();
    try {
      const [found, page] = await Promise.all([
        client.query('conversation.get', { conversationId }),
        client.query('conversation.parts', { conversationId, limit: pageLimit }),
      ]);
      if (turn !== this.#turn) return;
      this.conversation = found.conversation;
      this.contact = found.contact;
      this.openedAt ??= found.conversation.readSeq;
      this.thread = threads.withNewest(threads.reset(this.thread), teammateParts(page.parts), page.more);
      this.state = 'ready';
      this.#loading = false;
      for (const event of this.#heardMeanwhile.splice(0)) this.#apply(event);
      this.#fillGap();
      this.#host.requestUpdate();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#loading = false;
      this.#heardMeanwhile = [];
      if (!(error instanceof RequestError)) throw error;
      if (error.code === 'not_found' || error.code === 'forbidden' || error.code === 'invalid') this.#vanish();
      else this.#fail(error.message);
    }
  }

  #hear(events: readonly WorkspaceEvent[]): void {
    for (const event of events) {
      this.typing.written(event.records.part);
      if (this.#loading) this.#heardMeanwhile.push(event);
      if (this.state === 'ready') this.#apply(event);
    }
    this.#fillGap();
  }

  #apply(event: WorkspaceEvent): void {
    const { conversation, contact, part } = event.records;
    const held = this.conversation;
    if (!held) return;
    if (event.name === 'contact.merged' && event.facts['sourceId'] === held.contactId) this.#begin();
    if (conversation?.id === this.#id && conversation.seq >= held.seq) {
      if (conversation.inboundSeq > held.inboundSeq) this.keptUnread = false;
      if (event.name === 'conversation.markedUnread') this.keptUnread = true;
      // Marked by hand, or given away with a note: it is to be read once more.
      if (conversation.readSeq < held.readSeq) this.#readAsked = 0;
      this.conversation = conversation;
    }
    if (contact && contact.id === this.conversation?.contactId) this.contact = contact;
    if (part?.conversationId === this.#id) this.thread = threads.add(this.thread, part);
    if (this.conversation !== held || contact || part) this.#host.requestUpdate();
  }

  /** Asks for what lies between the newest part shown and those held back (rule 7). */
  #fillGap(): void {
    const { client } = this;
    const after = this.thread.gapAfter;
    if (!client || !this.#id || after === null || this.#fillingGap) return;
    this.#fillingGap = true;
    const turn = this.#turn;
    client.query('conversation.parts', { conversationId: this.#id, after, limit: pageLimit }).then(
      (page) => {
        this.#fillingGap = false;
        if (turn !== this.#turn) return this.#fillGap();
        this.#become(threads.withAfter(this.thread, teammateParts(page.parts)));
        // An answer that does not reach further would be asked for again without end.
        if (this.thread.gapAfter !== after) this.#fillGap();
      },
      (error: unknown) => {
        this.#fillingGap = false;
        if (!(error instanceof RequestError)) throw error;
        if (turn !== this.#turn) return this.#fillGap();
        this.#fail(error.message);
      },
    );
  }

  #become(thread: Thread<Part>): void {
    if (thread === this.thread) return;
    this.thread = thread;
    this.#host.requestUpdate();
  }

  #vanish(): void {
    this.conversation = null;
    this.state = 'gone';
    this.#host.requestUpdate();
  }

  #fail(sentence: string): void {
    this.error = sentence;
    if (!this.conversation) this.state = 'error';
    this.#host.requestUpdate();
  }
}

/** The contract's result serves visitors too; a teammate's client is always answered with teammates' parts. */
function teammateParts(parts: readonly unknown[]): readonly Part[] {
  return parts as readonly Part[];
}
