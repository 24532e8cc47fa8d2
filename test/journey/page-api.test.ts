/** What a page's own scripts do with the chat. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ParlourWidget } from '../../widget/api/page-api.ts';
import type * as Api from '../../widget/api/widget.ts';
import { Chat } from './chat.ts';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { House } from './house.ts';
import { proofs } from './identity.ts';
import { until, Window as Visit } from './visit.ts';

declare global {
  interface Window {
    chat: ParlourWidget;
    api: typeof Api;
    heard: string[];
  }
}

const house = await House.open();
const { channelKey } = await house.setUp();
const prove = await proofs(house);
const address = `${house.url}/widget.js?channel=${channelKey}`;
const stub = `<script>window.Parlour = window.Parlour || function () { (Parlour.q = Parlour.q || []).push(arguments) }</script>`;
const importing = `<script type="module">import * as api from '${house.url}/widget-api.js'; window.api = api;</script>`;
const site = await ForeignSite.open({
  '/': { body: plainPage(`<script async src="${address}"></script>`) },
  '/early': {
    body: plainPage(
      `${stub}<script>Parlour('setProperties', { plan: 'studio' }); Parlour('startConversation', 'Written before the script came');</script><script async src="${address}"></script>`,
    ),
  },
  '/import': { body: plainPage(importing) },
});

async function at(visit: Visit, path = '/'): Promise<{ page: Page; chat: Chat }> {
  const page = await visit.goTo(site.origin + path);
  await page.waitForFunction(() => !!window.Parlour?.widgets);
  await page.evaluate(() => {
    window.chat = window.Parlour as ParlourWidget;
  });
  return { page, chat: new Chat(page) };
}

const identify = (page: Page, token: string): Promise<string> =>
  page.evaluate(
    (proof) =>
      window.chat.identify({ token: proof }).then(
        () => 'done',
        (error: Error) => error.message,
      ),
    token,
  );
const kept = (page: Page): Promise<string[]> => page.evaluate(() => Object.keys(localStorage));

test('whoever proves who they are finds their conversations in another browser', async () => {
  const desk = await Visit.open();
  const there = await at(desk);
  assert.equal(await identify(there.page, prove({ sub: 'ada', name: 'Ada Stone' })), 'done');
  await there.chat.open();
  await there.chat.send('From my desk');
  await there.chat.stateOf('From my desk').getByText('Sent').waitFor({ state: 'attached' });

  const phone = await Visit.open();
  const here = await at(phone);
  await here.chat.open();
  assert.deepEqual(await here.chat.messages(), [], 'nobody yet');
  assert.equal(await identify(here.page, prove({ sub: 'ada' })), 'done');
  await here.chat.expectMessages(['From my desk']);
  await here.chat.send('And from my phone');
  await there.chat.expectMessages(['From my desk', 'And from my phone']);
  await desk.close();
  await phone.close();
});

test('somebody else in the same browser sees nothing of the first, neither after them nor on the next page', async () => {
  const visit = await Visit.open();
  const { page, chat } = await at(visit);
  await identify(page, prove({ sub: 'first' }));
  await chat.open();
  await chat.send('For my eyes only');
  await chat.stateOf('For my eyes only').getByText('Sent').waitFor({ state: 'attached' });
  await chat.field.fill('A draft of mine');
  assert.equal(await identify(page, prove({ sub: 'second' })), 'done');
  await chat.dialog.waitFor();
  await chat.field.waitFor();
  assert.deepEqual([await chat.messages(), await chat.field.inputValue()], [[], '']);
  await page.close();

  const next = await at(visit);
  assert.equal(await identify(next.page, prove({ sub: 'second' })), 'done');
  await next.chat.open();
  assert.deepEqual(await next.chat.messages(), []);
  const body = await next.page.locator('parlour-widget').evaluate((host) => host.shadowRoot?.textContent ?? '');
  assert.ok(!body.includes('For my eyes only'));
  await visit.close();
});

test('a proof that is not good says why, and leaves the visitor who they were', async () => {
  const visit = await Visit.open();
  const { page, chat } = await at(visit);
  await chat.open();
  await chat.send('I am nobody in particular');
  await chat.stateOf('I am nobody in particular').getByText('Sent').waitFor({ state: 'attached' });
  assert.match(await identify(page, `${prove({ sub: 'ada' })}x`), /signed with the identity secret/);
  assert.match(await identify(page, prove({ sub: 'ada', exp: 1 })), /expired/);
  assert.match(await identify(page, prove({ sub: 'ada', aud: 'elsewhere' })), /aud/);
  assert.match(await identify(page, 'no token at all'), /needs a JWT/);
  assert.match(await identify(page, prove({ name: 'Ada' })), /needs a JWT with a "sub"/);
  assert.match(await identify(page, prove({ sub: 7 })), /"sub" .* must be a text, not 7/);
  await chat.expectMessages(['I am nobody in particular']);
  await visit.close();
});

test('signing out wipes what the browser kept, ends the session in every tab, and begins with nobody', async () => {
  const visit = await Visit.open();
  const [one, other] = [await at(visit), await at(visit)];
  await identify(one.page, prove({ sub: 'leaving' }));
  await one.chat.open();
  await one.chat.send('Before I go');
  await one.chat.stateOf('Before I go').getByText('Sent').waitFor({ state: 'attached' });
  await other.page.reload();
  await other.page.waitForFunction(() => !!window.Parlour?.widgets);
  await other.chat.open();
  await other.chat.expectMessages(['Before I go']);
  const before = await one.page.evaluate(() => JSON.stringify(localStorage));
  const token = /pv_[\w-]{43}/.exec(before)?.[0] ?? '';
  assert.ok(token);

  await one.page.evaluate(() => window.chat.logout());
  assert.ok(!(await one.page.evaluate(() => JSON.stringify(localStorage))).includes(token));
  assert.deepEqual(await one.chat.messages(), []);
  await other.chat.dialog.getByText('You have signed out of this chat.').waitFor();
  const answer = await fetch(`${house.url}/api/v1/visitor`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 401);
  // Whoever comes next is somebody as soon as the chat that is open has told the server; before that there is nobody to sign out.
  await until(
    'the server knows whoever comes next',
    async () => {
      const now = await one.page.evaluate(() => JSON.stringify(localStorage));
      const next = /pv_[\w-]{43}/.exec(now)?.[0];
      if (!next) return undefined;
      return (await fetch(`${house.url}/api/v1/visitor`, { headers: { authorization: `Bearer ${next}` } })).status;
    },
    (status) => status === 200,
  );
  await one.page.evaluate(() => window.chat.shutdown());
  assert.equal(await one.page.locator('parlour-widget').count(), 0);
  assert.deepEqual(await kept(one.page), []);
  await visit.close();
});

const tokenOf = async (page: Page): Promise<string> => {
  const record = await page.evaluate((key) => localStorage[`parlour:${key}`] as string, channelKey);
  return record.slice(0, 46);
};
const statusOf = async (token: string): Promise<number> =>
  (await fetch(`${house.url}/api/v1/visitor`, { headers: { authorization: `Bearer ${token}` } })).status;

test('somebody else in another tab ends the first in all of them, and on the server', async () => {
  const visit = await Visit.open();
  const [one, other] = [await at(visit), await at(visit)];
  await identify(one.page, prove({ sub: 'anna' }));
  await one.chat.open();
  await one.chat.send('Between you and me');
  await one.chat.stateOf('Between you and me').getByText('Sent').waitFor({ state: 'attached' });
  await one.chat.field.fill('And another th');
  const hers = await tokenOf(one.page);
  assert.equal(await identify(other.page, prove({ sub: 'bert' })), 'done');
  await one.chat.dialog.getByText('You have signed out of this chat.').waitFor();
  assert.deepEqual([await one.chat.messages(), await one.chat.field.count()], [[], 0]);
  assert.deepEqual([await statusOf(hers), await statusOf(await tokenOf(other.page))], [401, 200]);
  await other.chat.open();
  await other.chat.send('I am somebody else');
  await other.chat.stateOf('I am somebody else').getByText('Sent').waitFor({ state: 'attached' });
  assert.deepEqual(await other.chat.messages(), ['I am somebody else']);
  await visit.close();
});

test('two people in two tabs whose pages renew their proofs do not end each other: whoever came last stays', async () => {
  const visit = await Visit.open();
  const [one, other] = [await at(visit), await at(visit)];
  await identify(one.page, prove({ sub: 'clara' }));
  assert.equal(await identify(other.page, prove({ sub: 'david' })), 'done');
  const his = await tokenOf(other.page);
  for (let round = 0; round < 2; round += 1) {
    assert.match(await identify(one.page, prove({ sub: 'clara' })), /Another tab has named somebody else since/);
    assert.equal(await identify(other.page, prove({ sub: 'david' })), 'done');
    assert.deepEqual([await tokenOf(other.page), await statusOf(his)], [his, 200]);
  }
  await one.page.evaluate(() => window.chat.logout());
  assert.equal(await identify(one.page, prove({ sub: 'clara' })), 'done');
  assert.equal(await statusOf(his), 401);
  assert.match(await identify(other.page, prove({ sub: 'david' })), /Another tab has named somebody else since/);
  assert.equal(await statusOf(await tokenOf(one.page)), 200);
  await visit.close();
});

for (const isKnownHere of [true, false]) {
  test(`two tabs that name the same next person at once lose nothing of theirs${isKnownHere ? '' : ', though the page knew nobody'}`, async () => {
    const visit = await Visit.open();
    const tabs = [await at(visit), await at(visit)] as const;
    const [one, other] = tabs;
    const [before, next] = [`before-${isKnownHere}`, `next-${isKnownHere}`];
    await identify(one.page, prove({ sub: before }));
    const gone = await tokenOf(one.page);
    if (!isKnownHere) await one.page.evaluate((key) => localStorage.removeItem(`parlour:${key}:who`), channelKey);
    // The same whoever it is in both, while one of them is being written in.
    await one.chat.open();
    await one.chat.field.fill('Half a mess');
    if (isKnownHere) {
      assert.equal(await identify(other.page, prove({ sub: before })), 'done');
      assert.equal(await one.chat.field.inputValue(), 'Half a mess');
    }
    const named = await Promise.all(tabs.map(({ page }) => identify(page, prove({ sub: next }))));
    assert.deepEqual(named, ['done', 'done']);
    await until(
      'whoever was here is signed out',
      () => statusOf(gone),
      (status) => status === 401,
    );
    for (const [index, { page, chat }] of tabs.entries()) {
      await page.evaluate(() => window.chat.open());
      await chat.send(`From tab ${index}`);
      await chat
        .stateOf(`From tab ${index}`)
        .getByText(/Sent|Seen/)
        .waitFor({ state: 'attached' });
    }
    assert.equal(await statusOf(await tokenOf(one.page)), 200);
    await visit.close();
  });
}

test('nobody to sign out is nothing to tell the server', async () => {
  const visit = await Visit.open();
  const { page } = await at(visit);
  await page.evaluate(() => window.chat.logout());
  await page.evaluate(() => window.chat.shutdown());
  assert.deepEqual(await kept(page), []);
  // Whatever the page complains of fails this, too.
  assert.ok(!visit.asked.some((asked) => asked.endsWith('/api/v1/visitor')));
  await visit.close();
});

test('calls from before the script came are carried out when it has', async () => {
  const visit = await Visit.open();
  const { page, chat } = await at(visit, '/early');
  await chat.dialog.waitFor();
  await until(
    'the text stands in the field',
    () => chat.field.inputValue(),
    (text) => text === 'Written before the script came',
  );
  assert.equal(await page.evaluate(() => window.chat.known['plan']), 'studio');
  await chat.field.press('Enter');
  await chat.expectMessages(['Written before the script came']);
  await visit.close();
});

test('what the page knows of its visitor reaches the contact, and what they did its timeline', async () => {
  const visit = await Visit.open();
  const { page, chat } = await at(visit);
  await page.evaluate(() => window.chat.setProperties({ name: 'Noor', email: 'noor@example.com', orders: 3 }));
  await chat.open();
  await chat.send('You know me');
  await chat.stateOf('You know me').getByText('Sent').waitFor({ state: 'attached' });
  await page.evaluate(() => window.chat.track('added-to-basket'));
  await page.evaluate(() => window.chat.track('ordered', { order: 'K-1042', price: 48, gift: true }));
  const { contacts } = await house.ask<{
    contacts: { id: string; name: string; claimedEmail: string; properties: object }[];
  }>('GET', '/contacts?search=Noor');
  const [contact] = contacts;
  assert.deepEqual([contact?.claimedEmail, contact?.properties], ['noor@example.com', { orders: 3 }]);
  const { entries } = await house.ask<{ entries: { name: string; facts: { name?: string; metadata?: object } }[] }>(
    'GET',
    `/contacts/${contact?.id}/timeline`,
  );
  assert.ok(entries.some(({ name, facts }) => name === 'visitor.tracked' && facts.name === 'added-to-basket'));
  const ordered = entries.find(({ facts }) => facts.name === 'ordered');
  assert.deepEqual(ordered?.facts.metadata, { order: 'K-1042', price: 48, gift: true });
  const code = (work: string): Promise<string> =>
    page.evaluate(`${work}.then(() => 'done', (error) => error.code)`) as Promise<string>;
  assert.equal(await code(`chat.track('ordered', { order: { id: 1 } })`), 'invalid');
  assert.equal(await code(`chat.setTheme('mauve')`), 'invalid');
  assert.equal(await code(`chat.setLocale('xx')`), 'invalid');
  assert.equal(await code(`chat.update({ offsetInline: 9999 })`), 'invalid');
  assert.equal(
    await code(`chat.setConversationProperties({ a: 1 }, '0192f3a0-0000-7000-8000-000000000000')`),
    'not_found',
  );
  await visit.close();
});

type Claimed = { conversations: { id: string; claimedProperties?: object; lastMessage: { preview: string } }[] };
const claimedOf = async (preview: string): Promise<object | undefined> =>
  (await house.ask<Claimed>('GET', '/conversations')).conversations.find(
    ({ lastMessage }) => lastMessage.preview === preview,
  )?.claimedProperties;

test('what the page says a conversation is about goes with it, and changes while it is open', async () => {
  const visit = await Visit.open();
  const { page, chat } = await at(visit);
  await page.evaluate(() => window.chat.setConversationProperties({ cart: 3, coupon: 'SPRING' }));
  assert.ok(!visit.asked.some((asked) => asked.startsWith('ws')), 'nobody connects who has not written');
  await page.evaluate(() => window.chat.startConversation('About my cart', { order: 'K-1' }));
  await until(
    'the text stands in the field',
    () => chat.field.inputValue(),
    (text) => text === 'About my cart',
  );
  await chat.field.press('Enter');
  await chat.stateOf('About my cart').getByText('Sent').waitFor({ state: 'attached' });
  assert.deepEqual(await claimedOf('About my cart'), { cart: 3, coupon: 'SPRING', order: 'K-1' });
  await page.evaluate(() => window.chat.setConversationProperties({ cart: 4, coupon: null }));
  assert.deepEqual(await claimedOf('About my cart'), { cart: 4, order: 'K-1' });

  const messages = page.evaluate(
    () =>
      new Promise<unknown[]>((resolve) => {
        const heard: unknown[] = [];
        window.chat.on('message', ({ detail: { from, text, at, isFirst } }) => {
          heard.push([from, text, !Number.isNaN(Date.parse(at)), isFirst]);
          if (heard.length === 2) resolve(heard);
        });
      }),
  );
  await chat.send('And one more thing');
  await chat
    .stateOf('And one more thing')
    .getByText(/Sent|Seen/)
    .waitFor({ state: 'attached' });
  const { conversations } = await house.ask<Claimed>('GET', '/conversations');
  const own = conversations.find(({ lastMessage }) => lastMessage.preview === 'And one more thing');
  await until(
    'it arrived',
    () => chat.messages(),
    (texts) => texts.length === 2,
  );
  await house.ask('POST', `/conversations/${own?.id}/replies`, { text: 'We **are** on it' });
  assert.deepEqual(await messages, [
    ['visitor', 'And one more thing', true, false],
    ['teammate', 'We are on it', true, false],
  ]);
  await visit.close();
});

test('what a page said a conversation is about outlives a reload, and is said of one conversation alone', async () => {
  const visit = await Visit.open();
  const { page, chat } = await at(visit);
  await page.evaluate(() => window.chat.startConversation('About the blue one', { product: 'K-7', price: 48 }));
  await chat.field.waitFor();
  await page.reload();
  await page.waitForFunction(() => !!window.Parlour?.widgets);
  await page.evaluate(() => {
    window.chat = window.Parlour as ParlourWidget;
  });
  await chat.open();
  await chat.send('Is it still there?');
  await chat.stateOf('Is it still there?').getByText('Sent').waitFor({ state: 'attached' });
  assert.deepEqual(await claimedOf('Is it still there?'), { product: 'K-7', price: 48 });

  await page.evaluate(() => window.chat.startConversation());
  await chat.send('Something else');
  await chat.stateOf('Something else').getByText('Sent').waitFor({ state: 'attached' });
  const { conversations } = await house.ask<Claimed>('GET', '/conversations');
  const other = conversations.filter(({ lastMessage }) => lastMessage.preview === 'Something else');
  assert.deepEqual(
    other.map(({ claimedProperties }) => claimedProperties),
    [undefined],
  );
  await visit.close();
});

/** Names of all that the browser keeps for the page. */
const traces = (page: Page): Promise<string[]> =>
  page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name ?? ''),
    ...(await caches.keys()),
    ...(document.cookie ? [document.cookie] : []),
  ]);

