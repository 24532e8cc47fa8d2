/**
 * `npm run screenshots`: the README's pictures, taken of the sample workspace as `npm run demo` makes it, with a visitor who writes on the shop
 * and is answered while we look. Writes demo/screenshots/*.png.
 */
import { mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { buildIfStale } from '../build.ts';
import { team } from '../demo/sample-workspace/people.ts';
import { seedSampleWorkspace } from '../demo/sample-workspace/seed.ts';
import { samplePassword } from '../demo/sample-workspace/shop.ts';
import type { TeammateActor } from '../server/kernel/actor.ts';
import { findByEmail, teammateActor } from '../server/modules/teammate/queries.ts';
import { startServer, type RunningServer } from '../server/start.ts';
import { findBrowser } from './browser.ts';
import { startTestCluster } from './cluster.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const folder = at('../demo/screenshots');
const mostBytes = 300_000;

async function run(): Promise<void> {
  await buildIfStale();
  await mkdir(folder, { recursive: true });
  const cluster = await startTestCluster();
  const server = await startServer({
    databaseUrl: await cluster.createDatabase(),
    secret: 'pictures are taken of sample data, so this may be known',
    host: '127.0.0.1',
    port: 0,
    distDir: at('../dist'),
    dataDir: tmpdir(),
    log: { info: () => {}, warn: () => {}, error: (details, message) => void process.stderr.write(`${message}\n`) },
  });
  try {
    await seedSampleWorkspace(server, new Date());
    const mara = await owner(server);
    await openAtAnyHour(server, mara);
    const { executablePath, args, env } = await findBrowser();
    const browser = await chromium.launch({
      executablePath,
      args,
      env: { ...process.env, ...env } as Record<string, string>,
    });
    try {
      await takeShop(browser, server, mara);
      await takeInbox(browser, server, mara, 'light');
      await takeInbox(browser, server, mara, 'dark');
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
    await cluster.stop();
  }
}

async function owner({ connections: { db } }: RunningServer): Promise<TeammateActor> {
  const found = await findByEmail(db, team.mara.email);
  const actor = found && (await teammateActor(db, found.workspaceId, found.id));
  if (!actor) throw new Error('The sample workspace has no owner');
  return actor;
}

/** So that the pictures do not depend on the hour they are taken at. */
async function openAtAnyHour({ commandBus, queryBus }: RunningServer, mara: TeammateActor): Promise<void> {
  const { inboxes } = await queryBus.ask('inbox.list', {}, mara);
  for (const { id } of inboxes) await commandBus.execute('inbox.update', { inboxId: id, schedule: null }, mara);
}

async function takeShop(browser: Browser, server: RunningServer, mara: TeammateActor): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  await page.goto(`${server.url}/demo/ember-teapot.html`);
  await page.getByRole('button', { name: /open chat/i }).click();
  await write(page, 'Hello! Does the teapot really not drip? I have been lied to before.');
  const conversationId = await newest(server, mara);
  const answer = (text: string) => server.commandBus.execute('conversation.reply', { conversationId, text }, mara);
  await answer('We threw eleven spouts before this one. If yours drips, send it back and I owe you a mug.');
  await page.getByText('I owe you a mug').last().waitFor();
  await write(page, 'Bold. Can it be here by Friday?');
  await answer('If you order before noon: yes, comfortably.');
  await page.getByText('yes, comfortably').last().waitFor();
  await save(page, 'shop');
  await page.close();
}

async function takeInbox(
  browser: Browser,
  server: RunningServer,
  mara: TeammateActor,
  colorScheme: 'light' | 'dark',
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
  await page.goto(`${server.url}/app`);
  await page.getByLabel('Email').fill(team.mara.email);
  await page.locator('input[type=password]').fill(samplePassword);
  await page.keyboard.press('Enter');
  await page.locator('[role=option]').first().waitFor();
  await page.goto(`${server.url}/app#/conversation/${await mostTelling(server, mara)}`);
  await page.locator('parlour-thread').waitFor();
  await page.getByText('only your team sees this').last().waitFor();
  await save(page, colorScheme === 'light' ? 'inbox' : 'inbox-dark');
  await page.close();
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.keyboard.press('Enter');
  await page.getByText(text).last().waitFor();
}

/** The conversation that was begun last, once the server has it. */
async function newest({ queryBus }: RunningServer, mara: TeammateActor): Promise<string> {
  for (;;) {
    const { conversations } = await queryBus.ask('conversation.list', { limit: 1 }, mara);
    const [first] = conversations;
    if (first?.lastMessage.preview.startsWith('Hello! Does the teapot')) return first.id;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The open one with the longest thread that has a note in it. */
async function mostTelling({ connections: { sql } }: RunningServer, mara: TeammateActor): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    select c.id from parlour.conversation as c join parlour.contact as who on who.workspace_id = c.workspace_id and who.id = c.contact_id
    where c.workspace_id = ${mara.workspaceId} and c.status = 'open' and who.name is not null
      and exists (select from parlour.part as p where p.workspace_id = c.workspace_id and p.conversation_id = c.id and p.kind = 'note')
    order by c.seq desc, c.last_message_at desc limit 1`;
  if (!row) throw new Error('No open conversation of the sample workspace has a note');
  return row.id;
}

async function save(page: Page, name: string): Promise<void> {
  // What fades or slides in has come to rest.
  await page.waitForTimeout(600);
  const path = `${folder}/${name}.png`;
  await page.screenshot({ path });
  const { size } = await stat(path);
  if (size > mostBytes) throw new Error(`${name}.png has ${size} bytes; a README should load quickly`);
  process.stdout.write(`demo/screenshots/${name}.png  ${Math.round(size / 1000)} kB\n`);
}

await run();
