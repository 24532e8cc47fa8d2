/** Pages that were not made for a chat: it works on them, and they are as they were. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FrameLocator, Page } from 'playwright-core';
import type { ParlourWidget } from '../../widget/api/page-api.ts';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { bundles } from './host-apps.ts';
import { hostState, listenersOf, watchHost } from './host-state.ts';
import type { HostState } from './host-state.ts';
import { House } from './house.ts';
import { until, Window as Visit } from './visit.ts';

const house = await House.open();
const { channelKey } = await house.setUp();
const apps = await bundles(house.url, channelKey);
const script = (key = channelKey, url = house.url): string =>
  `<script async src="${url}/widget.js?channel=${key}"></script>`;
const late = (head = ''): string => `<script type="module">${head}
window.begin = () => new Promise((done) => { const tag = document.createElement('script'); tag.onload = () => { tag.remove(); done(); };
tag.src = '${house.url}/widget.js?channel=${channelKey}'; document.head.append(tag); });</script>`;
const words = `<header><h1>A page</h1><p>Words with a <a href="/elsewhere">link</a>.</p></header><ul><li>One</li><li>Two</li></ul>
<form><label>Name <input name="name"></label><button type="button">Go</button></form><p>The last one</p>`;
const moving = `<h1>At first</h1><nav><a href="/turbo/next">Next</a></nav>`;

const prototypeJs = `<script>
Object.prototype.extend = function () { return this; };
Array.prototype.toJSON = function () { return '[' + this.map(function (one) { return JSON.stringify(one); }).join(', ') + ']'; };
String.prototype.toJSON = function () { return '"' + this + '"'; };
Array.prototype.each = function (run) { this.forEach(run); return this; };
Array.prototype.last = function () { return this[this.length - 1]; };
String.prototype.strip = function () { return this.replace(/^\\s+|\\s+$/g, ''); };
Function.prototype.bind = function (self) { var run = this, held = Array.prototype.slice.call(arguments, 1);
  return function () { return run.apply(self, held.concat(Array.prototype.slice.call(arguments))); }; };
var attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) { return attach.call(this, options); };
</script>`;

const resets = `<style>
* { all: unset !important }
*, *::before, *::after { box-sizing: content-box !important; color: lime !important; font: italic 40px/3 fantasy !important; letter-spacing: 9px !important }
div, section, button, textarea { display: none !important; visibility: hidden !important; opacity: 0 !important; transform: scale(.1) !important }
parlour-widget, parlour-widget-panel, parlour-widget * { display: none !important; position: static !important; width: 3px !important; pointer-events: none !important; filter: invert(1) !important }
html { font-size: 62.5% }
</style>`;
const laidOut = `<style>html{font-size:62.5%} body{display:grid;gap:40px;grid-auto-rows:1fr;min-height:100vh;transform:translateX(0);zoom:1.25}
body>:last-child{color:red} body>*+*{margin-top:20px} html>*{outline:1px solid blue}</style>`;

const frame = (src: string, more = ''): string =>
  plainPage('', `<h1>Outside</h1><iframe ${more} src="${src}" width="700" height="820"></iframe>`);
const other = await ForeignSite.open({ '/inner': { body: plainPage(script(), words) } });
const site = await ForeignSite.open({
  '/resets': { body: plainPage(late() + resets, words) },
  '/laid-out': { body: plainPage(late() + laidOut, words) },
  '/patched': { body: plainPage(prototypeJs + late(), words) },
  '/strict': {
    body: plainPage(
      `<script type="module" nonce="bm9uY2U">window.begin = async () => { const { boot } = await import('${house.url}/widget-api.js'); await boot({ server: '${house.url}', channel: '${channelKey}' }); };</script>`,
      words,
    ),
    headers: {
      'content-security-policy': `default-src 'none'; script-src 'nonce-bm9uY2U' 'strict-dynamic'; style-src 'none'; connect-src ${house.url} ${house.url.replace('http', 'ws')}; require-trusted-types-for 'script'; trusted-types lit-html; base-uri 'none'`,
    },
  },
  '/inner': { body: plainPage(script(), words) },
  '/framed': { body: frame('/inner') },
  '/framed-elsewhere': { body: frame(`${other.origin}/inner`) },
  '/sandboxed': { body: frame('/inner', 'sandbox="allow-scripts"') },
  '/turbo': { body: plainPage(`<script type="module" src="/turbo.js"></script>${script()}`, moving) },
  '/turbo/next': { body: plainPage(`<script type="module" src="/turbo.js"></script>${script()}`, '<h1>Moved on</h1>') },
  '/htmx': {
    body: plainPage(
      `<script type="module" src="/htmx.js"></script>${script()}`,
      `<div hx-boost="true">${moving.replace('turbo', 'htmx')}</div>`,
    ),
  },
  '/htmx/next': { body: plainPage('', `<h1>Moved on</h1>${script()}`) },
  '/react': { body: plainPage('<script type="module" src="/react.js"></script>', '') },
  '/vue': { body: plainPage('<script type="module" src="/vue.js"></script>', '') },
  ...Object.fromEntries(Object.entries(apps).map(([name, body]) => [`/${name}.js`, { body, type: 'text/javascript' }])),
});

type Scope = Page | FrameLocator;

/** A message goes through to the server, and an answer comes back. */
async function talk(scope: Scope, text: string, at: House = house, nth = 0): Promise<void> {
  const widget = scope.locator('parlour-widget').nth(nth);
  const panel = widget.locator('parlour-widget-panel');
  if (!(await panel.isVisible())) await widget.locator('button[aria-haspopup]').click();
  const field = panel.locator('parlour-widget-composer textarea');
  await field.fill(text);
  // Files may be on their way.
  await panel.locator('[part~=send]:not([aria-disabled=true])').waitFor();
  await field.press('Enter');
  type Listed = { conversations: { id: string; lastMessage: { preview: string } }[] };
  const found = await until(
    `“${text}” is with the team`,
    async () =>
      (await at.ask<Listed>('GET', '/conversations')).conversations.find(
        ({ lastMessage }) => lastMessage.preview === text,
      ),
    Boolean,
  );
  await at.ask('POST', `/conversations/${found?.id}/replies`, { text: `Heard: ${text}` });
  await panel.getByText(`Heard: ${text}`, { exact: true }).first().waitFor();
}

