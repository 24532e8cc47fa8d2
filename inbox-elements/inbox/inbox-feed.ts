import { msg } from '@lit/localize';
import type { ReactiveControllerHost } from 'lit';
import { RequestError } from '../../shared/client/client.ts';
import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { QueryResult } from '../../shared/contract/catalogue.ts';
import { addContact, addPage, applyToList, emptyList, strangersIn } from '../../shared/state/conversation-list.ts';
import type { ConversationList, ListFilter } from '../../shared/state/conversation-list.ts';
import type { WorkspaceEvent } from '../../shared/wire/frames.ts';
import { ClientFollower } from '../context/client-follower.ts';
import { Paced } from '../context/paced.ts';
import { TypingFollower } from '../context/typing-follower.ts';

export type Counts = QueryResult<'conversation.counts'>;

/** Between two questions for the counts in a burst of events. */
const countsPauseMs = 400;
const pageLimit = 50;

/** The rows and counts behind one filter, kept right by the events of the workspace. */
export class InboxFeed {
  list: ConversationList | null = null;
  counts: Counts | null = null;
  /** Which page is on its way; `first` also while there is no line yet. */
  loading: 'first' | 'more' | null = 'first';
  /** Why the last page did not come, as a sentence. */
  error: string | null = null;
  readonly typing: TypingFollower;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #follower: ClientFollower;
  #filter: ListFilter | null = null;
  /** Counts requests for rows, so that an answer to an older one is known as such. */
  #turn = 0;
  /** Heard while a page was on its way: the page may be older than these. */
  #heardMeanwhile: WorkspaceEvent[] = [];
  /** Contacts being asked for. */
  readonly #introductions = new Set<string>();
  /** The page that did not come: the rows above a next one are right, those held when a first one was due are not. */
  #failed: 'first' | 'more' = 'first';
  #countsFailed = false;
  readonly #counting = new Paced(() => {
    const client = this.#follower.client;
    if (client) void this.#count(client);
  }, countsPauseMs);

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.typing = new TypingFollower(host);
    this.#follower = new ClientFollower(host, {
      begin: () => this.#begin(),
      resume: (client) => {
        if (this.error !== null) this.retry();
        if (this.#countsFailed) void this.#count(client);
      },
      events: (events) => this.#hear(events),
      signal: (signal) => this.typing.hear(signal),
      refused: (refusal) => this.#fail(refusal.message),
      end: () => this.#end(),
    });
  }

  /** Show what this filter holds; the same filter again changes nothing. */
  show(filter: ListFilter): void {
    const before = this.#filter;
    if (before && sameFilter(before, filter)) return;
    this.#filter = filter;
    this.list = null;
    if (before && before.inboxId !== filter.inboxId) this.counts = null;
    const client = this.#follower.client;
    if (client?.snapshot) this.#begin();
    else this.loading = 'first';
  }

  loadMore(): void {
    const client = this.#follower.client;
    if (!client || this.loading || this.error !== null || !this.list?.next) return;
    void this.#load(client, 'more', this.list.next);
  }

  retry(): void {
    const client = this.#follower.client;
    if (!client) return;
    this.error = null;
    if (client.status === 'refused') client.connect();
    if (this.#failed === 'more' && this.list?.next) void this.#load(client, 'more', this.list.next);
    else this.#begin();
    this.#host.requestUpdate();
  }

  #begin(): void {
    const client = this.#follower.client;
    if (!client || !this.#filter) return;
    void this.#load(client, 'first');
    void this.#count(client);
  }

  async #load(client: WorkspaceClient, which: 'first' | 'more', cursor?: string): Promise<void> {
    const filter = this.#filter;
    if (!filter) return;
    this.#turn += 1;
    const turn = this.#turn;
    this.loading = which;
    this.error = null;
    this.#heardMeanwhile = [];
    this.#host.requestUpdate();
    const { status, assignee, category, inboxId, contactId } = filter;
    try {
      const page = await client.query('conversation.list', {
        status,
        assignee,
        ...(category === undefined ? {} : { category }),
        ...(inboxId === undefined ? {} : { inboxId }),
        ...(contactId === undefined ? {} : { contactId }),
        ...(cursor === undefined ? {} : { cursor }),
        limit: pageLimit,
      });
      if (turn !== this.#turn) return;
      const before = which === 'more' && this.list ? this.list : emptyList(filter);
      this.list = this.#heardMeanwhile.reduce(applyToList, addPage(before, page));
      this.loading = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      if (!(error instanceof RequestError)) throw error;
      this.#failed = which;
      this.#fail(error.message);
    }
    this.#heardMeanwhile = [];
    this.#host.requestUpdate();
  }

  async #count(client: WorkspaceClient): Promise<void> {
    const inboxId = this.#filter?.inboxId;
    this.#countsFailed = false;
    try {
      const counts = await client.query('conversation.counts', inboxId === undefined ? {} : { inboxId });
      if (inboxId !== this.#filter?.inboxId) return;
      this.counts = counts;
      this.#host.requestUpdate();
    } catch (error) {
      // The list says that something is wrong; numbers that are a little old are better than a second message.
      if (!(error instanceof RequestError)) throw error;
      this.#countsFailed = true;
    }
  }

  #hear(events: readonly WorkspaceEvent[]): void {
    const before = this.list;
    if (this.loading) this.#heardMeanwhile.push(...events);
    if (before) this.list = events.reduce(applyToList, before);
    if (this.list) for (const id of strangersIn(this.list)) void this.#introduce(id);
    for (const { records } of events) this.typing.written(records.part);
    if (this.list !== before) this.#host.requestUpdate();
    if (events.some(({ name }) => name.startsWith('conversation.') || name === 'contact.merged')) this.#counting.ask();
  }

  /** Asks once for the contact of a row that an event brought in. */
  async #introduce(contactId: string): Promise<void> {
    const client = this.#follower.client;
    if (!client || this.#introductions.has(contactId)) return;
    this.#introductions.add(contactId);
    try {
      const { contact } = await client.query('contact.get', { contactId });
      if (this.list) this.list = addContact(this.list, contact);
      this.#host.requestUpdate();
    } catch (error) {
      // The row keeps the name made from its id; the next event of this conversation asks again.
      if (!(error instanceof RequestError)) throw error;
    }
    this.#introductions.delete(contactId);
  }

  #fail(sentence: string): void {
    this.loading = null;
    this.error = sentence || msg('Something went wrong.');
    this.#host.requestUpdate();
  }

  #end(): void {
    this.#counting.stop();
    this.typing.forget();
    // What is still on its way belongs to nobody now.
    this.#turn += 1;
  }
}

function sameFilter(one: ListFilter, other: ListFilter): boolean {
  return (
    one.status === other.status &&
    one.assignee === other.assignee &&
    one.category === other.category &&
    one.inboxId === other.inboxId &&
    one.contactId === other.contactId &&
    one.meId === other.meId
  );
}
