import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { Chat, Desk } from './chat.ts';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { House } from './house.ts';
import { expectSoundScreen } from './look.ts';
import { desktop, ownerAt, phone, until, Window } from './visit.ts';

const house = await House.open();
const { channelKey } = await house.setUp();
await house.receive('Can I pick it up at the yard?', 'Tove Berg');
await house.receive('Do you fire to order?', 'Luc Marin');
const snippet = `<script async src="${house.url}/widget.js?channel=${channelKey}"></script>`;
const pocket = { viewport: phone, hasTouch: true, isMobile: true };

async function box(what: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const found = await what.boundingBox();
  assert.ok(found, 'it has no place on the screen');
  return found;
}

/** Whether a thumb can reach it: inside of the window, and nothing lies over its middle. */
async function isInReach(what: Locator): Promise<boolean> {
  const { x, y, width, height } = await box(what);
  const inside = x >= 0 && y >= 0 && x + width <= phone.width && y + height <= phone.height;
  return (
    inside &&
    (await what.evaluate((element) => {
      const at = element.getBoundingClientRect();
      const root = element.getRootNode() as Document | ShadowRoot;
      const top = root.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
      return top !== null && (element === top || element.contains(top));
    }))
  );
}

test('on a phone the settings’ pages are one line, with the one that is shown in sight, and hours have room for a thumb', async () => {
  const { window, page } = await ownerAt(house, pocket);
  await page.goto(`${house.url}/app#/settings/embedding`);
  await page.reload();
  const tabs = page.getByRole('tablist', { name: 'Settings' }).getByRole('tab');
  await until('the last page is in reach', () => isInReach(tabs.last()));
  const tops = await tabs.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  assert.equal(new Set(tops).size, 1);
  await tabs.filter({ hasText: 'Inboxes' }).tap();
  await page.getByText('Weekly hours').tap();
  await page.getByRole('button', { name: 'Add a holiday' }).tap();
  const hours = page.locator('parlour-hours-editor').getByRole('button');
  await hours
    .filter({ has: page.locator('svg') })
    .first()
    .waitFor();
  for (const one of await hours.all()) {
    const { width, height } = await box(one);
    const name = (await one.getAttribute('aria-label')) ?? (await one.textContent());
    assert.ok(Math.min(width, height) >= 40, `a thumb has ${width} × ${height} px of "${name}"`);
  }
  await window.close();
});

test('on a phone there is one panel at a time, and a way back from each', async () => {
  const { window, page } = await ownerAt(house, pocket);
  const desk = new Desk(page);
  const list = page.locator('parlour-inbox');
  const contact = page.locator('parlour-contact');
  await desk.rows('Tove').waitFor();
  assert.equal(await desk.conversation.isVisible(), false);

  await desk.rows('Tove').tap();
  await desk.message('Can I pick it up').waitFor();
  await list.waitFor({ state: 'hidden' });
  await until('the composer is in reach', () => isInReach(desk.field));
  const actions = await desk.conversation.getByRole('group', { name: 'Actions' }).getByRole('button').all();
  assert.ok(actions.length > 3);
  for (const one of actions) {
    const { height } = await box(one);
    assert.ok(height >= 40, `a thumb has ${height} px of "${await one.textContent()}"`);
  }
  // What keys do is said where there are some, to those who listen as well.
  const listener = await window.context.newCDPSession(page);
  const { nodes } = await listener.send('Accessibility.getFullAXTree');
  const seen = nodes.filter(({ ignored }) => !ignored);
  const field = seen.find(({ role, name }) => role?.value === 'textbox' && /Reply/.test(String(name?.value)));
  assert.deepEqual([!!field, field?.description?.value ?? ''], [true, '']);
  const said = seen.flatMap(({ name, description }) => [name?.value, description?.value].map(String));
  assert.deepEqual(
    said.filter((text) => /Shift/.test(text)),
    [],
  );
  await desk.field.fill('Any day until five.');
  await until('the send button is in reach', () =>
    isInReach(desk.conversation.getByRole('button', { name: 'Send', exact: true })),
  );
  await desk.reply('Any day until five.');
  await desk.message('Any day until five.').waitFor();

  await desk.conversation.getByRole('button', { name: 'Contact' }).tap();
  await contact.getByText('First seen').waitFor();
  assert.equal(await desk.field.isVisible(), false);
  await page.getByRole('button', { name: 'Back to the conversation' }).tap();
  await desk.message('Any day until five.').waitFor();

  await desk.conversation.getByRole('button', { name: 'Back to the list' }).tap();
  await desk.rows('Luc').waitFor();
  assert.equal(await desk.conversation.isVisible(), false);

  // The phone's own way back.
  await desk.rows('Luc').tap();
  await desk.message('Do you fire to order?').waitFor();
  await page.goBack();
  await desk.rows('Tove').waitFor();
  assert.equal(await desk.conversation.isVisible(), false);
  await page.goForward();
  await desk.message('Do you fire to order?').waitFor();

  await page.reload();
  await desk.message('Do you fire to order?').waitFor();
  await desk.conversation.getByRole('button', { name: 'Back to the list' }).tap();
  await desk.rows('Tove').waitFor();
  await window.close();
});

