import { RequestError } from '../../shared/client/client.ts';
import type { VisitorClient } from '../../shared/client/client.ts';
import type { FileLine } from '../../shared/client/uploads.ts';
import type {
  CommandInput,
  CommandName,
  CommandResult,
  QueryInput,
  QueryName,
  QueryResult,
} from '../../shared/contract/catalogue.ts';
import type { Properties } from '../../shared/contract/form.ts';
import type { VisitorPart } from '../../shared/contract/part.ts';
import type { VisitorSnapshot } from '../../shared/contract/visitor.ts';
import { visitorThread } from '../../shared/state/thread.ts';
import type { Thread } from '../../shared/state/thread.ts';
import { applyToVisitor, inLine, visitorFrom } from '../../shared/state/visitor.ts';
import type { VisitorState } from '../../shared/state/visitor.ts';
import { refusalIn } from '../../shared/ui/language.ts';
import type { VisitorEvent } from '../../shared/wire/frames.ts';
import { MessageDelivery } from './message-delivery.ts';
import type { UnsentStore } from './later-unsent.ts';
import type { TeammateTyping } from './teammate-typing.ts';

const pageLimit = 50;
/** What the server gives at once. */
const MOST_AT_ONCE = 200;
/** So many messages are fetched before a thread is shown, which begins with the first that is unread: seconds on a slow line. */
const MOST_AT_FIRST = 500;
/** So many that were read stand above it. */
const SOME_READ = 10;
/** A browser whose storage does not answer must not keep the visitor from chatting. */
const STORAGE_PATIENCE_MS = 1_000;

/** Every open window hears at the same moment that somebody came or left; they do not all ask at the same moment. */
const REFRESH_SPREAD_MS = 3_000;

/** How the line to the server stands. */
export type Connection = Readonly<Pick<VisitorClient, 'status' | 'refusal'>>;

/** A thread, and why it could not be fetched if so. */
export type VisitorThread = { thread: Thread<VisitorPart>; error: string | null };

type Page = { parts: VisitorPart[]; more: boolean };

export const emptyThread: VisitorThread = { thread: visitorThread.empty(), error: null };

