/** Every name that the makers of the other chats document: it does something here, or is answered by one warning, as the reference says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { House } from './house.ts';
import { until, Window as Visit } from './visit.ts';

/** What it is given, and whether that is `mapped` or `warned` of. */
type Named<Given> = Record<string, [verdict: 'mapped' | 'warned', given: Given]>;

interface Product {
  settings: Named<unknown>;
  methods: Named<unknown[]>;
  /** Events by `on(name)`, where it can be seen who listens. */
  events: Named<unknown[]>;
  /** Of the page's window, or those that only come. */
  other: string[];
  /** What the page does before the script comes. */
  prepare(this: void, settings: object): string;
  /** Calls a method, or listens to an event, of the page. */
  call(this: void, call: { name: string; given: unknown[]; isEvent: boolean }): unknown;
}

type Things = Record<string, (...given: unknown[]) => unknown>;

const intercom: Product = {
  settings: {
    app_id: ['mapped', 'abc'],
    alignment: ['mapped', 'left'],
    horizontal_padding: ['mapped', 30],
    vertical_padding: ['mapped', 30],
    action_color: ['mapped', '#0f766e'],
    theme_mode: ['mapped', 'dark'],
    hide_default_launcher: ['mapped', false],
    custom_launcher_selector: ['mapped', '#help'],
    language_override: ['mapped', 'de'],
    name: ['mapped', 'Ines Rey'],
    email: ['mapped', 'ines@example.com'],
    phone: ['mapped', '+4930123456'],
    user_id: ['mapped', 'u-7'],
    created_at: ['mapped', 1_234_567_890],
    company: ['mapped', { company_id: '6', name: 'Rey' }],
    utm_campaign: ['mapped', 'spring'],
    utm_content: ['mapped', 'a'],
    utm_medium: ['mapped', 'mail'],
    utm_source: ['mapped', 'letter'],
    utm_term: ['mapped', 'tea'],
    background_color: ['warned', '#fff'],
    link_color: ['warned', '#00f'],
    z_index: ['warned', 5],
    hide_notifications: ['warned', true],
    messenger_style_id: ['warned', '123'],
    page_title: ['warned', 'A page'],
    session_duration: ['warned', 300_000],
    api_base: ['warned', 'https://api.example'],
    avatar: ['warned', { type: 'avatar', image_url: 'https://site.example/a.png' }],
    companies: ['warned', [{ company_id: '6', name: 'Rey' }]],
    unsubscribed_from_emails: ['warned', true],
    last_request_at: ['warned', 1_234_567_890],
    auth_tokens: ['warned', { shop: 'abc' }],
    user_hash: ['warned', 'f00'],
    // Theirs, that is: their secret signed it.
    intercom_user_jwt: ['warned', 'a.b.c'],
  },
  methods: {
    boot: ['mapped', []],
    update: ['mapped', [{ plan: 'gold' }]],
    ready: ['mapped', ['callback']],
    show: ['mapped', []],
    hide: ['mapped', []],
    showMessages: ['mapped', []],
    showNewMessage: ['mapped', ['Hello']],
    startConversation: ['warned', ['Hello']],
    showConversation: ['mapped', ['123']],
    showArticle: ['mapped', ['123']],
    showSpace: ['mapped', ['home']],
    "showSpace('news')": ['warned', ['news']],
    "showSpace('tasks')": ['warned', ['tasks']],
    "showSpace('tickets')": ['warned', ['tickets']],
    showTicket: ['warned', [123]],
    showNews: ['warned', [123]],
    startTour: ['warned', [123]],
    startSurvey: ['warned', [123]],
    startChecklist: ['warned', [123]],
    hideNotifications: ['warned', [true]],
    onShow: ['mapped', ['callback']],
    onHide: ['mapped', ['callback']],
    onUnreadCountChange: ['mapped', ['callback']],
    onUserEmailSupplied: ['mapped', ['callback']],
    trackEvent: ['mapped', ['ordered', { n: 1 }]],
    getVisitorId: ['mapped', []],
    neverHeardOf: ['warned', []],
    shutdown: ['mapped', []],
  },
  events: {},
  other: [],
  prepare: (settings) => `window.intercomSettings = ${JSON.stringify(settings)};`,
  call: ({ name, given }) =>
    window.Intercom(
      name.replace(/\(.*/, ''),
      ...given.map((value) => (value === 'callback' ? (): void => undefined : value)),
    ),
};

const chatwoot: Product = {
  settings: {
    locale: ['mapped', 'de'],
    useBrowserLanguage: ['mapped', false],
    hideMessageBubble: ['mapped', false],
    position: ['mapped', 'left'],
    darkMode: ['mapped', 'auto'],
    type: ['warned', 'standard'],
    launcherTitle: ['warned', 'Ask us'],
    widgetStyle: ['warned', 'flat'],
    showPopoutButton: ['warned', true],
    showUnreadMessagesDialog: ['warned', false],
    baseDomain: ['warned', 'site.example'],
    welcomeTitle: ['warned', 'Hello'],
    welcomeDescription: ['warned', 'We are here'],
    availableMessage: ['warned', 'Here'],
    unavailableMessage: ['warned', 'Away'],
    enableFileUpload: ['warned', false],
    enableEmojiPicker: ['warned', false],
    enableEndConversation: ['warned', false],
  },
  methods: {
    toggle: ['mapped', ['open']],
    toggleBubbleVisibility: ['mapped', ['show']],
    setUser: ['mapped', ['id-7', { name: 'Kai Lund', custom_attributes: { plan: 'silver' } }]],
    setCustomAttributes: ['mapped', [{ cups: 2 }]],
    deleteCustomAttribute: ['warned', ['plan']],
    setConversationCustomAttributes: ['mapped', [{ order: 'K-7' }]],
    deleteConversationCustomAttribute: ['mapped', ['order']],
    setLabel: ['warned', ['vip']],
    removeLabel: ['warned', ['vip']],
    setLocale: ['mapped', ['fr']],
    setColorScheme: ['mapped', ['dark']],
    popoutChatWindow: ['warned', []],
    reset: ['mapped', []],
    'setUser({ avatar_url })': ['warned', ['id-7', { name: 'Kai Lund', avatar_url: 'https://site.example/a.png' }]],
    'setUser({ social_profiles })': ['warned', ['id-7', { name: 'Kai Lund', social_profiles: { github: 'kai' } }]],
    'setUser({ identifier_hash })': ['warned', ['id-7', { name: 'Kai Lund', identifier_hash: 'f00' }]],
  },
  events: {},
  // That they come is in `compat.test.ts`.
  other: [
    'opened',
    'closed',
    'on-message',
    'on-start-conversation',
    'on-unread-message-count-changed',
    'postback',
    'error',
  ],
  prepare: (settings) => `window.chatwootSettings = ${JSON.stringify(settings)};`,
  call: ({ name, given }) => window.$chatwoot[name.replace(/\(.*/, '')]?.(...given),
};

const hubspot: Product = {
  settings: {
    loadImmediately: ['mapped', true],
    identificationEmail: ['mapped', 'lea@example.com'],
    // Theirs, that is.
    identificationToken: ['warned', 'a.b.c'],
    inlineEmbedSelector: ['warned', '#chat'],
    enableWidgetCookieBanner: ['warned', true],
    disableAttachment: ['warned', true],
    disableInitialInputFocus: ['warned', true],
    avoidInlineStyles: ['warned', true],
    hideNewThreadLink: ['warned', true],
  },
  methods: {
    'widget.load': ['mapped', [{ widgetOpen: false }]],
    'widget.status': ['mapped', []],
    'widget.refresh': ['mapped', [{ openToNewThread: true }]],
    'widget.open': ['mapped', []],
    'widget.close': ['mapped', []],
    'widget.remove': ['mapped', []],
    clear: ['mapped', [{ resetWidget: true }]],
    resetAndReloadWidget: ['mapped', []],
    debug: ['warned', []],
  },
  events: {
    conversationStarted: ['mapped', []],
    userSelectedThread: ['mapped', []],
    unreadConversationCountChanged: ['mapped', []],
    userInteractedWithWidget: ['mapped', []],
    widgetLoaded: ['mapped', []],
    widgetClosed: ['mapped', []],
    quickReplyButtonClick: ['mapped', []],
    conversationClosed: ['warned', []],
    contactAssociated: ['warned', []],
  },
  other: ['hsConversationsOnReady'],
  prepare: (settings) => `window.hsConversationsSettings = ${JSON.stringify(settings)};`,
  call({ name, given, isEvent }) {
    const { HubSpotConversations: all } = window;
    if (isEvent) return all['on']?.(name, () => undefined);
    const [of, method] = name.split('.') as [string, string?];
    return method ? (all.widget as Things)[method]?.(...given) : (all as Things)[of]?.(...given);
  },
};

const products = Object.entries({ intercom, chatwoot, hubspot });

const house = await House.open();
const { channelKey } = await house.setUp();
const site = await ForeignSite.open();
const reference = await (await fetch(`${house.url}/docs`)).text();

/** Once the script has come, and has asked for the chat. */
async function begin(page: Page, product: string): Promise<void> {
  await page.waitForFunction(() => !!(window.Intercom ?? window.$chatwoot ?? window.HubSpotConversations));
  if (product === 'chatwoot')
    await page.evaluate((websiteToken) => {
      const { chatwootSDK } = window as unknown as { chatwootSDK: Things };
      chatwootSDK['run']?.({ websiteToken });
    }, channelKey);
  await page.waitForFunction(() => !!window.Parlour?.widgets);
}

for (const [name, { settings, methods, events, prepare, call }] of products) {
  test(`all that ${name} documents does something, or is warned of once`, async () => {
    const given = Object.fromEntries(Object.entries(settings).map(([key, [, value]]) => [key, value]));
    const head = `<script>${prepare(given)}</script><script async src="${house.url}/compat/${name}.js?channel=${channelKey}"></script>`;
    site.pages.set('/', { body: plainPage(head) });
    const visitor = await Visit.open();
    // There is no such conversation and no such article.
    visitor.expectComplaint(/Parlour for|status 404|Failed to load resource.*404/);
    const page = await visitor.goTo(`${site.origin}/`);
    await begin(page, name);
    const warnings = (): string[] => visitor.complaints(/is not supported/);
    const verdict = (of: readonly string[]): string => (of.length === 0 ? 'mapped' : 'warned');

    const found = Object.keys(settings).map((key) => [
      key,
      verdict(warnings().filter((text) => text.includes(`.${key} is not`))),
    ]);
    assert.deepEqual(
      Object.fromEntries(found),
      Object.fromEntries(Object.entries(settings).map(([key, [is]]) => [key, is])),
    );
    const known = await page.evaluate(() => (window.Parlour as { known: object }).known);
    const wrong = Object.keys(known).filter((key) => settings[key]?.[0] === 'warned');
    assert.deepEqual(wrong, [], 'it is about the chat, and was said of the visitor');

    const calls = [
      ...Object.entries(events).map(([key, named]) => [key, named, true] as const),
      ...Object.entries(methods).map(([key, named]) => [key, named, false] as const),
    ];
    for (const [key, [is, input], isEvent] of calls) {
      const before = warnings().length;
      for (let times = 0; times < (is === 'warned' ? 2 : 1); times += 1)
        await page.evaluate(
          `(${call.toString().replace(/^call/, 'function ')})(${JSON.stringify({ name: key, given: input, isEvent })})`,
        );
      assert.equal(
        warnings().length - before,
        is === 'warned' ? 1 : 0,
        `${key}: ${warnings().slice(before).join('\n')}`,
      );
    }
    assert.deepEqual(visitor.complaints(/^error/), []);
    await visitor.close();
  });
}

test('the reference names all of it', async () => {
  for (const [name, { settings, methods, events, other }] of products) {
    const [, rest = ''] = reference.split(`id="instead-of-${name}"`);
    const [table = ''] = rest.split('</table>');
    const named = [...table.matchAll(/<code>([^<]+)<\/code>/g)].map(([, text]) =>
      text!.replace(/^(widget|chatwoot)[.:]/, ''),
    );
    const wanted = [...Object.keys({ ...settings, ...methods, ...events }), ...other].map((key) =>
      key.replace(/\(\{ (\w+) \}\)$/, (_whole, field: string) => `.${field}`).replace(/^(setUser|widget)\.|\(.*/g, ''),
    );
    assert.deepEqual(
      wanted.filter((key) => key !== 'neverHeardOf' && !named.includes(key)),
      [],
      name,
    );
  }
});

test('a callback that waits for the chat of Intercom is called, whenever it was given', async () => {
  const head = `<script>window.told = [];
  window.Intercom = function () { Intercom.q.push(arguments) }; Intercom.q = [];
  Intercom('ready', function () { told.push('before') });
  window.intercomSettings = { app_id: 'abc' };</script>
  <script async src="${house.url}/compat/intercom.js?channel=${channelKey}"></script>`;
  site.pages.set('/', { body: plainPage(head) });
  const visitor = await Visit.open();
  const page = await visitor.goTo(`${site.origin}/`);
  const told = (): Promise<string[]> => page.evaluate(() => (window as unknown as { told: string[] }).told);
  await until('it was called', told, (seen) => seen.length === 1);
  await page.evaluate(() =>
    window.Intercom('ready', () => (window as unknown as { told: string[] }).told.push('after')),
  );
  await until('so was the other', told, (seen) => seen.join() === 'before,after');
  await visitor.close();
});
