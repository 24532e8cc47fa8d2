/** An inbox whose words are English, in browsers that are not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Desk } from './chat.ts';
import { House } from './house.ts';
import { ownerAt } from './visit.ts';

const house = await House.open();
await house.setUp();
await house.receive('When is it here?', 'Ada Stone');

test('its dates and numbers are in the language of its words', async () => {
  const { window, page } = await ownerAt(house, { locale: 'de-DE' });
  const desk = new Desk(page);
  await desk.choose('When is it here?');
  assert.match(await desk.rows('When is it here?').innerText(), /\b(now|min|hr)\b/);
  const day = desk.conversation.getByText(/^(Today|Yesterday|Heute|Gestern)$/).first();
  assert.match(await day.innerText(), /day$/);
  const times = await desk.conversation.locator('.message time').allInnerTexts();
  assert.match(times.join(), /^\d+:\d\d\s[AP]M$/);
  await page.goto(`${house.url}/app#/settings/inboxes`);
  await page.getByText('Weekly hours').click();
  await page.getByRole('group', { name: 'Monday' }).waitFor();
  await window.close();
});

test('a reader whose English has habits of its own keeps them', async () => {
  const { window, page } = await ownerAt(house, { locale: 'en-GB' });
  const desk = new Desk(page);
  await desk.choose('When is it here?');
  const times = await desk.conversation.locator('.message time').allInnerTexts();
  assert.match(times.join(), /^\d+:\d\d$/);
  await window.close();
});
