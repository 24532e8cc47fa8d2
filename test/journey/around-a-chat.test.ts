/** What is around a chat: a visitor ends it, says how it was, and has it sent to them; and what a site may ask before there is one. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { MailServer } from '../mail-server.ts';
import { Chat, Desk } from './chat.ts';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { House } from './house.ts';
import { expectSoundScreen } from './look.ts';
import { ownerAt, phone, until, Window } from './visit.ts';

const mails = await MailServer.open();
const house = await House.open({
  environment: { SMTP_URL: `smtp://127.0.0.1:${mails.port}`, MAIL_FROM: 'Kilnmere <chat@kilnmere.example>' },
});
const office = await house.setUp();
const { inboxId, channelId, channelKey } = office;

/** Of the site itself. */
const words = '<main><h1>A page</h1><p>Words of the site itself.</p></main>';
const site = await ForeignSite.open({
  '/': { body: plainPage(`<script async src="${house.url}/widget.js?channel=${channelKey}"></script>`, words) },
});

const menuOf = (chat: Chat) => chat.dialog.getByRole('button', { name: 'More' });
const choose = async (chat: Chat, name: string): Promise<void> => {
  await menuOf(chat).click();
  await chat.dialog.getByRole('menuitem', { name }).click();
};

/** How much is kept for the page: names of storage keys, databases and cookies. */
function traces(page: Page): Promise<string[]> {
  return page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name ?? ''),
    ...(document.cookie ? [document.cookie] : []),
  ]);
}

test('a visitor waits in line, is answered, ends the chat, rates it and has it in their mail', async () => {
  await house.ask('PATCH', `/inboxes/${inboxId}`, { routing: 'unassigned' });
  const owner = await ownerAt(house);
  const desk = new Desk(owner.page);
  const visitor = await Window.open();
  const chat = new Chat(await visitor.goTo(site.origin));
  await chat.open();
  await chat.field.waitFor();
  assert.equal(await menuOf(chat).count(), 0, 'there is nothing to keep, send or end yet');
  await chat.send('Is the teapot *really* dishwasher safe?');
  await chat.dialog.getByText('You are next in line').waitFor();
  await expectSoundScreen(chat.page, 'around-line');

  await desk.rows('Is the teapot').waitFor();
  await desk.choose(/Is the teapot/);
  await desk.reply('It is. Top rack.');
  await chat.dialog.getByText('It is. Top rack.', { exact: true }).waitFor();
  await chat.dialog.getByText('You are next in line').waitFor({ state: 'detached' });

  await menuOf(chat).click();
  await chat.dialog.getByRole('menu').waitFor();
  await until('the first choice has the focus', () =>
    chat.dialog.getByRole('menuitem', { name: 'Download transcript' }).evaluate((item) => item.matches(':focus')),
  );
  await expectSoundScreen(chat.page, 'around-menu');
  await chat.page.keyboard.press('ArrowUp');
  await until('the way up leads to the last', () =>
    chat.dialog.getByRole('menuitem', { name: 'End chat' }).evaluate((item) => item.matches(':focus')),
  );
  await chat.page.keyboard.press('Escape');
  await chat.dialog.getByRole('menu').waitFor({ state: 'detached' });
  await until('the button has the focus again', () => menuOf(chat).evaluate((button) => button.matches(':focus')));

  await choose(chat, 'End chat');
  await chat.dialog.getByText('You can write again at any time').waitFor();
  await expectSoundScreen(chat.page, 'around-end');
  await chat.dialog.getByRole('button', { name: 'End chat' }).click();
  await chat.dialog.getByText('This chat has ended').waitFor();
  await owner.page
    .getByText(/ended this chat/)
    .first()
    .waitFor();

  await chat.dialog.locator('parlour-widget-blocks').getByText('How was this conversation?').waitFor();
  await expectSoundScreen(chat.page, 'around-rating');
  await chat.dialog.getByRole('radio', { name: /4/ }).click({ force: true });
  const send = chat.dialog.getByRole('button', { name: /Send/ });
  if ((await send.count()) > 0) await send.first().click();
  await until(
    'the team knows how it was',
    () => house.ask<{ conversations: { rating: { score: number } | null }[] }>('GET', '/conversations?status=closed'),
    ({ conversations }) => conversations[0]?.rating?.score === 4,
  );

  await choose(chat, 'Email transcript');
  await chat.dialog.getByLabel('Your email address').fill('nobody');
  await chat.dialog.getByRole('dialog', { name: 'Email transcript' }).getByRole('button', { name: 'Send' }).click();
  await chat.dialog.getByText('Please write an email address').waitFor();
  await expectSoundScreen(chat.page, 'around-email');
  await chat.dialog.getByLabel('Your email address').fill('jo@visitor.example');
  await chat.dialog.getByRole('dialog', { name: 'Email transcript' }).getByRole('button', { name: 'Send' }).click();
  await chat.dialog.getByText('The transcript is on its way.').waitFor();
  await chat.dialog.getByRole('button', { name: 'Close', exact: true }).click();
  const [mail] = await until(
    'the mail has come',
    () => mails.mails,
    ({ length }) => length > 0,
  );
  assert.deepEqual(mail?.to, ['jo@visitor.example']);
  assert.match(mail?.text ?? '', /Is the teapot really dishwasher safe\?[^]*It is\. Top rack\.[^]*★★★★☆/);

  const saving = chat.page.waitForEvent('download');
  await choose(chat, 'Download transcript');
  const saved = await saving;
  assert.match(saved.suggestedFilename(), /^Conversation with Kilnmere \d{4}-\d\d-\d\d\.html$/);
  const text = await readFile(await saved.path(), 'utf8');
  assert.match(text, /Is the teapot <em>really<\/em> dishwasher safe\?[^]*It is\. Top rack\.[^]*★★★★☆/);

  await chat.send('One more thing.');
  await chat.dialog.getByText('This chat has ended').waitFor({ state: 'detached' });
  await visitor.close();
  await owner.window.close();
});

