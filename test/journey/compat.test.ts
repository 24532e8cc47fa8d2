/** Sites written for another product's widget, as they are, with Parlour in its place. What a page is warned of without reason fails the test. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ParlourWidget } from '../../widget/api/page-api.ts';
import { Chat } from './chat.ts';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { House } from './house.ts';
import { proofs } from './identity.ts';
import { until, Window as Visit } from './visit.ts';

type Calls = Record<string, (...input: unknown[]) => unknown>;

declare global {
  interface Window {
    Intercom: (method: string, ...input: unknown[]) => unknown;
    $chatwoot: Calls & { isOpen: boolean; hasLoaded: boolean };
    HubSpotConversations: Calls & { widget: Calls };
    happened: unknown[];
  }
}

const house = await House.open();
const { channelKey } = await house.setUp();
const prove = await proofs(house);
const facade = (product: string, key = channelKey): string => `${house.url}/compat/${product}.js?channel=${key}`;

const intercomSnippet = (settings: object): string => `<script>window.happened = [];
window.intercomSettings = ${JSON.stringify(settings)};
(function(){var w=window;var ic=w.Intercom;if(typeof ic==="function"){ic('reattach_activator');ic('update',w.intercomSettings);}else{var d=document;var i=function(){i.c(arguments);};i.q=[];i.c=function(args){i.q.push(args);};w.Intercom=i;var l=function(){var s=d.createElement('script');s.async=true;s.src='${facade('intercom')}';d.head.appendChild(s);};if(document.readyState==='complete'){l();}else{w.addEventListener('load',l,false);}}})();
Intercom('ready', function () { happened.push('ready') });
Intercom('onUserEmailSupplied', function () { happened.push('email') });
Intercom('onShow', function () { happened.push('show') });
Intercom('onHide', function () { happened.push('hide') });
Intercom('onUnreadCountChange', function (count) { happened.push(count) });</script>`;

const chatwootSnippet = (settings: object): string => `<script>window.happened = [];
window.chatwootSettings = ${JSON.stringify(settings)};
for (const name of ['ready', 'opened', 'closed', 'on-message', 'error']) addEventListener('chatwoot:' + name, function () { happened.push(name) });
for (const name of ['on-start-conversation', 'postback']) addEventListener('chatwoot:' + name, function (event) { happened.push([name, event.detail]) });
(function(d,t){var g=d.createElement(t),s=d.getElementsByTagName(t)[0];g.src='${facade('chatwoot')}';g.async=true;s.parentNode.insertBefore(g,s);
g.onload=function(){window.chatwootSDK.run({websiteToken:'${channelKey}',baseUrl:'${house.url}'})}})(document,'script');</script>`;

const hubspotSnippet = (settings: object): string => `<script>window.happened = [];
window.hsConversationsSettings = ${JSON.stringify(settings)};
window.hsConversationsOnReady = [function () {
  for (const name of ['widgetLoaded', 'widgetClosed', 'userInteractedWithWidget']) HubSpotConversations.on(name, function (payload) { happened.push(typeof payload.message === 'string' && name) });
  for (const name of ['conversationStarted', 'userSelectedThread', 'quickReplyButtonClick']) HubSpotConversations.on(name, function (payload) { happened.push([name, payload]) });
  happened.push('ready');
}];</script><script async src="${facade('hubspot')}"></script>`;

const site = await ForeignSite.open();

async function visit(head: string): Promise<{ visitor: Visit; page: Page; chat: Chat }> {
  site.pages.set('/', { body: plainPage(head) });
  const visitor = await Visit.open();
  const page = await visitor.goTo(`${site.origin}/`);
  return { visitor, page, chat: new Chat(page) };
}

const happened = (page: Page): Promise<unknown[]> => page.evaluate(() => window.happened);
/** All that happened, once it is so much: the page is told a little after what it is told of can be seen. */
const toldOf = (page: Page, count: number): Promise<unknown[]> =>
  until(
    `the page is told of ${count} things`,
    () => happened(page),
    ({ length }) => length >= count,
  );
const inChat = async (chat: Chat, text: string): Promise<void> => {
  await chat.send(text);
  await chat.stateOf(text).getByText('Sent').waitFor({ state: 'attached' });
};
const { secret: botKey } = await house.ask<{ secret: string }>('POST', '/api-keys', { name: 'Bot', scopes: ['write'] });
/** The conversation that was written in last. */
const lastConversation = async (): Promise<string> => {
  const { conversations } = await house.ask<{ conversations: { id: string }[] }>('GET', '/conversations?limit=1');
  return conversations[0]?.id ?? '';
};
const reply = async (text: string, ...blocks: object[]): Promise<unknown> =>
  house.ask('POST', `/conversations/${await lastConversation()}/replies`, { text, blocks }, botKey);
