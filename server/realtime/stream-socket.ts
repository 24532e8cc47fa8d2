import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import { MAX_FRAME_BYTES } from '../../shared/wire/protocol.ts';
import { leaveAfterThisTurn, type Frame, type FrameSocket } from './frame-socket.ts';

/** As with WebSockets: a frame that is too large (rule 14). */
const TOO_LARGE = 1009;
/** How long a reader has to take the last words. */
const CLOSE_WITHIN_MS = 10_000;

/**
 * A line over HTTP, for networks that let no WebSocket through (rule 16): server-sent events down, in the answer to the request
 * that opened it; requests of their own up, which `hear` is given.
 */
export class StreamSocket extends EventEmitter implements FrameSocket {
  /** Whoever knows it may send up this line. */
  readonly key = randomBytes(32).toString('base64url');
  readonly origin: string | undefined;
  readyState = 1;
  readonly #response: ServerResponse;
  #isHeldBack = false;

  constructor(response: ServerResponse, origin: string | undefined) {
    super();
    this.#response = response;
    this.origin = origin;
    response.on('close', () => {
      this.readyState = 3;
      this.emit('close');
    });
    response.on('error', (error) => this.emit('error', error));
    this.#write('line', this.key);
  }

  get bufferedAmount(): number {
    return this.#response.writableLength;
  }

  send(frame: Frame): void {
    if (!this.#isHeldBack) {
      this.#isHeldBack = true;
      this.#response.cork();
      leaveAfterThisTurn(this);
    }
    this.#response.write(`data: ${String(frame)}\n\n`);
  }

  sendAtOnce(frame: string, taken: () => void): void {
    this.#response.write(`data: ${frame}\n\n`, () => taken());
  }

  leave(): void {
    if (!this.#isHeldBack) return;
    this.#isHeldBack = false;
    this.#response.uncork();
  }

  close(code: number): void {
    if (this.readyState !== 1) return;
    this.readyState = 2;
    this.#write('close', String(code));
    this.#response.end();
    const timer = setTimeout(() => this.terminate(), CLOSE_WITHIN_MS);
    this.#response.once('close', () => clearTimeout(timer));
  }

  terminate(): void {
    this.#response.destroy();
  }

  /** Frames from the other end, in their order. */
  hear(frames: readonly Buffer[]): void {
    for (const frame of frames) {
      if (frame.length > MAX_FRAME_BYTES) return this.close(TOO_LARGE);
      this.emit('message', frame, false);
    }
  }

  /** Closes it for what was too large to be read to its end. */
  overflow(): void {
    this.close(TOO_LARGE);
  }

  #write(event: string, data: string): void {
    this.#response.write(`event: ${event}\ndata: ${data}\n\n`);
  }
}