test('a chat that has ended offers another one, in the tab it ended in and in one that is opened later', async () => {
  const visitor = await Window.open({ viewport: phone });
  const first = new Chat(await visitor.goTo(site.origin));
  const another = (chat: Chat) => chat.dialog.getByRole('button', { name: 'New conversation' });
  await first.open();
  await first.send('Do you wrap gifts?');
  await first.stateOf('Do you wrap gifts?').getByText('Sent').waitFor({ state: 'attached' });
  assert.equal(await another(first).count(), 0, 'it goes on');
  await choose(first, 'End chat');
  await first.dialog.getByRole('button', { name: 'End chat' }).click();
  await another(first).waitFor();

  const second = new Chat(await visitor.goTo(site.origin));
  await second.open();
  await second.dialog.getByText('This chat has ended').waitFor();
  await second.expectMessages(['Do you wrap gifts?']);
  await second.dialog.getByRole('radiogroup', { name: 'How was this conversation?' }).waitFor();
  await expectSoundScreen(second.page, 'around-ended-phone');
  await another(second).focus();
  await second.page.keyboard.press('Enter');
  await until('the message field has the focus', () => second.field.evaluate((field) => field.matches(':focus')));
  assert.deepEqual(await second.messages(), []);
  await second.send('And cards?');
  await second.stateOf('And cards?').getByText('Sent').waitFor({ state: 'attached' });

  await first.page.bringToFront();
  await another(first).click();
  await first.send('And ribbons?');
  await first.stateOf('And ribbons?').getByText('Sent').waitFor({ state: 'attached' });
  const { conversations } = await house.ask<{ conversations: { status: string; lastMessage: { preview: string } }[] }>(
    'GET',
    '/conversations?limit=2',
  );
  assert.deepEqual(
    conversations.map(({ status, lastMessage }) => [status, lastMessage.preview]),
    [
      ['open', 'And ribbons?'],
      ['open', 'And cards?'],
    ],
  );
  await visitor.close();
});

test('where the site asks first, nothing is kept or sent before the visitor agrees, and all of it is gone when they take it back', async () => {
  const settings = {
    askConsent: true,
    privacyUrl: `${site.origin}/privacy`,
    translations: { de: { consentText: 'Dürfen wir?' } },
    greetings: [{ id: 'hi', text: 'Hello there', when: { field: 'seconds', operator: 'atLeast', value: 0 } }],
    showWhen: { not: { field: 'returning', operator: 'is', value: true } },
  };
  await house.ask('PATCH', `/channels/${channelId}`, { settings });
  const visitor = await Window.open({ viewport: phone });
  const page = await visitor.goTo(site.origin);
  const chat = new Chat(page);
  const card = page.locator('parlour-widget-consent').getByRole('dialog', { name: 'Before we chat' });
  // `configuration.js` is fetched before the visitor agrees, for a greeting or for the question itself: it holds the channel's words, is
  // the same for everybody, and is asked for without anything of the visitor's but the language of their browser, as scripts are.
  const isMadeOf = (url: string) => /\/(widget\.js|configuration\.js|assets\/)/.test(url);
  const beyond = () => visitor.asked.filter((url) => !isMadeOf(url) && url !== `${site.origin}/`);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await chat.launcher.click();
  await card.waitFor();
  await until('the answer has the focus', () =>
    card.getByRole('button', { name: 'I agree' }).evaluate((button) => button.matches(':focus')),
  );
  await expectSoundScreen(page, 'around-consent-phone');
  assert.equal(await card.getByRole('link', { name: 'Privacy policy' }).getAttribute('href'), `${site.origin}/privacy`);
  await card.getByRole('button', { name: 'No, thank you' }).click();
  await card.waitFor({ state: 'hidden' });
  await until('the launcher has the focus', () => chat.launcher.evaluate((button) => button.matches(':focus')));
  assert.deepEqual(await traces(page), []);
  assert.deepEqual(beyond(), []);

  await chat.launcher.click();
  await card.getByRole('button', { name: 'I agree' }).click();
  await chat.field.waitFor();
  await chat.send('Hello');
  await chat.expectMessages(['Hello']);
  assert.ok((await traces(page)).length > 0);

  await page.reload();
  await chat.launcher.click();
  await chat.expectMessages(['Hello']);
  await page.evaluate(() => (window.Parlour as (method: string, input: boolean) => Promise<void>)('setConsent', false));
  await card.waitFor();
  const left = (await traces(page)).filter((name) => name.startsWith('parlour:'));
  assert.deepEqual(left, []);
  await page.evaluate(() => (window.Parlour as (method: string, input: boolean) => Promise<void>)('setConsent', true));
  await chat.field.waitFor();
  assert.deepEqual(await chat.messages(), [], 'they are somebody new');
  await visitor.close();

  const german = await Window.open({ locale: 'de-DE' });
  site.pages.set('/de', {
    body: plainPage(
      `<script async src="${house.url}/widget.js?channel=${channelKey}"></script>`,
      '<main><h1>Seite</h1></main>',
      'lang="de"',
    ),
  });
  const other = await german.goTo(`${site.origin}/de`);
  await new Chat(other).launcher.click();
  await other.getByText('Dürfen wir?').waitFor();
  await expectSoundScreen(other, 'around-consent-de');
  await german.close();
});
