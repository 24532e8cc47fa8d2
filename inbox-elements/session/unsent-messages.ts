import type { WorkspaceClient } from '../../shared/client/client.ts';
import { UnsentCommands } from '../../shared/client/unsent.ts';
import type { UnsentCommand } from '../../shared/client/unsent.ts';
import { SendEvent } from '../composer/composer-events.ts';
import { deliver } from '../composer/deliver.ts';
import type { Message } from '../composer/deliver.ts';

/** A message as it is kept: what it was written in and what is shown of it, under the id of its command. */
type KeptMessage = UnsentCommand & {
  name: Message['kind'];
  input: Pick<Message, 'text' | 'attachments' | 'closes'> & { conversationId: string };
};

/** A message of a page before, and the promise of the command that carries it. */
type LeftMessage = { message: Message; delivered: Promise<unknown> };

/**
 * Replies and notes from the moment they are written inside a session until the server has settled them: the next page of the same
 * teammate sends them as the same commands (rule 3).
 */
export class UnsentMessages {
  readonly #host: HTMLElement;
  readonly #client: WorkspaceClient;
  readonly #found: () => void;
  readonly #stops: (() => void)[];
  /** What pages before left and no thread shows yet, by conversation. */
  readonly #left = new Map<string, LeftMessage[]>();
  #owner = '';
  #store: UnsentCommands | undefined;

  /** @param found called when something is there to take */
  constructor(host: HTMLElement, client: WorkspaceClient, found: () => void) {
    this.#host = host;
    this.#client = client;
    this.#found = found;
    host.addEventListener(SendEvent.type, this.#sent);
    // Other tabs may have been closed since the last one.
    this.#stops = [client.on('welcome', () => this.#adopt())];
    if (client.snapshot) this.#adopt();
  }

  /** Hands out what pages before left unsent in a conversation, in the order of writing. */
  take(conversationId: string): readonly LeftMessage[] {
    const left = this.#left.get(conversationId) ?? [];
    this.#left.delete(conversationId);
    return left;
  }

  /** Deletes what this teammate has written in this browser and the server has not settled. */
  async forget(): Promise<void> {
    if (this.#owner) await new UnsentCommands(this.#owner).forget();
  }

  /** What is unsettled stays for the next page. */
  close(): void {
    this.#host.removeEventListener(SendEvent.type, this.#sent);
    for (const stop of this.#stops) stop();
    this.#store?.close();
    this.#left.clear();
  }

  #adopt(): void {
    const { workspace, me } = this.#client.snapshot!;
    // A database for each teammate: whoever signs out takes nothing away from another.
    const owner = `${workspace.id}.${me.id}:`;
    if (owner !== this.#owner) {
      this.#store?.close();
      this.#left.clear();
      this.#owner = owner;
      this.#store = new UnsentCommands(owner);
    }
    const store = this.#store!;
    void store.adopt((command) => store === this.#store && this.#send(store, command as KeptMessage));
  }

  #send(store: UnsentCommands, { id, name: kind, input }: KeptMessage): void {
    const { conversationId, ...rest } = input;
    const message = { ...rest, id, kind };
    const delivered = deliver(this.#client, conversationId, message);
    const one = { message, delivered };
    this.#left.set(conversationId, [...(this.#left.get(conversationId) ?? []), one]);
    // One that was refused is still to be shown, with the reason.
    delivered.then(
      () =>
        this.#left.set(
          conversationId,
          (this.#left.get(conversationId) ?? []).filter((left) => left !== one),
        ),
      () => undefined,
    );
    dropSettled(store, id, delivered);
    this.#found();
  }

  readonly #sent = (event: Event): void => {
    const { id, kind, text, attachments, closes, delivered } = event as SendEvent;
    const places = event.composedPath() as { conversationId?: string | null }[];
    const conversationId = places.find((place) => place.conversationId)?.conversationId;
    const store = this.#store;
    if (!store || !conversationId) return;
    store.keep({ id, name: kind, input: { conversationId, text, attachments, closes } } satisfies KeptMessage);
    dropSettled(store, id, delivered);
  };
}

function dropSettled(store: UnsentCommands, id: string, delivered: Promise<unknown>): void {
  const drop = (): void => void store.drop(id);
  delivered.then(drop, drop);
}