const cups = { type: 'buttons', id: 'cups', buttons: [{ id: 'two', label: 'Two' }] };
const contactNamed = async (name: string): Promise<{ id: string; properties: object; claimedEmail: string | null }> => {
  type Found = { contacts: { id: string; name: string; properties: object; claimedEmail: string | null }[] };
  const { contacts } = await house.ask<Found>('GET', `/contacts?search=${encodeURIComponent(name)}`);
  const found = contacts[0];
  assert.ok(found, `nobody is called ${name}`);
  return found;
};

/** Something else in the page says what a part of this chat may say, and then, where one stands, a part of it does. */
const say = (page: Page, type: string, news: object): Promise<void> =>
  page.evaluate(
    ([name, more]) => {
      for (const at of [document.body, document.querySelector('parlour-widget')])
        at?.dispatchEvent(Object.assign(new Event(name, { bubbles: true, composed: true }), more));
    },
    [type, news] as const,
  );
const pressed = { words: 'Two', reply: { answer: { type: 'button', buttonId: 'two' } } };

test('a page written for Intercom: its snippet, settings, methods and callbacks', async () => {
  const { visitor, page, chat } = await visit(
    intercomSnippet({
      app_id: 'abc',
      name: 'Ines Rey',
      email: 'ines@example.com',
      plan: 'gold',
      company: { name: 'Rey' },
    }),
  );
  await chat.launcher.waitFor();
  assert.equal(await page.evaluate(() => window.Intercom('getVisitorId')), undefined);
  await page.evaluate(() => window.Intercom('showNewMessage', 'Prefilled'));
  await until(
    'the text stands in the field',
    () => chat.field.inputValue(),
    (text) => text === 'Prefilled',
  );
  await inChat(chat, 'Hello from an old page');
  assert.match(String(await page.evaluate(() => window.Intercom('getVisitorId'))), /^[\w-]{8}$/);
  await page.evaluate(() =>
    window.Intercom('trackEvent', 'ordered', {
      price: { amount: 4800, currency: 'eur' },
      order: { value: 'K-1' },
      n: 2,
    }),
  );
  await page.evaluate(() => window.Intercom('hide'));
  await chat.dialog.waitFor({ state: 'hidden' });
  await page.evaluate(() => window.Intercom('show'));
  await chat.dialog.waitFor();
  assert.deepEqual(await toldOf(page, 5), ['ready', 0, 'show', 'hide', 'show']);
  const email = { key: 'email', label: '', kind: 'email', required: true };
  await reply('Where may we write?', {
    type: 'form',
    id: 'reach',
    title: 'Your details',
    fields: [email],
    submitLabel: 'Send',
  });
  const blocks = chat.dialog.locator('parlour-widget-blocks');
  await blocks.getByRole('textbox').fill('ines@example.com');
  await blocks.getByRole('button', { name: 'Send' }).click();
  await until(
    'the page heard of the address',
    () => happened(page),
    (seen) => seen.at(-1) === 'email',
  );
  const { id, claimedEmail, properties } = await contactNamed('Ines Rey');
  assert.deepEqual([claimedEmail, properties], ['ines@example.com', { plan: 'gold', company: 'Rey' }]);
  type Timeline = { entries: { facts: { name?: string; metadata?: object } }[] };
  const ordered = await until('it is known what was ordered', async () =>
    (await house.ask<Timeline>('GET', `/contacts/${id}/timeline`)).entries.find(
      ({ facts }) => facts.name === 'ordered',
    ),
  );
  assert.deepEqual(ordered?.facts.metadata, { price: '48 EUR', order: 'K-1', n: 2 });
  await page.evaluate(() =>
    window.Intercom('update', { alignment: 'left', action_color: '#ffcc00', theme_mode: 'dark' }),
  );
  await until(
    'the launcher stands at the left, in that colour',
    () =>
      chat.launcher.evaluate((button) => [
        button.getBoundingClientRect().left,
        getComputedStyle(button).backgroundColor,
      ]),
    ([left, color]) => left === 20 && color === 'rgb(255, 204, 0)',
  );
  await page.evaluate(() => window.Intercom('update', { hide_default_launcher: true }));
  await page.evaluate(() => window.Intercom('hide'));
  await chat.launcher.waitFor({ state: 'hidden' });
  await page.evaluate(() => window.Intercom('shutdown'));
  await until(
    'it has left',
    () => page.locator('parlour-widget').count(),
    (count) => count === 0,
  );
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  await page.evaluate(() => {
    window.Intercom('boot', { app_id: 'abc', hide_default_launcher: false });
    window.Intercom('onUserEmailSupplied', () => window.happened.push('email'));
  });
  await chat.launcher.waitFor();
  const told = (await happened(page)).length;
  await say(page, 'parlour-widget-answer', { form: { answers: { email: 'ines@example.com' } } });
  assert.deepEqual((await happened(page)).slice(told), ['email'], 'once, and only of its own chat');
  await visitor.close();
});

