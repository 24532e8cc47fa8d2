/** What stands between a browser and the server in some offices: it passes requests on, and refuses every upgrade. */
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export class UpgradeRefusingProxy {
  /** Upgrades that were asked for. */
  refused = 0;
  /** Whether an upgrade is left without an answer instead. */
  silent = false;
  /** Whether the protocol does not get through over HTTP either, though pages and scripts do. */
  closed = false;
  /** Requests that were passed on, as "POST /stream". */
  readonly passed: string[] = [];
  readonly #target: URL;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((incoming, outgoing) => {
      if (this.closed && incoming.url?.startsWith('/stream')) {
        outgoing.writeHead(502).end();
        return;
      }
      this.passed.push(`${incoming.method} ${incoming.url}`);
      const onward = request(this.#address(incoming), (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        answer.on('error', () => outgoing.destroy());
      });
      onward.on('error', () => outgoing.destroy());
      outgoing.on('close', () => onward.destroy());
      incoming.pipe(onward);
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('upgrade', (_incoming, socket: Duplex) => {
      this.refused += 1;
      if (!this.silent) socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    });
  }

  static async start(target: string): Promise<UpgradeRefusingProxy> {
    const proxy = new UpgradeRefusingProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Cuts everything that goes through it, as a network does that falters. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  #address({ method, url, headers }: IncomingMessage) {
    const { hostname, port } = this.#target;
    return { hostname, port, method, path: url, headers };
  }
}
