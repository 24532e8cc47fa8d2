/** Doors: setting up once, keys and cookies that end, limits on guessing. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { isRetryable } from '../../shared/contract/error.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { isRefusal, refused, startTestServer } from './harness.ts';
import {
  cookieOf,
  founding,
  makeApiKey,
  makeInbox,
  makeTeammate,
  makeVisitor,
  PASSWORD,
  setUp,
  visitorToken,
} from './people.ts';
import { closeSockets, ownerSocket } from './test-socket.ts';

after(closeSockets);
const api = '/api/v1';
const server = await startTestServer();
const own = { origin: server.origin };

describe('setting up', () => {
  const form = { token: server.running.setUpToken, ...founding };

  it('refuses a wrong or missing token, a form with mistakes, and other sites', async () => {
    const before = await server.contents();
    const post = (body: unknown, headers: Record<string, string> = own) =>
      server.http('POST', `${api}/set-up`, body, headers);
    isRefusal(await post({ ...form, token: 'guess' }), 401, 'unauthenticated', /whole link/);
    isRefusal(await post({ ...form, token: undefined }), 401, 'unauthenticated');
    isRefusal(await post({ ...form, token: 7 }), 401, 'unauthenticated');
    isRefusal(await post(form, { origin: 'https://evil.example' }), 403, 'origin_refused');
    isRefusal(await post(form, {}), 403, 'origin_refused');
    const wrong = await post({ ...form, email: 'no', password: 'short', timeZone: 'Moon/Base', name: ' ', extra: 1 });
    isRefusal(wrong, 400, 'invalid');
    assert.deepEqual(Object.keys(wrong.body.error.fields as object).sort(), [
      'email',
      'extra',
      'name',
      'password',
      'timeZone',
    ]);
    assert.doesNotMatch(wrong.text, /short|Moon/, 'what was typed is not repeated');
    assert.equal(await server.contents(), before);
  });

  it('makes one workspace, however many forms are sent at once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => server.http('POST', `${api}/set-up`, form, own)));
    assert.deepEqual(
      answers.map(({ status }) => status).sort((one, other) => one - other),
      [204, 410, 410, 410],
    );
    isRefusal(
      answers.find(({ status }) => status === 410)!,
      410,
      'gone',
      /Sign in instead/,
    );
    isRefusal(await server.http('POST', `${api}/set-up`, { ...form, token: 'guess' }, own), 401, 'unauthenticated');
    assert.deepEqual((await server.http('GET', `${api}/session`)).body, { state: 'signed-out' });
  });
});

describe('access that ends', () => {
  it('keys do what their scopes say, and nothing once revoked; signing out ends cookie and sockets', async () => {
    const fresh = await startTestServer();
    const office = await setUp(fresh);
    const { headers, actor } = await makeApiKey(office, ['read']);
    assert.equal((await fresh.http('GET', `${api}/contacts`, undefined, headers)).status, 200);
    isRefusal(
      await fresh.http('POST', `${api}/contacts`, { name: 'X' }, headers),
      403,
      'forbidden',
      /lacks the scope "write"/,
    );
    const neither = { authorization: 'Bearer nope' };
    isRefusal(await fresh.http('GET', `${api}/contacts`, undefined, neither), 401, 'unauthenticated', /pk_.*JWT/);
    isRefusal(await fresh.http('PATCH', `${api}/workspace`, { name: 'X' }, headers), 403, 'forbidden');
    isRefusal(await fresh.http('GET', `${api}/api-keys`, undefined, headers), 403, 'forbidden');
    await fresh.execute('apiKey.revoke', { apiKeyId: actor.id }, office.owner);
    isRefusal(await fresh.http('GET', `${api}/contacts`, undefined, headers), 401, 'unauthenticated', /revoked/);

    const shop = await makeInbox(office);
    await fresh.execute(
      'channel.update',
      { channelId: shop.channelId, settings: { allowedOrigins: ['https://shop.example'] } },
      office.owner,
    );
    const visitor = await makeVisitor(shop, shop.channelKey, shop.channelId);
    const from = (origin: string) => fresh.http('GET', `${api}/visitor`, undefined, { ...visitor.headers, origin });
    assert.equal((await from('https://shop.example')).status, 200);
    isRefusal(await from('https://evil.example'), 403, 'origin_refused', /settings/);

    const socket = await ownerSocket(office);
    assert.equal((await fresh.http('DELETE', `${api}/session`, undefined, office.page)).status, 204);
    assert.equal(await socket.closed(), 4401);
    isRefusal(await fresh.http('GET', `${api}/inboxes`, undefined, office.page), 401, 'unauthenticated', /sign in/);
    await fresh.close();
  });

  it('a new password ends the other browsers of a teammate, at once, and leaves the one that asked signed in', async () => {
    const fresh = await startTestServer({ limits: { passwords: [4, 60] } });
    const office = await setUp(fresh);
    const signIn = (password: string) =>
      fresh.http('POST', `${api}/session`, { email: office.ownerEmail, password }, { origin: fresh.origin });
    const elsewhere = { cookie: cookieOf((await signIn(PASSWORD)).headers), origin: fresh.origin };
    const [here, there] = [await ownerSocket(office), await ownerSocket({ ...office, page: elsewhere })];
    const better = 'a better horse battery';
    const change = (current: string, headers: Record<string, string> = office.page) =>
      fresh.http('PUT', `${api}/teammates/me/password`, { current, password: better }, headers);
    const wrong = await change('nobody knows it');
    isRefusal(wrong, 400, 'invalid', /current password/);
    assert.deepEqual(wrong.body.error.fields, { current: 'is not your current password' });
    isRefusal(
      await fresh.http('PUT', `${api}/teammates/me/password`, { current: PASSWORD, password: 'short' }, office.page),
      400,
      'invalid',
    );
    assert.equal((await fresh.http('GET', `${api}/inboxes`, undefined, elsewhere)).status, 200);

    assert.equal((await change(PASSWORD)).status, 200);
    assert.equal(await there.closed(), 4401);
    isRefusal(await fresh.http('GET', `${api}/inboxes`, undefined, elsewhere), 401, 'unauthenticated');
    assert.equal((await fresh.http('GET', `${api}/inboxes`, undefined, office.page)).status, 200);
    await here.query('inbox.list', {});
    isRefusal(await signIn(PASSWORD), 401, 'unauthenticated');
    assert.equal((await signIn(better)).status, 204);

    isRefusal(await change('a guess, and another'), 400, 'invalid');
    const tooMany = await change('a guess, and another');
    isRefusal(tooMany, 409, 'conflict', /too often.* wait \d+ s/);
    assert.ok(Number(tooMany.headers.get('retry-after')) > 0);
    const guess = { current: 'a guess, and another', password: better };
    const refusal = await here.nack('command', 'teammate.changePassword', guess);
    assert.match(refusal.message, /too often/);
    assert.equal(isRetryable(refusal.code), false, 'no outbox sends the guess again by itself');
    const guest = await makeTeammate(office);
    assert.equal((await fresh.ask('workspace.snapshot', {}, guest)).hasPassword, false);
    assert.equal((await fresh.ask('workspace.snapshot', {}, office.owner)).hasPassword, true);
    await refused(
      fresh.execute('teammate.changePassword', { current: PASSWORD, password: better }, guest),
      'conflict',
      /own app/,
    );
    await fresh.close();
  });

  it('guessing is slow: after some attempts at signing in the address waits, and floods of commands are told when to come back', async () => {
    const strict = await startTestServer({
      limits: { signIns: [3, 60], visitorCommands: [2, 60], queries: [2, 60], hellos: [3, 60] },
    });
    const office = await setUp(strict);
    const guess = () =>
      strict.http(
        'POST',
        `${api}/session`,
        { email: office.ownerEmail, password: 'guess guess' },
        { origin: strict.origin },
      );
    for (let count = 0; count < 2; count++) isRefusal(await guess(), 401, 'unauthenticated');
    const late = await guess();
    isRefusal(late, 429, 'rate_limited', /wait \d+ s/);
    assert.ok(Number(late.headers.get('retry-after')) > 0);
    assert.ok(late.body.error.retryAfterMs > 0);
    const visitor = await makeVisitor(office);
    const say = () =>
      strict.http('POST', `${api}/conversations`, { conversationId: uuidv7(), text: 'Hi' }, visitor.headers);
    assert.deepEqual([(await say()).status, (await say()).status, (await say()).status], [200, 200, 429]);
    const begin = () =>
      strict.http('POST', `${api}/visitor-sessions`, { channelKey: office.channelKey, token: visitorToken() });
    const begun = [await begin(), await begin(), await begin(), await begin()];
    isRefusal(begun.at(-1)!, 429, 'rate_limited', /wait \d+ s/);
    await strict.close();
  });
});
