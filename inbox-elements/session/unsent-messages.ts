import type { WorkspaceClient } from '../../shared/client/client.ts';
import { UnsentCommands } from '../../shared/client/unsent.ts';
import type { UnsentCommand } from '../../shared/client/unsent.ts';
import type { SendEvent } from '../composer/composer-events.ts';
import { deliver } from '../composer/deliver.ts';
import type { Message } from '../composer/deliver.ts';
import type { StatusChange, StatusChanges } from './status-changes.ts';

/** A message as it is kept: what it was written in and what is shown of it, under the id of its command. */
type KeptMessage = UnsentCommand & {
  name: Message['kind'];
  input: Omit<Message, 'id' | 'kind'> & { conversationId: string };
};

/** A change of the status is kept as it is sent. */
type KeptChange = UnsentCommand & Pick<StatusChange, 'name' | 'input'>;

/** A message of a page before, and the promise of the command that carries it. */
type LeftMessage = { message: Message; delivered: Promise<unknown> };

/**
 * Replies, notes and changes of the status from the moment they are written or pressed for inside a session until the server has
 * settled them: the next page of the same teammate sends them as the same commands (rule 3).
 */
export class UnsentMessages {
  readonly #host: HTMLElement;
  readonly #client: WorkspaceClient;
  readonly #changes: StatusChanges;
  readonly #found: () => void;
  readonly #stops: (() => void)[];
  /** What pages before left and no thread shows yet, by conversation. */
  readonly #left = new Map<string, LeftMessage[]>();
  #owner = '';
  #store: UnsentCommands | undefined;

  /**
   * @param changes with what was pressed for before this was fetched
   * @param early what was sent before that
   * @param found called when something is there to take
   */
  constructor(
    host: HTMLElement,
    client: WorkspaceClient,
    changes: StatusChanges,
    early: readonly SendEvent[],
    found: () => void,
  ) {
    this.#host = host;
    this.#client = client;
    this.#changes = changes;
    this.#found = found;
    host.addEventListener('parlour-send', this.#sent);
    // Other tabs may have been closed since the last one.
    this.#stops = [client.on('welcome', () => this.#adopt())];
    if (client.snapshot) this.#adopt();
    changes.keep = (change) => this.#keep(change);
    for (const event of early) this.#sent(event);
    for (const change of changes.unsettled) this.#keep(change);
  }

  /** Hands out what pages before left unsent in a conversation, in the order of writing. */
  take(conversationId: string): readonly LeftMessage[] {
    const left = this.#left.get(conversationId) ?? [];
    this.#left.delete(conversationId);
    // From here on it is shown, whatever becomes of it.
    for (const { message, delivered } of left) dropSettled(this.#store!, message.id, delivered);
    return left;
  }

  /** Deletes what this teammate has written and pressed for in this browser and the server has not settled. */
  async forget(): Promise<void> {
    if (this.#owner) await new UnsentCommands(this.#owner).forget();
  }

  /** What is unsettled stays for the next page. */
  close(): void {
    this.#host.removeEventListener('parlour-send', this.#sent);
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
    void store.adopt((command) => store === this.#store && this.#send(store, command as KeptMessage | KeptChange));
  }

  #keep({ id, name, input, delivered }: StatusChange): void {
    const store = this.#store!;
    store.keep({ id, name, input } satisfies KeptChange);
    dropSettled(store, id, delivered);
  }

  #send(store: UnsentCommands, command: KeptMessage | KeptChange): void {
    if (isChange(command)) this.#changes.ask(command.name, command.input, command.id);
    else this.#deliver(store, command);
  }

  #deliver(store: UnsentCommands, { id, name: kind, input }: KeptMessage): void {
    const { conversationId, ...rest } = input;
    const message = { ...rest, id, kind };
    const delivered = deliver(this.#client, conversationId, message);
    const one = { message, delivered };
    this.#left.set(conversationId, [...(this.#left.get(conversationId) ?? []), one]);
    // One that was refused is still to be shown, with the reason: on this page or on one after it.
    delivered.then(
      () => {
        const others = this.#left.get(conversationId)?.filter((left) => left !== one);
        if (others) this.#left.set(conversationId, others);
        void store.drop(id);
      },
      () => undefined,
    );
    this.#found();
  }

  readonly #sent = (event: SendEvent): void => {
    const { id, kind, conversationId, text, attachments, closes, seenSeq, delivered } = event;
    const store = this.#store;
    if (!store) return;
    store.keep({ id, name: kind, input: { conversationId, text, attachments, closes, seenSeq } } satisfies KeptMessage);
    dropSettled(store, id, delivered);
  };
}

function isChange(command: KeptMessage | KeptChange): command is KeptChange {
  return command.name.includes('.');
}

function dropSettled(store: UnsentCommands, id: string, delivered: Promise<unknown>): void {
  const drop = (): void => void store.drop(id);
  delivered.then(drop, drop);
}
