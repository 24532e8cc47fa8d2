/** What is wrong over HTTP is answered with a code and a sentence for whoever can mend it; nothing is written, and the server goes on. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { isRefusal, startTestServer } from './harness.ts';
import {
  makeApiKey,
  makeForeignOffice,
  makeInbox,
  makeVisitor,
  PASSWORD,
  setUp,
  settled,
  startConversation,
  visitorToken,
} from './people.ts';
import { signingSecret, teammateToken } from './tokens.ts';

const api = '/api/v1';
const server = await startTestServer();
const own = { origin: server.origin };
const office = await setUp(server);
const { owner, page } = office;
const foreign = await makeForeignOffice(office);
const secret = await signingSecret(office);
const conversationId = await startConversation(office, await makeVisitor(office));
const { id: contactId } = (await server.ask('conversation.get', { conversationId }, owner)).contact;
const listed = await makeInbox(office);
const settings = { allowedOrigins: ['https://shop.example'] };
await server.execute('channel.update', { channelId: listed.channelId, settings }, owner);
const { secret: keySecret, headers: key } = await makeApiKey(office, ['read', 'write', 'admin']);
await settled(server);

describe('bad input over HTTP', () => {
  let before = '';
  beforeEach(async () => (before = await server.contents()));
  afterEach(async () => {
    assert.equal(await server.contents(), before, 'something was written');
    assert.equal((await server.http('GET', '/readyz')).status, 200);
  });

  it('a second teammate with one address, beside whose field it says what to do', async () => {
    const again = server.execute(
      'teammate.create',
      { name: 'Ada again', email: office.ownerEmail, role: 'agent', inboxIds: [] },
      owner,
    );
    await assert.rejects(again, (error: { fields?: Record<string, string> }) => {
      assert.deepEqual(error.fields, { email: 'belongs to a teammate already: use another address' });
      return true;
    });
  });

  it('teammate tokens: wrong, foreign, too long, unsigned or signed another way', async () => {
    const now = Math.floor(server.clock.now().getTime() / 1000);
    const base = { secret, workspaceId: office.workspaceId, subject: owner.id };
    const get = (token: string) =>
      server.http('GET', `${api}/inboxes`, undefined, { authorization: `Bearer ${token}` });
    const token = (parts: Partial<Parameters<typeof teammateToken>[1]> = {}) =>
      teammateToken(server, { ...base, ...parts });
    assert.equal((await get(token())).status, 200);
    assert.equal((await get(token({ subject: office.ownerEmail }))).status, 200);
    isRefusal(await get(token({ claims: { exp: now - 60 } })), 401, 'expired', /fresh one/);
    isRefusal(await get(token({ claims: { exp: now + 700 } })), 401, 'unauthenticated', /10 minutes/);
    isRefusal(await get(token({ claims: { iat: now + 86_400, exp: now + 86_700 } })), 401, 'unauthenticated');
    const wrong: Parameters<typeof token>[0][] = [
      { secret: 'another' },
      { header: { alg: 'none' } },
      { header: { alg: 'RS256' } },
      { header: { alg: 'HS512' } },
      { header: { kid: foreign.workspaceId } },
      { header: { kid: uuidv7() } },
      { header: { kid: 'no workspace' } },
      { header: { kid: undefined } },
      { claims: { aud: 'another app' } },
      { claims: { aud: undefined } },
      { claims: { sub: undefined } },
      { claims: { exp: undefined } },
      { claims: { iat: undefined } },
      { claims: { nbf: now + 3_600 } },
      { subject: foreign.owner.id },
      { subject: foreign.ownerEmail },
      { subject: uuidv7() },
      { subject: 'nobody@tide.example' },
    ];
    for (const parts of wrong) isRefusal(await get(token(parts)), 401, 'unauthenticated', /teammate/);
    for (const text of ['x', 'a.b.c', 'pk_x', `pk_${keySecret.slice(3, -1)}x`, 'pv_x', visitorToken()]) {
      isRefusal(await get(text), 401, 'unauthenticated');
    }
    const bare = (headers = {}) => server.http('GET', `${api}/inboxes`, undefined, headers);
    isRefusal(await bare(), 401, 'unauthenticated', /sign in: .*`Authorization: Bearer pk_…`/);
    isRefusal(await bare({ 'sec-fetch-site': 'same-origin' }), 401, 'unauthenticated', /^Please sign in\.$/);
    isRefusal(await bare({ authorization: keySecret }), 401, 'unauthenticated', /`Authorization: Bearer pk_…`/);
  });

  it('foreign ids: what belongs to another company is not there', async () => {
    const member = foreign.owner.id;
    const theirs = foreign.conversationId;
    const requests: [string, string, unknown?][] = [
      ['GET', `/conversations/${theirs}`],
      ['GET', `/conversations/${theirs}/parts`],
      ['POST', `/conversations/${theirs}/replies`, { text: 'Hello?' }],
      ['POST', `/conversations/${theirs}/notes`, { text: 'Hello?' }],
      ['PUT', `/conversations/${theirs}/assignee`, { assigneeId: null }],
      ['POST', `/conversations/${theirs}/snooze`, { until: '2099-01-01T00:00:00.000Z' }],
      ['POST', `/conversations/${theirs}/close`, {}],
      ['POST', `/conversations/${theirs}/read`, { seq: 1 }],
      ['PUT', `/conversations/${conversationId}/assignee`, { assigneeId: member }],
      ['POST', '/conversations', { conversationId: uuidv7(), text: 'Hi', channelId: foreign.channelId, contact: {} }],
      ['PATCH', `/inboxes/${foreign.inboxId}`, { name: 'Mine' }],
      ['PUT', `/inboxes/${office.inboxId}/members/${member}`, {}],
      ['PUT', `/inboxes/${foreign.inboxId}/members/${owner.id}`, {}],
      ['PATCH', `/channels/${foreign.channelId}`, { name: 'Mine' }],
      ['PATCH', `/channels/${office.channelId}`, { inboxId: foreign.inboxId }],
      ['POST', '/channels', { inboxId: foreign.inboxId, name: 'Mine' }],
      ['POST', '/teammates', { name: 'Spy', email: 'spy@tide.example', role: 'agent', inboxIds: [foreign.inboxId] }],
    ];
    for (const [method, path, body] of requests)
      isRefusal(await server.http(method, api + path, body, key), 404, 'not_found', /no such/);
    isRefusal(await server.http('DELETE', `${api}/api-keys/${foreign.apiKeyId}`, undefined, page), 404, 'not_found');
    const theirContact = (await server.ask('conversation.get', { conversationId: theirs }, foreign.owner)).contact.id;
    isRefusal(await server.http('GET', `${api}/contacts/${theirContact}`, undefined, key), 404, 'not_found');
    isRefusal(await server.http('GET', `${api}/contacts/${theirContact}/timeline`, undefined, key), 404, 'not_found');
    isRefusal(await server.http('PATCH', `${api}/contacts/${theirContact}`, { name: 'X' }, key), 404, 'not_found');
    const [mine] = (await server.ask('contact.list', {}, owner)).contacts;
    isRefusal(
      await server.http('POST', `${api}/contacts/${mine!.id}/merge`, { sourceId: theirContact }, key),
      404,
      'not_found',
    );
    for (const path of ['/conversations', '/contacts', '/inboxes', '/channels', '/teammates']) {
      const { text } = await server.http('GET', api + path, undefined, key);
      for (const id of [foreign.workspaceId, foreign.inboxId, foreign.channelId, theirs, theirContact, member])
        assert.ok(!text.includes(id), path);
    }
    const listed = await server.http(
      'GET',
      `${api}/conversations?inboxId=${foreign.inboxId}&contactId=${theirContact}`,
      undefined,
      key,
    );
    assert.deepEqual(listed.body.conversations, []);
  });

  it('bodies: too large, not JSON, not an object, unknown and wrong fields', async () => {
    const path = `${api}/conversations/${conversationId}/replies`;
    const post = (body: unknown, more = {}) => server.http('POST', path, body, { ...key, ...more });
    isRefusal(await post({ text: 'x'.repeat(64 * 1024) }), 413, 'too_large', /64 KiB/);
    const signOut = await server.http('DELETE', `${api}/session`, 'x'.repeat(64 * 1024 + 1), page);
    isRefusal(signOut, 413, 'too_large', /64 KiB/);
    for (const text of ['{', 'text', '{"text":', '[]', 'null', '"text"', '7'])
      isRefusal(await post(text), 400, 'invalid', /JSON/);
    isRefusal(await post(''), 400, 'invalid', /text is missing/);
    isRefusal(await post({ text: 'x'.repeat(10_001) }), 400, 'invalid', /10000/);
    for (const text of ['', ' \n\t', 7, null, ['x'], 'a\0b']) isRefusal(await post({ text }), 400, 'invalid', /text/);
    isRefusal(await post({ text: 'x', bold: true }), 400, 'invalid', /bold is not a known field/);
    const inbox = (fields: object) =>
      server.http('PATCH', `${api}/inboxes/${uuidv7()}`, fields, { authorization: `Bearer ${keySecret}` });
    isRefusal(
      await inbox({ offHours: 'form' }),
      400,
      'invalid',
      /offHours must be an object with mode, text, autoResp/,
    );
    isRefusal(await post({ text: 'x', blocks: 'form' }), 400, 'invalid', /blocks must be an array/);
    isRefusal(await post({ text: 'half a character: \ud83d' }), 400, 'invalid', /text/);
    const badKey = await post({ text: 'x' }, { 'idempotency-key': 'again' });
    isRefusal(badKey, 400, 'invalid', /: header Idempotency-Key must be a UUIDv7/);
    isRefusal(await post({ text: 'x', conversationId: uuidv7() }, { 'idempotency-key': '' }), 400, 'invalid');
  });

  it('a file without the key that names it', async () => {
    const answer = await server.http('POST', `${api}/attachments?name=x`, 'x', key);
    isRefusal(answer, 400, 'invalid', /: header Idempotency-Key is missing/);
  });

  it('an API key without a scope, or with a name that is too long: in words', async () => {
    const body = { name: 'x'.repeat(81), scopes: [] };
    const answer = await server.http('POST', `${api}/api-keys`, body, page);
    isRefusal(answer, 400, 'invalid');
    assert.deepEqual(answer.body.error.fields, {
      name: 'may have at most 80 characters',
      scopes: 'must have at least one entry',
    });
  });

  it('paths and queries: ids, pages, numbers and instants that are none', async () => {
    const get = (path: string) => server.http('GET', api + path, undefined, key);
    const cursor = (text: string) => encodeURIComponent(Buffer.from(text).toString('base64url'));
    const wrong = [
      '/conversations/7',
      '/conversations?limit=0',
      '/conversations?limit=1000',
      '/conversations?limit=ten',
      '/conversations?status=lost',
      '/conversations?page=2',
      '/conversations?cursor=x',
      `/conversations?cursor=${cursor('2020-01-01T00:00:00.000Z abc')}`,
      `/conversations?cursor=${cursor(`+275760-01-01T00:00:00.000Z ${uuidv7()}`)}`,
      `/contacts?cursor=${cursor('2020-01-01T00:00:00.000Z -')}`,
      `/contacts/${contactId}/timeline?cursor=x`,
      `/contacts?search=${'x'.repeat(121)}`,
      '/contacts?search=%00',
      `/conversations/${conversationId}/parts?after=-1`,
      `/conversations/${conversationId}/parts?after=1.5`,
      `/conversations/${conversationId}/parts?after=99999999999`,
      `/conversations/${conversationId}/parts?before=9007199254740993`,
    ];
    for (const path of wrong) {
      const answer = await get(path);
      isRefusal(answer, 400, 'invalid');
    }
    for (const until of [
      'tomorrow',
      '2020-01-01T00:00:00.000Z',
      '2099-02-31T00:00:00.000Z',
      '2099-13-01T00:00:00.000Z',
      '2099-01-01T00:00:60.000Z',
      '2099-01-01T25:00:00.000Z',
    ]) {
      isRefusal(
        await server.http('POST', `${api}/conversations/${conversationId}/snooze`, { until }, key),
        400,
        'invalid',
        /until|future/,
      );
    }
    isRefusal(await server.http('GET', `${api}/nothing`, undefined, key), 404, 'not_found');
    assert.equal((await get(`/contacts?search=${encodeURIComponent("%_\\' or 1=1 --")}`)).body.contacts.length, 0);
  });

  it('a NUL character: where nothing is looked up by it, as where nothing is found', async () => {
    const visitor = await makeVisitor(office);
    before = await server.contents();
    const metadata = { product: 'teapot\0' };
    isRefusal(
      await server.http('POST', `${api}/visitor/events`, { name: 'looked', metadata }, visitor.headers),
      400,
      'invalid',
    );
    isRefusal(await server.http('GET', `${api}/help/articles?text=tea%00`, undefined, visitor.headers), 400, 'invalid');
    for (const name of ['Somebody\0', `${office.ownerEmail}\0`])
      isRefusal(await server.http('POST', `${api}/session`, { email: name, password: PASSWORD }, own), 400, 'invalid');
    for (const path of ['/widget.js?channel=', '/demo/?channel=', '/chat/', '/compat/intercom.js?channel=']) {
      const none = await server.http('GET', `${path}nobody`);
      const nul = await server.http('GET', `${path}nobody%00`);
      assert.equal(nul.status, none.status, path);
      assert.ok(nul.status < 500, path);
    }
  });

  it('cookies count only from the server’s own pages', async () => {
    const { cookie } = office;
    for (const headers of [{ cookie, origin: 'https://evil.example' }, { cookie }, { cookie, origin: 'null' }]) {
      isRefusal(
        await server.http('PATCH', `${api}/workspace`, { name: 'Hijacked' }, headers as Record<string, string>),
        403,
        'origin_refused',
        /API key/,
      );
    }
  });

  it('signing in: a wrong password and an unknown address are told apart by nothing', async () => {
    const attempts = [
      { email: office.ownerEmail, password: 'wrong password' },
      { email: 'nobody@tide.example', password: PASSWORD },
      { email: foreign.ownerEmail, password: PASSWORD },
    ];
    const answers = [];
    for (const body of attempts) answers.push(await server.http('POST', `${api}/session`, body, own));
    for (const answer of answers) isRefusal(answer, 401, 'unauthenticated', /email and password/);
    assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
    isRefusal(
      await server.http('POST', `${api}/session`, attempts[0], { origin: 'https://evil.example' }),
      403,
      'origin_refused',
    );
  });

  it('widget.js: an unknown key is a sentence in the console of the page', async () => {
    for (const query of ['', '?channel=', '?channel=unknown', `?channel=${'x'.repeat(5_000)}`, '?channel=%27%3B--']) {
      const answer = await server.http('GET', `/widget.js${query}`);
      assert.equal(answer.status, 200, 'a browser runs no script that comes with an error');
      assert.match(answer.headers.get('content-type') ?? '', /javascript/);
      assert.match(answer.text, /^console\.error\("Parlour: there is no channel with this key\. .+"\);\n$/);
    }
    const good = await server.http('GET', `/widget.js?channel=${office.channelKey}`);
    assert.match(good.text, new RegExp(`\\bkey:\`${office.channelKey}\``));
    const again = await server.http('GET', `/widget.js?channel=${office.channelKey}`, undefined, {
      'if-none-match': good.headers.get('etag')!,
    });
    assert.equal(again.status, 304);
  });

  it('a visitor session over HTTP: unknown key, malformed token, origin not on the list', async () => {
    const post = (body: object, headers = {}) => server.http('POST', `${api}/visitor-sessions`, body, headers);
    isRefusal(await post({ channelKey: 'unknown', token: visitorToken() }), 404, 'not_found', /owner/);
    isRefusal(await post({ channelKey: office.channelKey, token: 'pv_short' }), 400, 'invalid', /token/);
    isRefusal(
      await post({ channelKey: office.channelKey, token: visitorToken(), pageUrl: 'javascript:alert(1)' }),
      400,
      'invalid',
      /pageUrl/,
    );
    isRefusal(
      await post({ channelKey: listed.channelKey, token: visitorToken() }, { origin: 'https://evil.example' }),
      403,
      'origin_refused',
      /may not be used on https:\/\/evil\.example\./,
    );
  });
});
