/** The keyboard alone: everything is reached in an order that makes sense, the focus is always seen, and never lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { Chat } from '../chat.ts';
import { ForeignSite, plainPage } from '../foreign-site.ts';
import { House } from '../house.ts';
import { phone, until, Window } from '../visit.ts';
import { focusOn } from './judge.ts';

const house = await House.open();
const { channelKey, channelId } = await house.setUp();
const snippet = `<script async src="${house.url}/widget.js?channel=${channelKey}"></script>`;
const site = await ForeignSite.open({
  '/': { body: plainPage(snippet, '<h1>A pottery</h1><a href="#more" id="before">More</a>') },
});
await house.ask('PATCH', `/channels/${channelId}`, { settings: { startAtHome: true, greeting: 'Hello!' } });
const { articleId } = await house.ask<{ articleId: string }>('POST', '/articles', {
  title: 'Repairs',
  text: 'We mend chips. [Write](https://example.com/)',
});
await house.ask('POST', `/articles/${articleId}/publish`);

/** More presses than any state of the chat has stops. */
const MOST_STOPS = 60;

/** Where Tab leads from here, until it leaves the chat or comes back to where it began. Every stop must be seen. */
async function stops(page: Page, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<string[]> {
  const { where: start } = await focusOn(page);
  const found: string[] = [];
  for (let press = 0; press < MOST_STOPS; press += 1) {
    await page.keyboard.press(key);
    const { where, isSeen, isInChat } = await focusOn(page);
    if (!isInChat) return found;
    assert.ok(isSeen, `the focus cannot be seen on ${where}`);
    // What has the focus at first may be no stop, such as a heading.
    if (where === found[0]) return found;
    found.push(where);
    if (where === start) return found;
  }
  assert.fail(`Tab leads round in circles: ${found.join(', ')}`);
}

/** Fails unless what is named comes in this order, wherever the round began. */
function expectStops(found: readonly string[], wanted: readonly string[]): void {
  const round = [...found, ...found];
  const from = round.findIndex((stop) => stop.includes(`"${wanted[0]}`));
  const places = wanted.map((name) => round.findIndex((stop, index) => index >= from && stop.includes(`"${name}`)));
  assert.ok(
    from >= 0 && places.every((place, index) => place >= (index === 0 ? from : (places[index - 1] ?? 0) + 1)),
    `${wanted.join(', ')} are not in this order among: ${found.join(', ')}`,
  );
}

async function focusIn(page: Page, name: string): Promise<void> {
  await until(
    `the focus is on ${name}`,
    () => focusOn(page),
    ({ where }) => where.includes(name),
  );
}

const settings: [string, BrowserContextOptions][] = [
  ['desktop', {}],
  ['phone', { viewport: phone }],
];

for (const [size, options] of settings) {
  test(`a whole chat by keyboard, ${size}`, async () => {
    const visitor = await Window.open(options);
    const page = await visitor.goTo(site.origin);
    const chat = new Chat(page);
    /** Into the chat from its edge, where Tab leaves it; on a phone there is nothing beside it. */
    const all = async (): Promise<string[]> => {
      if (size === 'phone') return stops(page);
      await stops(page, 'Shift+Tab');
      return stops(page);
    };
    await chat.launcher.waitFor();
    await page.locator('#before').focus();
    await page.keyboard.press('Tab');
    await focusIn(page, 'Open chat');
    assert.ok((await focusOn(page)).isSeen);

    await page.keyboard.press('Enter');
    await focusIn(page, 'Start a conversation');
    await chat.dialog.getByRole('button', { name: /^Repairs/ }).waitFor();
    const atHome = ['Close chat', 'Search for help', 'Repairs', 'Start a conversation'];
    expectStops(await all(), atHome);

    await chat.dialog.getByRole('button', { name: /^Repairs/ }).focus();
    await page.keyboard.press('Enter');
    await focusIn(page, 'h3 "Repairs"');
    expectStops(await all(), ['Back', 'Close chat', 'Write', 'Ask us']);
    await chat.dialog.getByRole('button', { name: 'Back' }).focus();
    await page.keyboard.press('Enter');
    await focusIn(page, 'Repairs');

    await chat.dialog.getByRole('button', { name: 'Start a conversation' }).focus();
    await page.keyboard.press('Enter');
    await focusIn(page, 'Your message');
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await chat.stateOf('By keyboard').getByText('Sent').waitFor({ state: 'attached' });
    await focusIn(page, 'Your message');
    await chat.dialog.getByRole('button', { name: 'More' }).waitFor();
    const head = ['All conversations', 'Sound for new messages', 'More', 'Close chat'];
    expectStops(await all(), [...head, 'Messages', 'Attach files', 'Emoji', 'Your message', 'Send']);

    await chat.dialog.getByRole('button', { name: 'Emoji' }).focus();
    await page.keyboard.press('Enter');
    await focusIn(page, 'Search emoji');
    await page.keyboard.type('party popper');
    await page.keyboard.press('ArrowDown');
    await focusIn(page, 'party popper');
    assert.ok((await focusOn(page)).isSeen);
    await page.keyboard.press('Enter');
    await focusIn(page, 'Your message');
    assert.equal(await chat.field.inputValue(), '🎉');

    await chat.dialog.getByRole('button', { name: 'More' }).focus();
    await page.keyboard.press('Enter');
    await focusIn(page, 'menuitem');
    await page.keyboard.press('Escape');
    await focusIn(page, 'More');
    assert.ok(await chat.dialog.isVisible(), 'Escape was for the menu');

    await page.keyboard.press('Escape');
    await chat.dialog.waitFor({ state: 'hidden' });
    await focusIn(page, 'Open chat');
    await visitor.close();
  });
}

test('on a desktop Tab leads out of the chat into the page, and back', async () => {
  const visitor = await Window.open();
  const page = await visitor.goTo(site.origin);
  const chat = new Chat(page);
  await chat.open();
  await focusIn(page, 'Start a conversation');
  await stops(page, 'Shift+Tab');
  assert.match((await focusOn(page)).where, /More/, 'the page’s own link');
  await page.keyboard.press('Tab');
  assert.ok((await focusOn(page)).isInChat);
  assert.equal(await chat.dialog.getAttribute('aria-modal'), null);
  await visitor.close();
});

test('on a phone, where the chat fills the window, Tab goes round in it, and those who listen hear nothing of the page', async () => {
  const visitor = await Window.open({ viewport: phone });
  const page = await visitor.goTo(site.origin);
  const chat = new Chat(page);
  await chat.open();
  await focusIn(page, 'Start a conversation');
  await chat.dialog.getByRole('button', { name: /^Repairs/ }).waitFor();
  await until(
    'it says that there is nothing else',
    () => chat.dialog.getAttribute('aria-modal'),
    (modal) => modal === 'true',
  );
  const forwards = await stops(page);
  assert.ok(forwards.length > 2 && forwards.at(-1)?.includes('Start a conversation'), forwards.join(', '));
  const back = await stops(page, 'Shift+Tab');
  assert.deepEqual(back.slice(0, -1).reverse(), forwards.slice(0, -1));
  // In a window that grew it stands beside the page again.
  await page.setViewportSize({ width: 1280, height: 800 });
  await until(
    'it stands beside the page',
    () => chat.dialog.getAttribute('aria-modal'),
    (modal) => modal === null,
  );
  await visitor.close();
});
