import type { ReactiveControllerHost } from 'lit';
import { RequestError } from '../../shared/client/client.ts';
import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { EventName, QueryResult } from '../../shared/contract/catalogue.ts';
import { ClientFollower } from '../context/client-follower.ts';

/** After these the number of unread conversations, or of conversations at all, may be another one. */
const counted: ReadonlySet<EventName> = new Set([
  'conversation.started',
  'conversation.replied',
  // With an assignment it leaves the conversation unread.
  'conversation.noted',
  'conversation.read',
  'conversation.markedUnread',
]);

/** A burst of events asks for the counts once. */
const delayMs = 800;

/** What the frame around the panels needs to know of all conversations together. */
export class WorkspaceCounts {
  unread = 0;
  /** By inbox, where it is not zero. */
  unreadByInbox: Readonly<Record<string, number>> = {};
  /** Conversations of any status; `null` until known. */
  total: number | null = null;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #follower: ClientFollower;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#follower = new ClientFollower(host, {
      begin: (client) => void this.#count(client),
      events: (events) => {
        if (!events.some(({ name }) => counted.has(name))) return;
        // The first conversation ends the welcome at once; numbers can wait for the burst to pass.
        if (this.total === 0 && events.some(({ name }) => name === 'conversation.started')) this.#show(this, 1);
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          const { client } = this.#follower;
          if (client) void this.#count(client);
        }, delayMs);
      },
      end: () => {
        clearTimeout(this.#timer);
        this.#timer = undefined;
      },
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
