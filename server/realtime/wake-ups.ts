import { randomUUID } from 'node:crypto';
import type { Sql } from '../database/connection.ts';
import { postgresClient } from '../database/postgres-client.ts';

const CHANNEL = 'parlour_log';
/** Names this process, so that it does not wake itself: it has told its own commits already. */
const self = randomUUID();
/** Rings at most this often: it carries only who rings, so one is as good as a hundred. */
const PAUSE_MS = 20;

type Log = { warn(details: object, message: string): void };

/**
 * Tells other nodes that the log has grown (D5). Only a wake-up: what happened is read from the log. Not sent inside the transaction, where it
 * would make commits queue; a bell that is lost costs a second, until the next sweep.
 */
export class WakeUps {
  readonly #sql: Sql;
  readonly #listener: Sql;
  readonly #log: Log;
  readonly #onRing: () => void;
  #pending = false;
  #stopped = false;

  constructor(url: string, sql: Sql, log: Log, onRing: () => void) {
    this.#sql = sql;
    this.#listener = postgresClient(url, { max: 1, onnotice: () => undefined });
    this.#log = log;
    this.#onRing = onRing;
  }

  /** After every reconnection of the listener the log is read again: bells may have rung unheard. */
  start(): void {
    const heard = (from: string) => {
      if (from !== self) this.#onRing();
    };
    this.#listener
      .listen(CHANNEL, heard, () => this.#onRing())
      .catch((error: unknown) => {
        if (!this.#stopped)
          this.#log.warn({ error }, 'not listening for other nodes; the log is read every second instead');
      });
  }

  ring(): void {
    if (this.#pending) return;
    this.#pending = true;
    setTimeout(() => {
      this.#pending = false;
      if (this.#stopped) return;
      this.#sql.notify(CHANNEL, self).catch(() => {
        // The database is away: the next sweep of every node finds what was committed.
      });
    }, PAUSE_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#listener.end({ timeout: 1 });
  }
}
