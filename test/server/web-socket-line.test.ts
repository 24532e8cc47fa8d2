/** What leaves over a WebSocket, read by a real one at the other end. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { after, test } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { SharedFrame } from '../../server/realtime/frame-socket.ts';
import { WebSocketLine } from '../../server/realtime/web-socket-line.ts';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
await once(server, 'listening');
const address = server.address() as { port: number };
after(() => server.close());

/** Both ends of a line, how often ours was written to, and what the other heard. */
async function open() {
  const served = once(server, 'connection') as Promise<[WebSocket, { socket: Duplex }]>;
  const peer = new WebSocket(`ws://127.0.0.1:${address.port}`);
  const heard: string[] = [];
  peer.on('message', (data: Buffer, isBinary) => heard.push(isBinary ? 'binary' : String(data)));
  const closed = once(peer, 'close') as Promise<[number]>;
  const [socket, { socket: wire }] = await served;
  let writes = 0;
  const write = wire.write.bind(wire) as (...words: unknown[]) => boolean;
  wire.write = (...words: unknown[]) => {
    writes += 1;
    return write(...words);
  };
  const line = new WebSocketLine(socket, wire);
  return { line, peer, heard, closed, writes: () => writes };
}

test('frames of every length of head arrive whole, in their order', async () => {
  const { line, peer, heard, closed } = await open();
  const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000];
  const texts = sizes.map((size, index) => String(index).repeat(size).slice(0, size));
  texts.push('é'.repeat(63), 'é'.repeat(32_768), '🏺 Vasen für Ås 花瓶', '"\\\n');
  for (const text of texts) line.send(text);
  line.send(new SharedFrame(texts[3]!));
  line.close(1000);
  await closed;
  assert.deepEqual(heard, [...texts, texts[3]]);
  assert.equal(peer.readyState, WebSocket.CLOSED);
});

test('what one turn sends is one write, what the next sends another', async () => {
  const { line, heard, closed, writes } = await open();
  line.send('{"type":"ack"}');
  await Promise.resolve();
  line.send('{"type":"events"}');
  assert.equal(writes(), 0, 'the turn is not over');
  await new Promise(setImmediate);
  assert.equal(writes(), 1);
  line.send('{"type":"head"}');
  await new Promise(setImmediate);
  assert.equal(writes(), 2);
  line.close(1000);
  await closed;
  assert.deepEqual(heard, ['{"type":"ack"}', '{"type":"events"}', '{"type":"head"}']);
});

test('a frame for several is made into bytes once', async () => {
  const frame = new SharedFrame('{"type":"events","events":["å"]}');
  assert.equal(frame.bytes, frame.bytes);
  const ends = [await open(), await open()];
  for (const { line } of ends) {
    line.send('{"type":"ack"}');
    line.send(frame);
    line.close(1000);
  }
  for (const { closed, heard } of ends) {
    await closed;
    assert.deepEqual(heard, ['{"type":"ack"}', String(frame)]);
  }
});

test('what is to be sent at once comes after what was sent before it, and says when it was taken', async () => {
  const { line, heard, closed } = await open();
  line.send('first');
  await new Promise<void>((resolve) => line.sendAtOnce('second', resolve));
  line.send('third');
  line.close(1000);
  await closed;
  assert.deepEqual(heard, ['first', 'second', 'third']);
});

test('what waits counts as not yet taken, and a line that is gone takes nothing', async () => {
  const { line, heard, closed } = await open();
  line.send('x'.repeat(1_000));
  assert.ok(line.bufferedAmount >= 1_000);
  await new Promise(setImmediate);
  line.send('never');
  line.terminate();
  assert.notEqual(line.readyState, 1);
  const [code] = await closed;
  assert.equal(code, 1006);
  await new Promise(setImmediate);
  assert.ok(!heard.includes('never'));
  assert.equal(line.bufferedAmount, 0);
});