test('destroyed, the chat remembers its visitor; asked to wipe, the browser keeps nothing of the channel', async () => {
  const visit = await Visit.open();
  const { page, chat } = await at(visit);
  await page.evaluate(() => localStorage.setItem('basket', '3'));
  await chat.open();
  await chat.send('Remember me');
  await chat.stateOf('Remember me').getByText('Sent').waitFor({ state: 'attached' });
  await chat.field.fill('A draft');
  await page.evaluate(() => window.chat.setConversationProperties({ order: 'K-1' }));
  await page.evaluate(() => window.chat.destroy());
  assert.equal(await page.locator('parlour-widget').count(), 0);
  assert.ok((await traces(page)).length > 2, 'the visitor is remembered');

  await page.reload();
  await page.waitForFunction(() => !!window.Parlour?.widgets);
  await chat.open();
  await chat.expectMessages(['Remember me']);
  assert.equal(await chat.field.inputValue(), 'A draft');
  await page.evaluate(() => (window.Parlour as ParlourWidget).startConversation('Another', { order: 'K-2' }));
  const token = await page.evaluate((key) => localStorage[`parlour:${key}`] as string, channelKey);
  const kinds = (await traces(page)).filter((name) => name.startsWith('parlour:'));
  assert.ok(kinds.length >= 3, kinds.join());
  await page.evaluate(() => (window.Parlour as ParlourWidget).destroy({ wipe: true }));
  assert.deepEqual(await traces(page), ['basket']);
  assert.equal(await page.locator('parlour-widget').count(), 0);
  assert.equal(await page.evaluate(() => 'Parlour' in window), false);
  // What was on its way when it was destroyed keeps nothing afterwards, either.
  await page.waitForTimeout(1_500);
  assert.deepEqual(await traces(page), ['basket']);
  const answer = await fetch(`${house.url}/api/v1/visitor`, {
    headers: { authorization: `Bearer ${token.slice(0, 46)}` },
  });
  assert.equal(answer.status, 200, 'the session is the server’s to keep');
  await visit.close();
});

