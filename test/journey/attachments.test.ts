/** Files between a visitor on some site and a teammate: attached, seen, opened, saved, and harmless whatever they are. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { deflateSync, crc32 } from 'node:zlib';
import type { Locator, Page } from 'playwright-core';
import { Chat, Desk } from './chat.ts';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { House } from './house.ts';
import { ownerAt, phone, until, Window } from './visit.ts';

const house = await House.open();
const { channelKey } = await house.setUp();
const snippet = `<script async src="${house.url}/widget.js?channel=${channelKey}"></script>`;
const site = await ForeignSite.open({ '/': { body: plainPage(snippet) } });
const owner = await ownerAt(house);
const desk = new Desk(owner.page);

/** A real picture of one colour. */
function picture(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x8f)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const magic = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([magic, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

const photo = { name: 'teapot.png', mimeType: 'image/png', buffer: picture(640, 420) };
const invoice = { name: 'Rechnung März.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nan invoice') };

async function visit(size?: { width: number; height: number }): Promise<{ window: Window; page: Page; chat: Chat }> {
  const window = await Window.open(size ? { viewport: size } : {});
  const page = await window.goTo(site.origin);
  const chat = new Chat(page);
  await chat.open();
  return { window, page, chat };
}

/** The rows of files that are on their way. */
function tray(inside: Locator): Locator {
  return inside.getByRole('list', { name: 'Files to send' }).getByRole('listitem');
}

async function sent(inside: Locator): Promise<void> {
  await until(
    'everything has arrived',
    async () => [await tray(inside).count(), await inside.locator('progress').count()],
    ([rows, underway]) => rows! > 0 && underway === 0,
  );
}

async function isDrawn(image: Locator): Promise<void> {
  await until(
    'the picture is drawn',
    () => image.evaluate((element) => (element as HTMLImageElement).naturalWidth),
    (width) => width > 0,
  );
}

/** Chooses files by the button. */
async function choose(inside: Locator, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const [chooser] = await Promise.all([
    inside.page().waitForEvent('filechooser'),
    inside.getByRole('button', { name: 'Attach files' }).click(),
  ]);
  await chooser.setFiles(files);
}

/** Brings files as a drop or a paste does. */
async function bring(target: Locator, kind: 'drop' | 'paste', names: readonly string[]): Promise<void> {
  await target.evaluate(
    (element, { how, files }) => {
      const brought = new DataTransfer();
      for (const name of files) brought.items.add(new File([`what ${name} holds`], name));
      const init = { bubbles: true, composed: true, cancelable: true };
      const event =
        how === 'drop'
          ? new DragEvent('drop', { ...init, dataTransfer: brought })
          : new ClipboardEvent('paste', { ...init, clipboardData: brought });
      element.dispatchEvent(event);
    },
    { how: kind, files: names },
  );
}

test('a visitor sends a picture and a document; the teammate sees both, opens one large and answers with a file', async () => {
  const { window, page, chat } = await visit();
  const words = 'This is the one I mean';
  await chat.field.fill(words);
  await choose(chat.dialog, [photo, invoice]);
  await sent(chat.dialog);
  assert.equal(await tray(chat.dialog).count(), 2);
  await chat.field.press('Enter');
  await chat.expectMessages([words]);
  assert.equal(await tray(chat.dialog).count(), 0);
  const own = chat.dialog.getByRole('button', { name: 'Open teapot.png' });
  await isDrawn(own.locator('img'));

  await desk.choose(words);
  const theirs = desk.conversation.getByRole('button', { name: 'Open teapot.png' });
  await isDrawn(theirs.locator('img'));
  await theirs.focus();
  await theirs.press('Enter');
  const large = owner.page.getByRole('dialog', { name: 'teapot.png' });
  await isDrawn(large.getByRole('img', { name: 'teapot.png' }));
  await owner.page.keyboard.press('Escape');
  await large.waitFor({ state: 'detached' });
  assert.equal(await theirs.evaluate((button) => button.matches(':focus')), true, 'focus is where it was');

  const row = desk.conversation.getByRole('link', { name: /Rechnung März\.pdf/ });
  assert.match((await row.innerText()).replaceAll(/\s+/g, ' '), /Rechnung März\.pdf PDF · 19 byte/);
  const [saved] = await Promise.all([owner.page.waitForEvent('download'), row.click()]);
  assert.equal(saved.suggestedFilename(), 'Rechnung März.pdf');
  assert.deepEqual(await readFile(await saved.path()), invoice.buffer);

  await choose(desk.conversation, [{ ...invoice, name: 'answer.pdf' }]);
  await sent(desk.conversation);
  await desk.field.press('Enter');
  await chat.dialog.getByRole('link', { name: /answer\.pdf/ }).waitFor();

  await own.click();
  await page.getByRole('dialog', { name: 'teapot.png' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'teapot.png' }).waitFor({ state: 'detached' });
  assert.equal(await chat.dialog.isVisible(), true, 'Escape closed the picture, not the chat');
  await window.close();
});

test('Enter while a file is still on its way sends the message when the file has come', async () => {
  const { window, page, chat } = await visit();
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/\/api\/v1\/attachments/, async (route) => {
    await held;
    await route.continue();
  });
  const words = 'The picture is coming';
  await choose(chat.dialog, [photo]);
  await chat.field.fill(words);
  await chat.field.press('Enter');
  assert.deepEqual(await chat.messages(), [], 'not without its file');
  letGo();
  await chat.expectMessages([words]);
  await isDrawn(chat.dialog.getByRole('button', { name: 'Open teapot.png' }).locator('img'));
  assert.equal(await chat.field.inputValue(), '');
  await window.close();
});