test('a page written for Intercom greets in the language that it chooses, and an update without one leaves it so', async () => {
  const { visitor, page, chat } = await visit(intercomSnippet({ language_override: 'fr' }));
  await chat.open();
  await chat.dialog.getByText('Bonjour ! Comment pouvons-nous vous aider ?').waitFor();
  const set = await page.evaluate(async () => {
    const widget = window.Parlour as ParlourWidget;
    const { setLocale } = widget;
    const languages: string[] = [];
    widget.setLocale = (language) => setLocale((languages.push(language), language));
    for (const settings of [{ language_override: 'de' }, undefined, { plan: 'gold' }])
      window.Intercom('update', settings);
    // It is done after all of them.
    await new Promise<void>((resolve) => window.Intercom('ready', resolve));
    return languages;
  });
  assert.deepEqual(set, ['de']);
  await chat.dialog.getByText('Hallo! Wie können wir Ihnen helfen?').waitFor();
  await visitor.close();
});

test('a page written for Chatwoot: run, settings, $chatwoot and its events', async () => {
  const { visitor, page, chat } = await visit(chatwootSnippet({ locale: 'de' }));
  await until(
    'it is ready',
    () => happened(page),
    (seen) => seen.includes('ready'),
  );
  assert.equal(await page.evaluate(() => window.$chatwoot.hasLoaded), true);
  await page.evaluate(() => {
    window.$chatwoot['setUser']?.('id-7', { name: 'Kai Lund', email: 'kai@example.com' });
    window.$chatwoot['setCustomAttributes']?.({ plan: 'silver' });
    window.$chatwoot['toggle']?.('open');
  });
  const dialog = page.locator('parlour-widget-panel [role=dialog]');
  await dialog.waitFor();
  assert.equal(await dialog.getAttribute('lang'), 'de');
  await dialog.getByText('Hallo! Wie können wir Ihnen helfen?').waitFor();
  assert.equal(await page.evaluate(() => window.$chatwoot.isOpen), true);
  await page.locator('parlour-widget textarea').fill('Guten Tag');
  await page.locator('parlour-widget textarea').press('Enter');
  await until(
    'it arrived',
    () => house.ask<{ contacts: unknown[] }>('GET', '/contacts?search=Kai'),
    ({ contacts }) => contacts.length === 1,
  );
  // Until the chat has heard that it has begun, what a page says is of the next conversation.
  await chat.stateOf('Guten Tag').getByText('Gesendet', { exact: true }).waitFor({ state: 'attached' });
  await until(
    'all was taken',
    () => contactNamed('Kai Lund'),
    ({ properties }) => JSON.stringify(properties).includes('silver'),
  );
  await page.evaluate(() => {
    window.$chatwoot['setConversationCustomAttributes']?.({ order: 'K-7', coupon: 'SPRING' });
    window.$chatwoot['deleteConversationCustomAttribute']?.('coupon');
    window.$chatwoot['setColorScheme']?.('dark');
    window.$chatwoot['setLocale']?.('fr');
  });
  await until(
    'it speaks French, in the dark',
    () => dialog.evaluate((card) => [(card as HTMLElement).lang, getComputedStyle(card).colorScheme]),
    ([lang, scheme]) => lang === 'fr' && scheme === 'dark',
  );
  await until(
    'the team knows what it is about',
    () => house.ask<{ conversations: { claimedProperties?: object }[] }>('GET', '/conversations'),
    ({ conversations }) => JSON.stringify(conversations).includes('{"order":"K-7"}'),
  );
  await reply('How many cups?', cups);
  await page.locator('parlour-widget-blocks').getByRole('button', { name: 'Two' }).click();
  await until(
    'the question and the answer came',
    () => happened(page),
    (seen) => seen.filter((name) => name === 'on-message').length === 3,
  );
  await page.evaluate(() => window.$chatwoot['toggle']?.('close'));
  await page.evaluate(() => window.$chatwoot['toggleBubbleVisibility']?.('hide'));
  await chat.launcher.waitFor({ state: 'hidden' });
  assert.deepEqual(await toldOf(page, 8), [
    'ready',
    'opened',
    ['on-start-conversation', { hasConversation: false }],
    'on-message',
    'on-message',
    ['postback', { event: 'postback', data: { payload: 'two' } }],
    'on-message',
    'closed',
  ]);
  await say(page, 'parlour-widget-choice', pressed);
  assert.equal((await happened(page)).length, 9, 'only of its own chat');
  const before = await page.evaluate(() => JSON.stringify(localStorage));
  await page.evaluate(() => window.$chatwoot['reset']?.());
  await until(
    'it was forgotten',
    () => page.evaluate(() => JSON.stringify(localStorage)),
    (now) => now !== before && !now.includes('+'),
  );
  await visitor.close();
});