test('every action on a conversation is in reach of a thumb', async () => {
  const { window, page } = await ownerAt(house, pocket);
  const desk = new Desk(page);
  await desk.rows('Luc').tap();
  await desk.message('Do you fire to order?').waitFor();
  const actions = desk.conversation.getByRole('group', { name: 'Actions' }).getByRole('button');
  const names = await actions.evaluateAll((buttons) =>
    buttons.map((button) => button.getAttribute('aria-label') ?? button.textContent?.trim()),
  );
  assert.ok(names.length >= 4, names.join());
  for (let index = 0; index < names.length; index += 1) {
    assert.ok(await isInReach(actions.nth(index)), `${names[index]} is out of reach`);
    const { width, height } = await box(actions.nth(index));
    assert.ok(width >= 24 && height >= 24, `${names[index]} is ${width} by ${height} px`);
  }
  await desk.conversation.getByRole('button', { name: 'Snooze' }).first().tap();
  const menu = await box(desk.conversation.getByRole('dialog', { name: 'Snooze until' }));
  assert.ok(
    menu.x >= 0 && menu.x + menu.width <= phone.width && menu.y + menu.height <= phone.height,
    JSON.stringify(menu),
  );
  await window.close();
});

test('the chat takes the whole of a phone, with the field in reach, and gives it back', async () => {
  const visitor = await Window.open(pocket);
  const page = await visitor.goTo(`${house.url}/demo/hearth-mug.html`);
  const chat = new Chat(page);
  await chat.launcher.tap();
  await chat.dialog.waitFor();
  await until(
    'it fills the window',
    () => box(chat.dialog),
    ({ x, y, width, height }) => {
      return x === 0 && y === 0 && width === phone.width && height === phone.height;
    },
  );
  assert.equal(await chat.launcher.isVisible(), false, 'the launcher does not lie over the field');
  await until('the field is in reach', () => isInReach(chat.field));
  for (let number = 1; number <= 12; number += 1) await chat.send(`Line ${number}`);
  await chat
    .stateOf('Line 12')
    .getByText(/Sent|Seen/)
    .waitFor({ state: 'attached' });
  await until('the newest is in sight', () => isInReach(chat.dialog.getByText('Line 12', { exact: true })));
  await until('the field is still in reach', () => isInReach(chat.field));
  assert.ok(await isInReach(chat.dialog.getByRole('button', { name: 'Close chat' })));
  // Smaller letters would make the browser zoom into the field.
  assert.ok(Number.parseFloat(await chat.field.evaluate((field) => getComputedStyle(field).fontSize)) >= 16);
  await chat.close();
  assert.ok(await isInReach(chat.launcher));
  await visitor.close();
});

const arabic = '<h1>ورشة الفخار</h1><p>أكواب وأباريق من الطين.</p>';
const site = await ForeignSite.open({
  '/rtl': { body: plainPage(snippet, `<main>${arabic}</main>`, 'lang="ar" dir="rtl"') },
});

for (const [size, options] of [
  ['desktop', { viewport: desktop }],
  ['phone', pocket],
] as const) {
  test(`on a page that reads from right to left the chat is mirrored, ${size}`, async () => {
    const visitor = await Window.open(options);
    const page = await visitor.goTo(`${site.origin}/rtl`);
    const chat = new Chat(page);
    const launcher = await box(chat.launcher);
    assert.ok(
      launcher.x > options.viewport.width / 2,
      'the launcher stays in the corner that was chosen: on the right',
    );
    await expectSoundScreen(page, `rtl-closed-${size}`);
    await chat.open();
    await chat.send('هل الإبريق آمن؟');
    await chat.stateOf('هل الإبريق آمن؟').getByText('أُرسلت').waitFor({ state: 'attached' });
    const { conversations } = await house.ask<{ conversations: { id: string }[] }>('GET', '/conversations?limit=1');
    await house.ask('POST', `/conversations/${conversations[0]?.id}/replies`, { text: 'نعم، تمامًا.' });
    await chat.dialog.getByText('نعم، تمامًا.', { exact: true }).waitFor();
    const [card, mine, theirs, send, field] = await Promise.all([
      box(chat.dialog),
      box(chat.dialog.locator('.messages .mine .bubble').first()),
      box(chat.dialog.locator('.messages .theirs .bubble').first()),
      box(chat.dialog.getByRole('button', { name: 'إرسال' })),
      box(chat.field),
    ]);
    if (size === 'desktop') assert.ok(card.x > desktop.width / 2, 'the card stands above the launcher');
    assert.ok(mine.x < theirs.x, 'one’s own words stand on the left');
    assert.ok(send.x < field.x, 'the send button ends the line');
    await expectSoundScreen(page, `rtl-conversation-${size}`);
    await visitor.close();
  });
}

test('in a low window the whole card is in sight, above the launcher', async () => {
  for (const height of [900, 650, 500]) {
    const window = await Window.open({ viewport: { width: 1366, height }, reducedMotion: 'reduce' });
    const page = await window.goTo(`${house.url}/demo/`);
    const chat = new Chat(page);
    await chat.open();
    const [card, launcher] = [await box(chat.dialog), await box(chat.launcher)];
    assert.ok(card.y >= 0, `in ${height} px the card begins at ${card.y}`);
    assert.ok(card.y + card.height <= launcher.y, `in ${height} px the card ends at ${card.y + card.height}`);
    await chat.dialog.getByRole('button', { name: 'Close chat' }).waitFor();
    await window.close();
  }
});
