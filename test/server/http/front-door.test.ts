/** Whoever comes while the server starts. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { afterEach, test } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { openFrontDoor, type FrontDoor } from '../../../server/http/front-door.ts';
import { until } from '../harness.ts';

const anywhere = { host: '127.0.0.1', port: 0 };
const sockets = new WebSocketServer({ noServer: true });
let door: FrontDoor | undefined;

async function open(waitMs?: number): Promise<FrontDoor> {
  door = await openFrontDoor(anywhere, waitMs);
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
