import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions, Locator } from 'playwright-core';
import { Chat, Desk } from './chat.ts';
import { House } from './house.ts';
import { expectSoundScreen } from './look.ts';
import { desktop, ownerAt, phone, Window } from './visit.ts';

const house = await House.open();

const sizes: { size: string; isPhone: boolean; options: BrowserContextOptions }[] = [
  { size: 'desktop', isPhone: false, options: { viewport: desktop } },
  { size: 'phone', isPhone: true, options: { viewport: phone, hasTouch: true, isMobile: true } },
];

for (const { size, options } of sizes) {
  test(`set-up is accessible, ${size}`, async () => {
    const window = await Window.open(options);
    const page = await window.goTo(`${house.url}/app`);
    await page.getByText('Open the set-up link').waitFor();
    await expectSoundScreen(page, `set-up-without-link-${size}`);
    await page.goto(`${house.url}/app#set-up=${house.setUpToken}`);
    await page.reload();
    await page.getByLabel('Your name').waitFor();
    await expectSoundScreen(page, `set-up-${size}`);
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await expectSoundScreen(page, `set-up-incomplete-${size}`);
    await window.close();
  });
}

test('the workspace is set up', async () => {
  await house.setUp();
});

for (const { size, isPhone, options } of sizes) {
  test(`sign-in and the empty inbox are accessible, ${size}`, async () => {
    const stranger = await Window.open(options);
    stranger.expectComplaint(/401/);
    const door = await stranger.goTo(`${house.url}/app`);
    await door.getByLabel('Email').fill('mara@kilnmere.example');
    await door.getByLabel('Password', { exact: true }).fill('wrong, but long enough');
    await door.getByRole('button', { name: 'Sign in' }).click();
    await door.getByRole('alert').getByText('do not go together').waitFor();
    await expectSoundScreen(door, `sign-in-refused-${size}`);
    await stranger.close();

    const { window, page } = await ownerAt(house, options);
    // How to get the first conversation stands beside the list, and where there is no room in its place.
    await page.getByText('is ready for visitors').waitFor();
    if (!isPhone) await page.getByText('All caught up').waitFor();
    await expectSoundScreen(page, `inbox-empty-${size}`);
    await window.close();
  });
}

test('the workspace has conversations', async () => {
  await house.hire('Jonas Brandt');
  await house.hire('Noor Haddad');
  const words: [string, string][] = [
    ['Hanna Weiss', 'Hello, the glaze of my planter has a crack. Can I send it back?'],
    ['Bo Lund', 'When do the tide bowls come back?'],
    ['Ines Ferreira', 'Do you ship to Portugal?'],
    [
      'Samuel Okafor',
      'I would like sixty mugs for our office, with a small mark at the foot. Is there a price for that many?',
    ],
    ['Mina Sato', 'Thank you, everything arrived whole.'],
    ['Per Nyström', 'Is the ember teapot safe on a gas flame?'],
  ];
  for (const [name, text] of words) {
    const id = await house.receive(text, name);
    if (name === 'Bo Lund') await house.ask('POST', `/conversations/${id}/close`, {});
    if (name === 'Ines Ferreira') {
      const until = new Date(Date.now() + 86_400_000).toISOString();
      await house.ask('POST', `/conversations/${id}/snooze`, { until });
    }
    if (name === 'Mina Sato') await house.ask('PUT', `/conversations/${id}/assignee`, { assigneeId: null });
    if (name !== 'Per Nyström') continue;
    await house.ask('PUT', `/conversations/${id}/assignee`, { assigneeId: house.office.ownerId });
    await house.ask('POST', `/conversations/${id}/replies`, {
      text: 'Not on a **naked** flame:\n\n- gas: with a *diffuser*\n- electric: yes\n\n> Warm it slowly.\n\nSee [care](https://example.com/care) or `care@kilnmere.example`.',
    });
    await house.ask('POST', `/conversations/${id}/notes`, {
      text: 'Second question about gas this week: put it on the page?',
    });
  }
});

for (const { size, isPhone, options } of sizes) {
  test(`the inbox at work is accessible, ${size}`, async () => {
    const { window, page } = await ownerAt(house, options);
    const desk = new Desk(page);
    const see = (name: string, part?: Locator): Promise<void> => expectSoundScreen(page, `${name}-${size}`, part);
    await desk.rows('Per').waitFor();
    await see('inbox');
    for (const tab of ['Snoozed', 'Closed'] as const) {
      await desk.tab(tab).click();
      await desk.rows(tab === 'Snoozed' ? 'Portugal' : 'tide bowls').waitFor();
      await see(`inbox-${tab.toLowerCase()}`);
    }
    await desk.tab('Open').click();
    await desk.choose('Per');
    await desk.message('naked').waitFor();
    await see('conversation');
    await desk.conversation.getByRole('tab', { name: 'Note' }).click();
    await desk.field.fill('A note in the making');
    await see('conversation-note');
    await desk.field.fill('');
    await desk.conversation.getByRole('tab', { name: 'Reply' }).click();

    await desk.conversation.getByRole('button', { name: /^Assigned to:/ }).click();
    await page.getByRole('combobox', { name: 'Search teammates' }).waitFor();
    await see('menu-assign', page.getByRole('dialog', { name: 'Assign' }));
    await page.keyboard.press('Escape');
    await desk.conversation.getByRole('button', { name: 'Snooze' }).first().click();
    await page.getByLabel('Another moment').waitFor();
    await see('menu-snooze', page.getByRole('dialog', { name: 'Snooze until' }));
    await page.keyboard.press('Escape');

    const contact = page.locator('parlour-contact');
    if (isPhone) {
      await desk.conversation.getByRole('button', { name: 'Contact' }).click();
      await contact.getByText('First seen').waitFor();
      await see('contact');
    }
    await contact.getByRole('button', { name: /Merge with another/ }).click();
    await page.getByRole('dialog', { name: /Merge/ }).waitFor();
    await see('contact-merge');
    await page.keyboard.press('Escape');
    if (isPhone) {
      await page.goBack();
      await page.goBack();
      await desk.rows('Per').waitFor();
    }
    await page.getByRole('button', { name: 'Kilnmere: menu' }).click();
    await page.getByRole('button', { name: 'Install the widget' }).waitFor();
    await see('menu-workspace', page.getByRole('dialog', { name: 'Workspace menu' }));
    await page.getByRole('button', { name: 'Install the widget' }).click();
    await page.getByRole('dialog', { name: 'Install the widget' }).waitFor();
    await see('install');
    await window.close();
  });

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

  test(`the app without a line is accessible, ${size}`, async () => {
    const { window, page } = await ownerAt(house, options);
    window.expectComplaint(/WebSocket|ERR_INTERNET_DISCONNECTED/);
    const desk = new Desk(page);
    await desk.choose('Per');
    await window.context.setOffline(true);
    await page.getByText('Connection lost').waitFor();
    await desk.reply('Are you there?');
    await desk.message('Are you there?').getByText('Goes out when the line is back').waitFor();
    await expectSoundScreen(page, `conversation-offline-${size}`);
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
  assert.ok((await places()) <= 2, 'it was seen on its way');
  await page.locator('nav a[href="#authentication"]').click();
  await arrived('authentication');
  assert.ok((await places()) > 4, 'it did not glide');
  await window.close();
});
