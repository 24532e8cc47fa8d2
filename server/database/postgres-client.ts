import { Socket } from 'node:net';
import postgres from 'postgres';
import { withSafeTransactions } from './transactions.ts';

/**
 * Opens the `postgres` driver on an address, embedded or external.
 *
 * Drivers do not agree on how an address names a Unix socket. `pg` reads both `postgres://user@%2Frun%2Fdb/name` (the
 * form of the embedded database) and `postgres:///name?host=/run/db`; `postgres` takes neither. This reads both for it,
 * so one address works everywhere.
 */
export function postgresClient(
  url: string,
  options: postgres.Options<Record<string, postgres.PostgresType>> = {},
): postgres.Sql {
  const address = new URL(url);
  const socketFolder = socketFolderOf(address);
  const ours = {
    ...options,
    connection: longGreeting(options.connection),
    onnotice: withoutGreeting(options.onnotice),
  };
  if (!socketFolder)
    return withSafeTransactions(postgres(url, isEncrypted(address) ? ours : { ...ours, ...plainSockets }));
  const port = address.searchParams.get('port') ?? address.port;
  const user = address.username || address.searchParams.get('user');
  for (const name of ['host', 'port', 'user']) address.searchParams.delete(name);
  return withSafeTransactions(
    postgres(address.href, {
      host: socketFolder,
      ...(port ? { port: Number(port) } : {}),
      ...(user ? { username: decodeURIComponent(user) } : {}),
      ...plainSockets,
      ...ours,
    }),
  );
}

/**
 * The driver waits for all answers before it sends on, once a socket says that it has more than this to write: a batch larger than the usual 16 KiB would
 * take a round trip a statement instead of one for all.
 */
const DEEP_BUFFER: object = { writableHighWaterMark: 16 * 1024 * 1024 };

/**
 * A plain socket that closes without saying that there was an error. The driver takes that word to mean that every query has heard of it, and so never
 * settles those that were sent between the error and the close.
 */
function openSocket({ path, host, port }: { path: string | false; host: string[]; port: number[] }): Socket {
  const socket = new Socket(DEEP_BUFFER);
  const emit = socket.emit.bind(socket);
  socket.emit = (event: string, ...details: unknown[]) => {
    // The driver listens a moment after the start, and no more after the end.
    if (event === 'error' && socket.listenerCount('error') === 0) return false;
    return emit(event, ...(event === 'close' ? [false] : details));
  };
  // What is written before the connection stands is kept until it does.
  return path ? socket.connect(path) : socket.connect(port[0]!, host[0]!);
}

/** An option of the driver that its types do not name. */
const plainSockets: object = { socket: openSocket };

/**
 * A connection that is lost with something written and not yet sent never sends anything short again, so that its place in the pool is dead. A first message
 * of more than a kilobyte is not short. Postgres, and poolers before it, ignore the spaces.
 */
function longGreeting(connection: Partial<postgres.ConnectionParameters> = {}): Partial<postgres.ConnectionParameters> {
  return { ...connection, DateStyle: 'ISO'.padEnd(1_100) };
}

/** Postgres remarks on the length of the greeting (42622) at every connection, which is nobody's concern. */
function withoutGreeting(onnotice: (notice: postgres.Notice) => void = () => undefined) {
  return (notice: postgres.Notice): void => {
    if (notice['code'] !== '42622') onnotice(notice);
  };
}

/** Over TLS the driver puts a socket of its own around ours. */
function isEncrypted({ searchParams }: URL): boolean {
  return searchParams.has('ssl') || searchParams.has('sslmode');
}

/** The address of a database behind a Unix socket, understood by `postgresClient` and by `pg`. */
export function socketAddress(socketFolder: string, user: string, database: string): string {
  return `postgres://${encodeURIComponent(user)}@${encodeURIComponent(socketFolder)}/${encodeURIComponent(database)}`;
}

function socketFolderOf(address: URL): string | undefined {
  const named = address.searchParams.get('host') ?? decodeURIComponent(address.hostname);
  return named.startsWith('/') ? named : undefined;
}
