import postgres from 'postgres';

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
  if (!socketFolder) return postgres(url, options);
  const port = address.searchParams.get('port') ?? address.port;
  const user = address.username || address.searchParams.get('user');
  for (const name of ['host', 'port', 'user']) address.searchParams.delete(name);
  return postgres(address.href, {
    host: socketFolder,
    ...(port ? { port: Number(port) } : {}),
    ...(user ? { username: decodeURIComponent(user) } : {}),
    ...options,
  });
}

/** The address of a database behind a Unix socket, understood by `postgresClient` and by `pg`. */
export function socketAddress(socketFolder: string, user: string, database: string): string {
  return `postgres://${encodeURIComponent(user)}@${encodeURIComponent(socketFolder)}/${encodeURIComponent(database)}`;
}

function socketFolderOf(address: URL): string | undefined {
  const named = address.searchParams.get('host') ?? decodeURIComponent(address.hostname);
  return named.startsWith('/') ? named : undefined;
}
