/** A chat in the windows people have, with every state of it judged: by axe, and by what can be measured besides. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions, ViewportSize } from 'playwright-core';
import type { Catalogue } from '../../../widget/languages/catalogue.ts';
import { messages as arabic } from '../../../widget/languages/ar.ts';
import { messages as german } from '../../../widget/languages/de.ts';
import { Chat } from '../chat.ts';
import { ForeignSite, plainPage } from '../foreign-site.ts';
import { House } from '../house.ts';
import { expectSoundScreen, keepPicture } from '../look.ts';
import { Window } from '../visit.ts';
import { problemsOn } from './judge.ts';
import { formFields, walk, walkForms } from './walk.ts';
import type { See, Walk } from './walk.ts';

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
export type Setting = {
  name: string;
  language: 'en' | 'de' | 'ar';
  options: BrowserContextOptions;
  /** Whether axe judges it too; then in a window of this size besides: every colour in every direction at both sizes. */
  judgedAt?: ViewportSize;
};

const catalogues: Record<string, Catalogue> = { ar: arabic, de: german };
const offHours = {
  mode: 'form',
  text: 'Nobody is here at night.',
  autoResponse: null,
  form: { fields: formFields, consent: { text: 'You may answer me by mail.', url: 'https://example.com/privacy' } },
};

/** Declares the tests of one window. */
export function testIn({ name, language, options, judgedAt }: Setting): void {
  const enter = async (): Promise<Walk & { window: Window; problems: string[] }> => {
    const window = await Window.open({ reducedMotion: 'reduce', locale: language, ...options });
    window.expectComplaint(/WebSocket|ERR_INTERNET_DISCONNECTED/);
    const page = await window.goTo(`${site.origin}/${language}`);
    const chat = new Chat(page);
    const problems: string[] = [];
    const measure = async (state: string): Promise<void> => {
      problems.push(...(await problemsOn(page)).map((problem) => `${state}: ${problem}`));
      // However low the window is, what is written can be seen.
      if (!(await chat.field.isVisible())) return;
      // Beside a keyboard there is no room for both; what is written then is what to look for among the emoji.
      if (state.startsWith('emoji') && (page.viewportSize()?.height ?? 0) <= 200) return;
      const { y = Infinity, height = 0 } = (await chat.field.boundingBox()) ?? {};
      if (y + height > (page.viewportSize()?.height ?? 0)) problems.push(`${state}: the field is below the window`);
      // Nor does what one writes take all the room: a message of one line, with its bubble, is in sight; of files that go with it, a part.
      const room = (await chat.dialog.getByRole('log').boundingBox())?.height ?? 0;
      if (room < (state.startsWith('files') ? 24 : 44)) problems.push(`${state}: messages have ${room} px`);
    };
    const see: See = async (state, part = 'parlour-widget') => {
      await measure(state);
      const { viewport } = options;
      if (!judgedAt || !viewport) return keepPicture(page, `${name}-${state}`);
      await expectSoundScreen(page, `${name}-${state}`, page.locator(part));
      // The same moment in a window of the other size: walking there again would take longer than all the judging.
      await page.setViewportSize(judgedAt);
      await measure(`${state} at ${judgedAt.width}`);
      await expectSoundScreen(page, `${name}-${state}-at-${judgedAt.width}`, page.locator(part));
      await page.setViewportSize(viewport);
    };
    return {
      house,
      articleId,
      window,
      page,
      chat,
      see,
      problems,
      say: (text) => String(catalogues[language]?.[text] ?? text),
    };
  };

  test(`everything in the chat is sound: ${name}`, async () => {
    await house.ask('PATCH', `/inboxes/${inboxId}`, { schedule: null, showQueuePosition: false });
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

  test(`the question before anything is kept is sound: ${name}`, async () => {
    await settings({ askConsent: true, privacyUrl: 'https://example.com/privacy' });
    const scene = await enter();
    await scene.chat.launcher.click();
    await scene.page.getByRole('button', { name: scene.say('I agree') }).waitFor();
    await scene.see('consent');
    assert.deepEqual(scene.problems, []);
    await scene.window.close();
    await settings({ askConsent: false });
  });
}
