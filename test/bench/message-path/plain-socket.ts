/**
 * A WebSocket client that costs next to nothing, so that the load is not the benchmark: it speaks the protocol to the letter
 * (RFC 6455), but masks with zeros, and a listener who only has to receive reads bytes and not frames.
 */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';

export class PlainSocket {
  readonly #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  #hear: ((text: string) => void) | null = null;

  private constructor(socket: Socket, head: Buffer) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    if (head.length > 0) this.#take(head);
  }

  static open(url: string, headers: Record<string, string>): Promise<PlainSocket> {
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
    };
    return new Promise((resolve, reject) => {
      const asked = request(url.replace('ws:', 'http:'), { headers: { ...headers, ...upgrade } });
      asked.on('upgrade', (_, socket, head) => resolve(new PlainSocket(socket as Socket, head)));
      asked.on('response', ({ statusCode }) => reject(new Error(`no socket: ${statusCode}`)));
      asked.on('error', reject);
      asked.end();
    });
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

  #take(bytes: Buffer): void {
    if (!this.#hear) return;
    let all = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
    for (;;) {
      const size = frameSize(all);
      if (!size || all.length < size.head + size.body) break;
      if ((all[0]! & 0x0f) === 1) this.#hear?.(all.toString('utf8', size.head, size.head + size.body));
      all = all.subarray(size.head + size.body);
    }
    this.#rest = all;
  }
}

function frameSize(bytes: Buffer): { head: number; body: number } | null {
  if (bytes.length < 2) return null;
  const short = bytes[1]! & 0x7f;
  if (short < 126) return { head: 2, body: short };
  if (short === 126) return bytes.length < 4 ? null : { head: 4, body: bytes.readUInt16BE(2) };
  return bytes.length < 10 ? null : { head: 10, body: Number(bytes.readBigUInt64BE(2)) };
}
