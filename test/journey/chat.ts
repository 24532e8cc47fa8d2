/** What people do with the windows of a story, in their words: a visitor's chat and a teammate's inbox. */
import type { Locator, Page } from 'playwright-core';
import { until } from './visit.ts';

/** The chat on a page, as the visitor works it. */
export class Chat {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get launcher(): Locator {
    return this.page.locator('parlour-widget > div > button, parlour-widget button[aria-haspopup="dialog"]').first();
  }

  get badge(): Locator {
    return this.page.locator('parlour-widget i').first();
  }

  get dialog(): Locator {
    return this.page.locator('parlour-widget-panel').getByRole('dialog');
  }

  get field(): Locator {
    return this.dialog.locator('parlour-widget-composer').getByRole('textbox');
  }

  async open(): Promise<void> {
    await this.launcher.click();
    await this.dialog.waitFor();
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close chat' }).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  async send(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** The bubbles of the thread, in order, without the greeting. */
  messages(): Promise<string[]> {
    return this.dialog.locator('.messages .bubble').allInnerTexts();
  }

  /** Of a long thread only what is near the end is drawn: that is what is compared. */
  async expectMessages(wanted: readonly string[]): Promise<void> {
    await until(
      'the thread holds these messages',
      () => this.messages(),
      (seen) => seen.length >= Math.min(wanted.length, 8) && same(seen, wanted.slice(-seen.length)),
    );
  }

  /** Waits until so many messages that the server does not have would outlive the page. */
  keeps(count: number): Promise<void> {
    return keeps(this.page, count);
  }

  /** The state of the last own message, such as "Sent" or "Waiting for a connection". */
  stateOf(text: string): Locator {
    return this.dialog
      .locator('.messages .row', { has: this.page.getByText(text, { exact: true }) })
      .locator('.status');
  }
}

/** The inbox, as a teammate works it. */
export class Desk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Rows of the list that hold the text. */
  rows(text: string | RegExp = ''): Locator {
    return this.page.getByRole('listbox', { name: 'Conversations' }).getByRole('option').filter({ hasText: text });
  }

  tab(name: 'Open' | 'Snoozed' | 'Closed'): Locator {
    return this.page.getByRole('tablist', { name: 'Status' }).getByRole('tab', { name });
  }

  get conversation(): Locator {
    return this.page.locator('parlour-conversation');
  }

  get field(): Locator {
    return this.conversation.getByRole('textbox', { name: /^(Reply|Internal note)$/ });
  }

  async choose(text: string | RegExp): Promise<void> {
    await this.rows(text).first().click();
    await this.field.waitFor();
  }

  async reply(text: string): Promise<void> {
    await this.conversation.getByRole('tab', { name: 'Reply' }).click();
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  async note(text: string): Promise<void> {
    await this.conversation.getByRole('tab', { name: 'Note' }).click();
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** The bubbles of the thread, in order: messages and notes, not activity. */
  messages(): Promise<string[]> {
    return this.conversation.locator('.message .bubble').allInnerTexts();
  }

  async expectMessages(wanted: readonly string[]): Promise<void> {
    await until(
      'the thread holds these messages',
      () => this.messages(),
      (seen) => same(seen, wanted),
    );
  }

  /** The row of a message that holds the text. */
  message(text: string): Locator {
    return this.conversation.locator('.message', { hasText: text });
  }

  get status(): Locator {
    return this.conversation.locator('[part="status"]');
  }

  /** Waits until so much of what was written and pressed for would outlive the page. */
  keeps(count: number): Promise<void> {
    return keeps(this.page, count);
  }

  async press(name: 'Close' | 'Reopen' | 'Mark as unread'): Promise<void> {
    await this.conversation.getByRole('group', { name: 'Actions' }).getByRole('button', { name, exact: true }).click();
  }
}

async function keeps(page: Page, count: number): Promise<void> {
  await until(
    `${count} commands would outlive the page`,
    () =>
      page.evaluate(async () => {
        const { name } = (await indexedDB.databases()).find((one) => one.name?.startsWith('parlour:')) ?? {};
        if (!name) return 0;
        const opening = indexedDB.open(name);
        await new Promise((resolve) => (opening.onsuccess = resolve));
        const counting = opening.result.transaction('unsent').objectStore('unsent').count();
        await new Promise((resolve) => (counting.onsuccess = resolve));
        opening.result.close();
        return counting.result;
      }),
    (kept) => kept === count,
  );
}

function same(seen: readonly string[], wanted: readonly string[]): boolean {
  return seen.length === wanted.length && wanted.every((text, index) => seen[index]?.trim() === text);
}