test('without a network a message waits in sight with its file, and goes out with it exactly once when there is one', async () => {
  const { window, page, chat } = await visit();
  window.expectComplaint(/ERR_INTERNET_DISCONNECTED/);
  const words = 'The picture is on the train with me';
  await chat.field.fill(words);
  await choose(chat.dialog, []);
  for (const tag of ['parlour-attachment-tray', 'parlour-widget-thread'])
    await page.evaluate((name) => customElements.whenDefined(name).then(() => undefined), tag);
  await window.context.setOffline(true);
  await chat.dialog.getByText('No connection.').waitFor();
  await choose(chat.dialog, [photo]);
  await chat.field.press('Enter');
  await tray(chat.dialog).getByText('Waiting for a connection').waitFor();
  assert.deepEqual(await chat.messages(), [], 'not without its file');
  const tries = (): number => window.complaints(/attachment/).length;
  await until(
    'it was tried more than once',
    async () => tries(),
    (count) => count > 2,
  );
  assert.equal(await chat.dialog.getByRole('button', { name: 'Try again' }).count(), 0);
  await window.context.setOffline(false);
  await chat.expectMessages([words]);
  await isDrawn(chat.dialog.getByRole('button', { name: 'Open teapot.png' }).locator('img'));
  assert.equal(await chat.field.inputValue(), '');
  await desk.choose(words);
  await desk.expectMessages([words]);
  await window.close();
});

test('a reload keeps what is written with its files, whether they have arrived or are on their way, and they go out once', async () => {
  const { window, page, chat } = await visit();
  await chat.field.fill('Both of them');
  await choose(chat.dialog, [invoice]);
  await sent(chat.dialog);
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/\/api\/v1\/attachments\?/, async (route) => {
    await held;
    // Of the page that is gone.
    await route.continue().catch(() => undefined);
  });
  await choose(chat.dialog, [photo]);
  await chat.field.press('Enter');
  await until(
    'the browser has it',
    () =>
      page.evaluate(async (key) => {
        const opening = indexedDB.open(`parlour:${key}`, 1);
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          opening.onsuccess = () => resolve(opening.result);
          opening.onupgradeneeded = () => opening.transaction?.abort();
          opening.onerror = () => reject(opening.error as Error);
        });
        const keys = database.transaction('unsent').objectStore('unsent').getAllKeys();
        await new Promise((resolve) => (keys.onsuccess = resolve));
        database.close();
        return keys.result.filter((name) => String(name).startsWith('file:')).length;
      }, channelKey),
    (count) => count === 1,
  );
  await page.reload();
  await chat.open();
  await until(
    'two files are there',
    () => tray(chat.dialog).count(),
    (count) => count === 2,
  );
  assert.equal(await chat.field.inputValue(), 'Both of them');
  letGo();
  await sent(chat.dialog);
  await chat.field.press('Enter');
  await chat.expectMessages(['Both of them']);
  await isDrawn(chat.dialog.getByRole('button', { name: 'Open teapot.png' }).locator('img'));
  await chat.dialog.getByRole('link', { name: /Rechnung März\.pdf/ }).waitFor();
  await page.reload();
  await chat.open();
  await chat.expectMessages(['Both of them']);
  assert.equal(await tray(chat.dialog).count(), 0);
  await window.close();
});

