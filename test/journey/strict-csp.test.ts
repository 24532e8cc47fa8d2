import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { Chat, Desk } from './chat.ts';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { House } from './house.ts';
import { ownerAt, until, Window } from './visit.ts';

const house = await House.open();
const { channelKey } = await house.setUp();
const socket = house.url.replace('http', 'ws');
const snippet = `<script async src="${house.url}/widget.js?channel=${channelKey}"></script>`;
const nonced = snippet.replace('<script', '<script nonce="c2xvdyBtb3JuaW5ncw"');

const byHost = `default-src 'none'; script-src ${house.url}; connect-src ${socket}`;
const byNonce = `default-src 'none'; script-src 'nonce-c2xvdyBtb3JuaW5ncw' 'strict-dynamic'; connect-src ${socket}`;
const strict = `require-trusted-types-for 'script'; trusted-types lit-html`;
const nonce = `nonce="c2xvdyBtb3JuaW5ncw"`;
const booting = `<script type="module" ${nonce}>import { boot } from '${house.url}/widget-api.js'; boot({ server: '${house.url}', channel: '${channelKey}' });</script>`;
const facade = `<script async ${nonce} src="${house.url}/compat/chatwoot.js?channel=${channelKey}"></script><script ${nonce}>addEventListener('load', () => chatwootSDK.run());</script>`;
// Without 'strict-dynamic': what is imported is let in by the nonce of the script that imports it.
const byNonceAlone = `default-src 'none'; script-src 'nonce-c2xvdyBtb3JuaW5ncw'; connect-src ${socket}`;
const policies: Record<string, { policy: string; head: string }> = {
  '/by-host': { policy: byHost, head: snippet },
  '/by-nonce': { policy: byNonce, head: nonced },
  '/trusted-types': { policy: `${byHost}; ${strict}`, head: snippet },
  '/boot': { policy: `${byNonceAlone}; ${strict}`, head: booting },
  '/facade': { policy: `${byNonce}; ${strict}`, head: facade },
  '/sandboxed-styles': {
    policy: `${byHost}; style-src 'none'; style-src-attr 'none'; img-src 'none'; font-src 'none'`,
    head: snippet,
  },
};
const site = await ForeignSite.open(
  Object.fromEntries(
    Object.entries(policies).map(([path, { policy, head }]) => [
      path,
      { body: plainPage(head), headers: { 'content-security-policy': policy } },
    ]),
  ),
);
const owner = await ownerAt(house);
const desk = new Desk(owner.page);

/** Collects what the browser refuses, from before the first script of the page. */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { violations: string[] }).violations);
}

for (const [path, { policy }] of Object.entries(policies)) {
  test(`the chat works, and nothing is refused, under: ${policy.replaceAll(house.url, 'HOST').replaceAll(socket, 'WS-HOST')}`, async () => {
    const visitor = await Window.open();
    await visitor.context.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { violations: seen });
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
        seen.push(`${violatedDirective} ${blockedURI} ${sourceFile}`);
      });
    });
    const page = await visitor.goTo(site.origin + path);
    const chat = new Chat(page);
    await chat.open();
    const words = `From a page under rules: ${path}`;
    await chat.dialog.getByRole('button', { name: 'Emoji' }).click();
    await chat.dialog.getByRole('gridcell', { name: 'grinning face', exact: true }).click();
    await until(
      'the emoji is in the field',
      () => chat.field.inputValue(),
      (text) => text === '😀',
    );
    await chat.send(words);
    await desk.choose(words);
    await desk.reply(`**Heard** from ${path}, see https://example.com/`);
    await chat.expectMessages([words, `Heard from ${path}, see https://example.com/`]);
    // What is drawn as designed was not refused its styles.
    const { width, background } = await chat.dialog.evaluate((card) => {
      const { inlineSize, backgroundColor } = getComputedStyle(card);
      return { width: inlineSize, background: backgroundColor };
    });
    assert.equal(width, '384px');
    assert.notEqual(background, 'rgba(0, 0, 0, 0)');
    await chat.close();
    assert.deepEqual(await violations(page), []);
    await visitor.close();
  });
}

test('the same page without the lines refuses the chat, so that the tests above are not empty', async () => {
  site.pages.set('/closed', { body: plainPage(snippet), headers: { 'content-security-policy': "default-src 'none'" } });
  const visitor = await Window.open();
  visitor.expectComplaint(/Content Security Policy|csp/i);
  const page = await visitor.goTo(`${site.origin}/closed`);
  await page.getByRole('heading').waitFor();
  assert.equal(await page.locator('parlour-widget').count(), 0);
  assert.ok(visitor.complaints(/Content Security Policy/).length > 0);
  await visitor.close();
});

test('where only the line for connections is missing, the visitor is told that there is no connection and keeps what is written', async () => {
  site.pages.set('/mute', {
    body: plainPage(snippet),
    headers: { 'content-security-policy': `default-src 'none'; script-src ${house.url}` },
  });
  const visitor = await Window.open();
  visitor.expectComplaint(/Content Security Policy|ERR_BLOCKED_BY_CSP|csp/i);
  const page = await visitor.goTo(`${site.origin}/mute`);
  const chat = new Chat(page);
  await chat.open();
  await chat.send('Can you hear me?');
  await chat.dialog.getByText('No connection.').waitFor();
  await chat.stateOf('Can you hear me?').getByText('Waiting for a connection').waitFor();
  await visitor.close();
});

test('our own pages keep to their own policy', async () => {
  const settings = owner.page;
  await settings.getByRole('button', { name: 'Kilnmere: menu' }).click();
  await settings.getByRole('button', { name: 'Settings' }).click();
  await settings.getByRole('dialog', { name: 'Settings' }).getByRole('tab', { name: 'Embedding' }).click();
  await settings.getByRole('heading', { name: 'Signing secret' }).waitFor();
  const docs = await owner.window.goTo(`${house.url}/docs`);
  await docs.getByRole('heading', { level: 1 }).waitFor();
  for (const asked of owner.window.asked) assert.ok(asked.startsWith(house.url) || asked.startsWith(socket), asked);
});
