import type { UnsentCommand, UnsentCommands } from '../../shared/client/unsent.ts';
import { hasConversed } from '../launcher/visitor-record.ts';
import { ownerName } from './visitor-memory.ts';

/** What keeps commands from one page to the next. */
export interface UnsentStore extends Pick<UnsentCommands, 'keep' | 'drop' | 'adopt' | 'close'> {
  /** Something will be kept soon. */
  ready?(): void;
}

/** The store of commands that outlive their page: fetched when there is something to put in, or there may be something in it. */
export class LaterUnsent implements UnsentStore {
  readonly #channelKey: string;
  #store: Promise<UnsentCommands | undefined> | undefined;

  constructor(channelKey: string) {
    this.#channelKey = channelKey;
  }

  ready(): void {
    void this.#fetched;
  }

  get #fetched(): Promise<UnsentCommands | undefined> {
    const owner = ownerName(this.#channelKey);
    return (this.#store ??= import('../../shared/client/unsent.ts').then(
      (module) => new module.UnsentCommands(owner),
      // The network: what is in memory counts.
      () => undefined,
    ));
  }

  keep(command: UnsentCommand): void {
    void this.#fetched.then((store) => store?.keep(command));
  }

  async drop(id: string): Promise<void> {
    await (await this.#fetched)?.drop(id);
  }

  async adopt(take: (command: UnsentCommand) => void): Promise<void> {
    // Whoever has never written has left nothing unsent.
    if (hasConversed(this.#channelKey)) await (await this.#fetched)?.adopt(take);
  }

  close(): void {
    void this.#store?.then((store) => store?.close());
  }
}
