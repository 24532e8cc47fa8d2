import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import { bindPort } from '../port.ts';

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];
type Upgrading = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export type FrontDoor = {
  server: Server;
  /** Where it listens, such as `http://localhost:3000`. */
  address: string;
  /** Lets in who waits, and from here on everybody at once. */
  serve(fetch: Fetch, upgrade: Upgrading): void;
};

/** A start takes a fraction of this; who still waits then asks again, as do most clients by themselves. */
const WAIT_MS = 10_000;

const starting = () => Response.json({ status: 'not ready' }, { status: 503, headers: { 'retry-after': '1' } });

/** What asks how things stand waits for nothing. */
const standing: Readonly<Record<string, () => Response>> = {
  '/healthz': () => Response.json({ status: 'ok' }),
  '/readyz': starting,
};

/**
 * Takes the port. Who comes before there is something to serve waits for it: a browser that was refused a script does not ask for it again.
 * @throws StartupError
 */
export async function openFrontDoor(
  { host, port }: { host: string; port: number },
  waitMs = WAIT_MS,
): Promise<FrontDoor> {
  let inside: { fetch: Fetch; upgrade: Upgrading } | undefined;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));

  const waited = async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([opened, new Promise((resolve) => (timer = setTimeout(resolve, waitMs)))]);
    clearTimeout(timer);
  };
  const fetchLater: Fetch = async (request, env) => {
    const answer = standing[new URL(request.url).pathname];
    if (answer) return answer();
    await waited();
    return inside?.fetch(request, env) ?? starting();
  };
  const upgradeLater: Upgrading = (request, socket, head) => {
    // Nobody else listens for it yet, and an error nobody listens for ends the process.
    const gone = (): void => void socket.destroy();
    socket.on('error', gone);
    void waited().then(() => {
      socket.off('error', gone);
      if (socket.destroyed) return;
      if (inside) inside.upgrade(request, socket, head);
      else socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n');
    });
  };

  const server = createAdaptorServer({
    fetch: (request, env) => (inside?.fetch ?? fetchLater)(request, env),
  }) as Server;
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?')[0] === '/ws') (inside?.upgrade ?? upgradeLater)(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  });
  await bindPort(server, { host, port });
  const bound = server.address();
  const actual = typeof bound === 'object' && bound ? bound.port : port;
  const name = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host;
  return {
    server,
    address: `http://${name}:${actual}`,
    serve(fetch, upgrade) {
      inside = { fetch, upgrade };
      open();
    },
  };
}