/** The page as it was, but for what it does itself. */
async function expectUnchanged(page: Page, before: HostState, when: string): Promise<void> {
  const now = await hostState(page);
  for (const part of ['looks', 'globals', 'prototypes'] as const)
    assert.deepEqual(now[part], before[part], `${part} ${when}`);
}

const destroyAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const widget of Object.values((window.Parlour as ParlourWidget).widgets)) widget.destroy();
  });

for (const [path, what] of Object.entries({
  '/resets': 'resets everything with !important',
  '/laid-out': 'lays out, counts and zooms whatever it holds',
  '/patched': 'patches the prototypes that everybody shares',
  '/strict': 'lets in nothing but by nonce, and demands Trusted Types',
})) {
  test(`a page that ${what}`, async () => {
    const visitor = await Visit.open();
    await visitor.context.addInitScript({ content: watchHost });
    const page = await visitor.goTo(site.origin + path);
    await page.waitForFunction(() => 'begin' in window);
    const before = await hostState(page);
    const listeners = await listenersOf(page);
    await page.evaluate(() => (window as unknown as { begin(): Promise<void> }).begin());
    await page.locator('parlour-widget').waitFor({ state: 'attached' });
    await expectUnchanged(page, before, 'with the launcher');
    const box = await page.locator('parlour-widget button').boundingBox();
    assert.deepEqual([box?.width, box?.height], [56, 56]);
    await talk(page, `From ${path}`);
    const panel = page.locator('parlour-widget-panel');
    const file = { name: 'photo.txt', mimeType: 'text/plain', buffer: Buffer.from('Not a photo') };
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      panel.getByRole('button', { name: 'Attach files' }).click(),
    ]);
    await chooser.setFiles(file);
    await panel.locator('parlour-widget-composer').getByText('photo.txt').waitFor();
    await talk(page, `With a file, from ${path}`);
    await panel.getByRole('link', { name: /photo\.txt/ }).waitFor();
    assert.deepEqual((await panel.boundingBox())?.width, 384);
    const { opacity, family, spacing } = await panel.locator('parlour-widget-composer textarea').evaluate((field) => {
      const style = getComputedStyle(field);
      return { opacity: style.opacity, family: style.fontFamily, spacing: style.letterSpacing };
    });
    assert.deepEqual([opacity, /system-ui/.test(family), spacing], ['1', true, 'normal']);
    await expectUnchanged(page, before, 'with the chat open');
    await destroyAll(page);
    await expectUnchanged(page, before, 'after the chat has left');
    await until(
      'nobody listens any more',
      () => listenersOf(page),
      (now) => now.join() === listeners.join(),
    );
    await visitor.close();
  });
}

