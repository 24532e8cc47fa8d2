import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { postgresClient } from './postgres-client.ts';

/** Drizzle, and its transaction, as operations and queries see it. */
export type Database = PostgresJsDatabase;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
export type Sql = postgres.Sql;

export type Connections = {
  /** For operations and queries. */
  db: Database;
  /** For raw statements: the batched path, the log, locks. Drizzle changes its own client's parsers, so this is another one. */
  sql: Sql;
  /** Calls back whenever a connection of `sql` ends: behind the next one there may be another database, or this one as it was before. */
  onLost(hear: () => void): void;
  close(): Promise<void>;
};

/** Somebody else's forgotten transaction may hold a row: whoever waits for it is told to come back. */
const LONGEST_WAIT_MS = 5_000;
/** Shorter where everybody's messages wait along with one. Longer than Postgres takes to find a ring of locks. */
const LONGEST_WAIT_OF_ALL_MS = 2_000;

/**
 * Opens the pools; nothing connects before the first query.
 * @param url postgres:// address; the embedded and an external database use the same path.
 * @param onNotice hears the server's notices.
 */
export function openConnections(url: string, onNotice: (message: string) => void): Connections {
  const settings = {
    onnotice: (notice: postgres.Notice) => onNotice(notice['message'] ?? 'notice without text'),
    connection: { application_name: 'parlour', lock_timeout: LONGEST_WAIT_MS },
    // Long enough for a database that restarts, short enough that a caller hears about one that is gone.
    connect_timeout: 10,
  };
  // Ten for cold commands and queries: more would only queue inside a small Postgres. Four for the hot path: the
  // batch in flight, the readers of the log, and what little else asks beside them.
  const cold = postgresClient(url, { ...settings, max: 10 });
  let tellLoss = (): void => undefined;
  const sql = postgresClient(url, {
    ...settings,
    max: 4,
    connection: { ...settings.connection, lock_timeout: LONGEST_WAIT_OF_ALL_MS },
    onclose: () => tellLoss(),
  });
  return {
    db: drizzle(cold),
    sql,
    onLost(hear) {
      tellLoss = hear;
    },
    async close() {
      await Promise.all([cold.end({ timeout: 5 }), sql.end({ timeout: 5 })]);
    },
  };
}
