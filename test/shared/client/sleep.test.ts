/** Rule 12: what a client does about a line that it could not watch for a while. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { bench, reached, teammateWelcome, until, visitorWelcome, welcomed } from './fixture.ts';
import type { Bench } from './fixture.ts';

const hour = 3_600_000;

test('after sleep the line is asked at once whether it stands, and kept when it does', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  stand.clock.sleep(hour);
  await peer.take('beat');
  peer.send({ type: 'head', position: '0', sent: 0 });
  const answered = client.query('visitor.snapshot', {});
  const { id } = await peer.take('query');
  peer.send({ type: 'answer', id, result: {} });
  await answered;
  stand.clock.advance(10_000);
  assert.equal(client.status, 'online');
});

test('after sleep a line that has gone is given up within four seconds, and what was underway goes out on the next', async (context) => {
  const stand = await bench(context);
  const client = stand.visitor();
  const peer = await welcomed(stand, client, visitorWelcome());
  void client.execute('conversation.reply', { conversationId: 'x', text: 'Before I slept' });
  const { id } = await peer.take('command');
  stand.clock.sleep(hour);
  assert.equal(client.status, 'online');
  stand.clock.advance(4_000);
  await reached(client, 'offline');
  stand.clock.advance(500);
  const next = await stand.server.peer();
  await next.take('hello');
  next.send(visitorWelcome([], { recovered: true }));
  assert.equal((await next.take('command')).id, id);
});

test('a beat that is a little late, as in a page in the background, asks for nothing', async (context) => {
  const stand = await bench(context);
  const client = stand.teammate();
  await welcomed(stand, client, teammateWelcome());
  stand.clock.sleep(27_000);
  stand.clock.advance(20_000);
  assert.equal(client.status, 'online');
});

for (const [place, event] of [
  ['window', 'online'],
  ['document', 'visibilitychange'],
] as const) {
  test(`at ${event} a line that seems to stand is asked whether it does`, async (context) => {
    const stand = await bench(context);
    const client = stand.visitor();
    const peer = await welcomed(stand, client, visitorWelcome());
    stand[place].dispatchEvent(new Event(event));
    await peer.take('beat');
    stand.clock.advance(4_000);
    assert.equal(client.status, 'offline');
  });
}

for (const [place, away, back] of [
  ['document', 'freeze', 'resume'],
  ['window', 'pagehide', 'pageshow'],
] as const) {
  test(`at ${away} the line is closed and nothing is left running, at ${back} it goes on from where it was`, async (context) => {
    const stand = await bench(context);
    const client = stand.visitor();
    const peer = await welcomed(stand, client, visitorWelcome());
    void client.execute('conversation.reply', { conversationId: 'x', text: 'Underway' });
    const { id } = await peer.take('command');
    stand[place].dispatchEvent(new Event(away));
    await peer.closed;
    assert.deepEqual(stand.clock.waits, []);
    // What the network does meanwhile is for whoever holds the line now.
    for (const change of ['offline', 'online']) stand.window.dispatchEvent(new Event(change));
    assert.deepEqual(stand.clock.waits, []);
    stand[place].dispatchEvent(new Event(back));
    const next = await stand.server.peer();
    assert.equal((await next.take('hello')).resume?.epoch, 'first');
    next.send(visitorWelcome([], { recovered: true }));
    assert.equal((await next.take('command')).id, id);
    assert.equal(client.status, 'online');
  });
}

/** A network that is gone: sockets and requests begin, and end when the test says so. */
function withoutNetwork(stand: Bench, context: TestContext) {
  const begun: ('socket' | 'http')[] = [];
  const failures: (() => void)[] = [];
  class DeadSocket {
    readyState = 0;
    onclose: ((event: { code: number }) => void) | null = null;
    constructor() {
      begun.push('socket');
      failures.push(() => this.onclose?.({ code: 1006 }));
    }
    close(): void {}
  }
  const fetching = context.mock.method(globalThis, 'fetch', () => {
    begun.push('http');
    return new Promise((_, reject) => failures.push(() => reject(new TypeError('Failed to fetch'))));
  });
  let isGone = true;
  stand.surroundings.canStream = true;
  stand.surroundings.WebSocket = new Proxy(stand.surroundings.WebSocket, {
    construct: (Live, [url]: [string]) => (isGone ? new DeadSocket() : new Live(url)) as WebSocket,
  });
  const fail = (): void => {
    for (const failure of failures.splice(0)) failure();
  };
  return {
    begun,
    fail,
    /** From here on there is one that lets HTTP through, and no WebSocket. */
    welcomeOverHttp(): void {
      const welcome = `event: line\ndata: key\n\ndata: ${JSON.stringify(visitorWelcome())}\n\n`;
      fetching.mock.mockImplementation(async (address: string | URL | Request) => {
        if (String(address).endsWith('/frames')) return new Response(null, { status: 204 });
        begun.push('http');
        const body = new ReadableStream({ start: (line) => line.enqueue(new TextEncoder().encode(welcome)) });
        return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
      });
    },
    restore(): void {
      isGone = false;
      fetching.mock.restore();
    },
    /** Lets one try after the other fail, until one of a kind is underway that comes after several others. */
    async tried(way: 'socket' | 'http'): Promise<void> {
      begun.length = 0;
      while (begun.length < 6 || begun.at(-1) !== way) {
        fail();
        stand.clock.advance(0);
        await new Promise(setImmediate);
      }
    },
  };
}

for (const way of ['socket', 'http'] as const) {
  test(`at online a try over ${way} that was begun without a network is left for a socket, at once`, async (context) => {
    const stand = await bench(context, () => 0);
    const network = withoutNetwork(stand, context);
    const client = stand.visitor();
    client.connect();
    await network.tried(way);
    network.restore();
    stand.window.dispatchEvent(new Event('online'));
    // What was underway may still end as it would have.
    network.fail();
    const peer = await stand.server.peer();
    await peer.take('hello');
    peer.send(visitorWelcome());
    await reached(client, 'online');
  });
}

test('what failed without a network does not count when there is one again', async (context) => {
  let share = 0;
  const stand = await bench(context, () => share);
  const network = withoutNetwork(stand, context);
  const client = stand.visitor();
  client.connect();
  await network.tried('http');
  share = 1;
  network.begun.length = 0;
  stand.window.dispatchEvent(new Event('online'));
  await until(() => network.begun.length > 0);
  // The first try may come before the network is all there.
  network.fail();
  assert.deepEqual(stand.clock.waits, [500]);
  network.restore();
  stand.clock.advance(500);
  await (await stand.server.peer()).take('hello');
  assert.deepEqual(network.begun, ['socket']);
});

test('a line over HTTP tells nothing of the network that comes after it: a socket is tried first', async (context) => {
  const stand = await bench(context, () => 0);
  const network = withoutNetwork(stand, context);
  const client = stand.visitor();
  client.connect();
  network.welcomeOverHttp();
  await until(() => {
    network.fail();
    stand.clock.advance(0);
    return client.status === 'online';
  });
  assert.equal(network.begun.at(-1), 'http');
  stand.window.dispatchEvent(new Event('offline'));
  network.begun.length = 0;
  stand.window.dispatchEvent(new Event('online'));
  await until(() => network.begun.length > 0);
  assert.deepEqual(network.begun, ['socket']);
});