for (const [path, what] of Object.entries({
  '/framed': 'of the same site',
  '/framed-elsewhere': 'of another site',
  '/sandboxed': 'in a sandbox, where nothing may be kept',
})) {
  test(`a page in a frame ${what}`, async () => {
    const visitor = await Visit.open();
    const page = await visitor.goTo(site.origin + path);
    await talk(page.frameLocator('iframe'), `From ${path}`);
    assert.equal(await page.locator('parlour-widget').count(), 0);
    await visitor.close();
  });
}

for (const name of ['turbo', 'htmx']) {
  test(`a page whose body ${name} swaps at a change of address: the chat and what is written in it stay`, async () => {
    const visitor = await Visit.open();
    const page = await visitor.goTo(`${site.origin}/${name}`);
    await talk(page, `From ${name}`);
    const socket = visitor.asked.filter((asked) => asked.startsWith('ws')).length;
    await page.locator('parlour-widget textarea').fill('Half a sentence');
    await page.evaluate(() => document.querySelector<HTMLElement>('nav a')?.click());
    await page.getByRole('heading', { name: 'Moved on' }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/${name}/next`);
    assert.equal(await page.locator('parlour-widget').count(), 1);
    assert.equal(await page.locator('parlour-widget textarea').inputValue(), 'Half a sentence');
    await talk(page, `From ${name}, further on`);
    assert.equal(visitor.asked.filter((asked) => asked.startsWith('ws')).length, socket, 'on the same line');
    await visitor.close();
  });
}

for (const [name, title] of Object.entries({ react: 'React', vue: 'Vue' })) {
  test(`an application made with ${title}, in which routes change`, async () => {
    const visitor = await Visit.open();
    await visitor.context.addInitScript({ content: watchHost });
    const page = await visitor.goTo(`${site.origin}/${name}`);
    await page.getByRole('heading', { name: `${title} at /${name}` }).waitFor();
    await page.locator('parlour-widget button').first().waitFor();
    await talk(page, `From ${title}`);
    await until(
      'the application heard of it',
      () => page.title(),
      (now) => now === `Heard: From ${title}`,
    );
    await page.getByRole('link', { name: 'Elsewhere' }).click();
    await page.getByRole('heading', { name: `${title} at /${name}/elsewhere` }).waitFor();
    await talk(page, `From ${title}, further on`);
    const { sockets } = await page.evaluate(() => window.outstanding());
    assert.equal(sockets, 1);
    if (name === 'vue') await page.evaluate(() => (window as unknown as { app: { unmount(): void } }).app.unmount());
    else await page.evaluate(() => document.querySelector('parlour-widget')?.remove());
    await until('it left with the application', () => page.evaluate(() => window.Parlour === undefined));
    await visitor.close();
  });
}

test('two widgets of two workspaces stand side by side, and each talks to its own', async () => {
  const second = await House.open();
  const { channelKey: key } = await second.setUp();
  site.pages.set('/two', { body: plainPage(script() + script(key, second.url), words) });
  const visitor = await Visit.open();
  const page = await visitor.goTo(`${site.origin}/two`);
  await until(
    'there are two',
    () => page.locator('parlour-widget').count(),
    (count) => count === 2,
  );
  const keys = await page.evaluate(() => Object.keys((window.Parlour as ParlourWidget).widgets));
  assert.deepEqual(keys.toSorted(), [channelKey, key].toSorted());
  for (const [nth, held] of keys.entries()) {
    const at = held === key ? second : house;
    await talk(page, `To number ${nth}`, at, nth);
    await page.evaluate((name) => (window.Parlour as ParlourWidget).widget(name)?.close(), held);
    const { conversations } = await (at === house ? second : house).ask<{
      conversations: { lastMessage: { preview: string } }[];
    }>('GET', '/conversations');
    assert.ok(!conversations.some(({ lastMessage }) => lastMessage.preview.includes(`To number ${nth}`)));
  }
  await visitor.close();
});
