/**
 * What the widget costs the page it stands in: headless Chromium with a processor four times slower, beside the same page without a widget and with a
 * hand-written floor (`test/bench/widget`), taken in turns in one run. Medians; every figure with its limit, and the reason for the limit.
 */
import { fileURLToPath } from 'node:url';
import { tmpdir } from 'node:os';
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { NO_WORKSPACE } from '../../server/kernel/actor.ts';
import { randomToken } from '../../server/kernel/secrets.ts';
import { readChannels } from '../../server/modules/channel/queries.ts';
import { usualLimits, type LimitNumbers } from '../../server/policy/limits.ts';
import { startServer, type RunningServer } from '../../server/start.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { findBrowser } from '../browser.ts';
import { startTestCluster } from '../cluster.ts';
import { blockedByScripts, traced } from './widget/blocked-by-scripts.ts';
import { serveHostPages } from './widget/host-pages.ts';

/** What else the machine does adds a hundred milliseconds to some visits: with nine of each kind the one in the middle is none of those. */
const ROUNDS = 9;
/** Frames come when they come: of the bare page alone half the visits lie 70 ms apart. */
const LAUNCHER_ROUNDS = 21;
const TRACED_ROUNDS = 5;
const SLOWER = 4;
/** A slow mobile line: 1.6 Mbit/s down, 0.75 up, 150 ms there and back. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const HISTORY = 10_000;
/** How long a finger or a button is down; a pointer also rests on the launcher before, which is not counted on. */
const PRESS_MS = 80;

type Kind = 'none' | 'floor' | 'widget';
type Visit = {
  shift: number;
  requests: number;
  idleHeap: number;
  toComposer: number;
  openHeap: number;
};

const cluster = await startTestCluster();
const unlimited = Object.fromEntries(Object.keys(usualLimits).map((key) => [key, [1e12, 1]])) as LimitNumbers;
const server = await startServer({
  databaseUrl: await cluster.createDatabase(),
  secret: 'benchmark'.repeat(5),
  host: '127.0.0.1',
  port: 0,
  distDir: fileURLToPath(new URL('../../dist', import.meta.url)),
  dataDir: tmpdir(),
  log: { info: () => undefined, warn: () => undefined, error: (_, text) => void process.stderr.write(`${text}\n`) },
  limits: unlimited,
});
const founding = {
  name: 'Bench',
  ownerName: 'Bench',
  email: 'bench@example.com',
  password: 'a long password',
  timeZone: 'UTC',
};
const made = await server.commandBus.execute('workspace.create', founding, {
  kind: 'set-up',
  workspaceId: NO_WORKSPACE,
});
const [channel] = await readChannels(server.connections.db, made.workspaceId);
const pages = await serveHostPages(
  `<script async src="${server.publicUrl}/widget.js?channel=${channel!.key}"></script>`,
);
const { executablePath, args, env } = await findBrowser();
const browser: Browser = await chromium.launch({
  executablePath,
  args,
  env: { ...process.env, ...env } as Record<string, string>,
});

/** Runs in the page, before anything of the page does. @param isAlone there is no launcher to wait for: looking for it would be script of the page's own */
function watch(isAlone: boolean): void {
  const seen = { visible: 0, longest: 0, shift: 0, toComposer: 0 };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
  // The clock is of the heap of every page: those in which nothing is looked for have it too.
  performance.now();
  const look = (): void => {
    const host = document.querySelector('parlour-widget,floor-widget');
    // Of what can tell, this adds nothing to the heap.
    const width = host?.shadowRoot?.querySelector('button')?.offsetWidth ?? 0;
    if (width > 0) seen.visible = performance.now();
    else requestAnimationFrame(look);
  };
  if (!isAlone) requestAnimationFrame(look);
  const clicked = (): void => {
    const from = performance.now();
    const wait = (): void => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (isAlone || active instanceof HTMLTextAreaElement) seen.toComposer = performance.now() - from;
      else requestAnimationFrame(wait);
    };
    wait();
  };
  addEventListener('click', clicked, { capture: true, once: true });
}
type Seen = { visible: number; longest: number; shift: number; toComposer: number };

/**
 * Asks the page by the browser's own protocol: what a testing library brings along to ask with is a script of its own, several times the widget's,
 * that is parsed in the very moments that are measured.
 */
async function ask<T>(tools: CDPSession, question: () => T): Promise<T> {
  const { result } = await tools.send('Runtime.evaluate', {
    expression: `(${String(question)})()`,
    returnByValue: true,
  });
  return result.value as T;
}
const seenIn = (tools: CDPSession) => ask(tools, () => (window as unknown as { seen: Seen }).seen);

async function openPage(
  kind: Kind,
  { line, isAlone = kind === 'none' }: { line?: typeof SLOW_4G; isAlone?: boolean } = {},
): Promise<{ context: BrowserContext; page: Page; tools: CDPSession }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await tools.send('Performance.enable');
  if (line) {
    await tools.send('Network.enable');
    await tools.send('Network.emulateNetworkConditions', line);
  }
  // What runs this file names functions by a helper of its own, which the page does not have.
  await page.addInitScript({ content: 'globalThis.__name = (made) => made;' });
  await page.addInitScript(watch, isAlone);
  return { context, page, tools };
}

