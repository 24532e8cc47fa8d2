import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chat, Desk } from './chat.ts';
import { House } from './house.ts';
import { ownerAt, teammateAt, until, Window } from './visit.ts';

const house = await House.open({ embedded: true });
await house.setUp();
const jonas = await house.hire('Jonas Brandt');
const owner = await ownerAt(house);
const mara = new Desk(owner.page);
const colleague = await teammateAt(house, jonas);
const desk = new Desk(colleague.page);
const visitor = await Window.open();
const chat = new Chat(await visitor.goTo(`${house.url}/demo/tide-bowl.html`));

/** The conversation so far, in order. */
const said: string[] = [];
/** Notes, by the message that they stand behind. */
const notes: Record<string, string> = {
  'Have a good journey.': 'Asked from a train.',
  'Kept, one.': 'Kept, inside.',
};
/** As the team sees it. */
const inside = (): string[] => said.flatMap((text) => [text, ...(notes[text] ? [notes[text]] : [])]);

/** In the browser: how many commands are kept for the next page. */
async function countKept(): Promise<number> {
  let count = 0;
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('parlour:')) continue;
    const opening = indexedDB.open(name);
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const counting = opening.result.transaction('unsent').objectStore('unsent').count();
    await new Promise((resolve) => (counting.onsuccess = resolve));
    count += counting.result;
    opening.result.close();
  }
  return count;
}

