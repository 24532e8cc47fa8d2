/** What stands between a browser and the server in hotels and trains: until somebody signs in, it answers everything in the server's place. */
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export class CaptivePortal {
  /** How it stands in the way: with its own page to every request, by sending each elsewhere, or not at all. */
  mode: 'open' | 'page' | 'redirect' = 'open';
  /** Whether its page lets other pages read it, as few do. */
  allowsReading = false;
  /** Requests it answered itself, as "POST /stream". */
  readonly answered: string[] = [];
  /** WebSockets that stand through it. */
  readonly tunnels = new Set<Duplex>();
  readonly #target: URL;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((incoming, outgoing) => {
      if (this.mode === 'open') this.#pass(incoming, outgoing);
      else this.#stop(incoming, outgoing);
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (this.mode === 'open') this.#tunnel(incoming, socket, head);
      else socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n${signIn}`);
    });
  }

  static async start(target: string): Promise<CaptivePortal> {
    const portal = new CaptivePortal(target);
    portal.#server.listen(0, '127.0.0.1');
    await once(portal.#server, 'listening');
    return portal;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The time that was paid for is over: what goes through it is cut. */
  close(mode: 'page' | 'redirect'): void {
    this.mode = mode;
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #stop(incoming: IncomingMessage, outgoing: ServerResponse): void {
    this.answered.push(`${incoming.method} ${incoming.url}`);
    incoming.resume();
    const reading = this.allowsReading ? { 'access-control-allow-origin': '*' } : {};
    const isAside = this.mode === 'redirect' && incoming.url !== '/sign-in';
    if (isAside) outgoing.writeHead(302, { location: `${this.url}/sign-in`, ...reading }).end();
    else outgoing.writeHead(200, { 'content-type': 'text/html', ...reading }).end(signIn);
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { hostname, port } = this.#target;
    const { method, url, headers } = incoming;
    const onward = request({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }

  #tunnel({ method, url, rawHeaders }: IncomingMessage, socket: Duplex, head: Buffer): void {
    const onward = connect(Number(this.#target.port), this.#target.hostname, () => {
      const lines = rawHeaders.flatMap((name, index) => (index % 2 ? [] : [`${name}: ${rawHeaders[index + 1]}`]));
      onward.write(`${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    this.tunnels.add(socket);
    socket.on('close', () => {
      this.tunnels.delete(socket);
      onward.destroy();
    });
    onward.on('close', () => socket.destroy());
  }
}

const signIn = '<!doctype html><title>Hotel Wi-Fi</title><h1>Welcome. Please sign in.</h1>';
