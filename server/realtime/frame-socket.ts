import type { RawData } from 'ws';

/** What a connection needs of the line it speaks over: a WebSocket gives it, and so does an HTTP stream. */
export type FrameSocket = {
  /** 1: open. */
  readonly readyState: number;
  /** Bytes that the reader has not yet taken. */
  readonly bufferedAmount: number;
  send(frame: string | Buffer, options: { binary: boolean }): void;
  send(frame: string, taken: () => void): void;
  close(code: number): void;
  /** Ends it without a word. */
  terminate(): void;
  on(event: 'message', hear: (data: RawData, isBinary: boolean) => void): void;
  on(event: 'close' | 'error', hear: () => void): void;
};

/** What the socket writes to: held back, what belongs together leaves in one piece. */
export type Corkable = { cork(): void; uncork(): void };
