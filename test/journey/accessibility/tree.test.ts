/** A whole chat as somebody meets it who listens to it, in English and, from right to left, in Arabic. The trees stand beside this file. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page, WebSocketRoute } from 'playwright-core';
import { messages as arabic } from '../../../widget/languages/ar.ts';
import { Chat, Desk } from '../chat.ts';
import { ForeignSite, plainPage } from '../foreign-site.ts';
import { House } from '../house.ts';
import { ownerAt, until, Window } from '../visit.ts';
import { Listener } from './screen-reader.ts';

const house = await House.open();
const { channelKey, channelId, inboxId } = await house.setUp();
const snippet = `<script async src="${house.url}/widget.js?channel=${channelKey}"></script>`;
const site = await ForeignSite.open({
  '/en': { body: plainPage(snippet) },
  '/ar': { body: plainPage(snippet, '<h1>ورشة الفخار</h1>', 'lang="ar" dir="rtl"') },
});
const settings = (some: object): Promise<unknown> => house.ask('PATCH', `/channels/${channelId}`, { settings: some });
await settings({ startAtHome: true, greeting: 'Hello!' });
const { articleId } = await house.ask<{ articleId: string }>('POST', '/articles', {
  title: 'Repairs',
  text: 'We mend chips with **gold**.\n\n- cups\n- bowls',
});
await house.ask('POST', `/articles/${articleId}/publish`);
const owner = await ownerAt(house);
const desk = new Desk(owner.page);

/** A line that can be held up, and that can be told to refuse. */
class Line {
  isHeld = false;
  refuses = false;
  readonly #waiting: (() => void)[] = [];

  async under(page: Page): Promise<void> {
    await page.routeWebSocket(/\/ws/, (route: WebSocketRoute) => {
      const server = route.connectToServer();
      route.onMessage((message) => {
        const frame = JSON.parse(String(message)) as { type: string; id: string };
        const isCommand = frame.type === 'command';
        if (isCommand && this.refuses)
          return route.send(
            JSON.stringify({ type: 'nack', id: frame.id, error: { code: 'forbidden', message: 'Not now.' } }),
          );
        const pass = (): void => server.send(message);
        return isCommand && this.isHeld ? void this.#waiting.push(pass) : pass();
      });
    });
  }

