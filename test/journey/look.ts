/** Judges what is on a screen, in light and in dark. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Locator, Page } from 'playwright-core';

/** Where pictures of every screen are kept for a person to look at; without it none are made. */
const gallery = process.env['PARLOUR_SCREENSHOTS'];

/** Takes a picture where somebody wants to look at one. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!gallery) return;
  await mkdir(gallery, { recursive: true });
  await page.screenshot({ path: join(gallery, `${name}.png`) });
}

/**
 * Fails with one line per violation (every rule of axe, those about whole pages included), or where the page can be
 * scrolled sideways. The picture is named `name-light.png` and `name-dark.png`.
 * @param part what to judge where something lies over a page that was judged before: axe takes the colours of what lies over a
 *   text for the ground it stands on.
 */
export async function expectSoundScreen(page: Page, name: string, part: Locator = page.locator('html')): Promise<void> {
  const problems: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(async () => {
      // Half-way through a fade the contrast is too low; an endless animation is judged as it stands.
      const finite = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      await Promise.allSettled(finite.map((animation) => animation.finished));
    });
    await keepPicture(page, `${name}-${colorScheme}`);
    // Evaluated by the debugger, which no policy of the page concerns.
    await page.evaluate(`if (!window.axe) { ${axe.source} }`);
    const { violations, passes } = await part.evaluate((element) => {
      const { axe: judge } = window as unknown as {
        axe: { run(context: Node, options: RunOptions): Promise<AxeResults> };
      };
      return judge.run(element === document.documentElement ? document : element, {
        resultTypes: ['violations', 'passes'],
      });
    });
    assert.ok(passes.length > 3, `axe found next to nothing to judge on ${name}`);
    for (const { id, help, nodes } of violations) {
      for (const node of nodes)
        problems.push(
          `${name}, ${colorScheme}: ${id}: ${help}\n    ${node.target.flat().join(' → ')}\n    ${node.html.slice(0, 300)}\n    ${(node.failureSummary ?? '').replaceAll('\n', ' ')}`,
        );
    }
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (sideways > 0) problems.push(`${name}, ${colorScheme}: the page is ${sideways} px wider than its window`);
  }
  assert.equal(problems.join('\n'), '', 'the screen is not sound');
}
