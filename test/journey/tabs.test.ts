/** One visitor, several tabs: one line, and every message once, in order, in each of them. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CaptivePortal } from '../captive-portal.ts';
import { Chat, Desk } from './chat.ts';
import { House } from './house.ts';
import { ownerAt, until, Window } from './visit.ts';

const house = await House.open();
await house.setUp();
const owner = await ownerAt(house);
const mara = new Desk(owner.page);
// The network between the visitor and the server; it counts what goes through it.
const network = await CaptivePortal.start(house.url);
after(() => network.stop());
const visitor = await Window.open();
visitor.expectComplaint(/WebSocket connection to 'ws:.*failed/);
visitor.expectComplaint(
  /ERR_(INCOMPLETE_CHUNKED_ENCODING|CONNECTION_(RESET|CLOSED|REFUSED)|EMPTY_RESPONSE|INTERNET_DISCONNECTED|ABORTED|SOCKET_NOT_CONNECTED)/,
);
owner.window.expectComplaint(
  /WebSocket connection to 'ws:.*failed|ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_EMPTY_RESPONSE/,
);

const shop = `${network.url}/demo/`;
const said: string[] = [];
let tabs: Chat[] = [];

async function openTabs(count: number): Promise<void> {
  while (tabs.length < count) {
    const chat = new Chat(await visitor.goTo(shop));
    await chat.open();
    if (said.length > 0) await shows(chat);
    tabs.push(chat);
  }
}

const oneSocket = (): Promise<unknown> =>
  until(
    'there is one socket',
    () => network.tunnels.size,
    (count) => count === 1,
  );

/** Long threads are drawn only where they are looked at: what is compared is their end, which overlaps from one look to the next. */
const RECENT = 8;

async function shows(chat: Chat | Desk): Promise<void> {
  await until(
    `the thread ends with ${said.slice(-RECENT).join(' | ')}`,
    async () => (await chat.messages()).slice(-RECENT).map((text) => text.trim()),
    (seen) => seen.join() === said.slice(-RECENT).join(),
  );
}

async function agree(): Promise<void> {
  for (const tab of tabs) await shows(tab);
  await shows(mara);
}

/** Each of them writes, one after the other, and hears an answer. */
async function talk(about: string): Promise<void> {
  for (const [index, tab] of tabs.entries()) {
    await tab.send(`${about}, tab ${index + 1}?`);
    said.push(`${about}, tab ${index + 1}?`);
    if (said.length === 1) await mara.choose(said[0] as string);
    await shows(mara);
  }
  await mara.reply(`${about}: yes.`);
  said.push(`${about}: yes.`);
  await agree();
}

test('two tabs have one socket, and show the same', async () => {
  await openTabs(1);
  await talk('Alone');
  await openTabs(2);
  await talk('Two');
  await oneSocket();
});

test('five tabs have one socket, and show the same', async () => {
  await openTabs(5);
  await talk('Five');
  await oneSocket();
});

test('the tab with the line is closed: the others go on, and none misses what was said at that moment', async () => {
  const [leader, second] = tabs as [Chat, Chat];
  await Promise.all([leader.page.close(), mara.reply('Closing.'), second.field.fill('Still here?')]);
  said.push('Closing.');
  tabs = tabs.slice(1);
  await agree();
  await second.field.press('Enter');
  said.push('Still here?');
  await agree();
  await talk('Four');
  await oneSocket();
});

test('the tab with the line crashes: the others go on', async () => {
  const [leader] = tabs as [Chat];
  // It never arrives anywhere.
  void leader.page.goto('chrome://crash').catch(() => undefined);
  tabs = tabs.slice(1);
  await talk('Three');
  await oneSocket();
  await leader.page.close();
});

test('the tab with the line is frozen: another takes over, and the frozen one catches up when it thaws', async () => {
  const [leader, ...others] = tabs as [Chat, ...Chat[]];
  const debug = await visitor.context.newCDPSession(leader.page);
  await debug.send('Page.setWebLifecycleState', { state: 'frozen' });
  const asleep = tabs;
  tabs = others;
  await talk('While one sleeps');
  await oneSocket();
  await debug.send('Page.setWebLifecycleState', { state: 'active' });
  tabs = asleep;
  await agree();
  await talk('All awake');
  await oneSocket();
});

test('without a network all of them say so and keep what is written; it goes out once when there is one', async () => {
  await visitor.context.setOffline(true);
  for (const tab of tabs) await tab.dialog.getByText('No connection.').waitFor();
  for (const [index, tab] of tabs.entries()) {
    await tab.send(`From a tunnel ${index}`);
    await tab.stateOf(`From a tunnel ${index}`).getByText('Waiting for a connection').waitFor();
  }
  await visitor.context.setOffline(false);
  await expectAlso(tabs.map((_, index) => `From a tunnel ${index}`));
  await oneSocket();
});