test('a chat that was never opened is wiped, too', async () => {
  const visit = await Visit.open();
  const { page } = await at(visit);
  await page.evaluate((key) => localStorage.setItem(`parlour:${key}:hello`, '1'), channelKey);
  await page.evaluate(() => window.chat.destroy({ wipe: true }));
  assert.deepEqual(await traces(page), []);
  await visit.close();
});

test('wiping leaves nothing of what all channels of the page once kept together', async () => {
  const visit = await Visit.open();
  const { page } = await at(visit);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open('parlour', 1);
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      }),
  );
  assert.deepEqual(await traces(page), ['parlour']);
  await page.evaluate(() => window.chat.destroy({ wipe: true }));
  assert.deepEqual(await traces(page), []);
  await visit.close();
});

test('the page shows a greeting by its id, whatever its rule says; the chat goes on from it', async () => {
  const never = { field: 'path', operator: 'matches', value: '/nowhere*' };
  const change = (settings: object): Promise<unknown> =>
    house.ask('PATCH', `/channels/${house.office.channelId}`, { settings });
  await change({
    greetings: [
      {
        id: 'prices',
        text: 'Any question about a piece?',
        translations: { de: 'Fragen zu einem Stück?' },
        when: never,
      },
      { id: 'sale', text: 'All blue ones are on sale.', when: never },
    ],
  });
  const visit = await Visit.open();
  const { page, chat } = await at(visit);
  const bubble = page.locator('parlour-widget .greeting');
  assert.equal(await bubble.count(), 0);
  assert.ok(!(await page.evaluate((from) => fetch(from).then((script) => script.text()), address)).includes('on sale'));
  const asked = (id: string): Promise<string> =>
    page.evaluate(
      (flow) =>
        window.chat.startFlow(flow).then(
          () => 'done',
          ({ code, message }: Error & { code: string }) => `${code}: ${message}`,
        ),
      id,
    );
  assert.equal(
    await asked('unknown'),
    'not_found: There is no greeting with the id “unknown” in this channel’s settings.',
  );
  assert.equal(await asked('prices'), 'done');
  await bubble.getByText('Any question about a piece?').waitFor();
  assert.equal(await asked('sale'), 'done');
  await bubble.getByText('All blue ones are on sale.').waitFor();
  assert.equal(await bubble.count(), 1, 'one takes the place of the other');
  await bubble.getByRole('button', { name: 'Dismiss' }).click();
  assert.equal(await bubble.count(), 0);
  assert.equal(await asked('sale'), 'done', 'also after it was dismissed');
  await bubble.getByText('All blue ones are on sale.').click();
  await chat.dialog.getByText('All blue ones are on sale.').waitFor();
  assert.equal(await bubble.count(), 0);
  await chat.send('Which blue ones?');
  await chat.stateOf('Which blue ones?').getByText('Sent').waitFor({ state: 'attached' });
  assert.equal(await asked('prices'), 'done');
  await chat.dialog.getByText('Any question about a piece?').waitFor();
  assert.deepEqual(await chat.messages(), [], 'where the chat is open, the next conversation begins with it');
  await visit.close();

  const german = await Visit.open({ locale: 'de-DE' });
  const there = await at(german);
  await there.page.evaluate(() => (document.documentElement.lang = 'de'));
  await there.page.evaluate(() => window.chat.startFlow('prices'));
  await there.page.getByText('Fragen zu einem Stück?').waitFor();
  await german.close();

  const turned = await at(await Visit.open());
  await turned.page.evaluate(() => window.chat.startFlow('prices'));
  await turned.page.getByRole('button', { name: 'Dismiss' }).click();
  await turned.page.evaluate(() => window.chat.setLocale('de'));
  await turned.page.evaluate(() => window.chat.startFlow('prices'));
  await turned.page.getByText('Fragen zu einem Stück?').waitFor();
  assert.equal(await turned.page.getByRole('button', { name: 'Schließen' }).count(), 1, 'its button says so, too');
  await turned.page.context().close();
  await change({ greetings: [] });
});