test('a page written for HubSpot: ready callbacks, load on demand, status, events, and a token that Parlour signed', async () => {
  const settings = {
    loadImmediately: false,
    identificationEmail: 'lea@example.com',
    identificationToken: prove({ sub: 'lea', name: 'Lea Moor' }),
  };
  const { visitor, page, chat } = await visit(hubspotSnippet(settings));
  await until(
    'it is ready',
    () => happened(page),
    (seen) => seen.includes('ready'),
  );
  assert.equal(await page.locator('parlour-widget').count(), 0);
  assert.deepEqual(await page.evaluate(() => window.HubSpotConversations.widget['status']?.()), {
    loaded: false,
    pending: false,
  });
  await page.evaluate(() => window.HubSpotConversations.widget['load']?.({ widgetOpen: true }));
  await until(
    'she is known',
    () => house.ask<{ contacts: object[] }>('GET', '/contacts?search=Lea%20Moor'),
    ({ contacts }) => contacts.length === 1,
  );
  await chat.dialog.waitFor();
  await inChat(chat, 'Hello from a landing page');
  assert.deepEqual(await page.evaluate(() => window.HubSpotConversations.widget['status']?.()), {
    loaded: true,
    pending: false,
  });
  await contactNamed('Lea Moor');
  await reply('How many cups?', cups);
  await chat.dialog.locator('parlour-widget-blocks').getByRole('button', { name: 'Two' }).click();
  await chat.expectMessages(['Hello from a landing page', 'How many cups?', 'Two']);
  await page.evaluate(() => window.HubSpotConversations.widget['close']?.());
  await chat.dialog.waitFor({ state: 'hidden' });
  await page.evaluate(() => window.HubSpotConversations.widget['refresh']?.({ openToNewThread: true }));
  await chat.dialog.waitFor();
  const conversation = { conversationId: await lastConversation() };
  assert.deepEqual(await toldOf(page, 8), [
    'ready',
    'widgetLoaded',
    'userInteractedWithWidget',
    ['conversationStarted', { conversation }],
    ['userSelectedThread', { conversation }],
    ['quickReplyButtonClick', { name: 'QUICK_REPLIES', multiSelect: false, value: ['Two'] }],
    'widgetClosed',
    'userInteractedWithWidget',
  ]);
  await page.evaluate(() => window.HubSpotConversations.widget['remove']?.());
  await until(
    'it has left',
    () => page.locator('parlour-widget').count(),
    (count) => count === 0,
  );
  await say(page, 'parlour-widget-choice', pressed);
  await say(page, 'parlour-widget-select', conversation);
  assert.equal((await happened(page)).length, 8, 'of what is gone nothing is heard');
  await visitor.close();
});

/** Marks what stands now, and counts what is put into the page from here on. */
const mark = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const host of document.querySelectorAll('parlour-widget')) host.classList.add('before');
    document.documentElement.dataset['put'] = '0';
    new MutationObserver((changes) => {
      const put = changes
        .flatMap(({ addedNodes }) => [...addedNodes])
        .filter(({ nodeName }) => nodeName === 'PARLOUR-WIDGET');
      document.documentElement.dataset['put'] = String(Number(document.documentElement.dataset['put']) + put.length);
    }).observe(document.documentElement, { childList: true });
  });

/** How many were put into the page since, and how many of which kind stand there now. */
const standing = (page: Page): Promise<{ put: number; before: number; now: number }> =>
  page.evaluate(() => ({
    put: Number(document.documentElement.dataset['put']),
    before: document.querySelectorAll('parlour-widget.before').length,
    now: document.querySelectorAll('parlour-widget').length,
  }));

