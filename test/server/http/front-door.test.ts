/** Whoever comes while the server starts. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, test } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { openFrontDoor, type FrontDoor } from '../../../server/http/front-door.ts';
import { until } from '../harness.ts';

const anywhere = { host: '127.0.0.1', port: 0 };
const sockets = new WebSocketServer({ noServer: true });
let door: FrontDoor | undefined;

async function open(waitMs?: number, mostWaiting?: number): Promise<FrontDoor> {
  door = await openFrontDoor(anywhere, waitMs, mostWaiting);
  return door;
}

function serve(starting: FrontDoor): void {
  starting.serve(
    (request) => new Response(`served ${new URL(request.url).pathname}`),
    (request, socket, head) => sockets.handleUpgrade(request, socket, head, (line) => line.send('welcome')),
  );
}

afterEach(() => {
  door?.server.closeAllConnections();
  door?.server.close();
});

const connections = ({ server }: FrontDoor): Promise<number> =>
  new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))));

test('a page that is opened then gets what it asked for, once there is something to get', async () => {
  const starting = await open();
  const came = once(starting.server, 'request');
  const answer = fetch(`${starting.address}/widget.js?channel=x`);
  await came;
  serve(starting);
  assert.equal(await (await answer).text(), 'served /widget.js');
  assert.equal(await (await fetch(`${starting.address}/again`)).text(), 'served /again');
});

test('a line that is opened then is taken, too', async () => {
  const starting = await open();
  const came = once(starting.server, 'upgrade');
  const line = new WebSocket(`${starting.address.replace('http', 'ws')}/ws`);
  const heard = once(line, 'message');
  await came;
  serve(starting);
  assert.equal(String((await heard)[0]), 'welcome');
  line.terminate();
});

test('what asks how things stand hears at once that it lives, and that it is not ready', async () => {
  const starting = await open();
  const [lives, ready] = await Promise.all([fetch(`${starting.address}/healthz`), fetch(`${starting.address}/readyz`)]);
  assert.deepEqual([lives.status, await lives.json()], [200, { status: 'ok' }]);
  assert.deepEqual([ready.status, await ready.json()], [503, { status: 'not ready' }]);
});

test('who has waited too long is told to come back, by request and by line', async () => {
  const starting = await open(10);
  const answer = await fetch(`${starting.address}/widget.js`);
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '1']);
  const line = new WebSocket(`${starting.address.replace('http', 'ws')}/ws`);
  const [error] = (await once(line, 'error')) as [Error];
  assert.match(error.message, /503/);
});

test('of more than can wait the last are told to come back at once', async () => {
  const starting = await open(60_000, 1);
  const came = once(starting.server, 'request');
  const first = fetch(`${starting.address}/first`);
  await came;
  assert.equal((await fetch(`${starting.address}/second`)).status, 503);
  serve(starting);
  assert.equal(await (await first).text(), 'served /first');
});

/** A client that asks for an upgrade and does nothing by itself. */
async function upgrading({ server }: FrontDoor, path: string): Promise<Socket> {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  const came = once(server, 'upgrade');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  await came;
  return socket;
}

test('a refused line that its client never closes is closed all the same', async () => {
  const [opened, late] = [await open(), await openFrontDoor(anywhere, 1)];
  serve(opened);
  try {
    for (const [at, path, status] of [
      [opened, '/elsewhere', '404'],
      [late, '/ws', '503'],
    ] as const) {
      const socket = await upgrading(at, path);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      assert.match(String(answer), new RegExp(`^HTTP/1.1 ${status} [^]*\r\n\r\n\\w`));
      await until('it is gone', async () => (await connections(at)) === 0);
      socket.destroy();
    }
  } finally {
    late.server.close();
  }
});

test('a line that breaks as it is refused harms nobody', async () => {
  const starting = await open(1);
  for (let round = 0; round < 20; round += 1) {
    for (const path of ['/elsewhere', '/ws']) (await upgrading(starting, path)).resetAndDestroy();
  }
  await until('all are gone', async () => (await connections(starting)) === 0);
  serve(starting);
  assert.equal(await (await fetch(`${starting.address}/after`)).text(), 'served /after');
});

test('a line that is broken off while it waits harms nobody', async () => {
  const starting = await open();
  const came = once(starting.server, 'upgrade');
  const line = new WebSocket(`${starting.address.replace('http', 'ws')}/ws`);
  line.on('error', () => undefined);
  await came;
  (line as unknown as { _req: { socket: { resetAndDestroy(): void } } })._req.socket.resetAndDestroy();
  await until('it is gone', async () => (await connections(starting)) === 0);
  serve(starting);
  assert.equal(await (await fetch(`${starting.address}/after`)).text(), 'served /after');
});
