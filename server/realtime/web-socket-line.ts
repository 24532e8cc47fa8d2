import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { encodeFrames } from './encode-frames.ts';
import { leaveAfterThisTurn, type Frame, type FrameSocket } from './frame-socket.ts';

/**
 * A WebSocket whose frames of one turn leave in one write. `ws` reads, closes and keeps the protocol; what it would write as two pieces a frame, each a
 * write of its own, is put together here.
 */
export class WebSocketLine implements FrameSocket {
  readonly #socket: WebSocket;
  readonly #line: Duplex;
  #waiting: Frame[] | null = null;
  /** Characters, which is close enough for who reads too slowly. */
  #waitingLength = 0;

  /** @param line what the socket writes to */
  constructor(socket: WebSocket, line: Duplex) {
    this.#socket = socket;
    this.#line = line;
  }

  get readyState(): number {
    return this.#socket.readyState;
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount + this.#waitingLength;
  }

  send(frame: Frame): void {
    if (!this.#waiting) {
      this.#waiting = [];
      leaveAfterThisTurn(this);
    }
    this.#waiting.push(frame);
    this.#waitingLength += typeof frame === 'string' ? frame.length : frame.bytes.length;
  }

  sendAtOnce(frame: string, taken: () => void): void {
    this.leave();
    this.#socket.send(frame, () => taken());
  }

  close(code: number): void {
    this.leave();
    this.#socket.close(code);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  on(event: 'message' | 'close' | 'error', hear: ((data: RawData, isBinary: boolean) => void) | (() => void)): void {
    this.#socket.on(event, hear);
  }

  leave(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#waitingLength = 0;
    if (!waiting || this.#socket.readyState !== 1) return;
    if (waiting.every((frame) => typeof frame === 'string')) {
      this.#line.write(encodeFrames(waiting));
      return;
    }
    this.#line.cork();
    for (const frame of waiting) this.#line.write(typeof frame === 'string' ? encodeFrames([frame]) : frame.bytes);
    this.#line.uncork();
  }
}
