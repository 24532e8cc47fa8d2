import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { UpgradeRefusingProxy } from '../upgrade-refusing-proxy.ts';
import { Chat, Desk } from './chat.ts';
import { House } from './house.ts';
import { ownerAt, until, Window } from './visit.ts';

const house = await House.open();
await house.setUp();
const owner = await ownerAt(house);
const mara = new Desk(owner.page);
const proxy = await UpgradeRefusingProxy.start(house.url);
after(() => proxy.stop());
const visitor = await Window.open();
// A browser says so of every line that does not come about, or is cut.
visitor.expectComplaint(/WebSocket connection to 'ws:.*failed/);
visitor.expectComplaint(/502/);
visitor.expectComplaint(/ERR_(INCOMPLETE_CHUNKED_ENCODING|CONNECTION_(RESET|CLOSED)|EMPTY_RESPONSE)/);

const shop = `${proxy.url}/demo/`;
const chat = new Chat(await visitor.goTo(shop));
const said: string[] = [];

test('behind a proxy that refuses every upgrade, a visitor and a teammate talk as ever', async () => {
  await chat.open();
  await chat.send('Do you ship to Norway?');
  await mara.choose('Do you ship to Norway?');
  await mara.reply('We do.');
  said.push('Do you ship to Norway?', 'We do.');
  await chat.expectMessages(said);
  await chat.send('What does it cost?');
  said.push('What does it cost?');
  await mara.expectMessages(said);
  await chat
    .stateOf('What does it cost?')
    .getByText(/Sent|Seen/)
    .first()
    .waitFor({ state: 'attached' });
  assert.ok(proxy.refused >= 2, 'WebSockets were tried');
  assert.equal(await chat.dialog.getByText('No connection.').count(), 0);
  const token = await chat.page.evaluate(() =>
    Object.values(localStorage).find((kept) => String(kept).startsWith('pv_')),
  );
  assert.match(String(token), /^pv_/);
  assert.ok(!visitor.asked.some((address) => address.includes(String(token).slice(0, 40))), 'no secret in an address');
});

test('a stream that is cut comes back, with what was said meanwhile', async () => {
  proxy.closed = true;
  proxy.cut();
  await chat.dialog.getByText('No connection.').waitFor();
  await mara.reply('Twelve euros.');
  proxy.closed = false;
  said.push('Twelve euros.');
  await chat.expectMessages(said);
  await chat.dialog.getByText('No connection.').waitFor({ state: 'detached' });
});

test('what could not be sent is still there after a reload, and goes out once', async () => {
  proxy.closed = true;
  proxy.cut();
  await chat.dialog.getByText('No connection.').waitFor();
  await chat.send('And to Iceland?');
  await chat.send('And to Malta?');
  await chat.stateOf('And to Malta?').getByText('Waiting for a connection').waitFor();
  await chat.keeps(2);
  await chat.page.reload();
  await chat.open();
  await chat.stateOf('And to Malta?').getByText('Waiting for a connection').waitFor();
  assert.deepEqual(await chat.messages(), ['And to Iceland?', 'And to Malta?']);
  await mara.expectMessages(said);
  proxy.closed = false;
  said.push('And to Iceland?', 'And to Malta?');
  await mara.expectMessages(said);
  await chat.expectMessages(said);
  await chat.page.reload();
  await chat.open();
  await chat.expectMessages(said);
  await mara.expectMessages(said);
});

test('what a tab that was closed could not send goes out from the other one, once, and both show the same', async () => {
  const other = new Chat(await visitor.goTo(shop));
  await other.open();
  await other.expectMessages(said);
  proxy.closed = true;
  proxy.cut();
  await other.dialog.getByText('No connection.').waitFor();
  await chat.dialog.getByText('No connection.').waitFor();
  await other.send('And to Cyprus?');
  await other.stateOf('And to Cyprus?').getByText('Waiting for a connection').waitFor();
  await chat.send('And to Greece?');
  await chat.keeps(2);
  await other.page.close();
  proxy.closed = false;
  await until(
    'both messages arrive',
    () => mara.messages(),
    (messages) => messages.length === said.length + 2,
  );
  const seen = await mara.messages();
  said.push(...seen.slice(said.length).map((text) => text.trim()));
  assert.deepEqual(said.slice(-2).sort(), ['And to Cyprus?', 'And to Greece?']);
  await chat.expectMessages(said);
  await chat.page.reload();
  await chat.open();
  await chat.expectMessages(said);
  await mara.expectMessages(said);
});
