/** Judges what is on a screen, in light and in dark. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { AxeResults, Result, RunOptions } from 'axe-core';
import type { Locator, Page } from 'playwright-core';

/** Where pictures of every screen are kept for a person to look at; without it none are made. */
const gallery = process.env['PARLOUR_SCREENSHOTS'];

/** Takes a picture where somebody wants to look at one. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!gallery) return;
  await mkdir(gallery, { recursive: true });
  await page.screenshot({ path: join(gallery, `${name}.png`) });
}

/** The rules of axe that look at colours. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** Runs in the page. What every rule of axe but those about colours goes by: the elements, what they say and where they stand. */
function shape(): string {
  const lines: string[] = [];
  const collect = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll('*')) {
      const { x, y, width, height } = element.getBoundingClientRect();
      const { visibility, display } = getComputedStyle(element);
      const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`);
      const texts = [...element.childNodes].map((node) => (node instanceof Text ? node.data : '|'));
      lines.push([element.localName, x, y, width, height, visibility, display, ...attributes, ...texts].join(' '));
      if (element.shadowRoot) collect(element.shadowRoot);
    }
  };
  collect(document);
  return lines.join('\n');
}

/** What compiles the tests names functions by a helper that pages do not have. */
const shapeOf = (page: Page): Promise<string> =>
  page.evaluate(`(() => { const __name = (named) => named; return (${String(shape)})(); })()`);

/**
 * axe asks what lies upon what in the body only, and knows of no top layer. The chat stands beside the body and opens dialogs: none
 * of its colours would be judged, or those of a dialog upon what lies behind it.
 */
function judgingWholePages(source: string): string {
  const order = 'var stackingOrder = parentVNode._stackingOrder.slice();';
  const changes: [string, string][] = [
    ['arguments[0] !== undefined ? arguments[0] : document.body;', 'arguments[0] || document.documentElement;'],
    ['parentVNode ? treeWalker.nextNode() : treeWalker.currentNode', 'treeWalker.nextNode()'],
    [
      order,
      `if (vNode.actualNode.matches(':modal, :popover-open'))
        return [createStackingContext(${2 ** 31 - 1}, false, treeOrder, vNode)];
      ${order}`,
    ],
  ];
  return changes.reduce((text, [from, to]) => {
    assert.equal(text.split(from).length, 2, 'another axe than this was written for: see how it makes its grid');
    return text.replace(from, () => to);
  }, source);
}
const judgeSource = judgingWholePages(axe.source);

interface Judgement {
  violations: Result[];
  passed: string[];
}

async function judge(page: Page, part: Locator, rules?: string[]): Promise<Judgement> {
  // Evaluated by the debugger, which no policy of the page concerns; once for a page, for it is large.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`{ ${judgeSource} }`);
  return part.evaluate(async (element, only) => {
    const { axe: judging } = window as unknown as {
      axe: { run(context: Node, options: RunOptions): Promise<AxeResults> };
    };
    const { violations, passes } = await judging.run(element === document.documentElement ? document : element, {
      // Of what is right no list of every node is made.
      resultTypes: ['violations'],
      ...(only ? { runOnly: { type: 'rule', values: only } } : {}),
    });
    return { violations, passed: passes.map(({ id }) => id) };
  }, rules);
}

/**
 * Fails with one line per violation (every rule of axe, those about whole pages included), or where the page can be
 * scrolled sideways. The picture is named `name-light.png` and `name-dark.png`.
 * @param part what to judge where something lies over a page that was judged before: axe takes the colours of what lies over a
 *   text for the ground it stands on.
 */
export async function expectSoundScreen(page: Page, name: string, part: Locator = page.locator('html')): Promise<void> {
  const problems: string[] = [];
  let inLight: { shape: string; passed: string[] } | undefined;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(async () => {
      // Half-way through a fade the contrast is too low; an endless animation is judged as it stands.
      const finite = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      await Promise.allSettled(finite.map((animation) => animation.finished));
    });
    await keepPicture(page, `${name}-${colorScheme}`);
    // Where nothing but colours is another in the dark, only they are judged again.
    const shaped = await shapeOf(page);
    const isRepainted = inLight?.shape === shaped;
    const { violations, passed } = await judge(page, part, isRepainted ? colourRules : undefined);
    if (isRepainted) {
      const unjudged = colourRules.filter((rule) => inLight?.passed.includes(rule) && !passed.includes(rule));
      const failed = violations.map(({ id }) => id);
      assert.deepEqual(
        unjudged.filter((rule) => !failed.includes(rule)),
        [],
        `axe did not judge these on ${name} in the dark`,
      );
    } else assert.ok(passed.length > 3, `axe found next to nothing to judge on ${name}`);
    inLight ??= { shape: shaped, passed };
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
