import 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';

// axe-core is a classic script: imported as a module it exports nothing and leaves this global.
declare global {
  interface Window {
    axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };
  }
}

/** Rules about whole pages, which a single element in an empty page cannot keep. */
const pageRules = ['region', 'landmark-one-main', 'page-has-heading-one', 'bypass'];

/** Fails with one line per violation: the rule, what is wrong, where, and the page that explains it. */
export async function expectAccessible(element: Element): Promise<void> {
  await animationsDone(element);
  const rules = Object.fromEntries(pageRules.map((rule) => [rule, { enabled: false }]));
  const { violations, passes } = await window.axe.run(element, { resultTypes: ['violations', 'passes'], rules });
  if (violations.length > 0) {
    const lines = violations.flatMap(({ id, help, helpUrl, nodes }) =>
      nodes.map((node) => `${id}: ${help}\n    at ${node.target.flat().join(' → ')}\n    ${node.html}\n    ${helpUrl}`),
    );
    throw new Error(`${lines.length} accessibility violations\n  ${lines.join('\n  ')}`);
  }
  // An element that renders nothing has no violation either; that must not pass for accessible.
  if (passes.length === 0) throw new Error(`axe found nothing to judge in <${element.localName}>: did it render?`);
}

/** Half-way through a fade the contrast is too low; an endless animation (a spinner) is judged as it stands. */
async function animationsDone(element: Element): Promise<void> {
  const animations = rootsIn(element).flatMap((root) => root.getAnimations());
  const finite = animations.filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(finite.map((animation) => animation.finished));
}

/** The document and every shadow root below: each tells of its own animations only. */
function rootsIn(element: Element): DocumentOrShadowRoot[] {
  const shadows = [element, ...element.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  const inner = shadows.flatMap((shadow) => [...shadow.children].flatMap((child) => rootsIn(child)));
  return [...new Set([document, ...shadows, ...inner])];
}