test('the server is killed and comes back: the same', async () => {
  // Both sides may ask while it starts, and it says so.
  for (const window of [visitor, owner.window]) window.expectComplaint(/50[0-9]/);
  await house.kill();
  for (const tab of tabs) await tab.dialog.getByText('No connection.').waitFor();
  for (const [index, tab] of tabs.entries()) await tab.send(`To a dead server ${index}`);
  await house.start();
  await expectAlso(tabs.map((_, index) => `To a dead server ${index}`));
  await oneSocket();
});

test('a network that wants a sign-in says so in every tab, and nothing is lost or said twice', async () => {
  visitor.expectComplaint(/is not an EventSource|unexpected response code|MIME type|CORS policy/i);
  network.close('page');
  for (const tab of tabs) await tab.dialog.getByText('Your network may ask you to sign in first.').waitFor();
  for (const [index, tab] of tabs.entries()) await tab.send(`From the hotel ${index}`);
  network.mode = 'open';
  await expectAlso(tabs.map((_, index) => `From the hotel ${index}`));
  for (const tab of tabs) await tab.dialog.getByText('No connection.').waitFor({ state: 'detached' });
});

/** What was written in several tabs at once stands in any order, and the same everywhere. */
async function expectAlso(news: readonly string[]): Promise<void> {
  const seen = await until(
    'all of it arrives',
    async () => (await mara.messages()).map((text) => text.trim()),
    (messages) => news.every((text) => messages.includes(text)),
  );
  const added = seen.slice(seen.lastIndexOf(said.at(-1) as string) + 1);
  assert.deepEqual([...added].sort(), [...news].sort());
  said.push(...added);
  await agree();
}

test('what is read in one tab is read in all: badge and title agree', async () => {
  const [one, other] = tabs as [Chat, Chat];
  for (const tab of tabs) await tab.close();
  await mara.reply('Are you there?');
  said.push('Are you there?');
  for (const tab of [one, other]) await tab.badge.getByText('1').waitFor();
  await one.page.bringToFront();
  await one.open();
  await shows(one);
  await until(
    'the other one’s badge is empty',
    () => other.badge.innerText(),
    (text) => text === '',
  );
  assert.equal(
    await other.page.evaluate(() => window.Parlour && 'unreadCount' in window.Parlour && window.Parlour.unreadCount),
    0,
  );
});

test('two tabs whose first messages go out at the same moment begin one conversation, which holds both', async () => {
  const another = await Window.open();
  const twins = [new Chat(await another.goTo(shop)), new Chat(await another.goTo(shop))];
  for (const twin of twins) {
    await twin.open();
    await twin.field.fill(`Twin ${twins.indexOf(twin)}`);
  }
  await Promise.all(twins.map((twin) => twin.field.press('Enter')));
  for (const twin of twins) {
    const seen = await until(
      'both stand there',
      async () => (await twin.messages()).map((text) => text.trim()),
      (messages) => messages.length >= 2,
    );
    assert.deepEqual([...seen].sort(), ['Twin 0', 'Twin 1']);
  }
  await mara.rows(/Twin/).first().waitFor();
  assert.equal(await mara.rows(/Twin/).count(), 1);
  await mara.choose(/Twin/);
  await until(
    'the teammate reads both',
    async () => (await mara.messages()).map((text) => text.trim()).sort(),
    (seen) => seen.join() === 'Twin 0,Twin 1',
  );
  await another.close();
});

for (const [which, missing] of Object.entries({ 'the one with the line': 0, 'another one': 1 })) {
  test(`tabs of which ${which} could not fetch what they share by go on, and share once it can`, async () => {
    const another = await Window.open();
    another.expectComplaint(/status 404|Failed to load resource/);
    // The first visitor's; those of a window that was closed end a little later.
    await oneSocket();
    const chats: Chat[] = [];
    const open = async (): Promise<void> => {
      const chat = new Chat(await another.goTo('about:blank'));
      chats.push(chat);
      // As a browser that remembers what failed, it never gets that address.
      if (chats.length - 1 === missing)
        await chat.page.route(/\/assets\/tab-sharing-[\w-]+\.js$/, (route) => route.fulfill({ status: 404 }));
      await chat.page.goto(shop);
      await chat.open();
    };
    await open();
    await chats[0]!.send(`Alone, without ${which}`);
    await open();
    await open();
    for (const chat of chats) await chat.expectMessages([`Alone, without ${which}`]);
    await until(
      'they have one socket beside that',
      () => network.tunnels.size,
      (count) => count === 2,
    );
    await chats[2]!.send('Together');
    for (const chat of chats) await chat.expectMessages([`Alone, without ${which}`, 'Together']);
    assert.ok(another.asked.some((address) => /tab-sharing-.+\.js\?$/.test(address)));
    await another.close();
  });
}