/** All one visitor's conversations on one line, kept right by events. Lives as long as the widget, seen or not. */
export class VisitorChat {
  visitor: VisitorState | null = null;
  /** Conversations that cannot be begun: their ids are somebody else's. */
  readonly taken = new Set<string>();
  /** Who of the team is writing or has lately; nothing until somebody has. */
  typing: TeammateTyping | undefined;
  /** What of the thread that is read is still to be told. */
  reading?: { rest(): void };
  readonly #client: VisitorClient;
  readonly #unsent: UnsentStore;
  readonly #delivery: MessageDelivery;
  #adopted = false;
  #destroyed = false;
  readonly #stops: (() => void)[];
  readonly #listeners = new Set<(events?: readonly VisitorEvent[]) => void>();
  readonly #threads = new Map<string, VisitorThread>();
  /** How far a reading was reported. */
  readonly #readAsked = new Map<string, number>();
  /** Questions underway, of the state that there is: another one has a set of its own. */
  #asking = new Set<string>();
  #patience: ReturnType<typeof setTimeout> | undefined;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param about what the page knows of what the next new conversation is about; emptied when it begins. */
  constructor(
    client: VisitorClient,
    pageUrl: () => string,
    unsent: UnsentStore,
    about: { properties?: Properties | undefined } = {},
  ) {
    this.#client = client;
    this.#unsent = unsent;
    this.#delivery = new MessageDelivery({
      client,
      unsent,
      pageUrl,
      about,
      taken: this.taken,
      knows: (conversationId) => !!this.visitor?.conversations.has(conversationId),
      change: (conversationId, change) => this.#change(conversationId, change),
      refresh: () => this.refresh(),
    });
    // A page that is left has no line to tell it over a moment later: the line hears of that after this, which listens before it.
    const leave = (): void => this.reading?.rest();
    addEventListener('pagehide', leave);
    this.#stops = [
      () => removeEventListener('pagehide', leave),
      client.on('status', (status) => {
        if (status === 'online' || status === 'offline')
          this.#changeAll((thread) => visitorThread.waiting(thread, status === 'offline'));
        this.#changed();
      }),
      client.on('welcome', (snapshot, recovered) => this.#begin(snapshot, recovered)),
      client.on('events', (events) => this.#hear(events)),
      client.on('signal', (signal) => {
        if (signal.name === 'availability') this.#refreshSoon();
        else if (signal.name === 'queue') this.#queued(signal.conversationId, signal.position);
        else if (signal.name === 'typing') void this.#hearOfTeam((typing) => typing.hear(signal));
      }),
    ];
  }

  get connection(): Connection {
    return this.#client;
  }

  /** What a page before left unsent comes first: it was written before whatever is written now. */
  connect(): void {
    if (this.#adopted) return this.#client.connect();
    this.#adopted = true;
    const late = new Promise((resolve) => (this.#patience = setTimeout(resolve, STORAGE_PATIENCE_MS)));
    void Promise.race([this.#delivery.adopt(), late]).then(() => {
      clearTimeout(this.#patience);
      if (!this.#destroyed) this.#client.connect();
    });
  }

  destroy(): void {
    this.#destroyed = true;
    clearTimeout(this.#refreshTimer);
    clearTimeout(this.#patience);
    this.#unsent.close();
    for (const stop of this.#stops) stop();
    this.#listeners.clear();
    this.typing?.destroy();
    this.#client.close();
  }

  /** Forms before a conversation that came back, by conversation. */
  get unfinished(): MessageDelivery['unfinished'] {
    return this.#delivery.unfinished;
  }

  /** The conversation that something unsent belongs to. */
  get unsentIn(): string | undefined {
    return [...this.#threads].find(([, { thread }]) => thread.pending.length)?.[0];
  }

  /** Calls back after every change, with what was heard if that is why; the returned function stops it. */
  subscribe(listener: (events?: readonly VisitorEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Carries out a command of the page's. */
  tell<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandResult<N>> {
    return this.#client.execute(name, input);
  }

  /** The line that files go over. */
  get files(): FileLine {
    return this.#client;
  }

  threadOf(conversationId: string): VisitorThread {
    return this.#threads.get(conversationId) ?? emptyThread;
  }

  /** Fetches a thread, unless it is here; one that the server does not know is only just being started. */
  show(conversationId: string): void {
    this.#change(conversationId, (thread) => thread);
    if (!this.threadOf(conversationId).thread.loaded) void this.#load(conversationId);
  }

  /** Makes an empty thread for a conversation that is not yet written. */
  begin(conversationId: string): void {
    this.#change(conversationId, (thread) => visitorThread.withNewest(thread, [], false));
  }

  async loadOlder(conversationId: string): Promise<void> {
    const { thread } = this.threadOf(conversationId);
    const [first] = thread.parts;
    if (!first || !thread.more) return;
    await this.#ask(`before ${conversationId}`, async () => {
      const { parts, more } = await this.#parts({ conversationId, before: first.publicSeq });
      this.#change(conversationId, (now) => visitorThread.withOlder(now, parts, more));
    });
  }

  /** Shows a message at once and hands it to the line; in a new conversation it is the one that starts it. */
  send(...message: Parameters<MessageDelivery['send']>): void {
    this.#delivery.send(...message);
  }

  /** Answers a block of a message. */
  answer(...reply: Parameters<MessageDelivery['answer']>): void {
    this.#delivery.answer(...reply);
  }

  /** Lets go of a conversation that never was. */
  abandon(conversationId: string): void {
    this.#threads.delete(conversationId);
  }

  /** Tells whoever answers that the visitor is writing. */
  write(conversationId: string): void {
    // What is written will want to be kept.
    this.#unsent.ready?.();
    if (this.visitor?.conversations.has(conversationId)) this.#client.typing(conversationId);
  }

  /** Tells the server how far the visitor has read, unless it knows. */
  markRead(conversationId: string, seq: number): void {
    const conversation = this.visitor?.conversations.get(conversationId);
    if (!conversation || seq <= Math.max(conversation.readSeq, this.#readAsked.get(conversationId) ?? 0)) return;
    this.#readAsked.set(conversationId, seq);
    this.#client.execute('conversation.markRead', { conversationId, seq }).then(
      ({ readSeq }) => this.#read(conversationId, readSeq),
      (error: unknown) => {
        // Nobody waits for it; the next message tries again.
        if (!(error instanceof RequestError)) throw error;
      },
    );
  }

  /** Reads something that is not kept here. Rejects with a RequestError. */
  ask<N extends QueryName>(name: N, input: QueryInput<N>): Promise<QueryResult<N>> {
    return this.#client.query(name, input);
  }

  #refreshSoon(): void {
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = setTimeout(() => void this.refresh(), Math.random() * REFRESH_SPREAD_MS);
  }

  /** Asks again who is there and until when, because what was known has run out. */
  async refresh(): Promise<void> {
    await this.#ask('snapshot', async () => {
      this.visitor = visitorFrom(await this.#query('visitor.snapshot', {}));
      this.#changed();
    });
  }

  #queued(conversationId: string, position: number | null): void {
    this.visitor &&= inLine(this.visitor, conversationId, position);
    this.#changed();
  }

  #begin(snapshot: VisitorSnapshot, recovered: boolean): void {
    // Tabs that were closed while the line was down.
    void this.#delivery.adopt();
    this.visitor = visitorFrom(snapshot);
    if (!recovered) {
      this.#asking = new Set();
      this.#readAsked.clear();
      this.#changeAll((thread) => visitorThread.reset(thread));
    }
    this.#changed();
    for (const [id, { thread }] of this.#threads) if (!thread.loaded) void this.#load(id);
  }

  #hear(events: readonly VisitorEvent[]): void {
    for (const event of events) {
      const { part } = event;
      if (this.visitor) this.visitor = applyToVisitor(this.visitor, event);
      if (event.name === 'conversation.closed') this.typing?.left(event.conversation.id);
      if (!part) continue;
      if (part.author.kind === 'teammate') void this.#hearOfTeam((typing) => typing.written(part));
      const known = this.#threads.get(part.conversationId);
      if (!known) continue;
      this.#threads.set(part.conversationId, { ...known, thread: visitorThread.add(known.thread, part) });
      void this.#fillGap(part.conversationId);
    }
    this.#changed(events);
  }

  async #hearOfTeam(tell: (typing: TeammateTyping) => void): Promise<void> {
    // Without a network nobody's dots are missed.
    const module = await import('./teammate-typing.ts').catch(() => undefined);
    if (module && !this.#destroyed) tell((this.typing ??= new module.TeammateTyping(() => this.#changed())));
  }

  #read(conversationId: string, readSeq: number): void {
    const conversation = this.visitor?.conversations.get(conversationId);
    if (!this.visitor || !conversation || conversation.readSeq >= readSeq) return;
    const conversations = new Map(this.visitor.conversations).set(conversationId, { ...conversation, readSeq });
    this.visitor = { ...this.visitor, conversations };
    this.#changed();
  }

  async #load(conversationId: string): Promise<void> {
    // The welcome comes back to it.
    if (!this.visitor) return;
    const conversation = this.visitor.conversations.get(conversationId);
    if (!conversation) return this.begin(conversationId);
    await this.#ask(conversationId, async () => {
      const unread = conversation.publicSeq - conversation.readSeq;
      const wanted = Math.min(Math.max(unread + SOME_READ, pageLimit), MOST_AT_FIRST);
      let parts: VisitorPart[] = [];
      let more = true;
      while (more && parts.length < wanted) {
        const limit = Math.min(wanted - parts.length, MOST_AT_ONCE);
        const page = await this.#parts({ conversationId, before: parts[0]?.publicSeq, limit });
        parts = [...page.parts, ...parts];
        more = page.more;
      }
      this.#change(conversationId, (thread) => visitorThread.withNewest(thread, parts, more));
      void this.#fillGap(conversationId);
    });
  }

  async #fillGap(conversationId: string): Promise<void> {
    const { gapAfter } = this.threadOf(conversationId).thread;
    if (gapAfter === null) return;
    let filled = 0;
    await this.#ask(`after ${conversationId}`, async () => {
      const { parts } = await this.#parts({ conversationId, after: gapAfter });
      this.#change(conversationId, (thread) => visitorThread.withAfter(thread, parts));
      filled = parts.length;
    });
    if (filled) await this.#fillGap(conversationId);
  }

  /** One question of a kind at a time. What fails is said where the thread stands empty; else it is asked again when it matters. */
  async #ask(name: string, question: () => Promise<void>): Promise<void> {
    const asking = this.#asking;
    if (asking.has(name)) return;
    asking.add(name);
    try {
      await question();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const known = this.#threads.get(name);
      if (known) this.#threads.set(name, { ...known, error: refusalIn(error) });
      this.#changed();
    } finally {
      asking.delete(name);
    }
  }

  #parts(where: {
    conversationId: string;
    before?: number | undefined;
    after?: number;
    limit?: number;
  }): Promise<Page> {
    // A visitor's line answers with a visitor's parts (rule 9).
    return this.#query('conversation.parts', { limit: pageLimit, ...where }) as Promise<Page>;
  }

  /** Of a state that is thrown away nothing goes on: neither an answer nor a failure comes back to it. */
  async #query<N extends QueryName>(name: N, input: QueryInput<N>): Promise<QueryResult<N>> {
    const asking = this.#asking;
    try {
      return await this.#client.query(name, input);
    } finally {
      if (asking !== this.#asking) await new Promise(() => {});
    }
  }

  #change(conversationId: string, change: (thread: Thread<VisitorPart>) => Thread<VisitorPart>): void {
    this.#threads.set(conversationId, { thread: change(this.threadOf(conversationId).thread), error: null });
    this.#changed();
  }

  #changeAll(change: (thread: Thread<VisitorPart>) => Thread<VisitorPart>): void {
    for (const [id, known] of this.#threads) this.#threads.set(id, { ...known, thread: change(known.thread) });
  }

  #changed(events?: readonly VisitorEvent[]): void {
    for (const listener of this.#listeners) listener(events);
  }
}