test('the page changes language, colours and place while the chat stands, and calls keep their order', async () => {
  const visit = await Visit.open();
  const { page, chat } = await at(visit);
  await house.ask('PATCH', `/channels/${house.office.channelId}`, {
    settings: { translations: { de: { greeting: 'Guten Tag aus der Werkstatt' } } },
  });
  await chat.open();
  await page.evaluate(() => window.chat.setLocale('de'));
  const panel = page.locator('parlour-widget-panel [role=dialog]');
  await panel.getByText('Guten Tag aus der Werkstatt').waitFor();
  assert.equal(await panel.getAttribute('lang'), 'de');
  const button = page.locator('parlour-widget button[aria-haspopup]');
  assert.equal(await button.getAttribute('aria-label'), 'Chat schließen');
  await page.evaluate(() => window.chat.setLocale('ar'));
  assert.equal(await panel.getAttribute('dir'), 'rtl');
  // Nobody has written that in Arabic.
  await panel.getByText('مرحبًا! كيف يمكننا مساعدتك؟').waitFor();
  await page.evaluate(() => window.chat.setLocale('en'));
  assert.equal(await panel.getAttribute('dir'), 'ltr');
  await panel.getByText('Hello! How can we help?').waitFor();
  const before = await button.boundingBox();
  await page.evaluate(() =>
    window.chat.update({ theme: 'dark', color: '#ffcc00', position: 'left', offsetInline: 40, offsetBlock: 60 }),
  );
  const box = await button.boundingBox();
  assert.ok(box && before);
  assert.deepEqual([box.x, before.y - box.y], [40, 40], 'from 20 to 60 above the edge');
  assert.equal((await panel.boundingBox())?.x, 40);
  assert.equal(await button.evaluate((one) => getComputedStyle(one).backgroundColor), 'rgb(255, 204, 0)');
  assert.equal(await panel.evaluate((card) => getComputedStyle(card).colorScheme), 'dark');
  await page.evaluate(() => window.chat.setTheme('light'));
  assert.equal(await panel.evaluate((card) => getComputedStyle(card).colorScheme), 'light');
  await page.evaluate(() => window.chat.update({ hidden: true }));
  await page.evaluate(() => window.chat.close());
  assert.equal(await button.isVisible(), false);
  await page.evaluate(() => window.chat.update({ hidden: false }));

  const done = await page.evaluate(
    async (token) => {
      const order: string[] = [];
      await Promise.all([
        window.chat.identify({ token }).then(() => order.push('identify')),
        window.chat.track('seen').then(() => order.push('track')),
        window.chat.startConversation('Last').then(() => order.push('startConversation')),
      ]);
      return order;
    },
    prove({ sub: 'orderly' }),
  );
  assert.deepEqual(done, ['identify', 'track', 'startConversation']);
  assert.equal(await chat.field.inputValue(), 'Last');
  await house.ask('PATCH', `/channels/${house.office.channelId}`, { settings: { translations: {} } });
  await visit.close();
});