test('files dropped and pasted are taken too, a message may hold them alone, and what was removed is not sent', async () => {
  const { window, chat } = await visit();
  await bring(chat.dialog, 'drop', ['dropped.txt', 'unwanted.txt']);
  await bring(chat.field, 'paste', ['pasted.txt']);
  await until(
    'three files are in the tray',
    () => tray(chat.dialog).count(),
    (count) => count === 3,
  );
  await chat.dialog.getByRole('button', { name: 'Remove unwanted.txt' }).click();
  await sent(chat.dialog);
  await chat.dialog.getByRole('button', { name: 'Send' }).click();
  for (const name of ['dropped.txt', 'pasted.txt']) await chat.dialog.getByRole('link', { name }).waitFor();
  assert.equal(await chat.dialog.getByText('unwanted.txt').count(), 0);
  assert.deepEqual(await chat.messages(), []);
  await window.close();
});

test('too large and too many is said in words, and the rest can be sent', async () => {
  const { window, chat } = await visit(phone);
  const large = { name: 'film.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(10 * 1024 ** 2 + 1) };
  await choose(chat.dialog, [large]);
  await chat.dialog.getByText(/This file is larger than 10/).waitFor();
  assert.equal(await chat.dialog.getByRole('button', { name: 'Send' }).getAttribute('aria-disabled'), 'true');
  await chat.dialog.getByRole('button', { name: 'Remove film.bin' }).click();
  const many = Array.from({ length: 11 }, (_, index) => ({ ...invoice, name: `${index}.pdf` }));
  await choose(chat.dialog, many);
  await chat.dialog.getByText('A message holds 10 files at most.').waitFor();
  await sent(chat.dialog);
  assert.equal(await tray(chat.dialog).count(), 10);
  await chat.dialog.getByRole('button', { name: 'Send' }).click();
  await chat.dialog.getByRole('link', { name: /9\.pdf/ }).waitFor();
  await window.close();
});

test('nothing that was uploaded runs: not shown, not opened by its address, not as a script of another page', async () => {
  const { window, page, chat } = await visit();
  window.expectComplaint(/MIME type|sandbox|Content Security Policy|net::ERR|404|Failed to load|download/i);
  const attack = 'window.top.postMessage("ran", "*");globalThis.ran = true;document.title = "ran"';
  const hostile: Record<string, string> = {
    'a.svg': `<svg xmlns="http://www.w3.org/2000/svg" onload='${attack}'><script>${attack}</script></svg>`,
    'a.html': `<!doctype html><script>${attack}</script>`,
    'a.png': `<html><body onload='${attack}'>`,
    'a.js': attack,
    'a.gif': `GIF89a/*\u0001\u0001*/=1;${attack}`,
    'a.pdf': `%PDF-1.7 <script>${attack}</script>`,
    'a.xhtml': `<html xmlns="http://www.w3.org/1999/xhtml"><script>${attack}</script></html>`,
  };
  const files = Object.entries(hostile).map(([name, text]) => ({
    name,
    mimeType: 'text/html',
    buffer: Buffer.from(text, 'latin1'),
  }));
  await choose(chat.dialog, files);
  await sent(chat.dialog);
  await chat.dialog.getByRole('button', { name: 'Send' }).click();
  await until(
    'all are shown',
    () => chat.dialog.locator('parlour-attachments a, parlour-attachments .picture').count(),
    (count) => count === files.length,
  );
  const links = await chat.dialog
    .locator('parlour-attachments a, parlour-attachments img')
    .evaluateAll((found) => found.map((one) => (one as HTMLAnchorElement).href ?? (one as HTMLImageElement).src));
  assert.equal(links.length, files.length);
  for (const link of links) {
    const address = link.replace('?download', '');
    // As a page of our own origin.
    const opened = await window.context.newPage();
    await opened.goto(address).catch(() => undefined);
    assert.equal(await opened.evaluate(() => 'ran' in globalThis || document.title === 'ran'), false, address);
    await opened.close();
    // As a script, a frame and an object of another page.
    const ran = await page.evaluate(async (url) => {
      const heard: unknown[] = [];
      globalThis.onmessage = (event) => void heard.push(event.data);
      for (const tag of ['script', 'iframe', 'object', 'embed'] as const) {
        const element = document.createElement(tag);
        const loaded = new Promise((resolve) => {
          element.addEventListener('load', resolve);
          element.addEventListener('error', resolve);
          setTimeout(resolve, 300);
        });
        element.setAttribute(tag === 'object' ? 'data' : 'src', url);
        document.body.append(element);
        await loaded;
        element.remove();
      }
      globalThis.onmessage = null;
      return heard.includes('ran') || 'ran' in globalThis;
    }, address);
    assert.equal(ran, false, address);
  }
  await window.close();
});

for (const [why, miss] of Object.entries({
  'while there is no network': null,
  'of which the server knew nothing once': { status: 404 },
})) {
  test(`a file dropped before what takes it could be fetched, ${why}, is there as soon as it can be`, async () => {
    const { window, page, chat } = await visit();
    window.expectComplaint(
      /status 404|Failed to load resource|WebSocket connection|ERR_(INTERNET_DISCONNECTED|FAILED)/,
    );
    const address = /\/assets\/attachment-elements-/;
    let missed = 0;
    await page.route(
      address,
      (route) => {
        missed += 1;
        return miss ? route.fulfill(miss) : route.abort('internetdisconnected');
      },
      { times: 1 },
    );
    await bring(chat.dialog, 'drop', ['a.txt']);
    await sent(chat.dialog);
    assert.equal(missed, 1);
    const [first, second] = window.asked.filter((url) => address.test(url));
    assert.equal(second, `${first}?`, 'a browser that remembers what failed is asked for something else');
    await chat.field.fill('Here it is');
    await chat.field.press('Enter');
    await chat.dialog.getByRole('link', { name: /a\.txt/ }).waitFor();
    await window.close();
  });
}

test('a file dropped in the inbox before what takes it could be fetched is there as soon as it can be, which is said meanwhile', async () => {
  const { window: visitors, chat } = await visit();
  await chat.field.fill('Only words');
  await chat.field.press('Enter');
  const { window, page } = await ownerAt(house);
  window.expectComplaint(/status 404|Failed to load resource/);
  let misses = true;
  await page.route(/\/assets\/attachment-elements-/, (route) =>
    misses ? route.fulfill({ status: 404 }) : route.continue(),
  );
  const own = new Desk(page);
  await own.choose('Only words');
  const { conversation, field } = own;
  await bring(field, 'drop', ['a.txt']);
  const said = conversation.getByText('This is not possible at the moment. Try again later.');
  await said.waitFor();
  misses = false;
  await sent(conversation);
  assert.equal(await said.count(), 0);
  await field.press('Enter');
  await chat.dialog.getByRole('link', { name: /a\.txt/ }).waitFor();
  for (const one of [window, visitors]) await one.close();
});

test('what opens pictures and emoji could not be fetched: the next click opens them', async () => {
  const { window, page, chat } = await visit();
  window.expectComplaint(/status 404|Failed to load resource/);
  const missed: string[] = [];
  await page.route(
    /\/assets\/(image-viewer|widget-emoji|emoji-names-en)-[\w-]+\.js$/,
    (route) => {
      missed.push(route.request().url());
      return route.fulfill({ status: 404 });
    },
    { times: 3 },
  );
  await choose(chat.dialog, [photo]);
  await sent(chat.dialog);
  await chat.field.press('Enter');
  const own = chat.dialog.getByRole('button', { name: 'Open teapot.png' });
  await isDrawn(own.locator('img'));
  const emoji = chat.dialog.getByRole('button', { name: 'Emoji' });
  for (const button of [own, emoji]) {
    const answered = page.waitForResponse((response) => response.status() === 404);
    await button.click();
    await answered;
  }
  assert.equal(missed.length, 2);
  await own.click();
  await page.getByRole('dialog', { name: 'teapot.png' }).waitFor();
  await page.keyboard.press('Escape');
  await emoji.click();
  await chat.dialog.getByRole('button', { name: 'Try again' }).click();
  await chat.dialog.getByRole('searchbox').fill('teapot');
  await chat.dialog.getByRole('button', { name: 'teapot' }).waitFor();
  assert.equal(missed.length, 3);
  for (const address of missed) {
    assert.ok(window.asked.includes(`${address}?`), 'a browser that remembers what failed is asked for something else');
  }
  await window.close();
});
