/** Every state of the chat, judged as axe judges it and by what can be measured besides, in the windows people have. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import type { Catalogue } from '../../../widget/languages/catalogue.ts';
import { messages as arabic } from '../../../widget/languages/ar.ts';
import { messages as german } from '../../../widget/languages/de.ts';
import { Chat } from '../chat.ts';
import { ForeignSite, plainPage } from '../foreign-site.ts';
import { House } from '../house.ts';
import { expectSoundScreen, keepPicture } from '../look.ts';
import { until, Window } from '../visit.ts';
import { problemsOn } from './judge.ts';

const house = await House.open();
const { channelKey, channelId, inboxId } = await house.setUp();
const snippet = `<script async src="${house.url}/widget.js?channel=${channelKey}"></script>`;
const texts = '<h1>A pottery</h1><p>Mugs and bowls.</p><a href="#more">More of them</a>';
const site = await ForeignSite.open({
  '/en': { body: plainPage(snippet, texts) },
  '/de': { body: plainPage(snippet, texts, 'lang="de"') },
  '/ar': { body: plainPage(snippet, '<h1>ورشة الفخار</h1><a href="#more">المزيد</a>', 'lang="ar" dir="rtl"') },
});
const settings = (some: object): Promise<unknown> => house.ask('PATCH', `/channels/${channelId}`, { settings: some });
await settings({
  startAtHome: true,
  greeting: 'Hello! Looking for something, or wondering about an order?',
  greetings: [
    {
      id: 'first',
      text: 'Any question about a piece? We are here.',
      translations: {},
      when: { field: 'seconds', operator: 'atLeast', value: 0 },
    },
  ],
});
const { articleId } = await house.ask<{ articleId: string }>('POST', '/articles', {
  title: 'Repairs of chipped and broken pieces',
  text: 'We mend chips with **gold**.\n\n- cups\n- bowls\n\n```\nKINTSUGI-2024-A-VERY-LONG-NUMBER-THAT-DOES-NOT-FIT-INTO-ONE-LINE\n```\n\n[Write to us](https://example.com/)',
});
await house.ask('POST', `/articles/${articleId}/publish`);
const photo = {
  name: 'a teapot with a rather long name that has to be cut.png',
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 640, height: 420, channels: 3, background: '#8f5f4f' } })
    .png()
    .toBuffer(),
};

const formFields = [
  { key: 'name', label: '', kind: 'text', required: false },
  { key: 'email', label: '', kind: 'email', required: true },
  { key: 'about', label: 'What is it about?', kind: 'choice', required: true, options: ['A cup', 'A bowl'] },
];
const rich = [
  {
    type: 'buttons',
    id: 'choice',
    buttons: [
      { id: 'a', label: 'The small one' },
      { id: 'b', label: 'The one that holds nine hundred millilitres' },
      { label: 'Look at them', href: 'https://example.com/' },
    ],
  },
  {
    type: 'card',
    id: 'card',
    title: 'Ember teapot',
    text: 'Nine hundred millilitres.',
    buttons: [{ id: 'take', label: 'Set it aside' }],
  },
  {
    type: 'carousel',
    id: 'row',
    cards: ['Mug', 'Bowl', 'Plate'].map((title, index) => ({
      title,
      text: 'Stoneware.',
      buttons: [{ id: `row-${index}`, label: `Take the ${title.toLowerCase()}` }],
    })),
  },
  { type: 'form', id: 'form', title: 'Where shall it go?', fields: formFields },
];

/** What a walk does at each state. */
type See = (state: string) => Promise<void>;
interface Walk {
  page: Page;
  chat: Chat;
  say: (text: string) => string;
  see: See;
}

