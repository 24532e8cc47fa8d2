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
    fetch_types: false,
    types: { ...arrayTypes, ...options.types },
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
 * The arrays that are handed over as parameters, by their numbers in Postgres. The driver would ask for all there are at each new connection, and a
 * connection that is lost meanwhile would end the process: nobody listens for that question's failure.
 */
const arrayTypes = Object.fromEntries(
  Object.entries({ integers: 1007, texts: 1009, bigints: 1016, uuids: 2951 }).map(([name, to]) => [
    name,
    { to, from: [], serialize: arrayLiteral, parse: (text: string) => text },
  ]),
);

/** @param values or, from Drizzle, the literal as it is to be */
function arrayLiteral(values: readonly unknown[] | string): string {
  if (typeof values === 'string') return values;
  return `{${values.map((value) => `"${String(value).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/**
 * A plain socket that closes without saying that there was an error. The driver takes that word to mean that every query has heard of it, and so never
 * settles those that were sent between the error and the close.
 */
function openSocket({ path, host, port }: { path: string | false; host: string[]; port: number[] }): Socket {
  const socket = new Socket();
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
