import type { Duplex } from 'node:stream';

/**
 * Says why, and lets go: a client that keeps its half open would have the server keep the other for good.
 * @param status such as `404 Not Found`
 * @param sentence for whoever reads the answer
 */
export function refuseUpgrade(socket: Duplex, status: string, sentence: string, retryAfterS?: number): void {
  const lines = [
    `HTTP/1.1 ${status}`,
    ...(retryAfterS === undefined ? [] : [`Retry-After: ${retryAfterS}`]),
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(sentence)}`,
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${sentence}`, () => socket.destroy());
}
