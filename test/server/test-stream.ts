/** The protocol over HTTP, as raw requests. */
import assert from 'node:assert/strict';
import type { ServerFrame } from '../../shared/wire/frames.ts';
import { until } from './harness.ts';
import type { TestServer } from './harness.ts';

type Frame<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;

const open = new Set<TestStream>();

export class TestStream {
  readonly answer: Response;
  readonly frames: ServerFrame[] = [];
  key = '';
  closeCode: number | undefined;
  ended = false;
  readonly #server: TestServer;
  readonly #origin: string;
  readonly #leaving = new AbortController();
  #read = 0;

  private constructor(server: TestServer, origin: string, answer: Response, leaving: AbortController) {
    this.#server = server;
    this.#origin = origin;
    this.answer = answer;
    this.#leaving = leaving;
    open.add(this);
    void this.#listen().finally(() => {
      this.ended = true;
      open.delete(this);
    });
  }

  /** @param first what stands in the body: a hello, if all is well */
  static async open(
    server: TestServer,
    first: unknown,
    origin = 'https://shop.example',
    headers: Record<string, string> = {},
  ): Promise<TestStream> {
    const leaving = new AbortController();
    const body = typeof first === 'string' ? first : JSON.stringify(first);
    const init = { method: 'POST', body, headers: { ...headers, origin }, signal: leaving.signal };
    return new TestStream(server, origin, await fetch(`${server.url}/stream`, init), leaving);
  }

  async #listen(): Promise<void> {
    let rest = '';
    try {
      for await (const chunk of this.answer.body!.pipeThrough(new TextDecoderStream())) {
        const messages = (rest + chunk).split('\n\n');
        rest = messages.pop()!;
        for (const message of messages) this.#hear(message);
      }
    } catch (error) {
      // Left by the test, or cut by the server; anything else is a fault.
      if (!this.#leaving.signal.aborted && !(error instanceof TypeError)) throw error;
    }
  }

  #hear(message: string): void {
    const lines = message.split('\n');
    const data = lines.at(-1)!.replace(/^data: /, '');
    if (lines[0] === 'event: line') this.key = data;
    else if (lines[0] === 'event: close') this.closeCode = Number(data);
    else this.frames.push(JSON.parse(data) as ServerFrame);
  }

  /** Sends frames up, in one request, and gives its answer. */
  async send(...frames: unknown[]): Promise<Response> {
    await until('the line has a key', () => this.key);
    const lines = frames.map((frame) => (typeof frame === 'string' ? frame : JSON.stringify(frame)));
    return this.sendAs(this.key, this.#origin, lines.join('\n'));
  }

  sendAs(key: string, origin: string, text: string): Promise<Response> {
    return fetch(`${this.#server.url}/stream/frames`, {
      method: 'POST',
      body: `${key}\n${text}`,
      headers: { origin },
    });
  }

  async next<T extends ServerFrame['type']>(
    type: T,
    wanted: (frame: Frame<T>) => boolean = () => true,
  ): Promise<Frame<T>> {
    return until(`a frame "${type}"`, () => {
      while (this.#read < this.frames.length) {
        const frame = this.frames[this.#read++]!;
        if (frame.type === type && wanted(frame as Frame<T>)) return frame as Frame<T>;
      }
      if (this.ended) assert.fail(`ended with ${this.closeCode} before "${type}": ${JSON.stringify(this.frames)}`);
      return undefined;
    });
  }

  async closed(): Promise<number | undefined> {
    await until('the stream ends', () => this.ended);
    return this.closeCode;
  }

  /** The browser goes away. */
  leave(): void {
    this.#leaving.abort();
  }
}

export function closeStreams(except?: TestStream): void {
  for (const stream of open) if (stream !== except) stream.leave();
}
