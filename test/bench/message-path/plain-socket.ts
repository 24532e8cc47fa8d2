/**
 * A WebSocket client that costs next to nothing, so that the load is not the benchmark: it speaks the protocol to the letter
 * (RFC 6455), but masks with zeros, reads into one buffer that all share, and a listener who only has to receive reads bytes and not frames.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** What arrives is copied out of it or read before the next read: Node calls back in between. */
const inbox = Buffer.allocUnsafe(256 * 1_024);

export class PlainSocket {
  readonly #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  #hear: ((text: string) => void) | null = null;
  #upgraded: ((error?: Error) => void) | null;

  private constructor(url: URL, upgraded: (error?: Error) => void) {
    this.#upgraded = upgraded;
    this.#socket = connect({
      host: url.hostname,
      port: Number(url.port),
      noDelay: true,
      onread: {
        buffer: inbox,
        callback: (length, bytes) => {
          this.#take(bytes as Buffer, length);
          return true;
        },
      },
    });
    this.#socket.on('error', () => undefined);
  }

  static async open(address: string, headers: Record<string, string>): Promise<PlainSocket> {
    const url = new URL(address);
    const lines = Object.entries({
      host: url.host,
      ...headers,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    let plain: PlainSocket | undefined;
    await new Promise<void>((resolve, reject) => {
      plain = new PlainSocket(url, (error) => (error ? reject(error) : resolve()));
      plain.#socket.write(`GET ${url.pathname} HTTP/1.1\r\n${lines.join('')}\r\n`);
    });
    return plain!;
  }

  /** Every text frame from now on; null to receive without reading, for good: frames that are cut would not be found again. */
  hear(listener: ((text: string) => void) | null): void {
    this.#hear = listener;
  }

  send(text: string): void {
    const length = Buffer.byteLength(text);
    const head = length < 126 ? 6 : 8;
    const frame = Buffer.alloc(head + length);
    frame[0] = 0x81;
    if (length < 126) frame[1] = 0x80 | length;
    else {
      frame[1] = 0x80 | 126;
      frame.writeUInt16BE(length, 2);
    }
    frame.write(text, head);
    this.#socket.write(frame);
  }

  terminate(): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer, length: number): void {
    if (!this.#hear && !this.#upgraded) return;
    const fresh = bytes.subarray(0, length);
    let all = this.#rest.length > 0 ? Buffer.concat([this.#rest, fresh]) : fresh;
    if (this.#upgraded) {
      const end = all.indexOf('\r\n\r\n');
      if (end >= 0) {
        const status = all.toString('latin1', 0, all.indexOf('\r\n'));
        all = all.subarray(end + 4);
        this.#upgraded(status.startsWith('HTTP/1.1 101 ') ? undefined : new Error(`no socket: ${status}`));
        this.#upgraded = null;
      }
      this.#rest = Buffer.from(all);
      return;
    }
    for (;;) {
      const size = frameSize(all);
      if (!size || all.length < size.head + size.body) break;
      if ((all[0]! & 0x0f) === 1) this.#hear?.(all.toString('utf8', size.head, size.head + size.body));
      all = all.subarray(size.head + size.body);
    }
    this.#rest = all.length > 0 ? Buffer.from(all) : all;
  }
}

function frameSize(bytes: Buffer): { head: number; body: number } | null {
  if (bytes.length < 2) return null;
  const short = bytes[1]! & 0x7f;
  if (short < 126) return { head: 2, body: short };
  if (short === 126) return bytes.length < 4 ? null : { head: 4, body: bytes.readUInt16BE(2) };
  return bytes.length < 10 ? null : { head: 10, body: Number(bytes.readBigUInt64BE(2)) };
}
