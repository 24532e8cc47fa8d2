import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { Desk } from './chat.ts';
import { founding, House } from './house.ts';
import { until, Window } from './visit.ts';

const house = await House.open({ embedded: true });
const owner = await Window.open({ permissions: ['clipboard-read', 'clipboard-write'] });
const page = await owner.context.newPage();
const desk = new Desk(page);

async function fillSetUp(where: Page = page): Promise<void> {
  await where.getByLabel('Your name').fill(founding.ownerName);
  await where.getByLabel('Workspace name').fill(founding.name);
  await where.getByLabel('Email').fill(founding.email);
  await where.getByLabel('Password', { exact: true }).fill(founding.password);
}

test('the server prints where to go: the one-time link, the demo site and the snippet', () => {
  assert.match(house.greeting, new RegExp(`${house.url}/app#set-up=\\S{20,}`));
  assert.match(house.greeting, new RegExp(`${house.url}/demo/`));
  assert.match(house.greeting, /<script async src="http:\/\/\S+\/widget\.js\?channel=KEY"><\/script>/);
});

test('without the link the page says where to find it, and the demo shop says that there is no chat yet', async () => {
  await page.goto(`${house.url}/app`);
  await page.getByText('Open the set-up link that the server printed').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Create workspace' }).count(), 0);

  const stranger = await Window.open();
  stranger.expectComplaint(/status 404: .*\/widget\.js\?channel=/);
  stranger.expectComplaint(/Failed to load resource.*404/);
  stranger.expectComplaint(/there is no channel with this key/);
  const shop = await stranger.goTo(`${house.url}/demo/`);
  await shop.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await shop.locator('parlour-widget').count(), 0);
  await stranger.close();
});

test('a wrong link, opened in the same tab, is refused with a sentence, and what was written stays', async () => {
  await page.goto(`${house.url}/app#set-up=not-the-right-token`);
  await fillSetUp();
  owner.expectComplaint(/status 401: .*\/api\/v1\/set-up/);
  owner.expectComplaint(/Failed to load resource.*401/);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await page.getByRole('alert').getByText('This set-up link is not valid. Copy the whole link').waitFor();
  assert.equal(await page.getByLabel('Your name').inputValue(), founding.ownerName);
});

test('the printed link opens the form, and a password that is too short is named at its field', async () => {
  await page.goto(`${house.url}/app#set-up=${house.setUpToken}`);
  await fillSetUp();
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create workspace' }).click();
  const password = page.getByLabel('Password', { exact: true });
  await until(
    'the field is marked',
    () => password.getAttribute('aria-invalid'),
    (mark) => mark === 'true',
  );
});

const slower = await Window.open();

test('the form makes the owner and the workspace, and the owner stands in the inbox', async () => {
  await (await slower.goTo(`${house.url}/app#set-up=${house.setUpToken}`)).getByLabel('Your name').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(founding.password);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await page.getByRole('heading', { name: 'Customer Support' }).waitFor();
  await page.getByText('Kilnmere is ready for visitors').waitFor();
  await page.getByText('All caught up').waitFor();
  assert.doesNotMatch(page.url(), /set-up/, 'the token stays out of the address');
});

test('whoever had the form open and was slower is led to the sign-in', async () => {
  const late = slower.context.pages()[0]!;
  await fillSetUp(late);
  slower.expectComplaint(/status 410: .*\/api\/v1\/set-up/);
  slower.expectComplaint(/Failed to load resource.*410/);
  await late.getByRole('button', { name: 'Create workspace' }).click();
  await late.getByRole('alert').getByText('This Parlour is set up already').waitFor();
  await late.getByRole('link', { name: 'Sign in' }).click();
  await late.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await slower.close();
});

test('the snippet and the link to share are shown, and copying one puts it on the clipboard', async () => {
  const shown = await page.locator('parlour-snippet').locator('code').innerText();
  assert.match(shown, new RegExp(`^<script async src="${house.url}/widget\\.js\\?channel=\\w+"></script>$`));
  await page.locator('parlour-snippet').getByRole('button', { name: 'Copy' }).first().click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), shown);
  const link = page.getByRole('group', { name: 'Link to share' });
  await link.getByRole('button', { name: 'Copy' }).click();
  await link.getByRole('button', { name: 'Copied' }).waitFor();
  const key = /channel=(\w+)/.exec(shown)?.[1];
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${house.url}/chat/${key}`);
});

test('the link beside it opens the demo shop with the chat of this very channel', async () => {
  const opened = owner.context.waitForEvent('page');
  await page.getByRole('link', { name: /Try it on the demo shop/ }).click();
  const shop = await opened;
  await shop.getByRole('button', { name: /^Open chat/ }).waitFor();
  const shown = await page.locator('parlour-snippet').locator('code').innerText();
  const key = /channel=(\w+)/.exec(shown)?.[1];
  assert.ok(key);
  assert.equal(await shop.locator(`script[src*="channel=${key}"]`).count(), 1);
  await shop.close();
});

test('opening hours are Monday to Friday from nine to five in the zone of the browser', async () => {
  const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  await page.getByRole('button', { name: 'Kilnmere: menu' }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'Inboxes' }).click();
  const monday = settings.getByRole('group', { name: 'Monday' });
  assert.equal(await monday.getByLabel('Monday, opens').inputValue(), '09:00');
  assert.equal(await monday.getByLabel('Monday, closes').inputValue(), '17:00');
  assert.equal(await settings.getByLabel('Friday, opens').inputValue(), '09:00');
  await settings.getByRole('group', { name: 'Saturday' }).getByText('Closed').waitFor();
  assert.equal(await settings.getByLabel('Time zone').inputValue(), zone);
  assert.equal(await settings.getByRole('radio', { name: /^Rotate/ }).isChecked(), true);
  await settings.getByRole('button', { name: 'Close', exact: true }).click();
});

test('the link is used up', async () => {
  const stranger = await Window.open();
  const late = await stranger.goTo(`${house.url}/app#set-up=${house.setUpToken}`);
  await late.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await late.getByText(/^This set-up link has been used/).waitFor();
  const answer = await fetch(`${house.url}/api/v1/set-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.url },
    body: JSON.stringify({ token: house.setUpToken, ...founding, email: 'second@kilnmere.example' }),
  });
  assert.equal(answer.status >= 400 && answer.status < 500, true, String(answer.status));
  await stranger.close();
});

test('who signs out is out; a wrong password gets a sentence, the right one the inbox', async () => {
  await page.getByRole('button', { name: 'Kilnmere: menu' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();

  owner.expectComplaint(/status 401: .*\/api\/v1\/session/);
  await page.getByLabel('Email').fill(founding.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page
    .getByRole('alert')
    .getByText('This email and password do not go together. Check both and try again.')
    .waitFor();

  await page.getByLabel('Password', { exact: true }).fill(founding.password);
  await page.getByLabel('Password', { exact: true }).press('Enter');
  await desk.tab('Open').waitFor();
});
