import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import { bindPort } from '../port.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

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

/** Whoever comes beyond these is told to come back: they are all let in at once. */
const MOST_WAITING = 1_000;

/** What asks how things stand waits for nothing. */
const standing: Readonly<Record<string, () => Response>> = {
  '/healthz': () => Response.json({ status: 'ok' }),
  '/readyz': starting,
};

/** For a socket that Node hands over without one: an error that nobody listens for ends the process. */
function letGo(this: Duplex): void {
  this.destroy();
}

/**
 * Takes the port. Who comes before there is something to serve waits for it: a browser that was refused a script does not ask for it again.
 * @throws StartupError
 */
export async function openFrontDoor(
  { host, port }: { host: string; port: number },
  waitMs = WAIT_MS,
  mostWaiting = MOST_WAITING,
): Promise<FrontDoor> {
  let inside: { fetch: Fetch; upgrade: Upgrading } | undefined;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));

  let waiting = 0;
  const waited = async (): Promise<void> => {
    if (waiting >= mostWaiting) return;
    waiting += 1;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([opened, new Promise((resolve) => (timer = setTimeout(resolve, waitMs)))]);
    clearTimeout(timer);
    waiting -= 1;
  };
  const fetchLater: Fetch = async (request, env) => {
    const answer = standing[new URL(request.url).pathname];
    if (answer) return answer();
    await waited();
    return inside?.fetch(request, env) ?? starting();
  };
  const upgradeLater: Upgrading = (request, socket, head) => {
    void waited().then(() => {
      if (socket.destroyed) return;
      if (inside) inside.upgrade(request, socket, head);
      else refuseUpgrade(socket, '503 Service Unavailable', 'Starting', 1);
    });
  };

  const server = createAdaptorServer({
    fetch: (request, env) => (inside?.fetch ?? fetchLater)(request, env),
  }) as Server;
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', letGo);
    if (request.url?.split('?')[0] === '/ws') (inside?.upgrade ?? upgradeLater)(request, socket, head);
    else refuseUpgrade(socket, '404 Not Found', 'Only a WebSocket at /ws can be had by an upgrade.');
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
