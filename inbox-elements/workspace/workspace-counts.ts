import type { ReactiveControllerHost } from 'lit';
import { RequestError } from '../../shared/client/client.ts';
import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { EventName, QueryResult } from '../../shared/contract/catalogue.ts';
import { ClientFollower } from '../context/client-follower.ts';
import { Paced } from '../context/paced.ts';

/** After these the number of unread conversations, or of conversations at all, may be another one. */
const counted: ReadonlySet<EventName> = new Set([
  'conversation.started',
  'conversation.replied',
  // With an assignment it leaves the conversation unread.
  'conversation.noted',
  'conversation.read',
  'conversation.markedUnread',
]);

/** Between two questions in a burst of events. */
const pauseMs = 800;

/** What the frame around the panels needs to know of all conversations together. */
export class WorkspaceCounts {
  unread = 0;
  /** By inbox, where it is not zero. */
  unreadByInbox: Readonly<Record<string, number>> = {};
  /** Conversations of any status; `null` until known. */
  total: number | null = null;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #follower: ClientFollower;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    const counting = new Paced(() => {
      const { client } = this.#follower;
      if (client) void this.#count(client);
    }, pauseMs);
    this.#follower = new ClientFollower(host, {
      begin: (client) => void this.#count(client),
      events: (events) => {
        if (!events.some(({ name }) => counted.has(name))) return;
        // The first conversation ends the welcome even before the numbers have come.
        if (this.total === 0 && events.some(({ name }) => name === 'conversation.started')) this.#show(this, 1);
        counting.ask();
      },
      end: () => counting.stop(),
    });
  }

  async #count(client: WorkspaceClient): Promise<void> {
    try {
      const counts = await client.query('conversation.counts', {});
      this.#show(counts, totalOf(counts));
    } catch (error) {
      // The list says what is wrong; the numbers come with the next event.
      if (!(error instanceof RequestError)) throw error;
    }
  }

  #show({ unread, unreadByInbox }: Pick<WorkspaceCounts, 'unread' | 'unreadByInbox'>, total: number): void {
    this.unread = unread;
    this.unreadByInbox = unreadByInbox;
    this.total = total;
    this.#host.requestUpdate();
  }
}

function totalOf({ open, snoozed, closed }: QueryResult<'conversation.counts'>): number {
  return open.all + snoozed.all + closed.all;
}
