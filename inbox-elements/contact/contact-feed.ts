import type { ReactiveControllerHost } from 'lit';
import { RequestError } from '../../shared/client/client.ts';
import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { Contact, TimelineEntry } from '../../shared/contract/contact.ts';
import type { Conversation, StatusFilter } from '../../shared/contract/conversation.ts';
import { addPage, applyToList, emptyList } from '../../shared/state/conversation-list.ts';
import type { ConversationList } from '../../shared/state/conversation-list.ts';
import type { WorkspaceEvent } from '../../shared/wire/frames.ts';
import { ClientFollower } from '../context/client-follower.ts';

const statuses: readonly StatusFilter[] = ['open', 'snoozed', 'closed'];
const conversationLimit = 20;
const timelineLimit = 15;
/** A burst of events asks for the timeline once. */
const timelineDelayMs = 600;
/** Events that no timeline shows. */
const untold = new Set([
  'conversation.read',
  'conversation.markedUnread',
  'conversation.seen',
  'conversation.propertiesChanged',
]);

/** A contact, named directly or by one of their conversations; their conversations and their timeline. */
export class ContactFeed {
  contact: Contact | null = null;
  /** The conversation the contact was named by. */
  conversation: Conversation | null = null;
  entries: readonly TimelineEntry[] = [];
  /** Where older entries start; `null` when there are none. */
  nextEntries: string | null = null;
  loadingEntries = false;
  state: 'loading' | 'ready' | 'gone' | 'error' = 'loading';
  error: string | null = null;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #follower: ClientFollower;
  #lists: readonly ConversationList[] = [];
  #wanted: { contactId: string | null; conversationId: string | null } = { contactId: null, conversationId: null };
  /** Where the contact asked for went, when they were merged into another while shown. */
  #mergedInto: string | null = null;
  #turn = 0;
  /** For each answer on its way, what was heard since it was asked for: the answer may be older. */
  readonly #heardMeanwhile = new Set<WorkspaceEvent[]>();
  #timelineFailed = false;
  #timelineTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#follower = new ClientFollower(host, {
      begin: () => this.#begin(),
      resume: () => {
        if (this.error !== null) this.#begin();
        else if (this.#timelineFailed && this.contact) void this.#refreshTimeline(this.contact.id);
      },
      events: (events) => this.#hear(events),
      refused: (refusal) => this.#fail(refusal.message),
      end: () => {
        clearTimeout(this.#timelineTimer);
        this.#timelineTimer = undefined;
        this.#turn += 1;
      },
    });
  }

  get client(): WorkspaceClient | null {
    return this.#follower.client;
  }

  /** All conversations of the contact that are known, last message first. */
  get conversations(): readonly Conversation[] {
    return this.#lists
      .flatMap(({ rows }) => rows)
      .toSorted((one, other) => (one.lastMessage.at < other.lastMessage.at ? 1 : -1));
  }

  get moreConversations(): boolean {
    return this.#lists.some(({ next }) => next !== null);
  }

  show(contactId: string | null, conversationId: string | null): void {
    const wanted = this.#wanted;
    if (wanted.contactId === contactId && wanted.conversationId === conversationId) return;
    this.#wanted = { contactId, conversationId };
    this.#mergedInto = null;
    this.state = 'loading';
    this.error = null;
    // Another conversation of the same contact: what stands is nearly always right, and a skeleton would only flicker.
    const known = this.conversations.find(({ id }) => id === conversationId);
    if (contactId || !known || known.contactId !== this.contact?.id) this.#forget();
    else this.state = 'ready';
    if (this.client?.snapshot) this.#begin();
  }

  retry(): void {
    const { client } = this;
    if (client?.status === 'refused') client.connect();
    else this.#begin();
  }

  async moreEntries(): Promise<void> {
    const { client, contact, nextEntries } = this;
    if (!client || !contact || nextEntries === null || this.loadingEntries) return;
    const turn = this.#turn;
    this.loadingEntries = true;
    this.#host.requestUpdate();
    try {
      const page = await client.query('contact.timeline', {
        contactId: contact.id,
        cursor: nextEntries,
        limit: timelineLimit,
      });
      if (turn !== this.#turn) return;
      this.entries = [...this.entries, ...page.entries];
      this.nextEntries = page.next;
    } catch (error) {
      // What is shown stays, and so does the button that asks for more.
      if (!(error instanceof RequestError)) throw error;
    } finally {
      this.loadingEntries = false;
      this.#host.requestUpdate();
    }
  }

  async olderConversations(): Promise<void> {
    const { client } = this;
    if (!client) return;
    const turn = this.#turn;
    const contactId = this.contact?.id;
    const heard = this.#listen();
    try {
      const lists = await Promise.all(this.#lists.map(async (list) => (list.next ? this.#page(client, list) : list)));
      if (turn === this.#turn && contactId === this.contact?.id)
        this.#lists = lists.map((list) => heard.reduce(applyToList, list));
      this.#host.requestUpdate();
    } catch (error) {
      // As above.
      if (!(error instanceof RequestError)) throw error;
    } finally {
      this.#heardMeanwhile.delete(heard);
    }
  }

  #begin(): void {
    const { client } = this;
    const { contactId, conversationId } = this.#wanted;
    if (client && (contactId || conversationId)) void this.#load(client);
  }

  async #load(client: WorkspaceClient): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const heard = this.#listen();
    try {
      const contact = await this.#find(client);
      if (turn !== this.#turn) return;
      const empty = statuses.map((status) => emptyList({ status, assignee: 'all', contactId: contact.id, meId: '' }));
      const [timeline, ...lists] = await Promise.all([
        client.query('contact.timeline', { contactId: contact.id, limit: timelineLimit }),
        ...empty.map((list) => this.#page(client, list)),
      ]);
      if (turn !== this.#turn) return;
      this.contact = contact;
      this.#lists = lists;
      this.entries = timeline.entries;
      this.nextEntries = timeline.next;
      this.state = 'ready';
      this.error = null;
      this.#apply(heard);
      this.#host.requestUpdate();
    } catch (error) {
      if (turn !== this.#turn) return;
      if (!(error instanceof RequestError)) throw error;
      if (error.code === 'not_found' || error.code === 'forbidden' || error.code === 'invalid') {
        this.#forget();
        this.state = 'gone';
        this.#host.requestUpdate();
      } else this.#fail(error.message);
    } finally {
      this.#heardMeanwhile.delete(heard);
    }
  }

  #listen(): WorkspaceEvent[] {
    const heard: WorkspaceEvent[] = [];
    this.#heardMeanwhile.add(heard);
    return heard;
  }

  async #find(client: WorkspaceClient): Promise<Contact> {
    const { contactId, conversationId } = this.#wanted;
    if (contactId) {
      this.conversation = null;
      return (await client.query('contact.get', { contactId: this.#mergedInto ?? contactId })).contact;
    }
    const found = await client.query('conversation.get', { conversationId: conversationId ?? '' });
    this.conversation = found.conversation;
    return found.contact;
  }

  async #page(client: WorkspaceClient, list: ConversationList): Promise<ConversationList> {
    const { status, contactId } = list.filter;
    const page = await client.query('conversation.list', {
      status,
      limit: conversationLimit,
      ...(contactId === undefined ? {} : { contactId }),
      ...(list.next === null ? {} : { cursor: list.next }),
    });
    return addPage(list, page);
  }

  #hear(events: readonly WorkspaceEvent[]): void {
    for (const heard of this.#heardMeanwhile) heard.push(...events);
    this.#apply(events);
  }

  #apply(events: readonly WorkspaceEvent[]): void {
    const { contact } = this;
    if (!contact) return;
    let concerned = false;
    for (const event of events) {
      const { records, facts, name } = event;
      if (name === 'contact.merged' && (facts['sourceId'] === contact.id || facts['contactId'] === contact.id)) {
        // The one shown is gone, or has the other's conversations now.
        if (facts['sourceId'] === contact.id) this.#mergedInto = String(facts['contactId']);
        this.#begin();
        return;
      }
      if (records.contact?.id === contact.id) this.contact = records.contact;
      if (records.conversation && records.conversation.id === this.conversation?.id)
        this.conversation = records.conversation;
      this.#lists = this.#lists.map((list) => applyToList(list, event));
      const about = records.contact?.id === contact.id || records.conversation?.contactId === contact.id;
      concerned ||= about && !untold.has(name);
    }
    this.#host.requestUpdate();
    if (concerned) this.#timelineTimer ??= setTimeout(() => void this.#refreshTimeline(contact.id), timelineDelayMs);
  }

  async #refreshTimeline(contactId: string): Promise<void> {
    this.#timelineTimer = undefined;
    const { client } = this;
    if (!client || contactId !== this.contact?.id) return;
    const turn = this.#turn;
    this.#timelineFailed = false;
    try {
      const page = await client.query('contact.timeline', { contactId, limit: timelineLimit });
      if (turn !== this.#turn) return;
      const known = new Set(page.entries.map(({ id }) => id));
      const older = this.entries.filter(({ id }) => !known.has(id));
      const joins = older.length < this.entries.length;
      this.entries = joins ? [...page.entries, ...older] : page.entries;
      if (!joins) this.nextEntries = page.next;
      this.#host.requestUpdate();
    } catch (error) {
      // The next event asks again, and so does the next welcome.
      if (!(error instanceof RequestError)) throw error;
      this.#timelineFailed = true;
    }
  }

  #forget(): void {
    this.contact = null;
    this.conversation = null;
    this.#lists = [];
    this.entries = [];
    this.nextEntries = null;
  }

  #fail(sentence: string): void {
    this.error = sentence;
    if (!this.contact) this.state = 'error';
    this.#host.requestUpdate();
  }
}
