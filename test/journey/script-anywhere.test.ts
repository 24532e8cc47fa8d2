/** Wherever a page puts the script: it works there, or says why not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chat } from './chat.ts';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { House } from './house.ts';
import { until, Window as Visit } from './visit.ts';

const house = await House.open();
const { channelKey } = await house.setUp();
const site = await ForeignSite.open();
const src = `${house.url}/widget.js?channel=${channelKey}&language=de`;

const ways: Record<string, string> = {
  'as a module': `<script type="module" src="${src}"></script>`,
  'in a shadow root': `<div></div><script>
    const script = document.createElement('script');
    script.src = ${JSON.stringify(src)};
    document.querySelector('div').attachShadow({ mode: 'open' }).append(script);
  </script>`,
};

for (const [way, body] of Object.entries(ways))
  test(`the script ${way} puts the chat into the page, as it was asked for`, async () => {
    site.pages.set('/', { body: plainPage('', body) });
    const visitor = await Visit.open();
    const chat = new Chat(await visitor.goTo(`${site.origin}/`));
    await chat.open();
    assert.equal(await chat.dialog.getAttribute('lang'), 'de');
    await visitor.close();
  });

test('its text, pasted into a page, says what to do instead, and no more', async () => {
  const text = await (await fetch(src)).text();
  site.pages.set('/', { body: plainPage(`<script>${text}</script>`) });
  const visitor = await Visit.open();
  visitor.expectComplaint(/Parlour: load this script by the src/);
  const page = await visitor.goTo(`${site.origin}/`);
  await until('it is said', async () => visitor.complaints(/Parlour: load this script by the src/).length);
  assert.equal(await page.locator('parlour-widget').count(), 0);
  await visitor.close();
});