const comesToStand = (page: Page, wanted: { put: number; before: number; now: number }): Promise<unknown> =>
  until(
    `it comes to ${JSON.stringify(wanted)}`,
    () => standing(page),
    (seen) => JSON.stringify(seen) === JSON.stringify(wanted),
  );

test('a page written for Intercom that shuts down and boots in one turn has a chat, and it is the next person’s', async () => {
  const { visitor, page, chat } = await visit(intercomSnippet({ app_id: 'abc' }));
  await chat.open();
  await inChat(chat, 'Mine alone');
  await mark(page);
  await page.evaluate(() => {
    window.Intercom('shutdown');
    window.Intercom('boot', { app_id: 'abc' });
    window.Intercom('show');
  });
  await comesToStand(page, { put: 1, before: 0, now: 1 });
  await chat.dialog.waitFor();
  await chat.field.waitFor();
  assert.deepEqual(await chat.messages(), []);
  // The server knows them now: of a session it has not met yet it would say that there is none.
  await inChat(chat, 'The next one’s');
  await page.evaluate(() => {
    for (const method of ['shutdown', 'boot', 'shutdown', 'boot', 'shutdown'])
      window.Intercom(method, { app_id: 'abc' });
  });
  await comesToStand(page, { put: 3, before: 0, now: 0 });
  await page.evaluate(() => {
    for (const method of ['boot', 'shutdown', 'boot', 'show']) window.Intercom(method, { app_id: 'abc' });
  });
  await comesToStand(page, { put: 5, before: 0, now: 1 });
  await chat.dialog.waitFor();
  await visitor.close();
});

test('a page written for Intercom that shuts down before it boots forgets whoever was here before', async () => {
  const { visitor, page, chat } = await visit(intercomSnippet({ app_id: 'abc' }));
  await chat.open();
  await inChat(chat, 'From an earlier page');
  const snippet = intercomSnippet({}).replace(/window\.intercomSettings = .*/, '');
  site.pages.set('/later', {
    body: plainPage(
      `${snippet}<script>Intercom('shutdown'); Intercom('boot', { app_id: 'abc' }); Intercom('show')</script>`,
    ),
  });
  await page.goto(`${site.origin}/later`);
  await chat.dialog.waitFor();
  await chat.field.waitFor();
  assert.deepEqual(await chat.messages(), []);
  assert.equal(await page.locator('parlour-widget').count(), 1);
  await visitor.close();
});

test('a page written for HubSpot that removes and loads in one turn has a chat, and its status says what is so', async () => {
  const { visitor, page, chat } = await visit(hubspotSnippet({}));
  await chat.launcher.waitFor();
  const status = (): Promise<unknown> => page.evaluate(() => window.HubSpotConversations.widget['status']?.());
  await until('it is loaded', status, (seen) => JSON.stringify(seen) === '{"loaded":true,"pending":false}');
  await mark(page);
  const during = await page.evaluate(() => {
    const { widget } = window.HubSpotConversations;
    widget['remove']?.();
    widget['load']?.({ widgetOpen: true });
    return widget['status']?.();
  });
  assert.deepEqual(during, { loaded: false, pending: true });
  await comesToStand(page, { put: 1, before: 0, now: 1 });
  await chat.dialog.waitFor();
  await until('it is loaded', status, (seen) => JSON.stringify(seen) === '{"loaded":true,"pending":false}');
  const after = await page.evaluate(() => {
    const { widget } = window.HubSpotConversations;
    for (const method of ['remove', 'load', 'remove']) widget[method]?.();
    return widget['status']?.();
  });
  assert.deepEqual(after, { loaded: false, pending: false });
  await comesToStand(page, { put: 2, before: 0, now: 0 });
  assert.deepEqual(await status(), { loaded: false, pending: false });
  await visitor.close();
});

/** What a page says once the script is there. */
const begins: Record<string, string> = {
  intercom: "Intercom('boot', {})",
  chatwoot: `chatwootSDK.run({ websiteToken: '${channelKey}', baseUrl: '${house.url}' })`,
  hubspot: '',
};
for (const [product, begin] of Object.entries(begins))
  test(`what stands in for ${product} works as a module too`, async () => {
    const { visitor, page, chat } = await visit(
      `<script type="module" src="${facade(product)}"></script><script type="module">${begin}</script>`,
    );
    await chat.open();
    assert.equal(await page.locator('parlour-widget').count(), 1);
    await visitor.close();
  });
