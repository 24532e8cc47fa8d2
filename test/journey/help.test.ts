/** A visitor who helps themselves: from an article written over the API to reading it by keyboard, and to asking after all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chat } from './chat.ts';
import { House } from './house.ts';
import { expectSoundScreen } from './look.ts';
import { until, Window } from './visit.ts';

const house = await House.open();
await house.setUp();

async function publish(title: string, text: string): Promise<string> {
  const { articleId } = await house.ask<{ articleId: string }>('POST', '/articles', { title, text });
  await house.ask('POST', `/articles/${articleId}/publish`);
  return articleId;
}

const repairs = await publish(
  'Repairs',
  'We mend chips with **gold**.\n\n- cups\n- bowls\n\n[Write](https://example.com/)',
);
await publish('Shipping abroad', 'Within a week, with a cup of patience.');
const visitor = await Window.open();
const page = await visitor.goTo(`${house.url}/demo/ember-teapot.html`);
const chat = new Chat(page);

const isFocused = (element: Element): boolean => element.matches(':focus');

test('somebody new still comes straight to a message to write, with help a step away', async () => {
  await chat.open();
  await until('the field has the focus', () => chat.field.evaluate(isFocused));
  await chat.dialog.getByRole('button', { name: 'Help' }).click();
  await chat.dialog.getByRole('button', { name: /^Shipping abroad/ }).waitFor();
  await expectSoundScreen(page, 'home-new', chat.dialog);
});

test('half a word finds the article, and the keyboard alone leads to it and back', async () => {
  const search = chat.dialog.getByRole('searchbox', { name: 'Search for help' });
  await search.focus();
  await page.keyboard.type('mende');
  await chat.dialog.getByRole('status').getByText('1 article found').waitFor({ state: 'attached' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const title = chat.dialog.getByRole('heading', { name: 'Repairs' });
  await until('reading begins at the title', () => title.evaluate(isFocused));
  assert.equal(await chat.dialog.locator('.body-text strong').innerText(), 'gold');
  assert.equal(await chat.dialog.locator('.body-text li').count(), 2);
  const link = chat.dialog.getByRole('link', { name: 'Write' });
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer nofollow');
  await expectSoundScreen(page, 'article', chat.dialog);
  await chat.dialog.getByRole('button', { name: 'Back' }).press('Enter');
  const found = chat.dialog.getByRole('button', { name: /^Repairs/ });
  await until('the focus is where it was', () => found.evaluate(isFocused));
  assert.equal(await search.inputValue(), 'mende');
});

test('an article that was taken back says so', async () => {
  await house.ask('POST', `/articles/${repairs}/unpublish`);
  await chat.dialog.getByRole('button', { name: /^Repairs/ }).click();
  await chat.dialog.getByRole('alert').getByText('This article is no longer there.').waitFor();
  await chat.dialog.getByRole('button', { name: 'Back' }).click();
});

test('who finds nothing asks', async () => {
  await chat.dialog.getByRole('searchbox').fill('xqzzy');
  await chat.dialog.getByRole('status').getByText('Nothing found for “xqzzy”.').waitFor();
  await chat.dialog.getByRole('button', { name: 'Start a conversation' }).click();
  await chat.send('Do you mend lids?');
  await chat.stateOf('Do you mend lids?').getByText('Sent').waitFor({ state: 'attached' });
  const { conversations } = await house.ask<{ conversations: { id: string }[] }>('GET', '/conversations?limit=1');
  assert.equal(conversations.length, 1);
});
