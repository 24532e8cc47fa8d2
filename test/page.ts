/**
 * What a test that runs inside a browser page needs, typed and imported rather than global:
 * `import { describe, expect, it, mount } from '../../page.ts'`. A test file below `test/widget`, `test/inbox-elements` or
 * `test/shared/ui` runs in the browser unless it imports `node:test`.
 */
import { Assertion, AssertionError } from 'chai';
import { html, render } from 'lit';
import type { TemplateResult } from 'lit';

export { expect } from 'chai';

/**
 * Of an assertion that fails mocha writes out both values, whatever they hold on to. An element holds the whole page: without this the test that compares one
 * with `null` would not fail but hang the page, until the runner gives up on its file without a reason.
 */
const assert = Reflect.get(Assertion.prototype, 'assert') as (this: Chai.Assertion, ...given: unknown[]) => void;
Assertion.prototype.assert = function (this: Chai.Assertion, ...given: unknown[]): void {
  try {
    assert.apply(this, given);
  } catch (error) {
    if (error instanceof AssertionError && [error.actual, error.expected].some((value) => holdsOn(value))) {
      Object.assign(error, {
        actual: String(error.actual).slice(0, 200),
        expected: String(error.expected).slice(0, 200),
      });
    }
    throw error;
  }
};

/** Whether a value is, or has among its own, something else than plain data. */
function holdsOn(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  const isPlain =
    Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
  return !isPlain || Object.values(value).some((inner) => holdsOn(inner));
}

type Body = () => void | Promise<void>;
interface Mocha {
  describe: (about: string, body: () => void) => void;
  it: (sentence: string, body: Body) => void;
  before: (body: Body) => void;
  after: (body: Body) => void;
  beforeEach: (body: Body) => void;
  afterEach: (body: Body) => void;
}

export const { describe, it, before, after, beforeEach, afterEach } = globalThis as unknown as Mocha;

const mounted = new Set<HTMLElement>();

/** Puts an element or a template into the page until the end of the test; answers with its first element, once it has rendered. */
export async function mount<E extends HTMLElement>(content: TemplateResult | E): Promise<E> {
  const place = document.createElement('div');
  document.body.append(place);
  mounted.add(place);
  render(content instanceof HTMLElement ? html`${content}` : content, place);
  const element = place.firstElementChild as E | null;
  if (!element) throw new Error('mount() was given a template without an element');
  await settled(element);
  return element;
}

/** Waits until Lit has written to the DOM what the element's state asks for; other elements need no waiting. */
export async function settled(element: Element): Promise<void> {
  // One update may cause another (a child that answers with an event): true means nothing is pending any more.
  while ('updateComplete' in element && (await element.updateComplete) === false) continue;
}

/**
 * Waits until the condition holds, checking every few milliseconds: for what happens by itself, such as a reply of a fake server. The time only ends what
 * would never come: on a busy machine a file that is fetched takes seconds.
 */
export async function until(condition: () => unknown, sentence: string, withinMs = 10_000): Promise<void> {
  const endAt = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > endAt) throw new Error(`Not within ${withinMs} ms: ${sentence}`);
    // Not by frame: a page behind another one draws none.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

afterEach(() => {
  for (const place of mounted) place.remove();
  mounted.clear();
});
