import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { Chat } from './chat.ts';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { House } from './house.ts';
import type { ParlourWidget } from '../../widget/api/page-api.ts';
import type { PlacedWidget } from '../../widget/placed/placed-widget.ts';
import { until, Window } from './visit.ts';

const house = await House.open();
const { channelKey, channelId } = await house.setUp();
const script = `${house.url}/widget.js?channel=${channelKey}`;
const module = `<script type="module" src="${house.url}/parlour-widget.js"></script>`;
const site = await ForeignSite.open({
  '/': { body: plainPage('') },
  '/inline': {
    body: plainPage(
      `${module}<style>parlour-widget{block-size:420px;inline-size:500px}</style>`,
      `<h1>Contact</h1><input id="mine" autofocus><parlour-widget channel="${channelKey}" inline></parlour-widget><p>Below</p>`,
    ),
  },
  '/bubble': { body: plainPage(module, `<h1>A page</h1><parlour-widget channel="${channelKey}"></parlour-widget>`) },
  '/own': {
    body: plainPage(
      module,
      `<h1>A page</h1><parlour-widget channel="${channelKey}"><button slot="launcher">Ask the studio</button></parlour-widget>`,
    ),
  },
  '/rules': { body: plainPage(`<script async src="${script}"></script>`) },
});

/** Waits until a message is told to be sent. The chat is a region of the page here, no dialog. */
const sent = (page: Page, text: string): Promise<void> =>
  page
    .locator('.messages .row', { has: page.getByText(text, { exact: true }) })
    .locator('.status')
    .getByText('Sent')
    .waitFor({ state: 'attached' });

const change = (settings: object): Promise<unknown> => house.ask('PATCH', `/channels/${channelId}`, { settings });

test('a chat placed by hand fills its place in the page, and leaves the focus where it is', async () => {
  const visitor = await Window.open();
  const page = await visitor.goTo(`${site.origin}/inline`);
  const field = page.getByRole('textbox', { name: /message|ask/i });
  await field.waitFor();
  const box = await page.locator('parlour-widget-panel').boundingBox();
  assert.ok(box);
  assert.deepEqual([Math.round(box.width), Math.round(box.height)], [500, 420]);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'mine');
  assert.equal(await page.getByRole('button', { name: /(open|close) chat/i }).count(), 0);
  await field.fill('From within the page');
  await page.keyboard.press('Enter');
  await sent(page, 'From within the page');
  await page.keyboard.press('Escape');
  assert.ok(await field.isVisible(), 'Escape closes nothing');

  await page.evaluate(() => {
    const chat = document.querySelector('parlour-widget') as Element;
    document.querySelector('h1')?.after(chat);
  });
  assert.ok(await page.getByText('From within the page').isVisible(), 'moving it does not end it');
  await page.evaluate(() => {
    const chat = document.querySelector('parlour-widget') as Element;
    (window as { kept?: Element }).kept = chat;
    chat.remove();
  });
  await until('it left', () => page.evaluate(() => window.Parlour === undefined), Boolean);
  await page.evaluate(() => document.body.append((window as unknown as { kept: Element }).kept));
  await page.getByText('From within the page').waitFor();
  await visitor.close();
});

test('several chats of a channel stand in places of a height of their own, and one of a name that is taken says so', async () => {
  const one = `<div style="block-size:300px"><parlour-widget channel="${channelKey}" inline></parlour-widget></div>`;
  const named = `<parlour-widget id="same" channel="${channelKey}" inline></parlour-widget>`;
  site.pages.set('/several', { body: plainPage(module, one + one + named + named) });
  const visitor = await Window.open();
  visitor.expectComplaint(/there is a chat “same” on this page already/);
  const page = await visitor.goTo(`${site.origin}/several`);
  await until(
    'three stand',
    () => page.getByRole('textbox', { name: /message|ask/i }).count(),
    (count) => count === 3,
  );
  const heights = () =>
    page.evaluate(() => [...document.querySelectorAll('parlour-widget')].map((chat) => chat.clientHeight));
  assert.deepEqual(
    (await heights()).toSorted((one, other) => one - other),
    [0, 300, 300, 640],
  );
  await visitor.close();
});

