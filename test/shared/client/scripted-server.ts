import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { ClientFrame, ServerFrame } from '../../../shared/wire/frames.ts';

type FrameOf<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;

/** Things that come one after the other, and those who wait for them. */
class Queue<T> {
  readonly #items: T[] = [];
  readonly #takers: ((item: T) => void)[] = [];

  put(item: T): void {
    const taker = this.#takers.shift();
    if (taker) taker(item);
    else this.#items.push(item);
  }

  take(): Promise<T> {
    const [item] = this.#items.splice(0, 1);
    return item === undefined ? new Promise((resolve) => this.#takers.push(resolve)) : Promise.resolve(item);
  }

  get size(): number {
    return this.#items.length;
  }
}

/** The server's end of one socket. It does nothing by itself. */
export class Peer {
  readonly #socket: WebSocket;
  readonly #frames = new Queue<ClientFrame>();
  readonly closed: Promise<unknown>;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = once(socket, 'close');
    socket.on('message', (data) => this.#frames.put(JSON.parse(String(data)) as ClientFrame));
  }

  takeAny(): Promise<ClientFrame> {
    return this.#frames.take();
  }

  /** The next frame, which must be of a type. */
  async take<T extends ClientFrame['type']>(type: T): Promise<FrameOf<T>> {
    const frame = await this.takeAny();
    assert.equal(frame.type, type, JSON.stringify(frame));
    return frame as FrameOf<T>;
  }

  /** Frames that came and were not taken. */
  get untaken(): number {
    return this.#frames.size;
  }

  send(...frames: ServerFrame[]): void {
    for (const frame of frames) this.#socket.send(JSON.stringify(frame));
  }

  ack(id: string, result: object = {}): void {
    this.send({ type: 'ack', id, result } as ServerFrame);
  }

  close(code: number): void {
    this.#socket.close(code);
  }

  /** As a broken network does: without a word. */
  cut(): void {
    this.#socket.terminate();
  }
}

/** A real WebSocket server whose every answer is the test's. */
export class ScriptedServer {
  readonly #server: WebSocketServer;
  readonly #peers = new Queue<Peer>();
  readonly paths: (string | undefined)[] = [];

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket, request) => {
      this.paths.push(request.url);
      this.#peers.put(new Peer(socket));
    });
  }

  static async start(): Promise<ScriptedServer> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    return new ScriptedServer(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next socket that a client opens. */
  peer(): Promise<Peer> {
    return this.#peers.take();
  }

  /** Sockets that were opened and not taken. */
  get untaken(): number {
    return this.#peers.size;
  }

  get openSockets(): number {
    return this.#server.clients.size;
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
