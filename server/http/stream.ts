import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import { MAX_FRAME_BYTES } from '../../shared/wire/protocol.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Realtime } from '../realtime/realtime.ts';
import { describeUpgrade } from './request-origin.ts';

/** One frame of the largest size, after the key of its line. */
const LARGEST_BODY = MAX_FRAME_BYTES + 64;
const LINE_BREAK = 10;

/** Who may ask is seen at the hello, as with a WebSocket. Cookies do not travel with requests that this lets through. */
const open = { 'access-control-allow-origin': '*' };

/**
 * The protocol for networks that let no WebSocket through (rule 16). Bodies are plain text, so that no browser asks for permission
 * first, and hold everything that must not stand in an address.
 */
export function serveStream(app: Hono, { realtime, publicUrl }: { realtime: Realtime; publicUrl: string }): void {
  app.use('/stream/*', async (context, next) => {
    context.header('access-control-allow-origin', '*');
    await next();
  });

  app.post('/stream', async (context) => {
    const { incoming, outgoing } = context.env as HttpBindings;
    const hello = await readBody(incoming);
    if (hello.isCut) throw tooLarge();
    if (realtime.isDraining) throw new DomainError('unavailable', 'The server is about to stop. Please try again.');
    // Gone while it was read.
    if (outgoing.destroyed) return RESPONSE_ALREADY_SENT;
    outgoing.writeHead(200, {
      ...open,
      'content-type': 'text/event-stream',
      // What stands between might else wait for more before it passes anything on.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    realtime.stream(outgoing, describeUpgrade(incoming, publicUrl)).hear([hello.body]);
    return RESPONSE_ALREADY_SENT;
  });

  app.post('/stream/frames', async (context) => {
    const { incoming } = context.env as HttpBindings;
    const { body, isCut } = await readBody(incoming);
    const [key, ...frames] = linesOf(body);
    const socket = realtime.streamOf(String(key));
    // Unknown, gone and somebody else's are alike (rule 15).
    if (!socket || socket.origin !== incoming.headers.origin) {
      throw new DomainError('not_found', 'This line has ended. Open another.');
    }
    if (isCut) {
      socket.overflow();
      throw tooLarge();
    }
    socket.hear(frames);
    return context.body(null, 204);
  });
}

const tooLarge = () => new DomainError('too_large', 'A frame is at most 64 KiB.');

/** The body, as far as it may be kept; what goes beyond is read past, so that the answer is heard. */
function readBody(incoming: IncomingMessage): Promise<{ body: Buffer; isCut: boolean }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const done = (isCut: boolean): void => resolve({ body: Buffer.concat(chunks), isCut });
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
      else done(true);
    });
    incoming.once('end', () => done(false));
    incoming.once('error', () => reject(new DomainError('invalid', 'The request broke off.')));
  });
}

function linesOf(body: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < body.length;) {
    const at = body.indexOf(LINE_BREAK, from);
    const to = at < 0 ? body.length : at;
    lines.push(body.subarray(from, to));
    from = to + 1;
  }
  return lines;
}