test('a page styles the chat by custom properties and parts, and its accent reaches the visitor’s bubbles', async () => {
  site.pages.set('/styled', {
    body: plainPage(
      `${module}<style>#styled{--parlour-accent:rgb(200,30,90);--parlour-radius:0px}#styled::part(header){background:rgb(1,2,3)}#styled::part(theirs){border-color:rgb(4,5,6)}</style>`,
      `<parlour-widget id="styled" channel="${channelKey}" inline></parlour-widget>`,
    ),
  });
  const visitor = await Window.open();
  const page = await visitor.goTo(`${site.origin}/styled`);
  const field = page.getByRole('textbox', { name: /message|ask/i });
  await field.fill('In their colours');
  await field.press('Enter');
  await sent(page, 'In their colours');
  const look = (selector: string, property: string): Promise<string> =>
    page
      .locator(`parlour-widget ${selector}`)
      .first()
      .evaluate((one, name) => getComputedStyle(one).getPropertyValue(name), property);
  assert.equal(await look('[part~=mine]', 'background-color'), 'rgb(200, 30, 90)');
  assert.equal(await look('[part~=mine]', 'border-start-end-radius'), '0px');
  assert.equal(await look('[part~=header]', 'background-color'), 'rgb(1, 2, 3)');
  assert.equal(await look('[part~=theirs]', 'border-block-start-color'), 'rgb(4, 5, 6)');
  await visitor.close();
});

test('a placed chat does and tells what window.Parlour does, also what is asked before it stands', async () => {
  const visitor = await Window.open();
  const page = await visitor.goTo(`${site.origin}/`);
  const heard = await page.evaluate(
    async ([address, key]) => {
      const told: string[] = [];
      const element = document.createElement('parlour-widget') as PlacedWidget;
      // Before its class has come.
      element.channel = key ?? '';
      element.locale = 'de';
      for (const name of ['ready', 'open', 'message', 'close'])
        element.addEventListener(`parlour-${name}`, () => told.push(name));
      document.body.append(element);
      await import(address ?? '');
      const before = [element.isOpen, element.unreadCount, element.availability];
      const opened = element.startConversation('Vorab geschrieben', { order: 'K-9' });
      await opened;
      const panel = element.shadowRoot?.querySelector('div')?.shadowRoot?.querySelector('parlour-widget-panel');
      await element.setTheme('dark');
      const code = await element.setLocale('xx').catch((error: { code: string }) => error.code);
      const now = [element.isOpen, element.unreadCount, element.availability?.open];
      const language = panel?.shadowRoot?.querySelector('section')?.lang;
      await element.close();
      return { before, now, told, code, language };
    },
    [`${house.url}/parlour-widget.js`, channelKey],
  );
  assert.deepEqual(heard, {
    before: [false, 0, undefined],
    now: [true, 0, true],
    told: ['ready', 'open', 'close'],
    code: 'invalid',
    language: 'de',
  });
  await visitor.close();
});

test('the demo’s five looks are five', async () => {
  const visitor = await Window.open();
  const page = await visitor.goTo(`${house.url}/demo/looks.html`);
  // The field comes first, and the head once that is drawn.
  for (const part of ['field', 'header'])
    await until(
      `all five have a ${part}`,
      () => page.locator(`parlour-widget [part~=${part}]`).count(),
      (count) => count === 5,
    );
  const looks = await page.locator('parlour-widget [part~=header]').evaluateAll((headers) =>
    headers.map((header) => {
      const { backgroundColor, backgroundImage, color, fontFamily } = getComputedStyle(header);
      return [backgroundColor, backgroundImage, color, fontFamily].join();
    }),
  );
  assert.equal(new Set(looks).size, 5);
  assert.ok(await page.getByText('#terminal::part(bubble)').isVisible(), 'beside its CSS');
  await visitor.close();
});

test('placed as a bubble it comes and goes with its element, and asks for no panel before somebody wants it', async () => {
  const visitor = await Window.open();
  const page = await visitor.goTo(`${site.origin}/bubble`);
  const chat = new Chat(page);
  await chat.launcher.waitFor();
  assert.ok(!visitor.asked.some((address) => address.includes('/assets/')));
  await chat.open();
  await chat.send('From the corner');
  await sent(page, 'From the corner');
  await page.evaluate(() => document.querySelector('parlour-widget')?.remove());
  await until('it left', () => page.evaluate(() => window.Parlour === undefined), Boolean);
  await visitor.close();
});

