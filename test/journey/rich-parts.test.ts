/** A program sends every kind of rich part; a visitor answers them on a phone; a teammate sees what was answered. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { Chat, Desk } from './chat.ts';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { House } from './house.ts';
import { expectSoundScreen } from './look.ts';
import { ownerAt, phone, until, Window } from './visit.ts';

const house = await House.open();
const { channelKey } = await house.setUp();
const { secret: key } = await house.ask<{ secret: string }>('POST', '/api-keys', { name: 'Bot', scopes: ['write'] });
const { articleId } = await house.ask<{ articleId: string }>('POST', '/articles', {
  title: 'Care for stoneware',
  text: 'Wash it **by hand**, and let it dry with the lid off. Glaze that has crazed may stain, which is harmless.',
});
await house.ask('POST', `/articles/${articleId}/publish`);

const visitor = await Window.open({ viewport: phone, hasTouch: true, isMobile: true });
// The line is taken away on purpose.
visitor.expectComplaint(/ERR_INTERNET_DISCONNECTED/);
const page = await visitor.goTo(`${house.url}/demo/ember-teapot.html`);
const chat = new Chat(page);
await chat.open();
await chat.send('Which teapot should I take?');
await chat.stateOf('Which teapot should I take?').getByText('Sent').waitFor({ state: 'attached' });
const { conversations } = await house.ask<{ conversations: { id: string }[] }>('GET', '/conversations?limit=1');
const conversationId = conversations[0]?.id ?? '';

const { page: office } = await ownerAt(house);
const desk = new Desk(office);
await desk.choose('Which teapot');

const send = (text: string, ...blocks: object[]): Promise<unknown> =>
  house.ask('POST', `/conversations/${conversationId}/replies`, { text, blocks }, key);

/** Blocks of the visitor's newest message. */
const blocks = (): Locator => chat.dialog.locator('parlour-widget-blocks').last();
const seen = (): Locator => desk.conversation.locator('parlour-blocks').last();
const isFocused = (element: Element): boolean => element.matches(':focus');

test('a pressed button is the answer, once, and stands in the thread as a message', async () => {
  await send('How many cups?', {
    type: 'buttons',
    id: 'cups',
    buttons: [
      { id: 'two', label: 'Two' },
      { id: 'six', label: 'Six' },
      { label: 'All sizes', href: 'https://kilnmere.example/sizes' },
    ],
  });
  await blocks().getByRole('button', { name: 'Six' }).tap();
  await chat.expectMessages(['Which teapot should I take?', 'How many cups?', 'Six']);
  await until('the choice shows', () => blocks().getByRole('button', { name: 'Chosen: Six' }).count());
  assert.equal(await blocks().getByRole('button', { name: 'Two' }).getAttribute('aria-disabled'), 'true');
  await expectSoundScreen(page, 'rich-buttons', chat.dialog);
  await desk.expectMessages(['Which teapot should I take?', 'How many cups?', 'Six']);
  await seen().getByText('Chosen:').waitFor({ state: 'attached' });
});

test('cards and their carousel are read and answered', async () => {
  const pot = (id: string, title: string, text: string): object => ({
    title,
    text,
    buttons: [
      { id, label: 'This one' },
      { label: 'Look closer', href: `https://kilnmere.example/${id}` },
    ],
  });
  await send('', { type: 'card', id: 'pot', ...pot('ember', 'Ember teapot', 'Holds 0.9 litres.\nFired twice.') });
  await blocks().getByRole('group', { name: 'Ember teapot' }).waitFor();
  await expectSoundScreen(page, 'rich-card', chat.dialog);
  await send('Or one of these:', {
    type: 'carousel',
    id: 'pots',
    cards: [
      pot('tide', 'Tide teapot', 'Blue, 0.6 litres.'),
      pot('moss', 'Moss teapot', 'Green, 1.2 litres.'),
      pot('ash', 'Ash teapot', 'Grey, 0.9 litres.'),
    ],
  });
  await blocks().getByText('1 of 3').waitFor();
  await blocks().getByRole('button', { name: 'Next card' }).tap();
  await blocks().getByText('2 of 3').waitFor();
  await expectSoundScreen(page, 'rich-carousel', chat.dialog);
  await blocks().getByRole('group', { name: 'Moss teapot' }).getByRole('button', { name: 'This one' }).tap();
  await seen().getByRole('group', { name: 'Moss teapot' }).getByText('Chosen:').waitFor({ state: 'attached' });
});

test('an article opens in the chat, and leads back', async () => {
  await send('', { type: 'article', articleId });
  await blocks()
    .getByRole('button', { name: /^Care for stoneware/ })
    .tap();
  await chat.dialog.getByRole('heading', { name: 'Care for stoneware' }).waitFor();
  await chat.dialog.getByRole('button', { name: 'Back' }).tap();
  await blocks()
    .getByRole('button', { name: /^Care for stoneware/ })
    .waitFor();
  await expectSoundScreen(page, 'rich-article', chat.dialog);
});