/** From the page with a greeting through everything a visitor can open. */
async function walk({ page, chat, say, see }: Walk): Promise<void> {
  const button = (text: string, inside: Locator = chat.dialog): Locator =>
    inside.getByRole('button', { name: say(text), exact: true });
  await page.getByText('Any question about a piece?').waitFor();
  await see('greeting');
  await chat.launcher.focus();
  await page.keyboard.press('Enter');
  await chat.dialog.waitFor();
  const article = chat.dialog.getByRole('button', { name: /^Repairs/ });
  await article.or(chat.field).first().waitFor();
  // A greeting that was shown leads to an answer at once.
  if (!(await article.isVisible())) await chat.dialog.locator('parlour-widget-header button').first().click();
  await article.waitFor();
  await see('home');
  await chat.dialog.getByRole('searchbox').fill('nothing of the kind');
  const found = chat.dialog.locator('parlour-widget-help').getByRole('status');
  await until('it is said that nothing was found', async () => (await found.innerText()).length > 0);
  await see('nothing-found');
  await chat.dialog.getByRole('searchbox').fill('');
  await article.click();
  await chat.dialog.getByText('bowls', { exact: true }).waitFor();
  await see('article');
  await button('Back').click();
  await button('Start a conversation').click();
  await chat.field.waitFor();
  await see('new-conversation');
  await chat.field.fill(`${'A long question. '.repeat(220)}`);
  await see('nearly-full');
  await chat.field.fill('');

  await button('Emoji').click();
  const picker = chat.dialog.locator('parlour-emoji-picker');
  await picker.getByRole('gridcell').first().waitFor();
  await see('emoji');
  await picker.getByRole('button', { name: new RegExp(`^${say('Skin tone')}`) }).click();
  await picker.getByRole('radio').first().waitFor();
  await see('emoji-tones');
  await page.keyboard.press('Escape');
  await picker.waitFor({ state: 'detached' });

  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('Attach files').click()]);
  await chooser.setFiles([photo, { name: 'nothing.bin', mimeType: '', buffer: Buffer.from('…') }]);
  await until(
    'the files have arrived',
    async () =>
      (await chat.dialog.locator('.file').count()) === 2 && (await chat.dialog.locator('progress').count()) === 0,
  );
  await see('files');
  await chat.send('Which teapot would you take?');
  await chat.stateOf('Which teapot would you take?').getByText(say('Sent')).waitFor({ state: 'attached' });
  await chat.send('🎉');
  await chat.stateOf('🎉').getByText(say('Sent')).waitFor({ state: 'attached' });
  const { conversations } = await house.ask<{ conversations: { id: string }[] }>('GET', '/conversations?limit=1');
  const reply = (body: object): Promise<unknown> =>
    house.ask('POST', `/conversations/${conversations[0]?.id}/replies`, body);
  await reply({
    text: 'It has **both**:\n\n1. a hole\n2. a saucer\n\n> Warm it slowly.\n\nSee [care](https://example.com/).',
  });
  await chat.dialog.getByText('a saucer', { exact: true }).waitFor();
  const opens = chat.dialog.locator('parlour-attachments').getByRole('button').first();
  await opens.locator('img').waitFor();
  await button('Sound for new messages').waitFor();
  await button('More').waitFor();
  await see('conversation');

  await opens.click();
  const viewer = page.locator('parlour-image-viewer').getByRole('dialog');
  await viewer.waitFor();
  await see('image');
  await page.keyboard.press('Escape');
  await viewer.waitFor({ state: 'hidden' });

  await reply({ text: 'Which one?', blocks: rich });
  await chat.dialog.getByRole('button', { name: 'The small one' }).waitFor();
  await chat.dialog.getByRole('button', { name: 'Take the bowl' }).waitFor();
  await see('rich-blocks');
  await reply({
    text: '',
    blocks: [
      { type: 'article', articleId },
      { type: 'rating', id: 'how', prompt: '', scale: 'stars' },
    ],
  });
  await chat.dialog
    .locator('.messages')
    .getByRole('radio')
    .or(chat.dialog.locator('.messages').getByRole('button', { name: /★|1|star/i }))
    .first()
    .waitFor();
  await see('rating');

  await button('More').click();
  await chat.dialog.getByRole('menuitem').first().waitFor();
  await see('menu');
  await chat.dialog.getByRole('menuitem', { name: say('End chat') }).click();
  await button('Cancel').waitFor();
  await see('ending');
  await button('Cancel').click();

  await page.context().setOffline(true);
  await chat.dialog.getByText(say('No connection. What you write is kept and will be sent.')).waitFor();
  await chat.send('Is the line down?');
  await chat.stateOf('Is the line down?').getByText(say('Waiting for a connection')).waitFor();
  await see('offline');
  await page.context().setOffline(false);
  await chat.stateOf('Is the line down?').getByText(say('Sent')).waitFor({ state: 'attached' });
  await button('All conversations').click();
  await chat.dialog.getByRole('heading', { name: say('Your conversations') }).waitFor();
  await see('conversations');
  await page.keyboard.press('Escape');
  await chat.dialog.waitFor({ state: 'hidden' });
  await reply({ text: 'It is up again.' });
  await page.getByRole('button', { name: /1/ }).first().waitFor();
  await see('unread');
}

