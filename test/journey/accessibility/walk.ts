/** The way through everything a visitor can open, with a look at each state. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import type { Chat } from '../chat.ts';
import type { House } from '../house.ts';
import { until } from '../visit.ts';

const photo = {
  name: 'a teapot with a rather long name that has to be cut.png',
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 640, height: 420, channels: 3, background: '#8f5f4f' } })
    .png()
    .toBuffer(),
};

export const formFields = [
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

/** What a walk does at each state; of what lies over a state that was judged before only that part is judged again. */
export type See = (state: string, part?: string) => Promise<void>;
export interface Walk {
  house: House;
  /** Of an article that is published. */
  articleId: string;
  page: Page;
  chat: Chat;
  say: (text: string) => string;
  see: See;
}

/** From the page with a greeting through everything a visitor can open. */
export async function walk({ house, articleId, page, chat, say, see }: Walk): Promise<void> {
  const button = (text: string, inside: Locator = chat.dialog): Locator =>
    inside.getByRole('button', { name: say(text), exact: true });
  await page.getByText('Any question about a piece?').waitFor();
  const indent = await page.locator('parlour-widget .say b').evaluate((name) => {
    const range = document.createRange();
    range.selectNodeContents(name);
    const room = (name.parentElement ?? name).getBoundingClientRect();
    const text = range.getBoundingClientRect();
    return getComputedStyle(name.parentElement ?? name).direction === 'rtl'
      ? room.right - text.right
      : text.left - room.left;
  });
  assert.ok(indent < 20, `the name begins ${indent} px from where the greeting begins`);
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
  // Some of them: axe takes seconds for each look at hundreds that are all alike.
  await picker.getByRole('searchbox').fill('💐');
  await until(
    'one is found',
    () => picker.getByRole('gridcell').count(),
    (count) => count === 1,
  );
  await see('emoji');
  await picker.getByRole('button', { name: new RegExp(`^${say('Skin tone')}`) }).click();
  await picker.getByRole('radio').first().waitFor();
  await see('emoji-tones', 'parlour-emoji-picker .tones');
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
  await chat
    .stateOf('Which teapot would you take?')
    .getByText(say('Sent'), { exact: true })
    .waitFor({ state: 'attached' });
  await chat.send('🎉');
  await chat.stateOf('🎉').getByText(say('Sent'), { exact: true }).waitFor({ state: 'attached' });
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
  await chat.stateOf('Is the line down?').getByText(say('Sent'), { exact: true }).waitFor({ state: 'attached' });
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
export async function walkForms({ page, chat, say, see }: Walk): Promise<void> {
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