// A browser says so of every socket and request that a dead or unplugged line costs, and a server that stops or starts says 503.
for (const window of [owner.window, colleague.window, visitor]) {
  window.expectComplaint(/WebSocket connection to 'ws:.*failed|status 503: .*\/stream$|status of 503/);
  window.expectComplaint(
    /ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|INTERNET_DISCONNECTED|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/,
  );
}

test('a conversation is under way', async () => {
  await chat.open();
  await chat.send('Do the bowls stack?');
  await mara.choose('Do the bowls stack?');
  await mara.reply('They do, up to six.');
  said.push('Do the bowls stack?', 'They do, up to six.');
  await chat.expectMessages(said);
});

test('the server is killed while both write: what is written waits in sight', async () => {
  await house.kill();
  await chat.dialog.getByText('No connection. What you write is kept and will be sent.').waitFor();
  await owner.page.getByText('Connection lost – trying again. What you write is kept.').waitFor();
  await chat.send('And in the oven?');
  await chat.send('At 200 degrees?');
  await mara.reply('Which glaze do you have?');
  await chat.stateOf('And in the oven?').getByText('Waiting for a connection').waitFor();
  await chat.stateOf('At 200 degrees?').getByText('Waiting for a connection').waitFor();
  await mara.message('Which glaze do you have?').getByText('Goes out when the line is back').waitFor();
});

test('started again, nothing is lost, everything is there once, and both windows go on by themselves', async () => {
  await house.start();
  await chat
    .stateOf('At 200 degrees?')
    .getByText(/Sent|Seen/)
    .waitFor({ state: 'attached' });
  await mara
    .message('Which glaze do you have?')
    .getByText('Goes out when the line is back')
    .waitFor({ state: 'detached' });
  const seen = await until(
    'both see three more',
    () => chat.messages(),
    (messages) => messages.length === 5,
  );
  assert.deepEqual(seen.slice(0, 2), said);
  assert.deepEqual(
    [...seen].sort(),
    [...said, 'And in the oven?', 'At 200 degrees?', 'Which glaze do you have?'].sort(),
  );
  assert.ok(seen.indexOf('And in the oven?') < seen.indexOf('At 200 degrees?'), 'in the order of writing');
  said.splice(0, said.length, ...seen);
  await mara.expectMessages(said);
  await chat.dialog.getByText('No connection.').waitFor({ state: 'detached' });
  await owner.page.getByText('Connection lost').waitFor({ state: 'detached' });

  await mara.reply('Both glazes are fine with it.');
  said.push('Both glazes are fine with it.');
  await chat.expectMessages(said);
});

test('a restart under way does not tear: killed in the same moment as a message is sent, it arrives once', async () => {
  await Promise.all([chat.send('How long do they take to arrive?'), house.kill()]);
  await house.start();
  said.push('How long do they take to arrive?');
  await mara.expectMessages(said);
  await chat.expectMessages(said);
  await chat
    .stateOf('How long do they take to arrive?')
    .getByText(/Sent|Seen/)
    .waitFor({ state: 'attached' });
});

test('a visitor without a network: the message waits in sight and goes out exactly once', async () => {
  await visitor.context.setOffline(true);
  await chat.dialog.getByText('No connection.').waitFor();
  await chat.send('I am on a train.');
  await chat.stateOf('I am on a train.').getByText('Waiting for a connection').waitFor();
  await mara.expectMessages(said);
  await visitor.context.setOffline(false);
  said.push('I am on a train.');
  await mara.expectMessages(said);
  await chat
    .stateOf('I am on a train.')
    .getByText(/Sent|Seen/)
    .waitFor({ state: 'attached' });
  await chat.expectMessages(said);
});

test('a visitor who went without a network hears afterwards what was said meanwhile', async () => {
  await visitor.context.setOffline(true);
  await chat.dialog.getByText('No connection.').waitFor();
  await mara.reply('Two to three days.');
  said.push('Two to three days.');
  await mara.expectMessages(said);
  await visitor.context.setOffline(false);
  await chat.expectMessages(said);
});

test('a teammate without a network closes what the visitor goes on with: it stays open, and the teammate reads why', async () => {
  await owner.window.context.setOffline(true);
  await owner.page.getByText('Connection lost').waitFor();
  await mara.press('Close');
  await mara.status.getByText('Closes when the line is back').waitFor();
  await chat.send('Wait! One more thing.');
  said.push('Wait! One more thing.');
  await chat
    .stateOf('Wait! One more thing.')
    .getByText(/Sent|Seen/)
    .waitFor({ state: 'attached' });
  await owner.window.context.setOffline(false);
  await mara.conversation.getByText('A new message came in. Read it before you close the conversation.').waitFor();
  await mara.expectMessages(said);
  await mara.status.getByText('Open', { exact: true }).waitFor();
});

test('a teammate without a network: reply and note wait in sight and go out exactly once', async () => {
  await owner.window.context.setOffline(true);
  await owner.page.getByText('Connection lost').waitFor();
  await mara.reply('Have a good journey.');
  await mara.message('Have a good journey.').getByText('Goes out when the line is back').waitFor();
  await mara.note('Asked from a train.');
  await mara.message('Asked from a train.').getByText('Goes out when the line is back').waitFor();
  await chat.expectMessages(said);
  await owner.window.context.setOffline(false);
  await chat.expectMessages([...said, 'Have a good journey.']);
  said.push('Have a good journey.');
  await mara.expectMessages(inside());
});

test('a teammate’s reply and note outlive a reload while the server is away, and go out once, with two tabs open', async () => {
  const second = await owner.window.goTo(`${house.url}/app`);
  await new Desk(second).choose('Have a good journey.');
  await house.kill();
  await owner.page.getByText('Connection lost').waitFor();
  await mara.reply('Kept, one.');
  await mara.note('Kept, inside.');
  await mara.reply('Kept, two.');
  await mara.message('Kept, two.').getByText('Goes out when the line is back').waitFor();
  // It stands in the thread before the browser has written it down.
  await until(
    'all three are kept',
    () => owner.page.evaluate(countKept),
    (count) => count === 3,
  );
  const url = owner.page.url();
  await owner.page.reload().catch(() => undefined);
  await house.start();
  await owner.page.goto(url);
  said.push('Kept, one.', 'Kept, two.');
  await chat.expectMessages(said);
  await mara.choose('Kept, two.');
  await mara.expectMessages(inside());
  await new Desk(second).expectMessages(inside());
  await second.close();
});

test('two teammates and two tabs of the visitor see the same, and each other’s words', async () => {
  await desk.choose('Kept, two.');
  await desk.expectMessages(inside());
  const second = new Chat(await visitor.goTo(`${house.url}/demo/`));
  await second.open();
  await second.expectMessages(said);

  await second.send('Thank you!');
  await desk.message('Thank you!').waitFor();
  await desk.reply('You are welcome, from Jonas too.');
  said.push('Thank you!', 'You are welcome, from Jonas too.');
  await chat.expectMessages(said);
  await second.expectMessages(said);
  await mara.expectMessages(inside());
  await desk.expectMessages(inside());
});

test('a page loaded anew shows the same as the ones that stayed', async () => {
  const stayed = await mara.messages();
  await owner.page.reload();
  await mara.expectMessages(stayed.map((text) => text.trim()));
});

test('an operator stops and starts the server: nobody has to do anything', async () => {
  await house.stop();
  await chat.dialog.getByText('No connection.').waitFor();
  await chat.send('Are you still there?');
  await house.start();
  said.push('Are you still there?');
  await chat.expectMessages(said);
  await desk.message('Are you still there?').waitFor();
  await mara.message('Are you still there?').waitFor();
});

test('a teammate’s reply and close outlive a reload without a network, and are carried out once, in their order', async () => {
  const reply = 'We are. Have a nice day!';
  await owner.window.context.setOffline(true);
  await owner.page.getByText('Connection lost').waitFor();
  await mara.reply(reply);
  await mara.message(reply).getByText('Goes out when the line is back').waitFor();
  await mara.press('Close');
  await mara.status.getByText('Closes when the line is back').waitFor();
  await mara.keeps(2);
  const url = owner.page.url();
  await owner.page.reload().catch(() => undefined);
  await owner.window.context.setOffline(false);
  await owner.page.goto(url);

  await desk.status.getByText('Closed', { exact: true }).waitFor();
  const entries = desk.conversation.locator('[data-part-id]');
  const last = await entries.filter({ hasText: /have a nice day|closed this/i }).allInnerTexts();
  assert.match(last.join('|'), /^[^|]*Have a nice day![^|]*\|[^|]*closed this[^|]*$/);
  assert.equal(await chat.dialog.locator('.messages').getByText(reply, { exact: true }).count(), 1);
  await mara.keeps(0);

  await owner.window.context.setOffline(true);
  await owner.page.getByText('Connection lost').waitFor();
  await mara.press('Reopen');
  await mara.status.getByText('Opens when the line is back').waitFor();
  await owner.window.context.setOffline(false);
  await desk.status.getByText('Open', { exact: true }).waitFor();
  await mara.status.getByText('Open', { exact: true }).waitFor();
});