async function heap(tools: CDPSession): Promise<number> {
  await tools.send('HeapProfiler.collectGarbage');
  await tools.send('HeapProfiler.collectGarbage');
  return (await tools.send('Runtime.getHeapUsage')).usedSize / 1e6;
}

async function scriptMs(tools: CDPSession): Promise<number> {
  const { metrics } = await tools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN) * 1_000;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Clicks the launcher where it stands; the page alone is clicked where the launcher would be, and asked the same: what the tools bring into a page
 * counts as heap too. @returns milliseconds from the click until something in the panel can be typed into
 */
async function open(page: Page, tools: CDPSession): Promise<number> {
  const spot = await ask(tools, () => {
    const button = document.querySelector('parlour-widget,floor-widget')?.shadowRoot?.querySelector('button');
    if (!button) return { x: innerWidth - 50, y: innerHeight - 50 };
    const { x, y, width, height } = button.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  await page.mouse.click(spot.x, spot.y, { delay: PRESS_MS });
  for (let left = 100; left > 0; left -= 1) {
    await pause(100);
    const { toComposer } = await seenIn(tools);
    if (toComposer > 0) return toComposer;
  }
  throw new Error('nothing could be typed into within ten seconds');
}

async function visit(kind: Kind): Promise<Visit> {
  const { context, page, tools } = await openPage(kind);
  let requests = 0;
  page.on('request', () => (requests += 1));
  await page.goto(pages[kind]);
  await pause(4_500);
  const idleHeap = await heap(tools);
  const quiet = { idleHeap, requests: requests - 1 };
  const toComposer = await open(page, tools);
  await pause(1_000);
  const { shift } = await seenIn(tools);
  const openHeap = await heap(tools);
  await context.close();
  return { ...quiet, shift, toComposer, openHeap };
}

async function seenLauncher(kind: Kind, tools: CDPSession): Promise<number> {
  const { visible } = await seenIn(tools);
  if (visible === 0 && kind !== 'none') throw new Error(`the launcher of ${kind} was not seen in time`);
  return visible;
}

/** @returns milliseconds from the start of the visit until the launcher can be seen; of the page alone, until its end is parsed */
async function visitForLauncher(kind: Kind): Promise<number> {
  const { context, page, tools } = await openPage(kind);
  await page.goto(pages[kind]);
  await pause(1_000);
  const visible = await seenLauncher(kind, tools);
  const parsed = await ask(tools, () => performance.timing.domInteractive - performance.timing.navigationStart);
  await context.close();
  return kind === 'none' ? parsed : visible;
}

/**
 * Visits in which nothing looks for the launcher: whoever looks has the page laid out within a script, and in the frame in which it is painted. That
 * alone was seen to hold up the page with the floor for 89 ms and the one with the widget for 27, which without it were not held up at all.
 * @returns milliseconds of script before anything is opened
 */
async function visitForScript(kind: Kind): Promise<number> {
  const { context, page, tools } = await openPage(kind, { isAlone: true });
  await page.goto(pages[kind]);
  await pause(2_000);
  const script = await scriptMs(tools);
  await context.close();
  return script;
}

/** @returns milliseconds beyond 50 that tasks would not have taken without the script in question */
async function visitTraced(kind: Kind): Promise<number> {
  const { context, page } = await openPage(kind, { isAlone: true });
  await browser.startTracing(page, { categories: traced });
  await page.goto(pages[kind]);
  await pause(4_500);
  const { blocked, ran } = blockedByScripts(await browser.stopTracing(), new URL(pages[kind]).origin);
  await context.close();
  if (!ran && kind !== 'none') throw new Error(`the trace tells of no script of ${kind}`);
  return blocked;
}

/** @returns milliseconds from the page's own first paint to the launcher, on a slow line */
async function afterFirstPaint(kind: Kind): Promise<number> {
  const { context, page, tools } = await openPage(kind, { line: SLOW_4G });
  await page.goto(pages[kind]);
  await pause(3_000);
  const painted = await ask(tools, () => performance.getEntriesByName('first-contentful-paint')[0]!.startTime);
  const visible = await seenLauncher(kind, tools);
  await context.close();
  return visible - painted;
}

/** A conversation of ten thousand messages, opened and read upwards. @returns the longest task of either, in milliseconds */
async function readHistory(): Promise<{ opening: number; scrolling: number }> {
  const token = `pv_${randomToken()}`;
  await longConversation(server, token);
  const { context, page, tools } = await openPage('widget');
  await page.addInitScript(
    ([name, record]) => localStorage.setItem(name!, record!),
    [`parlour:${channel!.key}`, `${token}+`],
  );
  await page.goto(pages.widget);
  await pause(4_500);
  const reset = () => ask(tools, () => ((window as unknown as { seen: Seen }).seen.longest = 0));
  await reset();
  await open(page, tools);
  await pause(1_500);
  const opening = (await seenIn(tools)).longest;
  await reset();
  await page.mouse.move(1_280 - 200, 500);
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.wheel(0, -1_500);
    await pause(60);
  }
  const scrolling = (await seenIn(tools)).longest;
  await context.close();
  return { opening, scrolling };
}

async function longConversation({ commandBus }: RunningServer, token: string): Promise<void> {
  const stranger = { kind: 'stranger', workspaceId: made.workspaceId } as const;
  const { sessionId } = await commandBus.execute(
    'visitor.startSession',
    { channelKey: channel!.key, token },
    stranger as never,
  );
  const visitor = { kind: 'visitor', workspaceId: made.workspaceId, id: sessionId, channelId: channel!.id } as never;
  const conversationId = uuidv7();
  await commandBus.execute('conversation.start', { conversationId, text: 'Message 1 of many' }, visitor);
  const rest = Array.from({ length: HISTORY - 1 }, (_, index) =>
    commandBus.execute('conversation.reply', { conversationId, text: `Message ${index + 2} of **many**` }, visitor),
  );
  await Promise.all(rest);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

let failed = false;
function report(name: string, value: number, most: number, unit: string, why: string): void {
  const over = !(value <= most);
  failed ||= over;
  process.stdout.write(
    `${name.padEnd(46)} ${value.toFixed(2).padStart(9)} ${unit.padEnd(3)} at most ${most.toFixed(2)} (${why})${over ? '  OVER' : ''}\n`,
  );
}

try {
  const taken: Record<Kind, (Visit & { script: number })[]> = { none: [], floor: [], widget: [] };
  const kinds = ['none', 'floor', 'widget'] as const;
  // The browser's own first page is nobody's.
  await visit('none');
  for (let round = 0; round < ROUNDS; round += 1) {
    // Whoever comes first in a round finds the machine colder: each does in its turn.
    for (let turn = 0; turn < kinds.length; turn += 1) {
      const kind = kinds[(round + turn) % kinds.length]!;
      taken[kind].push({ script: await visitForScript(kind), ...(await visit(kind)) });
    }
  }
  const visible: Record<Kind, number[]> = { none: [], floor: [], widget: [] };
  for (let round = 0; round < LAUNCHER_ROUNDS * kinds.length; round += 1) {
    const kind = kinds[(round + Math.floor(round / kinds.length)) % kinds.length]!;
    visible[kind].push(await visitForLauncher(kind));
  }
  const blocked: Record<'floor' | 'widget', number[]> = { floor: [], widget: [] };
  for (let round = 0; round < TRACED_ROUNDS; round += 1) {
    for (const kind of ['floor', 'widget'] as const) blocked[kind].push(await visitTraced(kind));
  }
  type Key = keyof (typeof taken)[Kind][number];
  const of = (kind: Kind, key: Key) => median(taken[kind].map((one) => one[key]));
  const added = (kind: Kind, key: Key) => of(kind, key) - of('none', key);
  for (const kind of kinds) {
    const figures = Object.keys(taken.none[0]!).map((key) => `${key} ${of(kind, key as Key).toFixed(2)}`);
    process.stdout.write(`${kind.padEnd(7)} visible ${median(visible[kind]).toFixed(0)}  ${figures.join('  ')}\n`);
  }
  const later = (kind: Kind) => median(visible[kind]) - median(visible.none);
  report(
    'launcher visible, added to the page',
    later('widget'),
    1.5 * Math.max(1, later('floor')),
    'ms',
    '1.5 × the floor',
  );
  report('script before open', added('widget', 'script'), 2 * added('floor', 'script'), 'ms', '2 × the floor');
  report('blocking by its scripts', median(blocked.widget), 0, 'ms', 'a guest never holds the page up');
  report(
    'click to focused composer',
    of('widget', 'toComposer'),
    1.5 * of('floor', 'toComposer'),
    'ms',
    '1.5 × the floor',
  );
  report('heap while idle', added('widget', 'idleHeap'), 0.1, 'MB', 'every page of the site pays it');
  report('heap with the chat open', added('widget', 'openHeap'), 0.5, 'MB', 'a picture is larger');
  report('layout shift', added('widget', 'shift'), 0, '', 'nothing of the page moves');
  report('requests before intent', added('widget', 'requests'), 1, '', 'the script itself');
  const late: Record<'floor' | 'widget', number[]> = { floor: [], widget: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of ['floor', 'widget'] as const) late[kind].push(await afterFirstPaint(kind));
  }
  const why = `seen as one with the page; the floor: ${median(late.floor).toFixed(0)}`;
  report('slow 4G: launcher after first paint', median(late.widget), 100, 'ms', why);
  const histories = [await readHistory(), await readHistory(), await readHistory()];
  const history = {
    opening: median(histories.map(({ opening }) => opening)),
    scrolling: median(histories.map(({ scrolling }) => scrolling)),
  };
  report(`${HISTORY} messages: longest task while opening`, history.opening, 100, 'ms', 'feels at once');
  report(
    `${HISTORY} messages: longest task in scrolling`,
    history.scrolling,
    50,
    'ms',
    'no frame is felt to be missing',
  );
  if (failed) process.exitCode = 1;
} finally {
  await browser.close();
  pages.close();
  await server.close();
  await cluster.stop();
}
process.exit();
