/** Rule 12: what a client does about a line that it could not watch for a while. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench, reached, teammateWelcome, visitorWelcome, welcomed } from './fixture.ts';

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
    stand[place].dispatchEvent(new Event(back));
    const next = await stand.server.peer();
    assert.equal((await next.take('hello')).resume?.epoch, 'first');
    next.send(visitorWelcome([], { recovered: true }));
    assert.equal((await next.take('command')).id, id);
    assert.equal(client.status, 'online');
  });
}
