import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Chat, Desk } from './chat.ts';
import { ForeignSite, plainPage } from './foreign-site.ts';
import { founding, House } from './house.ts';
import { ownerAt, phone, until, Window } from './visit.ts';

const house = await House.open();
const { workspaceId } = await house.setUp();
const { secret } = await house.ask<{ secret: string }>('POST', '/workspace/signing-secret', {});
const hosts = new Set<ChildProcess>();
after(() => {
  for (const host of hosts) host.kill();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The example host app of `demo/hosts/plain`, as its own comment says to start it. */
async function startHost(environment: Record<string, string> = {}): Promise<string> {
  const port = await freePort();
  const host = spawn(process.execPath, [fileURLToPath(new URL('../../demo/hosts/plain/server.mjs', import.meta.url))], {
    env: {
      ...process.env,
      PARLOUR_URL: house.url,
      PARLOUR_WORKSPACE: workspaceId,
      PARLOUR_SIGNING_SECRET: secret,
      TEAMMATE: founding.email,
      PORT: String(port),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  hosts.add(host);
  return new Promise((resolve, reject) => {
    host.stdout.on('data', (text) => {
      const address = /http:\/\/localhost:\d+/.exec(String(text))?.[0];
      if (address) resolve(address);
    });
    host.once('exit', (code) => reject(new Error(`the host app ended with ${code}`)));
  });
}

/** What a host's server mints. */
function token(key: string, claims: object = {}): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(Date.now() / 1000);
  const head = encode({ alg: 'HS256', typ: 'JWT', kid: workspaceId });
  const body = encode({ aud: 'parlour', sub: founding.email, iat, exp: iat + 600, ...claims });
  return `${head}.${body}.${createHmac('sha256', key).update(`${head}.${body}`).digest('base64url')}`;
}

test('the example host app shows the inbox on another origin, and a conversation is held in it', async () => {
  const host = await startHost();
  const visitor = await Window.open();
  const chat = new Chat(await visitor.goTo(`${house.url}/demo/`));
  await chat.open();
  await chat.send('Where is my order?');

  const teammate = await Window.open();
  const page = await teammate.goTo(host);
  const desk = new Desk(page);
  await desk.choose('Where is my order?');
  await desk.expectMessages(['Where is my order?']);
  // One signal alone may be dropped (rule 10).
  await until('the team sees them write', async () => {
    await chat.field.pressSequentially('It was ', { delay: 20 });
    return (await desk.conversation.getByText(/is typing…/).count()) > 0;
  });
  await desk.reply('On its way, it left yesterday.');
  await chat.expectMessages(['Where is my order?', 'On its way, it left yesterday.']);
  await desk.note('Promised a call.');
  await desk.message('Promised a call.').getByText('only your team sees this').waitFor();
  await chat.send('Thanks!');
  await desk.message('Thanks!').waitFor();
  await desk.press('Close');
  await desk.status.getByText('Closed').waitFor();

  assert.equal(await page.getByText('This page is not Parlour. The inbox below is.').count(), 1);
  assert.deepEqual((await teammate.context.cookies()).length, 0, 'bearer only: no cookie');
  await teammate.close();
  await visitor.close();
});

test('on a phone the example host app shows one panel at a time: the list, the conversation chosen, and the list again', async () => {
  await house.receive('Is the tall vase back?', 'Luc Marin');
  const host = await startHost();
  const window = await Window.open({ viewport: phone, hasTouch: true, isMobile: true });
  const page = await window.goTo(host);
  const desk = new Desk(page);
  const widths = async (): Promise<(number | undefined)[]> =>
    Promise.all(
      [page.locator('parlour-inbox'), desk.conversation].map(async (panel) => (await panel.boundingBox())?.width),
    );
  await desk.rows('Is the tall vase back?').waitFor();
  assert.deepEqual(await widths(), [phone.width, undefined]);
  await desk.choose('Is the tall vase back?');
  assert.deepEqual(await widths(), [undefined, phone.width]);
  const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(scroll, phone.width, 'nothing spills');
  await desk.conversation.getByRole('button', { name: 'Back to the list' }).click();
  await desk.rows('Is the tall vase back?').waitFor();
  assert.deepEqual(await widths(), [phone.width, undefined]);
  await desk.choose('Is the tall vase back?');
  await page.setViewportSize({ width: 1280, height: 800 });
  const [list, conversation] = await widths();
  assert.deepEqual([list, conversation], [340, 940], 'with room for both they stand beside each other');
  assert.equal(await desk.conversation.getByRole('button', { name: 'Back to the list' }).isVisible(), false);
  await window.close();
});

test('the example that the settings show for a host’s server makes tokens that count', async () => {
  const { window, page } = await ownerAt(house);
  await page.getByRole('button', { name: 'Kilnmere: menu' }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Embedding' }).click();
  const example = await page.getByRole('region', { name: 'On your server' }).innerText();
  assert.ok(example.split('\n').length > 10, `it is there to be read:\n${example}`);
  process.env['PARLOUR_SIGNING_SECRET'] = secret;
  const { teammateToken } = (await import(`data:text/javascript,${encodeURIComponent(example)}`)) as {
    teammateToken: (email: string) => string;
  };
  const { me } = await house.ask<{ me: { email: string } }>(
    'GET',
    '/workspace',
    undefined,
    teammateToken(founding.email),
  );
  assert.equal(me.email, founding.email);
  await window.close();
});

test('the example that the settings show for a host’s page gives the inbox a height, so that its panels scroll and the page does not grow', async () => {
  const { window: owner, page: settings } = await ownerAt(house);
  await settings.getByRole('button', { name: 'Kilnmere: menu' }).click();
  await settings.getByRole('button', { name: 'Settings' }).click();
  await settings.getByRole('tab', { name: 'Embedding' }).click();
  const example = await settings.getByRole('region', { name: 'In your page' }).innerText();
  await owner.close();
  for (let i = 0; i < 15; i += 1) await house.receive(`Question ${i} of a long list`, 'Luc Marin');
  const site = await ForeignSite.open({
    '/': { body: plainPage('', example) },
    '/parlour-token': () => ({ type: 'text/plain', body: token(secret) }),
  });
  const teammate = await Window.open({ viewport: { width: 1280, height: 800 } });
  const page = await teammate.goTo(site.origin);
  const height = async (): Promise<number | undefined> =>
    (await page.locator('parlour-workspace').boundingBox())?.height;
  const desk = new Desk(page);
  await desk.rows('Question 14 of a long list').waitFor();
  assert.equal(await height(), 800);
  await desk.choose('Question 14 of a long list');
  await desk.expectMessages(['Question 14 of a long list']);
  assert.equal(await height(), 800);
  await teammate.close();
});

test('a wrong secret shows a sentence that says what is wrong', async () => {
  const host = await startHost({ PARLOUR_SIGNING_SECRET: 'not-the-secret-of-this-workspace-at-all' });
  const teammate = await Window.open();
  teammate.expectComplaint(/WebSocket/);
  const page = await teammate.goTo(host);
  const alert = page.locator('parlour-session').getByRole('alert');
  await alert.getByText('The inbox cannot be opened').waitFor();
  await alert
    .getByText('This teammate token is not valid. It must be an HS256 JWT signed with the signing secret')
    .waitFor();
  await alert.getByRole('button', { name: 'Try again' }).waitFor();
  await teammate.close();
});

test('a token that names nobody shows a sentence that says so', async () => {
  const host = await startHost({ TEAMMATE: 'nobody@kilnmere.example' });
  const teammate = await Window.open();
  const page = await teammate.goTo(host);
  await page.getByRole('alert').getByText('No teammate of this workspace has the id or email').waitFor();
  await teammate.close();
});

test('a host page without getToken is told that it needs one', async () => {
  const site = await ForeignSite.open({
    '/': {
      body: plainPage(
        `<script type="module" src="${house.url}/elements.js"></script>`,
        `<parlour-session server="${house.url}"><parlour-inbox></parlour-inbox></parlour-session>`,
      ),
    },
  });
  const teammate = await Window.open();
  const page = await teammate.goTo(site.origin);
  await page.getByRole('alert').getByText('so the session needs a getToken function').waitFor();
  await teammate.close();
});

/** A host whose page asks `/token`, and whose server answers as the test wants. */
async function hostAnswering(answer: () => { body: string; status?: number }): Promise<ForeignSite> {
  return ForeignSite.open({
    '/': {
      body: plainPage(
        `<script type="module" src="${house.url}/elements.js"></script><script type="module" src="/host.js"></script>`,
        `<parlour-session server="${house.url}"><parlour-inbox></parlour-inbox></parlour-session>`,
      ),
    },
    '/host.js': {
      type: 'text/javascript',
      body: `document.querySelector('parlour-session').getToken = async () => {
        const answer = await fetch('/token', { cache: 'no-store' });
        if (!answer.ok) throw new Error('no token');
        return answer.text();
      };`,
    },
    '/token': () => ({ type: 'text/plain', ...answer() }),
  });
}

test('a token that runs out is renewed through getToken, and nobody at the keyboard notices', async () => {
  let asked = 0;
  const site = await hostAnswering(() => {
    asked += 1;
    const iat = Math.floor(Date.now() / 1000);
    // Issued long ago, so that with the tolerance of 30 s it runs out in a moment; the later ones last.
    return { body: asked === 1 ? token(secret, { iat: iat - 500, exp: iat - 25 }) : token(secret) };
  });
  const teammate = await Window.open();
  const page = await teammate.goTo(site.origin);
  const desk = new Desk(page);
  await desk.tab('Open').waitFor();
  await until(
    'a second token was asked for',
    () => asked,
    (times) => times >= 2,
  );
  await house.receive('After the renewal', 'Ada Stone');
  await desk.rows('After the renewal').waitFor();
  assert.equal(await page.getByRole('alert').filter({ hasText: 'cannot be opened' }).count(), 0);
  await teammate.close();
});

test('a host that cannot give a token for a while is asked again until it can', async () => {
  let broken = true;
  const site = await hostAnswering(() => (broken ? { body: 'down', status: 503 } : { body: token(secret) }));
  const teammate = await Window.open();
  teammate.expectComplaint(/503|no token/);
  const page = await teammate.goTo(site.origin);
  await until('the first try failed', () => teammate.complaints(/status 503/).length);
  broken = false;
  await new Desk(page).rows('After the renewal').waitFor();
  await teammate.close();
});

test('two sessions on one page do not disturb one another, and the page may move them', async () => {
  const site = await hostAnswering(() => ({ body: token(secret) }));
  const teammate = await Window.open();
  const page = await teammate.goTo(site.origin);
  const desk = new Desk(page);
  await desk.rows('After the renewal').waitFor();
  const sockets = (): number => teammate.asked.filter((address) => address.startsWith('ws')).length;
  assert.equal(sockets(), 1);
  await page.evaluate(() => {
    const session = document.querySelector('parlour-session');
    const frame = document.createElement('section');
    document.body.append(frame);
    if (session) frame.append(session);
  });
  await house.receive('After the move', 'Ben Hollow');
  await desk.rows('After the move').waitFor();
  assert.equal(sockets(), 1, 'being moved is no reason to connect anew');
  await page.evaluate(() => {
    const session = document.querySelector('parlour-session');
    const second = document.createElement('parlour-session') as HTMLElement & { getToken: unknown };
    second.setAttribute('server', session?.getAttribute('server') ?? '');
    second.getToken = (session as typeof second | null)?.getToken;
    second.append(document.createElement('parlour-inbox'));
    document.body.append(second);
  });
  await until(
    'both lists are filled',
    () => desk.rows('After the move').count(),
    (count) => count === 2,
  );
  await page.evaluate(() => document.querySelectorAll('parlour-session')[1]?.remove());
  await house.receive('After one left', 'Cleo Marsh');
  await desk.rows('After one left').waitFor();
  await teammate.close();
});
