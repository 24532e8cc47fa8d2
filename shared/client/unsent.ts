/** A command that the server has not yet settled, as it is kept from one page to the next. */
export type UnsentCommand = { id: string; name: string; input: object };

const STORE = 'unsent';

type Granted = (lock: object | null) => Promise<unknown>;

/**
 * Commands that outlive their page, in IndexedDB (D1). Of all tabs one answers for each: the one that holds its lock, which is
 * the one that wrote it, and when that is gone the first that asks. Where storage is denied they live as long as the page; without
 * Web Locks two tabs may send the same command, which the server carries out once (rule 3).
 */
export class UnsentCommands {
  readonly #owner: string;
  readonly #name: string;
  #database: Promise<IDBDatabase | null> | undefined;
  /** What this page answers for, or waits to answer for; calling gives it up. */
  readonly #held = new Map<string, () => void>();
  readonly #closing = new AbortController();

  /**
   * @param owner Tells one visitor of this browser from another: nobody sends what somebody else wrote. Begins with the channel's key and
   * a colon: each channel has a database of its own.
   */
  constructor(owner: string) {
    this.#owner = owner;
    this.#name = `parlour:${owner.split(':', 1)[0]}`;
  }

  keep(command: UnsentCommand): void {
    const { id } = command;
    if (this.#held.has(id)) return;
    const given = this.#hold(id);
    void this.#lock(id, {}, () => given);
    void this.#ask('readwrite', (store) => store.put(command, this.#owner + id));
  }

  /** It is settled. */
  async drop(id: string): Promise<void> {
    await this.#ask('readwrite', (store) => store.delete(this.#owner + id));
    this.#giveUp(id);
  }

  /**
   * Hands out what pages left behind, in the order of writing. Resolves when that is done for those that are gone; what belongs to
   * a page that is still there comes when that one has gone with it unsettled.
   */
  async adopt(take: (command: UnsentCommand) => void): Promise<void> {
    const keys = await this.#ask('readonly', (store) =>
      // Ids are hexadecimal.
      store.getAllKeys(IDBKeyRange.bound(this.#owner, `${this.#owner}g`)),
    );
    await Promise.all((keys ?? []).map((key) => this.#adopt(String(key), take)));
  }

  /** Deletes all that is kept for the channel, whichever page and visitor wrote it, and the database with it. */
  async forget(): Promise<void> {
    await this.#ask('readwrite', (store) => store.clear());
    this.close();
    await this.#database;
    await remove(this.#name);
    // What all channels had together before each had its own.
    await remove('parlour');
  }

  /** This page answers for nothing any more; what is unsettled stays for the next. */
  close(): void {
    this.#closing.abort();
    for (const id of this.#held.keys()) this.#giveUp(id);
    void this.#database?.then((database) => database?.close());
  }

  #adopt(key: string, take: (command: UnsentCommand) => void): Promise<void> {
    const id = key.slice(this.#owner.length);
    if (this.#held.has(id)) return Promise.resolve();
    const given = this.#hold(id);
    const read = async (): Promise<void> => {
      const command = await this.#ask<UnsentCommand | undefined>('readonly', (store) => store.get(key));
      if (command && this.#held.has(id)) take(command);
      else this.#giveUp(id);
    };
    return new Promise((resolve) => {
      const whenFree: Granted = () => read().then(() => given);
      const atOnce: Granted = async (lock) => {
        if (lock) await read();
        else void this.#lock(id, { signal: this.#closing.signal }, whenFree);
        resolve();
        if (lock) await given;
      };
      void this.#lock(id, { ifAvailable: true }, atOnce).then(resolve);
    });
  }

  #hold(id: string): Promise<void> {
    return new Promise((resolve) => this.#held.set(id, resolve));
  }

  #giveUp(id: string): void {
    this.#held.get(id)?.();
    this.#held.delete(id);
  }

  async #lock(id: string, options: LockOptions, granted: Granted): Promise<void> {
    try {
      if (navigator.locks) await navigator.locks.request(`parlour:${id}`, options, granted);
      // A page that did not come over https has none.
      else await granted({});
    } catch {
      // Closed while waiting; or locks are denied, and then storage is too.
    }
  }

  async #ask<T>(mode: IDBTransactionMode, question: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
    try {
      const database = await (this.#database ??= open(this.#name, () => (this.#database = undefined)));
      return database ? await answer(question(database.transaction(STORE, mode).objectStore(STORE))) : undefined;
    } catch {
      // Storage is full, or was cleared or closed meanwhile: what is in memory counts.
      return undefined;
    }
  }
}

/**
 * Asks what is kept beside a channel's commands, and goes with them. Rejects when storage is full or denied.
 * @param channelKey names it
 */
export async function askBeside<T>(
  channelKey: string,
  mode: IDBTransactionMode,
  question: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open(`parlour:${channelKey}`, () => undefined);
  if (!database) throw new Error('Storage is denied.');
  try {
    return await answer(question(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

/** @param gone Called when somebody deletes it: what comes after that opens another. */
async function open(name: string, gone: () => void): Promise<IDBDatabase | null> {
  try {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    const database = await answer(request);
    database.onversionchange = () => {
      database.close();
      gone();
    };
    return database;
  } catch {
    // Storage is denied.
    return null;
  }
}

function remove(name: string): Promise<unknown> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.deleteDatabase(name);
      // Pages that have it open let go of it by themselves. One that sleeps does so when it wakes; there is nothing in it any more.
      request.onsuccess = request.onblocked = request.onerror = resolve;
    } catch {
      // Storage is denied: then there is none.
      resolve(undefined);
    }
  });
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB gave no answer.'));
  });
}