test('a conversation that runs begins in the language that the page changes to', async () => {
  const visit = await Visit.open();
  const { page, chat } = await at(visit);
  await chat.open();
  await chat.send('Which one is it?');
  await page.evaluate(() => window.chat.setLocale('fr'));
  await page.getByText('Bonjour ! Comment pouvons-nous vous aider ?').waitFor();
  assert.equal(await page.getByText('Hello! How can we help?').count(), 0);
  await visit.close();
});

test('an application that imports it boots each widget once, hears its events, and takes it away again', async () => {
  const visit = await Visit.open();
  const page = await visit.goTo(`${site.origin}/import`);
  await page.waitForFunction(() => !!window.api);
  const [same, two] = await page.evaluate(
    async ([server, channel]) => {
      const options = { server, channel } as { server: string; channel: string };
      const [first, again] = await Promise.all([window.api.boot(options), window.api.boot(options)]);
      const named = await window.api.boot({ ...options, name: 'second', hidden: true });
      window.chat = first;
      window.heard = [];
      for (const name of ['open', 'close'] as const) first.on(name, () => window.heard.push(name));
      return [
        first === again && window.api.widget(channel ?? '') === first && first.widget('second') === named,
        document.querySelectorAll('parlour-widget').length,
      ];
    },
    [house.url, channelKey],
  );
  assert.deepEqual([same, two], [true, 2]);
  await page.evaluate(() => window.chat.open());
  await page.evaluate(() => window.chat.close());
  assert.deepEqual(await page.evaluate(() => window.heard), ['open', 'close']);
  await page.evaluate(() => {
    for (const widget of Object.values(window.chat.widgets)) widget.destroy();
  });
  assert.equal(await page.locator('parlour-widget, script[src*="widget.js"]').count(), 0);
  const refused = await page.evaluate(
    async ([server]) =>
      window.api.boot({ server: server ?? '', channel: 'nobody' }).catch((error: Error) => error.message),
    [house.url],
  );
  assert.match(String(refused), /no chat with the key nobody/);
  visit.expectComplaint(/there is no channel with this key/);
  await visit.close();
});

