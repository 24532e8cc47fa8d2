/** What somebody who listens to a page meets: the tree of names and roles, where the focus is, and what is said by itself. */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';

/** Set to write what is seen instead of comparing it: for a change that is meant. Read the difference before committing it. */
const isRewriting = process.env['PARLOUR_REWRITE_TREES'] !== undefined;

/**
 * Collects what live regions say, as screen readers do: what is put into a region that was there before, and alerts whenever they come.
 * Runs in the page before its first script.
 */
function listen(): void {
  const heard: string[] = [];
  Object.assign(window, { heardByListeners: heard });
  const politeness = (start: Node | null): string | null => {
    for (let node = start; node; node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null)) {
      if (!(node instanceof Element)) continue;
      const live = node.getAttribute('aria-live');
      if (live) return live === 'off' ? null : live;
      const role = node.getAttribute('role');
      if (role === 'alert') return 'assertive';
      if (role === 'status' || role === 'log') return 'polite';
    }
    return null;
  };
  const textOf = (node: Node): string => {
    if (node instanceof Text) return node.data;
    if (node instanceof Element) {
      if (node.getAttribute('aria-hidden') === 'true' || node.hasAttribute('hidden')) return '';
      if (node instanceof HTMLButtonElement && node.ariaLabel) return node.ariaLabel;
      if (node.shadowRoot) return textOf(node.shadowRoot);
    }
    return [...node.childNodes].map(textOf).join(' ');
  };
  const say = (how: string, node: Node): void => {
    const text = textOf(node).replaceAll(/\s+/g, ' ').trim();
    if (text) heard.push(`${how}: ${text}`);
  };
  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      const how = politeness(target);
      if (type === 'characterData' && how) say(how, target);
      for (const node of addedNodes) {
        // Moved on since, or gone.
        if (!node.isConnected) continue;
        if (how) say(how, node);
        else if (node instanceof Element)
          for (const alert of [node, ...node.querySelectorAll('*')])
            if (alert.getAttribute('role') === 'alert') say('assertive', alert);
      }
    }
  });
  const all = { childList: true, characterData: true, subtree: true };
  observer.observe(document, all);
  const attachShadow = Object.getOwnPropertyDescriptor(Element.prototype, 'attachShadow')?.value as (
    init: ShadowRootInit,
  ) => ShadowRoot;
  Element.prototype.attachShadow = function attach(init) {
    const root = attachShadow.call(this, init);
    observer.observe(root, all);
    return root;
  };
}

/** Where the keyboard is, in words. */
function focused(): string {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (!element || element === document.body) return 'nowhere';
  const labels = 'labels' in element ? (element as HTMLInputElement).labels : null;
  const name = (element.ariaLabel ?? (labels?.[0] ?? element).textContent)?.replaceAll(/\s+/g, ' ').trim().slice(0, 60);
  return `${element.role ?? element.getAttribute('role') ?? element.localName} "${name}"`;
}

/** Writes a story down, step by step. */
export class Listener {
  readonly #page: Page;
  readonly #steps: string[] = [];
  #heard = 0;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** @param page before it goes anywhere */
  static async at(page: Page): Promise<Listener> {
    // What compiles the tests names functions by a helper that the page does not have.
    await page.addInitScript(`{ const __name = (named) => named; (${String(listen)})(); }`);
    return new Listener(page);
  }

  /** All that was said by itself since the last step. */
  async heard(): Promise<string[]> {
    const all = await this.#page.evaluate(() => (window as unknown as { heardByListeners: string[] }).heardByListeners);
    return all.slice(this.#heard);
  }

  async step(name: string): Promise<string[]> {
    const said = await this.heard();
    this.#heard += said.length;
    // The element itself has no box, which the snapshot takes for nothing to be seen.
    const parts = await this.#page.locator('parlour-widget > *').all();
    // Whoever listens points at nothing; what is pointed at would tell its time.
    await this.#page.mouse.move(0, 0);
    const trees = await Promise.all(parts.map((part) => part.ariaSnapshot()));
    const tree = trees.filter(Boolean).join('\n');
    const focus = await this.#page.evaluate(focused);
    const lines = [`focus: ${focus}`, ...said.map((text) => `says ${text}`), tree || '(nothing)'];
    this.#steps.push(`## ${name}\n\n${lines.map(settled).join('\n')}\n`);
    return said;
  }

  /** Fails at the first step that is not as it was written down. */
  async expectAsIn(file: string): Promise<void> {
    if (isRewriting) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, this.#steps.join('\n'));
      return;
    }
    const kept = (await readFile(file, 'utf8')).split(/\n(?=## )/).map((step) => step.trim());
    for (const [index, step] of this.#steps.entries())
      assert.equal(
        step.trim(),
        kept[index],
        `a listener meets something else than ${file} tells. Meant? PARLOUR_REWRITE_TREES=1`,
      );
    assert.equal(this.#steps.length, kept.length, `${file} tells of more steps`);
  }
}

/** Without what is another one each time: clocks, ports, identifiers. */
function settled(text: string): string {
  return text
    .replaceAll(/[\d٠-٩]{1,2}:[\d٠-٩]{2}([  ]?([AaPp][Mm]|[صم]))?/g, 'TIME')
    .replaceAll(/(localhost|127\.0\.0\.1):\d+/g, 'HOST')
    .replaceAll(/(?<=attachments\/)[\w-]+/g, 'TOKEN')
    .replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, 'ID');
}