test('a form says what is wrong where it is wrong, keeps what was typed, and is claimed, not proved', async () => {
  await send('Where may we write?', {
    type: 'form',
    id: 'reach',
    title: 'Your details',
    fields: [
      { key: 'email', label: '', kind: 'email', required: true },
      { key: 'size', label: 'Size', kind: 'choice', required: false, options: ['Small', 'Large'] },
      { key: 'gift', label: 'It is a gift', kind: 'checkbox', required: false },
    ],
    submitLabel: 'Tell us',
  });
  const email = blocks().getByLabel('Email');
  await email.fill('tove@');
  await blocks().getByRole('button', { name: 'Tell us' }).tap();
  await blocks().getByText('Please write an email address').waitFor();
  await until('the field has the focus', () => email.evaluate(isFocused));
  assert.equal(await email.inputValue(), 'tove@');
  await expectSoundScreen(page, 'rich-form', chat.dialog);
  await email.fill('tove@berg.example');
  await blocks().getByLabel('Size').selectOption('Large');
  await blocks().getByRole('button', { name: 'Tell us' }).tap();
  await blocks().getByText('Answered').waitFor();
  await desk.conversation.locator('.bubble', { hasText: 'tove@berg.example' }).waitFor();
  const { contact } = await house.ask<{ contact: { email: null; claimedEmail: string; properties: object } }>(
    'GET',
    `/conversations/${conversationId}`,
  );
  assert.equal(contact.email, null);
  assert.equal(contact.claimedEmail, 'tove@berg.example');
  assert.deepEqual(contact.properties, { size: 'Large' });
});

test('an answer given without a line goes out once, even over a reload', async () => {
  await send('Shall we pack it?', { type: 'buttons', id: 'pack', buttons: [{ id: 'yes', label: 'Yes, please' }] });
  await blocks().getByRole('button', { name: 'Yes, please' }).waitFor();
  await visitor.context.setOffline(true);
  await chat.dialog.getByText('No connection.').waitFor();
  await blocks().getByRole('button', { name: 'Yes, please' }).tap();
  await chat.stateOf('Yes, please').getByText('Waiting for a connection').waitFor();
  await visitor.context.setOffline(false);
  await desk.message('Yes, please').waitFor();
  await page.reload();
  await chat.open();
  await until('the choice survived', () => blocks().getByRole('button', { name: 'Chosen: Yes, please' }).count());
  assert.equal((await chat.messages()).filter((text) => text === 'Yes, please').length, 1);
});

test('a rating after the end reaches the team without opening the chat again, and may be changed', async () => {
  await send('', { type: 'rating', id: 'how', prompt: '', scale: 'stars' });
  await house.ask('POST', `/conversations/${conversationId}/close`, {});
  // The team may ask by itself when a chat ends: the question here is the one the program sent.
  const asked = chat.dialog.locator('parlour-widget-blocks', { hasText: 'How was this conversation?' }).last();
  await asked.getByRole('radio', { name: '3 of 5' }).check({ force: true });
  await page.keyboard.press('ArrowRight');
  assert.equal(await asked.getByRole('radio', { name: '4 of 5' }).isChecked(), true);
  await asked.getByLabel('Anything to add? (optional)').fill('Quick and kind.');
  await expectSoundScreen(page, 'rich-rating', chat.dialog);
  await asked.getByRole('button', { name: 'Send' }).tap();
  await asked.getByRole('img', { name: '4 of 5' }).waitFor();
  await expectSoundScreen(page, 'rich-rated', chat.dialog);
  await asked.getByRole('button', { name: 'Change rating' }).tap();
  await asked.getByRole('radio', { name: '5 of 5' }).check({ force: true });
  await asked.getByRole('button', { name: 'Send' }).tap();
  const found = await until(
    'it is kept',
    () =>
      house.ask<{ conversation: { status: string; rating: { score: number; comment: string } } }>(
        'GET',
        `/conversations/${conversationId}`,
      ),
    ({ conversation }) => conversation.rating?.score === 5,
  );
  assert.equal(found.conversation.rating.comment, 'Quick and kind.');
  assert.equal(found.conversation.status, 'closed');
  await desk.conversation.locator('.activity', { hasText: 'rated this 5 of 5' }).waitFor();
  await expectSoundScreen(office, 'rich-inbox');
});

test('a page in a language that runs right to left steps through cards the other way', async () => {
  await visitor.close();
  const snippet = `<script async src="${house.url}/widget.js?channel=${channelKey}"></script>`;
  const site = await ForeignSite.open({
    '/': { body: plainPage(snippet, '<h1>ورشة الفخار</h1>', 'lang="ar" dir="rtl"') },
  });
  const other = await Window.open({ viewport: phone, hasTouch: true, isMobile: true });
  const there = new Chat(await other.goTo(`${site.origin}/`));
  await there.launcher.click();
  await there.dialog.waitFor();
  await there.send('مرحبا');
  const { conversations: found } = await until(
    'it has begun',
    () => house.ask<{ conversations: { id: string }[] }>('GET', '/conversations?limit=1'),
    ({ conversations: [first] }) => first !== undefined && first.id !== conversationId,
  );
  const cards = ['أ', 'ب', 'ج'].map((title) => ({ title }));
  await house.ask(
    'POST',
    `/conversations/${found[0]?.id}/replies`,
    { text: '', blocks: [{ type: 'carousel', id: 'c', cards }] },
    key,
  );
  const theirs = there.dialog.locator('parlour-widget-blocks');
  await theirs.getByRole('button', { name: 'البطاقة التالية' }).tap();
  await theirs.getByText('2 من 3').waitFor();
  await expectSoundScreen(there.page, 'rich-rtl', there.dialog);
});
