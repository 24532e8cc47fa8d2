import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { Desk } from './chat.ts';
import { House } from './house.ts';
import { expectSoundScreen } from './look.ts';
import { haveConversations, sizes } from './screens.ts';
import { ownerAt, Window } from './visit.ts';

const house = await House.open();

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
  await haveConversations(house);
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
}
