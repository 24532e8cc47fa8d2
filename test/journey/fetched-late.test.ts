/** What a chat fetches only once it is needed, where it could not be fetched at first. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ParlourWidget } from '../../widget/api/page-api.ts';
import { Chat, Desk } from './chat.ts';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { House } from './house.ts';
import { ownerAt, until, Window } from './visit.ts';

const house = await House.open();
const { channelKey } = await house.setUp();
const snippet = `<script async src="${house.url}/widget.js?channel=${channelKey}"></script>`;
const site = await ForeignSite.open({ '/': { body: plainPage(snippet) } });
const owner = await ownerAt(house);
const desk = new Desk(owner.page);

/** The server knows nothing of a file until it is told otherwise. */
class MissingFile {
  /** How often it was asked for in vain. */
  missed = 0;
  #isMissing = true;

  static async of(window: Window, page: Page, name: string): Promise<MissingFile> {
    const missing = new MissingFile();
    window.expectComplaint(/status 404|Failed to load resource/);
    await page.route(new RegExp(`/assets/${name}-`), (route) => {
      if (!missing.#isMissing) return route.continue();
      missing.missed += 1;
      return route.fulfill({ status: 404 });
    });
    return missing;
  }

  /** Settles once it was asked for in vain. */
  async isMissed(): Promise<void> {
    await until('it was asked for', () => this.missed);
  }

  arrive(): void {
    this.#isMissing = false;
  }
}

async function visit(missingFile: string): Promise<{ window: Window; page: Page; chat: Chat; missing: MissingFile }> {
  const window = await Window.open();
  const page = await window.goTo(site.origin);
  const missing = await MissingFile.of(window, page, missingFile);
  const chat = new Chat(page);
  await chat.open();
  return { window, page, chat, missing };
}

test('a click on the inbox’s emoji that could not be fetched is answered by the next one', async () => {
  const { window: visitors, chat } = await visit('nothing');
  await chat.send('Do you smile?');
  const { window, page } = await ownerAt(house);
  const missing = await MissingFile.of(window, page, 'composer-emoji');
  const own = new Desk(page);
  await own.choose('Do you smile?');
  const button = own.conversation.getByRole('button', { name: 'Emoji' });
  const answered = page.waitForResponse((response) => response.status() === 404);
  await button.click();
  await answered;
  missing.arrive();
  await button.click();
  await own.conversation.getByRole('searchbox').waitFor();
  const address = /\/assets\/composer-emoji-/;
  const [first, second] = window.asked.filter((url) => address.test(url));
  assert.equal(second, `${first}?`, 'a browser that remembers what failed is asked for something else');
  for (const one of [window, visitors]) await one.close();
});

test('a menu of the inbox that could not be fetched has its button, says so when that is pressed, and opens at the next press', async () => {
  const { window: visitors, chat } = await visit('nothing');
  await chat.send('Are you busy?');
  const { window, page } = await ownerAt(house);
  const missing = await MissingFile.of(window, page, 'menu-elements');
  await page.reload();
  const own = new Desk(page);
  await own.choose('Are you busy?');
  const button = own.conversation.getByRole('button', { name: 'Snooze' });
  await button.click();
  await own.conversation.getByText('This is not possible at the moment. Try again later.').waitFor();
  missing.arrive();
  await button.click();
  await own.conversation.getByRole('dialog', { name: 'Snooze until' }).waitFor();
  for (const one of [window, visitors]) await one.close();
});

test('what calls a visitor back, and their menu, are there with the next change; what came meanwhile is told then', async () => {
  const { window, page, chat, missing } = await visit('attention');
  const told = (): Promise<unknown> => page.evaluate(() => Reflect.get(globalThis, 'told') as unknown);
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Reflect.set(globalThis, 'told', heard);
    (Reflect.get(globalThis, 'Parlour') as ParlourWidget).on('message', ({ detail: { text } }) => heard.push(text));
  });
  const menu = chat.dialog.getByRole('button', { name: 'More' });
  await chat.send('Is it blue?');
  await missing.isMissed();
  await desk.choose('Is it blue?');
  await desk.reply('It is green');
  await chat.expectMessages(['Is it blue?', 'It is green']);
  assert.deepEqual([await menu.count(), await told()], [0, []]);
  missing.arrive();
  await desk.reply('Like a bottle');
  await menu.waitFor();
  await until('they are told', told, (texts) => JSON.stringify(texts).includes('bottle'));
  assert.deepEqual(await told(), ['Is it blue?', 'It is green', 'Like a bottle']);
  await window.close();
});
