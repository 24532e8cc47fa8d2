import type { RawData } from 'ws';
import { encodeFrames } from './encode-frames.ts';

/** JSON text, or that of a frame that goes to several. */
export type Frame = string | SharedFrame;

/** What a connection needs of the line it speaks over: a WebSocket gives it, and so does an HTTP stream. */
export type FrameSocket = {
  /** 1: open. */
  readonly readyState: number;
  /** Bytes that the reader has not yet taken. */
  readonly bufferedAmount: number;
  /** What one turn of the event loop sends, such as an answer and the event that follows it, leaves in one piece. */
  send(frame: Frame): void;
  /** Writes what is held back for the end of the turn. */
  leave(): void;
  /** @param taken called once the reader has taken it, or is gone */
  sendAtOnce(frame: string, taken: () => void): void;
  close(code: number): void;
  /** Ends it without a word. */
  terminate(): void;
  on(event: 'message', hear: (data: RawData, isBinary: boolean) => void): void;
  on(event: 'close' | 'error', hear: () => void): void;
};

/** A frame for several: however many WebSockets it goes to, it is made into bytes once. */
export class SharedFrame {
  readonly #text: string;
  #bytes: Buffer | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  /** As it stands on a WebSocket's line. */
  get bytes(): Buffer {
    return (this.#bytes ??= encodeFrames([this.#text]));
  }
}

/** A line with something to write. */
type Leaving = { leave(): void };

let leaving: Leaving[] = [];

/** Calls `leave` when this turn of the event loop has been through. */
export function leaveAfterThisTurn(line: Leaving): void {
  if (leaving.length === 0) setImmediate(leaveAll);
  leaving.push(line);
}

function leaveAll(): void {
  const lines = leaving;
  leaving = [];
  for (const line of lines) line.leave();
}