test('an application that shuts it down and boots it in one turn gets another, which stays', async () => {
  const visit = await Visit.open();
  const page = await visit.goTo(`${site.origin}/import`);
  await page.waitForFunction(() => !!window.api);
  const [isOther, isOne, isFound, stands] = await page.evaluate(
    async ([server = '', channel = '']) => {
      const options = { server, channel };
      const first = await window.api.boot(options);
      await first.showConversation();
      const left = first.shutdown();
      const [next, same] = await Promise.all([window.api.boot(options), window.api.boot(options)]);
      await left;
      await next.open();
      window.chat = next;
      const found = window.api.widget(channel) === next && window.Parlour === next;
      return [next !== first, same === next, found, document.querySelectorAll('parlour-widget').length];
    },
    [house.url, channelKey],
  );
  assert.deepEqual([isOther, isOne, isFound, stands], [true, true, true, 1]);
  const chat = new Chat(page);
  await chat.send('Still here');
  await chat.stateOf('Still here').getByText('Sent').waitFor({ state: 'attached' });
  const atLast = await page.evaluate(
    async ([server = '', channel = '']) => {
      const options = { server, channel };
      const ends = [window.chat('shutdown')];
      const next = await window.api.boot(options);
      ends.push(next.shutdown());
      const last = await window.api.boot(options);
      ends.push(last.shutdown());
      await Promise.all(ends);
      return [new Set([window.chat, next, last]).size, document.querySelectorAll('parlour-widget').length];
    },
    [house.url, channelKey],
  );
  assert.deepEqual(atLast, [3, 0]);
  await visit.close();
});

test('it can be imported where there is no page', async () => {
  // By the name applications use; there is nothing to import before it is built.
  const name = 'parlour/widget';
  const api = (await import(name)) as typeof Api;
  assert.equal(api.widget('any'), undefined);
  // A bundler of the application must leave what it imports to the browser.
  const built = await readFile(new URL('../../dist/client/widget-api.js', import.meta.url), 'utf8');
  assert.equal(built.match(/import\(/g)?.length, built.match(/import\(\/\* webpackIgnore: true \*\//g)?.length);
  await assert.rejects(api.boot({ server: house.url, channel: channelKey }), /in a browser/);
});
