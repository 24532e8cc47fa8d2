import type { UnsentCommand, UnsentCommands } from '../../shared/client/unsent.ts';
import { hasConversed } from '../launcher/visitor-record.ts';
import { ownerName } from './visitor-memory.ts';

type StoreModule = { UnsentCommands: typeof UnsentCommands };

/** What keeps commands from one page to the next. */
export interface UnsentStore extends Pick<UnsentCommands, 'keep' | 'drop' | 'adopt' | 'close'> {
  /** Something will be kept soon. */
  ready?(): void;
}

/** The store of commands that outlive their page: fetched when there is something to put in, or there may be something in it. */
export class LaterUnsent implements UnsentStore {
  readonly #channelKey: string;
  /** Whoever was here when the line was made. */
  readonly #owner: string;
  readonly #load: () => Promise<StoreModule>;
  /** Nothing while it has not been asked for, or did not come. */
  #store: Promise<UnsentCommands | undefined> | undefined;
  /** What is not yet in the store. */
  readonly #unkept = new Map<string, UnsentCommand>();
  readonly #closing = new AbortController();

  /** @param record what the browser keeps of whoever is written as */
  constructor(
    channelKey: string,
    record: string,
    load = (): Promise<StoreModule> => import('../../shared/client/unsent.ts'),
  ) {
    this.#channelKey = channelKey;
    this.#owner = ownerName(channelKey, record);
    this.#load = load;
  }

  ready(): void {
    void this.#fetched;
  }

  get #fetched(): Promise<UnsentCommands | undefined> {
    return (this.#store ??= this.#load().then(
      (module) => {
        const store = new module.UnsentCommands(this.#owner);
        this.#putInto(store);
        return store;
      },
      () => {
        // The network: what is in memory counts until it is tried again.
        this.#store = undefined;
        window.addEventListener('online', this.#tryAgain, { once: true, signal: this.#closing.signal });
        return undefined;
      },
    ));
  }

  readonly #tryAgain = (): void => {
    if (this.#unkept.size > 0) void this.#fetched;
  };

  #putInto(store: UnsentCommands): void {
    for (const command of this.#unkept.values()) store.keep(command);
    this.#unkept.clear();
  }

  keep(command: UnsentCommand): void {
    this.#unkept.set(command.id, command);
    void this.#fetched.then((store) => store && this.#putInto(store));
  }

  async drop(id: string): Promise<void> {
    this.#unkept.delete(id);
    await (await this.#fetched)?.drop(id);
  }

  async adopt(take: (command: UnsentCommand) => void): Promise<void> {
    if (this.#unkept.size > 0) await this.#fetched;
    // Whoever has never written has left nothing unsent.
    if (hasConversed(this.#channelKey)) await (await this.#fetched)?.adopt(take);
  }

  close(): void {
    this.#closing.abort();
    void this.#store?.then((store) => store?.close());
  }
}
