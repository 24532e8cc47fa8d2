/** Every kind of page that the server makes, as a whole: every rule of axe, those about pages included. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { House } from './house.ts';
import { expectSoundScreen } from './look.ts';
import { phone, Window } from './visit.ts';

const house = await House.open();
const { channelKey } = await house.setUp();
const field = 'parlour-widget-composer textarea';

for (const [size, options] of [
  ['desktop', {}],
  ['phone', { viewport: phone, hasTouch: true, isMobile: true }],
] as const) {
  test(`the page of a channel’s chat is accessible, ${size}`, async () => {
    for (const locale of ['en', 'ar']) {
      const visitor = await Window.open({ ...options, locale });
      const page = await visitor.goTo(`${house.url}/chat/${channelKey}`);
      await page.locator(field).waitFor();
      const heading = page.getByRole('heading', { level: 1 });
      assert.equal(await heading.count(), 1);
      assert.equal(await heading.innerText(), await page.title());
      const { width = 0, height = 0 } = page.viewportSize() ?? {};
      const card = await page.locator('parlour-widget').boundingBox();
      if (size === 'phone') assert.deepEqual(card, { x: 0, y: 0, width, height });
      else assert.deepEqual([card?.width, card?.x], [720, (width - 720) / 2], 'it stands in the middle');
      await expectSoundScreen(page, `hosted-${locale}-${size}`);
      await visitor.close();
    }
  });

  test(`the five looks are accessible, ${size}`, async () => {
    const visitor = await Window.open(options);
    const page = await visitor.goTo(`${house.url}/demo/looks.html`);
    for (const look of ['playful', 'brutal', 'luxury', 'office', 'terminal'])
      await page.locator(`#${look} ${field}`).waitFor();
    const regions = await page.getByRole('region').evaluateAll((found) => found.map(({ ariaLabel }) => ariaLabel));
    assert.ok(regions.includes('Chat in the playful look'), regions.join());
    await expectSoundScreen(page, `looks-${size}`);
    await visitor.close();
  });

  test(`a page for what is not there is accessible, ${size}`, async () => {
    for (const path of ['/nothing', '/chat/nobody']) {
      const visitor = await Window.open({ ...options, locale: 'ar' });
      visitor.expectComplaint(/404/);
      const page = await visitor.goTo(house.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectSoundScreen(page, `unknown-${path.replaceAll('/', '')}-${size}`);
      await visitor.close();
    }
  });
}
