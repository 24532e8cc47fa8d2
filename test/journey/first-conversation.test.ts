import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { Chat, Desk } from './chat.ts';
import { House } from './house.ts';
import { ownerAt, until, Window } from './visit.ts';

const secret = 'Discount code MOSS-20 is for friends only';
const house = await House.open();
await house.setUp();
const owner = await ownerAt(house);
const desk = new Desk(owner.page);
const visitor = await Window.open();
const shop = await visitor.goTo(`${house.url}/demo/ember-teapot.html`);
const chat = new Chat(shop);

/** Goes on writing, as people do, until the other side shows it: one signal alone may be dropped (rule 10). */
async function writeUntil(field: Locator, shown: Locator): Promise<void> {
  await until('the other side shows who is writing', async () => {
    await field.pressSequentially('and ', { delay: 20 });
    return (await shown.count()) > 0;
  });
}

test('a visitor opens the chat in the shop and is greeted', async () => {
  await chat.open();
  await chat.dialog.getByRole('heading', { name: 'Kilnmere' }).waitFor();
  await until('the field has the focus', () => chat.field.evaluate((field) => field.matches(':focus')));
  assert.deepEqual(await chat.messages(), []);
});

test('what the visitor writes is in the inbox by itself, with contact, page and owner', async () => {
  await chat.send('Is the teapot dishwasher safe?');
  await chat.expectMessages(['Is the teapot dishwasher safe?']);
  await chat
    .stateOf('Is the teapot dishwasher safe?')
    .getByText(/Sent|Seen/)
    .waitFor({ state: 'attached' });

  await desk.rows('Is the teapot dishwasher safe?').waitFor();
  await desk.choose('Is the teapot dishwasher safe?');
  await desk.expectMessages(['Is the teapot dishwasher safe?']);
  const origin = desk.conversation.locator('[part="origin"]');
  await origin.getByRole('link', { name: /ember-teapot\.html/ }).waitFor();
  // Rotation has the choice among one.
  await desk.conversation.getByRole('button', { name: /^Assigned to: You/ }).waitFor();
  const contact = owner.page.getByRole('complementary', { name: 'Contact' });
  await contact.getByText('First seen').waitFor();
  await contact.getByRole('heading', { name: 'Timeline' }).waitFor();
});

test('the teammate sees the visitor typing', async () => {
  await writeUntil(chat.field, desk.conversation.getByText(/is typing…/));
  await chat.field.fill('');
});

test('the visitor sees the teammate typing, then the answer with its Markdown', async () => {
  await writeUntil(desk.field, chat.dialog.getByText('Mara is writing'));
  await desk.reply('Yes: **top rack** only.');
  await chat.expectMessages(['Is the teapot dishwasher safe?', 'Yes: top rack only.']);
  await chat.dialog.locator('.bubble strong', { hasText: 'top rack' }).waitFor();
  await desk.expectMessages(['Is the teapot dishwasher safe?', 'Yes: top rack only.']);
  await chat.dialog.getByText('is writing').waitFor({ state: 'detached' });
});

test('the teammate sees that the answer was seen', async () => {
  await desk.conversation.getByText('Seen').waitFor();
});

test('a note stays inside the team', async () => {
  await desk.note(secret);
  await desk.message(secret).getByText('only your team sees this').waitFor();
  await desk.reply('Anything else?');
  await chat.expectMessages(['Is the teapot dishwasher safe?', 'Yes: top rack only.', 'Anything else?']);
  await desk.expectMessages(['Is the teapot dishwasher safe?', 'Yes: top rack only.', secret, 'Anything else?']);
});

test('with the chat closed an answer shows as a number on the bubble, and as none once it is read', async () => {
  await chat.close();
  await desk.reply('We also sell a strainer.');
  await chat.badge.getByText('1', { exact: true }).waitFor();
  await shop.getByRole('button', { name: 'Open chat, 1 unread' }).waitFor();
  await chat.open();
  await chat.dialog.getByText('We also sell a strainer.', { exact: true }).waitFor();
  await chat.close();
  await until(
    'the badge is empty',
    () => chat.badge.innerText(),
    (text) => text === '',
  );
});

test('the next page of the shop, loaded anew, remembers the conversation', async () => {
  await shop.goto(`${house.url}/demo/shipping.html`);
  await chat.open();
  await chat.expectMessages([
    'Is the teapot dishwasher safe?',
    'Yes: top rack only.',
    'Anything else?',
    'We also sell a strainer.',
  ]);
});