test('a channel greets in the visitor’s language before its owner has written anything: in the page, at home and on a page of its own', async () => {
  const german = 'Hallo! Wie können wir Ihnen helfen?';
  const visitor = await Window.open({ locale: 'de-DE' });
  const onSite = await visitor.goTo(`${site.origin}/inline`);
  // The page's language counts for more than the browser's.
  await onSite.getByText('Hello! How can we help?').waitFor();
  await onSite.locator('parlour-widget').evaluate((chat) => ((chat as PlacedWidget).locale = 'de'));
  await onSite.getByText(german).waitFor();

  const shared = await fetch(`${house.url}/chat/${channelKey}`, { headers: { 'accept-language': 'de-DE,de;q=0.9' } });
  assert.ok((await shared.text()).includes(`<meta property="og:description" content="${german}">`));
  const ownPage = await visitor.goTo(`${house.url}/chat/${channelKey}`);
  await ownPage.locator('parlour-widget-panel .bubble').getByText(german).waitFor();

  await visitor.close();

  await change({ startAtHome: true });
  // A browser keeps for a minute what it was told of a channel.
  const another = await Window.open({ locale: 'de-DE' });
  const atHome = await another.goTo(`${house.url}/chat/${channelKey}`);
  await atHome.locator('parlour-widget-home').getByText(german).waitFor();
  await change({ startAtHome: false });
  await another.close();
});

test('a button of the page in the launcher’s slot is there instead of the round one, as long as it is there', async () => {
  const visitor = await Window.open();
  const page = await visitor.goTo(`${site.origin}/own`);
  const own = page.getByRole('button', { name: 'Ask the studio' });
  await own.click();
  const { dialog, launcher } = new Chat(page);
  await dialog.waitFor();
  assert.equal(await own.getAttribute('aria-expanded'), 'true');
  assert.equal(await launcher.isVisible(), false);
  await dialog.getByRole('button', { name: 'Close chat' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await own.getAttribute('aria-expanded'), 'false');
  await page.evaluate(() => {
    const chat = document.querySelector('parlour-widget') as Element;
    chat.remove();
    return new Promise((resolve) => setTimeout(resolve)).then(() => document.body.append(chat));
  });
  await own.click();
  await dialog.waitFor();
  await own.click();
  await dialog.waitFor({ state: 'hidden' });
  await page.evaluate(() => document.querySelector('[slot=launcher]')?.remove());
  await launcher.waitFor();
  await visitor.close();
});

test('every channel has a page of its own to share, which tells previews what it is', async () => {
  await change({ greeting: 'Ask us "anything" <b>', translations: { de: { greeting: 'Fragen Sie uns' } } });
  const html = await (await fetch(`${house.url}/chat/${channelKey}`)).text();
  assert.match(html, /<title>Chat with [^<]+<\/title>/);
  assert.ok(html.includes('<meta property="og:description" content="Ask us &quot;anything&quot; &lt;b&gt;">'));
  const picture = /property="og:image" content="([^"]+)"/.exec(html)?.[1] ?? '';
  const answer = await fetch(new URL(new URL(picture).pathname, house.url));
  assert.equal(answer.headers.get('content-type'), 'image/png');

  const visitor = await Window.open();
  const page = await visitor.goTo(`${house.url}/chat/${channelKey}`);
  const field = page.getByRole('textbox', { name: /message|ask/i });
  await field.fill('By the link');
  await page.keyboard.press('Enter');
  await sent(page, 'By the link');
  await visitor.close();

  const german = await fetch(`${house.url}/chat/${channelKey}`, { headers: { 'accept-language': 'de-AT,de;q=0.9' } });
  const said = await german.text();
  assert.match(said, /<html lang="de">[^]*Fragen Sie uns/);
  assert.match(said, /<title>Chat mit [^<]+<\/title>[^]*property="og:title" content="Chat mit /);
});

