import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { WorkspaceClient } from '../../shared/client/client.ts';
import type { ErrorBody } from '../../shared/contract/error.ts';
import type { SignalFrame, WorkspaceEvent } from '../../shared/wire/frames.ts';
import { clientContext } from './client-context.ts';

export type Following = {
  /** Fetch: the line has been welcomed for the first time, or what is held is out of date (rule 6). */
  begin: (client: WorkspaceClient) => void;
  /**
   * The line is back and brought every event that was missed, so what is held is right. What was asked for meanwhile and
   * refused for want of a line did not come with it: ask for that again.
   */
  resume?: (client: WorkspaceClient) => void;
  events?: (events: readonly WorkspaceEvent[]) => void;
  signal?: (signal: SignalFrame) => void;
  /** The server will not have this teammate as they are; nothing will come. */
  refused?: (refusal: ErrorBody) => void;
  /** The element has left the document: let go of timers. */
  end?: () => void;
};

/**
 * Keeps an element subscribed to the client of the session around it for as long as it stands in a document. Being moved
 * within the document is not leaving it, and neither fetches again nor forgets.
 */
export class ClientFollower implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #following: Following;
  #client: WorkspaceClient | null = null;
  #stops: (() => void)[] = [];

  constructor(host: ReactiveControllerHost & HTMLElement, following: Following) {
    this.#host = host;
    this.#following = following;
    host.addController(this);
    new ContextConsumer(host, {
      context: clientContext,
      subscribe: true,
      callback: (client) => this.#follow(client),
    });
  }

  /** `null` until a session around the element has a line. */
  get client(): WorkspaceClient | null {
    return this.#client;
  }

  hostConnected(): void {
    if (this.#stops.length === 0) this.#start();
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#stop();
    });
  }

  #follow(client: WorkspaceClient | null): void {
    if (client === this.#client) return;
    this.#stop();
    this.#client = client;
    this.#start();
  }

  #start(): void {
    const client = this.#client;
    if (!client || !this.#host.isConnected) return;
    const { begin, resume, events, signal, refused } = this.#following;
    this.#stops = [
      client.on('welcome', (_snapshot, recovered) => {
        if (recovered) resume?.(client);
        else begin(client);
      }),
      client.on('status', (status, refusal) => {
        if (status === 'refused' && refusal) refused?.(refusal);
      }),
    ];
    if (events) this.#stops.push(client.on('events', events));
    if (signal) this.#stops.push(client.on('signal', signal));
    if (client.snapshot) begin(client);
    else if (client.refusal) refused?.(client.refusal);
  }

  #stop(): void {
    if (this.#stops.length === 0) return;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#following.end?.();
  }
}