  letGo(): void {
    this.isHeld = false;
    for (const pass of this.#waiting.splice(0)) pass();
  }
}

for (const [language, say, hours] of [
  ['en', (text: string) => text, { name: /^All conversations$/ }],
  ['ar', (text: string) => String(arabic[text]), { name: new RegExp(String(arabic['All conversations'])) }],
] as const) {
  test(`whoever listens hears a whole chat, each thing once: ${language}`, async () => {
    await house.ask('PATCH', `/inboxes/${inboxId}`, { schedule: null, showQueuePosition: false });
    const visitor = await Window.open({ locale: language === 'en' ? 'en-GB' : 'ar' });
    visitor.expectComplaint(/WebSocket|ERR_INTERNET_DISCONNECTED/);
    const page = await visitor.context.newPage();
    const line = new Line();
    await line.under(page);
    const listener = await Listener.at(page);
    await page.goto(`${site.origin}/${language}`);
    const chat = new Chat(page);
    const button = (text: string) => chat.dialog.getByRole('button', { name: say(text), exact: true });
    await chat.launcher.waitFor();
    await listener.step('A page with the chat closed');

    await chat.launcher.focus();
    await page.keyboard.press('Enter');
    await chat.dialog.getByRole('button', { name: /^Repairs/ }).waitFor();
    await listener.step('Opened: the home');

    await chat.dialog.getByRole('button', { name: /^Repairs/ }).click();
    await chat.dialog.getByRole('heading', { name: 'Repairs' }).waitFor();
    await chat.dialog.getByText('bowls', { exact: true }).waitFor();
    await listener.step('An article');

    await button('Back').click();
    await button('Start a conversation').click();
    await chat.field.waitFor();
    await until('the field has the focus', () => chat.field.evaluate((field) => field.matches(':focus')));
    await listener.step('A new conversation');

    await page.keyboard.type('Do you mend bowls?');
    await listener.step('Writing');

    line.isHeld = true;
    await page.keyboard.press('Enter');
    await chat.stateOf('Do you mend bowls?').getByText(say('Sending')).waitFor();
    await listener.step('Sending');

    line.letGo();
    await chat.stateOf('Do you mend bowls?').getByText(say('Sent')).waitFor({ state: 'attached' });
    // Both are fetched with the first conversation.
    await button('Sound for new messages').waitFor();
    await button('More').waitFor();
    await listener.step('Sent');

    await desk.choose('Do you mend bowls?');
    await chat.stateOf('Do you mend bowls?').getByText(say('Seen')).waitFor({ state: 'attached' });
    await listener.step('Seen');

    await desk.field.pressSequentially('We d');
    await chat.dialog.locator('.typing').waitFor();
    await listener.step('A teammate is writing');

    await desk.reply('We do, with **gold**.');
    await chat.dialog.locator('.messages').getByText('with gold').waitFor();
    await until('it was said', async () => (await listener.heard()).some((text) => text.includes('with gold')));
    const answered = await listener.step('The answer is there');
    assert.equal(answered.filter((text) => text.includes('We do, with gold.')).length, 1, 'an answer is said once');

    // From here on nobody reads along: whether something was seen before it was told to be sent is chance.
    await desk.page.goto(`${house.url}/app`);

    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 400, height: 800 });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.keyboard.press('Escape');
    await chat.dialog.waitFor({ state: 'hidden' });
    await chat.open();
    await chat.field.waitFor();
    await chat.dialog.getByRole('button', hours).click();
    await chat.dialog.getByRole('heading', { name: say('Your conversations') }).waitFor();
    await chat.dialog.getByRole('button', { name: /We do, with gold/ }).click();
    await chat.field.waitFor();
    const again = await listener.step('Closed, opened, left and entered again');
    assert.equal(again.filter((text) => /gold|bowls/.test(text)).length, 0, 'what was said is not said again');

    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('Attach files').click()]);
    await chooser.setFiles([{ name: 'chip.txt', mimeType: 'text/plain', buffer: Buffer.from('a chip') }]);
    await until(
      'the file has arrived',
      async () =>
        (await chat.dialog.locator('.file').count()) === 1 && (await chat.dialog.locator('progress').count()) === 0,
    );
    await listener.step('A file to send');
    await chat.field.press('Enter');
    await chat.dialog.locator('parlour-attachments').getByText('chip.txt').waitFor();
    await chat.dialog.locator('.messages .row').last().getByText(say('Sent')).waitFor({ state: 'attached' });
    await listener.step('The file is sent');

    line.refuses = true;
    await chat.send('Are you there?');
    await button('Try again').waitFor();
    await listener.step('Refused');
    line.refuses = false;
    await button('Try again').click();
    await chat.stateOf('Are you there?').getByText(say('Sent')).waitFor({ state: 'attached' });
    await listener.step('Sent after all');

    await visitor.context.setOffline(true);
    await chat.dialog.getByText(say('No connection. What you write is kept and will be sent.')).waitFor();
    await chat.send('Is the line down?');
    await chat.stateOf('Is the line down?').getByText(say('Waiting for a connection')).waitFor();
    await listener.step('Without a connection');
    await visitor.context.setOffline(false);
    await chat.stateOf('Is the line down?').getByText(say('Sent')).waitFor({ state: 'attached' });
    await listener.step('Connected again');

    await chat.dialog.getByRole('button', hours).click();
    await button('New conversation').click();
    await chat.field.waitFor();
    await chat.send('Something else.');
    await chat.stateOf('Something else.').getByText(say('Sent')).waitFor({ state: 'attached' });
    await chat.dialog.getByRole('button', hours).click();
    await chat.dialog.getByRole('button', { name: /Something else/ }).waitFor();
    await chat.dialog.getByRole('button', { name: /Repairs/ }).waitFor();
    await listener.step('Several conversations');

    await chat.dialog.getByRole('button', { name: /Is the line down/ }).click();
    await chat.field.waitFor();
    await button('More').click();
    await chat.dialog.getByRole('menuitem', { name: say('End chat') }).click();
    await button('End chat').click();
    await chat.dialog.getByText(say('This chat has ended')).waitFor();
    const stars = chat.dialog.getByRole('radiogroup', { name: say('How was this conversation?') }).getByRole('radio');
    await stars.first().waitFor();
    const times = (said: readonly string[], text: string): number =>
      said.filter((one) => one.includes(say(text))).length;
    await until('it was asked', async () => times(await listener.heard(), 'How was this conversation?') > 0);
    await until('the menu has let go of the focus', () =>
      button('More').evaluate((more) => more.matches(':focus') && more.ariaExpanded === 'false'),
    );
    const asked = await listener.step('Ended, and asked how it was');
    assert.equal(times(asked, 'This chat has ended'), 1, 'the end is said once');
    assert.equal(times(asked, 'How was this conversation?'), 1, 'the question is said once');

    await stars.nth(3).focus();
    await page.keyboard.press('Space');
    const send = chat.dialog.locator('parlour-block-rating').getByRole('button', { name: say('Send'), exact: true });
    await send.waitFor();
    await until('it is said to be saved', async () => times(await listener.heard(), 'Your rating is saved.') > 0);
    await until('it has arrived', async () => times(await listener.heard(), 'Sent') > 0);
    await until(
      'the rating is taken',
      () => house.ask<{ conversations: { rating: object | null }[] }>('GET', '/conversations?status=closed'),
      ({ conversations }) => conversations.some(({ rating }) => rating),
    );
    await listener.step('Four stars are chosen');
    await send.click();
    await button('Change rating').waitFor();
    await until('it was thanked', async () => times(await listener.heard(), 'Thank you!') > 0);
    const rated = await listener.step('Rated');
    assert.equal(times(rated, 'Thank you!'), 1, 'the thanks are said once');
    assert.equal(times(rated, 'How was this conversation?'), 0, 'what was asked is not asked again');

    await page.keyboard.press('Escape');
    await chat.dialog.waitFor({ state: 'hidden' });
    await listener.step('Closed');
    await listener.expectAsIn(fileURLToPath(new URL(`trees/conversation-${language}.txt`, import.meta.url)));
    await visitor.close();
  });

  test(`whoever listens is led through the form off hours: ${language}`, async () => {
    await house.ask('PATCH', `/inboxes/${inboxId}`, {
      schedule: { timeZone: 'Europe/Berlin', spans: [] },
      offHours: {
        mode: 'form',
        text: 'Nobody is here at night.',
        autoResponse: null,
        form: {
          fields: [
            { key: 'name', label: '', kind: 'text', required: false },
            { key: 'email', label: '', kind: 'email', required: true },
            { key: 'about', label: 'What is it about?', kind: 'choice', required: true, options: ['A cup', 'A bowl'] },
          ],
          consent: { text: 'You may answer me by mail.', url: 'https://example.com/privacy' },
        },
      },
    });
    const visitor = await Window.open({ locale: language === 'en' ? 'en-GB' : 'ar' });
    const page = await visitor.context.newPage();
    const listener = await Listener.at(page);
    await page.goto(`${site.origin}/${language}`);
    const chat = new Chat(page);
    await chat.open();
    await chat.dialog.getByRole('button', { name: say('Start a conversation') }).click();
    const form = chat.dialog.locator('parlour-widget-form');
    await form.getByRole('button', { name: say('Send message') }).waitFor();
    await until('the form has the focus', () => form.evaluate((element) => element.matches(':focus-within')));
    await listener.step('The form');
    await form.getByRole('button', { name: say('Send message') }).click();
    await form.locator('[aria-invalid="true"]').first().waitFor();
    await listener.step('Sent with nothing in it');
    await listener.expectAsIn(fileURLToPath(new URL(`trees/off-hours-${language}.txt`, import.meta.url)));
    await visitor.close();
  });
}
