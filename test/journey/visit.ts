/** Browser windows for a story. Whatever a page complains of, and no story has expected, fails the test. */
import assert from 'node:assert/strict';
import { after, afterEach } from 'node:test';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { findBrowser } from '../browser.ts';
import type { House } from './house.ts';

/** How long anything may take that is not about time; the machine may be busy with something else. */
export const patienceMs = 30_000;

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

let launched: Promise<Browser> | undefined;
const windows = new Set<Window>();

/** One browser for each test file. */
function browser(): Promise<Browser> {
  launched ??= findBrowser().then(({ executablePath, args, env }) => {
    const inherited = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return chromium.launch({ executablePath, args, env: { ...Object.fromEntries(inherited), ...env } });
  });
  return launched;
}

after(async () => {
  await (await launched)?.close();
});

afterEach(() => {
  for (const window of windows) window.expectNoComplaint();
});

/** One person's browser: cookies, storage and tabs of their own. */
export class Window {
  readonly context: BrowserContext;
  /** Everything the server sent through WebSockets to any tab, as it was written. */
  readonly heard: string[] = [];
  /** Addresses of everything the tabs asked for, WebSockets included. */
  readonly asked: string[] = [];
  readonly #complaints: string[] = [];
  readonly #expected: RegExp[] = [];

  private constructor(context: BrowserContext) {
    this.context = context;
    context.on('page', (page) => this.#watch(page));
    windows.add(this);
  }

  static async open(options: BrowserContextOptions = {}): Promise<Window> {
    const context = await (await browser()).newContext({ viewport: desktop, locale: 'en-GB', ...options });
    context.setDefaultTimeout(patienceMs);
    context.setDefaultNavigationTimeout(patienceMs);
    return new Window(context);
  }

  async goTo(address: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(address);
    return page;
  }

  /** What a story is about need not fail it: complaints like this one are let pass from now on. */
  expectComplaint(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** The complaints of that kind so far. */
  complaints(pattern: RegExp): string[] {
    return this.#complaints.filter((complaint) => pattern.test(complaint));
  }

  expectNoComplaint(): void {
    const unexpected = this.#complaints.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
    this.#complaints.length = 0;
    assert.deepEqual(unexpected, [], 'the page complained');
  }

  async close(): Promise<void> {
    await this.context.close();
    this.expectNoComplaint();
    windows.delete(this);
  }

  #watch(page: Page): void {
    const complain = (text: string): void => void this.#complaints.push(text);
    page.on('pageerror', (error) => complain(`error: ${error.message}`));
    page.on('console', (message) => {
      const type = message.type();
      // Browsers ask for it by themselves, and a site may have none.
      if (message.location().url.endsWith('/favicon.ico')) return;
      if (type === 'error' || type === 'warning') complain(`console ${type}: ${message.text()}`);
    });
    page.on('request', (request) => void this.asked.push(request.url()));
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // A page that is left, or an import that is not awaited any more.
      if (reason !== 'net::ERR_ABORTED') complain(`failed: ${request.url()} ${reason}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400 && !response.url().endsWith('/favicon.ico'))
        complain(`status ${response.status()}: ${response.url()}`);
    });
    page.on('websocket', (socket) => {
      this.asked.push(socket.url());
      socket.on('framereceived', ({ payload }) => void this.heard.push(String(payload)));
    });
  }
}

/** The app in a window of its own, signed in as the owner. */
export async function ownerAt(
  house: House,
  options: BrowserContextOptions = {},
): Promise<{ window: Window; page: Page }> {
  const window = await Window.open(options);
  await window.context.addCookies([{ ...house.office.cookie, url: house.url }]);
  const page = await window.goTo(`${house.url}/app`);
  await page.getByRole('tab', { name: /^Open/ }).waitFor();
  return { window, page };
}

/** The app in a window of its own, signed in through its form. */
export async function teammateAt(
  house: House,
  { email, password }: { email: string; password: string },
  options: BrowserContextOptions = {},
): Promise<{ window: Window; page: Page }> {
  const window = await Window.open(options);
  const page = await window.goTo(`${house.url}/app`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('tab', { name: /^Open/ }).waitFor();
  return { window, page };
}

/** Waits until something is so, and fails with what was seen when it does not become so. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  wanted: (seen: T) => boolean = Boolean,
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (wanted(seen)) return seen;
    if (performance.now() > deadline) assert.fail(`waited in vain: ${what}; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