test('an answer that came while the visitor was away shows on the bubble of the next page', async () => {
  await shop.goto('about:blank');
  await desk.reply('It costs 9 euros.');
  await desk.message('It costs 9 euros.').locator('time').waitFor();
  await shop.goto(`${house.url}/demo/`);
  await shop.getByRole('button', { name: 'Open chat, 1 unread' }).waitFor();
  await chat.open();
  await chat.dialog.getByText('It costs 9 euros.', { exact: true }).waitFor();
});

test('a snoozed conversation leaves Open and comes back by itself', async () => {
  const name = /It costs 9 euros/;
  await desk.rows(name).waitFor();
  await desk.conversation.getByRole('button', { name: 'Snooze' }).first().click();
  const menu = desk.conversation.getByRole('dialog', { name: 'Snooze until' });
  await until('the menu has the focus', () => menu.evaluate((element) => element.querySelector(':focus') !== null));
  // A moment to come, as the field writes it in the zone of the browser.
  const moment = await owner.page.evaluate(() => {
    const at = new Date(Date.now() + 3_600_000);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  });
  await menu.getByLabel('Another moment').fill(moment);
  await menu.getByText(/Comes back on/).waitFor();
  await menu.getByRole('button', { name: 'Snooze', exact: true }).click();
  await desk.status.getByText(/Snoozed until/).waitFor();
  await desk.rows(name).waitFor({ state: 'detached' });
  await desk.tab('Snoozed').click();
  await desk.rows(name).waitFor();
  await desk.tab('Open').click();
  await desk.rows(name).waitFor({ state: 'detached' });

  // Put to another moment, some seconds ahead: how long all that takes to be seen is for the machine to say.
  const [, id] = /conversation\/([\w-]+)/.exec(owner.page.url()) ?? [];
  await house.ask('POST', `/conversations/${id}/snooze`, { until: new Date(Date.now() + 3_000).toISOString() });
  await desk.rows(name).waitFor();
  await desk.status.getByText('Open', { exact: true }).waitFor();
});

test('a closed conversation reopens when the visitor writes again, and stays one conversation', async () => {
  await desk.press('Close');
  await desk.status.getByText('Closed').waitFor();
  await desk.rows().first().waitFor({ state: 'detached' });
  await chat.send('One more thing!');
  await desk.rows('One more thing!').waitFor();
  await desk.status.getByText('Open', { exact: true }).waitFor();
  assert.equal(await desk.rows().count(), 1);
  await desk.reply('Go ahead.');
  await chat.dialog.getByText('Go ahead.', { exact: true }).waitFor();
});

test('the teammate reopens by hand, and marks as unread', async () => {
  await desk.press('Close');
  await desk.status.getByText('Closed').waitFor();
  await desk.press('Reopen');
  await desk.status.getByText('Open', { exact: true }).waitFor();
  await desk.press('Mark as unread');
  await desk.rows(/Unread/).waitFor();
});

test('somebody with several conversations sees them listed; what is written before the line is up stays', async () => {
  await chat.dialog.getByRole('button', { name: 'All conversations' }).click();
  await chat.dialog.getByRole('button', { name: 'New conversation' }).click();
  await chat.send('Something else entirely');
  await desk.rows('Something else entirely').waitFor();

  await shop.reload();
  await chat.open();
  await chat.dialog.getByRole('heading', { name: 'Your conversations' }).waitFor();
  await chat.dialog.getByRole('button', { name: /Something else entirely/ }).waitFor();
  await chat.dialog.getByRole('button', { name: /Go ahead\./ }).click();
  await chat.dialog.getByText('One more thing!', { exact: true }).waitFor();

  await shop.reload();
  await chat.launcher.waitFor();
  await shop.evaluate(async () => {
    // Faster than any hand, and than any line.
    await (window.Parlour as { open(): Promise<void> }).open();
    let place: Element | null | undefined = document.querySelector('parlour-widget');
    for (const name of ['parlour-widget-panel', 'parlour-widget-composer', 'textarea']) {
      place = place?.shadowRoot?.querySelector(name);
      await (place as { updateComplete?: Promise<unknown> } | null)?.updateComplete;
    }
    const field = place as HTMLTextAreaElement;
    field.value = 'In a hurry';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  });
  await chat.dialog.getByRole('button', { name: 'All conversations' }).waitFor();
  assert.equal(await chat.field.inputValue(), 'In a hurry');
  await chat.field.press('Enter');
  await desk.rows('In a hurry').waitFor();
});

test('nothing of the note or of the work around it ever went to the visitor', () => {
  assert.ok(visitor.heard.length > 10, 'the visitor heard something');
  const all = visitor.heard.join('\n');
  assert.match(all, /We also sell a strainer/);
  for (const word of ['MOSS-20', '"note"', 'snooz', 'assign', 'inboxId', '@kilnmere.example', 'Lindqvist']) {
    assert.ok(!all.includes(word), `the visitor was sent "${word}"`);
  }
});