/** What stands in the way of a conversation. */
async function walkForms({ page, chat, say, see }: Walk): Promise<void> {
  await chat.open();
  await chat.dialog
    .getByRole('button', { name: say('Start a conversation') })
    .or(chat.dialog.locator('parlour-widget-form'))
    .first()
    .waitFor();
  const start = chat.dialog.getByRole('button', { name: say('Start a conversation') });
  if (await start.isVisible()) await start.click();
  const form = chat.dialog.locator('parlour-widget-form');
  const send = form.getByRole('button', { name: say('Send message') });
  await send.waitFor();
  await see('form');
  await send.click();
  await form.locator('[aria-invalid="true"]').first().waitFor();
  await see('form-refused');
  await page.keyboard.press('Escape');
}

type Setting = {
  name: string;
  language: 'en' | 'de' | 'ar';
  options: BrowserContextOptions;
  /** Whether axe judges it too: every colour and every direction once. */
  judges: boolean;
};

const touch = { hasTouch: true, isMobile: true };
const settingsOfPeople: Setting[] = [
  { name: 'desktop', language: 'en', options: { viewport: { width: 1280, height: 800 } }, judges: true },
  { name: 'phone-rtl', language: 'ar', options: { viewport: { width: 390, height: 844 }, ...touch }, judges: true },
  // 1280 × 1024 at 400 %, and the longest words.
  { name: 'reflow', language: 'de', options: { viewport: { width: 320, height: 256 } }, judges: false },
  { name: 'zoom-200', language: 'de', options: { viewport: { width: 640, height: 400 } }, judges: false },
  { name: 'landscape', language: 'en', options: { viewport: { width: 740, height: 360 }, ...touch }, judges: false },
  {
    name: 'forced-colours',
    language: 'en',
    options: { viewport: { width: 1280, height: 800 }, forcedColors: 'active' },
    judges: false,
  },
];

const catalogues: Record<string, Catalogue> = { ar: arabic, de: german };
const offHours = {
  mode: 'form',
  text: 'Nobody is here at night.',
  autoResponse: null,
  form: { fields: formFields, consent: { text: 'You may answer me by mail.', url: 'https://example.com/privacy' } },
};

for (const { name, language, options, judges } of settingsOfPeople) {
  const enter = async (): Promise<Walk & { window: Window; problems: string[] }> => {
    const window = await Window.open({ reducedMotion: 'reduce', locale: language, ...options });
    window.expectComplaint(/WebSocket|ERR_INTERNET_DISCONNECTED/);
    const page = await window.goTo(`${site.origin}/${language}`);
    const chat = new Chat(page);
    const problems: string[] = [];
    const see: See = async (state) => {
      problems.push(...(await problemsOn(page)).map((problem) => `${state}: ${problem}`));
      // However low the window is, what is written can be seen.
      if (await chat.field.isVisible()) {
        const { y = Infinity, height = 0 } = (await chat.field.boundingBox()) ?? {};
        if (y + height > (page.viewportSize()?.height ?? 0)) problems.push(`${state}: the field is below the window`);
      }
      if (judges) await expectSoundScreen(page, `${name}-${state}`, page.locator('parlour-widget'));
      else await keepPicture(page, `${name}-${state}`);
    };
    return { window, page, chat, see, problems, say: (text) => String(catalogues[language]?.[text] ?? text) };
  };

  test(`everything in the chat is sound: ${name}`, async () => {
    await house.ask('PATCH', `/inboxes/${inboxId}`, { schedule: null });
    const scene = await enter();
    await walk(scene);
    assert.deepEqual(scene.problems, []);
    await scene.window.close();
  });

  test(`the form off hours is sound: ${name}`, async () => {
    await house.ask('PATCH', `/inboxes/${inboxId}`, { schedule: { timeZone: 'Europe/Berlin', spans: [] }, offHours });
    const scene = await enter();
    await walkForms(scene);
    assert.deepEqual(scene.problems, []);
    await scene.window.close();
  });
}