test('an address without a chat says so kindly', async () => {
  const answer = await fetch(`${house.url}/chat/nobody"><script>`);
  assert.equal(answer.status, 404);
  const html = await answer.text();
  assert.match(html, /There is no chat at this address/);
  assert.ok(!html.includes('nobody'));
});

test('rules that say no cost one request, and add no layout shift', async () => {
  await change({
    showWhen: { field: 'path', operator: 'matches', value: '/elsewhere*' },
    greetings: [{ id: 'hi', text: 'Hello there', when: { field: 'path', operator: 'matches', value: '/elsewhere*' } }],
  });
  const visitor = await Window.open();
  const page = await visitor.goTo(`${site.origin}/rules`);
  await page.waitForFunction(() => window.Parlour?.widgets !== undefined);
  await page.waitForTimeout(2_500);
  assert.deepEqual(
    visitor.asked.filter((address) => !address.startsWith(site.origin)),
    [script],
  );
  assert.equal(await page.getByRole('button', { name: /open chat/i }).count(), 0);
  await page.evaluate(() => {
    const shifts: number[] = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
    (window as { shifts?: number[] }).shifts = shifts;
    history.pushState(null, '', '/elsewhere/1');
  });
  await page.getByText('Hello there').waitFor();
  await page.waitForTimeout(500);
  assert.deepEqual(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts), []);
  await page.getByText('Hello there').click();
  await page.getByRole('textbox', { name: /message|ask/i }).waitFor();
  await change({ showWhen: null, greetings: [] });
  await visitor.close();
});

test('a placed chat shows a greeting by its id, and leaves the page with all that was kept', async () => {
  const never = { field: 'path', operator: 'matches', value: '/nowhere*' };
  await change({ greetings: [{ id: 'hi', text: 'Hello there', when: never }] });
  const visitor = await Window.open();
  const page = await visitor.goTo(`${site.origin}/bubble`);
  const chat = page.locator('parlour-widget[channel]');
  await page.waitForFunction(() => window.Parlour?.widgets !== undefined);
  const asked = (id: string): Promise<string> =>
    chat.evaluate(
      (element, flow) =>
        (element as PlacedWidget).startFlow(flow).then(
          () => 'done',
          ({ code }: { code: string }) => code,
        ),
      id,
    );
  assert.equal(await asked('unknown'), 'not_found');
  assert.equal(await asked('hi'), 'done');
  await page.getByText('Hello there').click();
  await page.getByRole('textbox', { name: /message|ask/i }).fill('A draft');
  const kept = (): Promise<string[]> =>
    page.evaluate(async () => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...(await indexedDB.databases()).map(({ name }) => name ?? ''),
    ]);
  await until('a draft is kept', kept, (names) => names.length >= 3);
  await chat.evaluate((element) => (element as PlacedWidget).destroy({ wipe: true }));
  assert.deepEqual(await kept(), []);
  assert.deepEqual(
    [await page.locator('parlour-widget').count(), await page.evaluate(() => window.Parlour)],
    [0, undefined],
  );
  await change({ greetings: [] });
  await visitor.close();
});

test('a placed chat ends once, and wipes what was kept also before it stands', async () => {
  const visitor = await Window.open();
  const page = await visitor.goTo(`${site.origin}/bubble`);
  await page.waitForFunction(() => window.Parlour?.widgets !== undefined);
  const ends = await page.evaluate(async (key) => {
    let count = 0;
    const chat = document.querySelector('parlour-widget[channel]') as PlacedWidget;
    (window.Parlour as ParlourWidget).on('destroy', () => (count += 1));
    const ended = chat.destroy();
    const { Parlour } = window;
    await ended;
    await new Promise((resolve) => setTimeout(resolve, 0));
    localStorage.setItem(`parlour:${key}:hello`, '1');
    const early = document.createElement('parlour-widget') as PlacedWidget;
    early.channel = key;
    document.body.append(early);
    await early.destroy({ wipe: true });
    return { count, stands: Parlour !== undefined, kept: Object.keys(localStorage) };
  }, channelKey);
  assert.deepEqual(ends, { count: 1, stands: false, kept: [] });
  await visitor.close();
});
