import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chat } from './chat.ts';
import { House } from './house.ts';
import { expectSoundScreen } from './look.ts';
import { haveConversations, sizes } from './screens.ts';
import { desktop, ownerAt, Window } from './visit.ts';

const house = await House.open();

test('the workspace is set up and has conversations', async () => {
  await house.setUp();
  await haveConversations(house);
});

for (const { size, options } of sizes) {
  test(`every page of the settings is accessible, ${size}`, async () => {
    const { window, page } = await ownerAt(house, options);
    await page.getByRole('button', { name: 'Kilnmere: menu' }).click();
    await page.getByRole('button', { name: 'Settings' }).click();
    const settings = page.getByRole('dialog', { name: 'Settings' });
    const tabs = settings.getByRole('tablist', { name: 'Settings' }).getByRole('tab');
    await tabs.first().waitFor();
    for (const name of await tabs.allInnerTexts()) {
      await settings.getByRole('tab', { name: name.trim() }).click();
      await settings.getByRole('tabpanel').getByRole('heading').first().waitFor();
      await expectSoundScreen(page, `settings-${name.trim().toLowerCase().replaceAll(' ', '-')}-${size}`);
    }
    await window.close();
  });

  // With the page it stands in; every state of the chat itself is judged beside its other tests of accessibility.
  test(`the shop is accessible with the visitor’s chat in it, ${size}`, async () => {
    const window = await Window.open(options);
    const page = await window.goTo(`${house.url}/demo/moss-planter.html`);
    const chat = new Chat(page);
    const see = (name: string): Promise<void> => expectSoundScreen(page, `widget-${name}-${size}`);
    await chat.launcher.waitFor();
    await see('closed');
    await chat.open();
    await see('first-meeting');
    await chat.send('Does the planter have a hole?');
    await chat.stateOf('Does the planter have a hole?').getByText('Sent').waitFor({ state: 'attached' });
    const { conversations } = await house.ask<{ conversations: { id: string }[] }>('GET', '/conversations?limit=1');
    await house.ask('POST', `/conversations/${conversations[0]?.id}/replies`, {
      text: 'It has **both**:\n\n1. a hole\n2. a saucer',
    });
    await chat.dialog.getByText('a saucer', { exact: true }).waitFor();
    await see('conversation');
    await window.close();
  });

  test(`the shop and the API’s page are accessible, ${size}`, async () => {
    const window = await Window.open(options);
    const page = await window.goTo(`${house.url}/demo/`);
    // The pieces share one page but for words and picture.
    const pages = ['', 'collection', 'about', 'shipping', 'tide-bowl'];
    for (const name of pages) {
      await page.goto(`${house.url}/demo/${name && `${name}.html`}`);
      await page.getByRole('button', { name: /^Open chat/ }).waitFor();
      await expectSoundScreen(page, `shop-${name || 'home'}-${size}`);
    }
    await page.goto(`${house.url}/docs`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    // One template writes them all, and axe takes half a minute for as many: of those made of the same elements one stays.
    await page.evaluate(() => {
      const kinds = new Set<string>();
      for (const entry of document.querySelectorAll('.group article')) {
        const elements = [...entry.querySelectorAll('*')].map((element) => `${element.localName}.${element.className}`);
        const kind = [...new Set(elements)].sort().join();
        if (kinds.has(kind)) entry.remove();
        kinds.add(kind);
      }
    });
    await expectSoundScreen(page, `docs-${size}`);
    await window.close();
  });
}

test('the API’s page stands at once where its address leads, and glides only where a link was pressed', async () => {
  const window = await Window.open({ viewport: desktop, reducedMotion: 'no-preference' });
  const page = await window.goTo(`${house.url}/openapi.json`);
  await page.addInitScript(`
    window.places = new Set();
    const look = () => { places.add(Math.round(scrollY)); requestAnimationFrame(look); };
    look();`);
  const places = (): Promise<number> =>
    page.evaluate(() => (globalThis as unknown as { places: Set<number> }).places.size);
  const arrived = (id: string) =>
    page.waitForFunction((wanted) => {
      const { top } = document.getElementById(wanted)!.getBoundingClientRect();
      return Math.abs(top - Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)) < 2;
    }, id);
  await page.goto(`${house.url}/docs#errors`);
  await arrived('errors');
  const stood = await places();
  assert.ok(stood <= 2, 'it was seen on its way');
  await page.locator('nav a[href="#authentication"]').click();
  await arrived('authentication');
  // A slow machine draws few of the places in between; a leap has none.
  assert.ok((await places()) > stood + 1, 'it did not glide');
  await window.close();
});
