/** Who a visitor is proved to be, what follows from it, and what does not. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { closeCodes } from '../../shared/wire/protocol.ts';
import type { VisitorActor } from '../../server/kernel/actor.ts';
import { hashToken } from '../../server/kernel/secrets.ts';
import { findVisitorSession, visitorActor } from '../../server/modules/visitor/queries.ts';
import { Authenticator } from '../../server/policy/authenticate.ts';
import { isRefusal, refused, startTestServer, until } from './harness.ts';
import {
  makeForeignOffice,
  makeTeammate,
  makeVisitor,
  setUp,
  startConversation,
  told,
  visitorToken,
} from './people.ts';
import type { Visitor } from './people.ts';
import { address } from './scene.ts';
import { closeSockets, isTyping, ownerSocket, TestSocket, visitorSocket } from './test-socket.ts';
import { identitySecret, identityToken } from './tokens.ts';

after(closeSockets);
const server = await startTestServer();
const office = await setUp(server);
const secret = await identitySecret(office);
const prove = (claims: Record<string, unknown>, header?: Record<string, unknown>): string =>
  identityToken(server, secret, claims, header);

/** The visitor as they may act from now on. */
async function asOfNow({ token }: Visitor): Promise<VisitorActor> {
  const session = await findVisitorSession(server.running.connections.db, hashToken(token));
  assert.ok(session);
  return visitorActor(session);
}

async function identified(sub: string, claims: Record<string, unknown> = {}): Promise<Visitor> {
  const visitor = await makeVisitor(office);
  await server.execute('visitor.identify', { token: prove({ sub, ...claims }) }, visitor.actor);
  return { ...visitor, actor: await asOfNow(visitor) };
}

const conversationsOf = async (actor: VisitorActor): Promise<string[]> =>
  (await server.ask('visitor.snapshot', {}, actor)).conversations.map(({ id }) => id);

async function contactOf(conversationId: string) {
  return (await server.ask('conversation.get', { conversationId }, office.owner)).contact;
}

describe('a proof that is not one', () => {
  const now = () => Math.floor(server.clock.now().getTime() / 1000);
  const [head, payload] = ['{"alg":"HS256"}', '{"sub":"eve","aud":"parlour-visitor","exp":99999999999}'].map((text) =>
    Buffer.from(text).toString('base64url'),
  );
  const bad: Record<string, [() => string, 'unauthenticated' | 'expired' | 'invalid', RegExp]> = {
    'signed with another secret': [
      () => identityToken(server, 'guessed', { sub: 'eve' }),
      'unauthenticated',
      /signed with the identity secret/,
    ],
    'that has expired': [() => prove({ sub: 'eve', exp: now() - 60 }), 'expired', /expired/],
    'with alg none': [() => prove({ sub: 'eve' }, { alg: 'none' }), 'unauthenticated', /HS256/],
    'with another algorithm, well signed': [() => prove({ sub: 'eve' }, { alg: 'HS512' }), 'unauthenticated', /HS256/],
    'for another audience': [() => prove({ sub: 'eve', aud: 'parlour' }), 'unauthenticated', /aud/],
    'for nobody in particular': [() => prove({ sub: 'eve', aud: undefined }), 'unauthenticated', /aud/],
    'that names nobody': [() => prove({}), 'unauthenticated', /sub/],
    'that names nobody by an empty name': [() => prove({ sub: ' ' }), 'invalid', /sub/],
    'that never expires': [() => prove({ sub: 'eve', exp: undefined }), 'unauthenticated', /exp/],
    'that lives for a day': [() => prove({ sub: 'eve', exp: now() + 86_400 }), 'unauthenticated', /an hour/],
    'that is no JWT': [() => 'eve', 'unauthenticated', /JWT/],
    'whose claims were changed after signing': [
      () => `${head}.${payload}.${prove({ sub: 'ada' }).split('.')[2]}`,
      'unauthenticated',
      /signed/,
    ],
    'signed with the signature left out': [() => `${head}.${payload}.`, 'unauthenticated', /signed/],
  };
  for (const [what, [token, code, message]] of Object.entries(bad)) {
    it(`${what} is refused, and changes nothing`, async () => {
      const visitor = await makeVisitor(office);
      const before = await server.contents();
      await refused(server.execute('visitor.identify', { token: token() }, visitor.actor), code, message);
      assert.equal(await server.contents(), before);
    });
  }

  it('signed with the secret of another workspace is refused', async () => {
    const foreign = await makeForeignOffice(office);
    const theirs = await identitySecret(foreign);
    const visitor = await makeVisitor(office);
    const token = identityToken(server, theirs, { sub: 'eve' });
    await refused(server.execute('visitor.identify', { token }, visitor.actor), 'unauthenticated');
    // The same token is good where it belongs: it is the workspace that was wrong.
    await server.execute('visitor.identify', { token }, foreign.visitor.actor);
  });

  it('where there is no secret at all says that the owner can make one', async () => {
    const fresh = await startTestServer();
    const there = await setUp(fresh);
    const visitor = await makeVisitor(there);
    for (const key of ['', 'anything']) {
      const token = identityToken(fresh, key, { sub: 'eve' });
      await refused(
        fresh.execute('visitor.identify', { token }, visitor.actor),
        'unauthenticated',
        /owner can make one/,
      );
    }
    await fresh.close();
  });

  it('in the hello ends the line with the reason', async () => {
    const socket = new TestSocket(server, { origin: 'https://shop.example' });
    const token = identityToken(server, 'guessed', { sub: 'eve' });
    await socket.send({
      type: 'hello',
      protocol: 1,
      credential: { kind: 'visitor', channelKey: office.channelKey, token: visitorToken(), identity: token },
    });
    assert.equal((await socket.next('error')).error.code, 'unauthenticated');
    assert.equal(await socket.closed(), closeCodes.unauthenticated);
  });
});

describe('the secret', () => {
  it('is for the owner alone, shown once, and not readable in the database', async () => {
    const admin = await makeTeammate(office, { role: 'admin' });
    await refused(server.execute('workspace.rotateIdentitySecret', {}, admin), 'forbidden');
    const [row] = await server.running.connections.sql<{ sealed: string }[]>`
      select identity_secret as sealed from parlour.workspace where id = ${office.workspaceId}`;
    assert.ok(row && !row.sealed.includes(secret) && !(await server.contents()).includes(secret));
  });
});

describe('an identified visitor', () => {
  it('becomes a contact with what the site signed, and keeps what they wrote before', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const email = address();
    const token = prove({ sub: 'u-1', name: 'Jo Tan', email, phone: '+49 30 1234567', properties: { plan: 'studio' } });
    await server.execute('visitor.identify', { token }, visitor.actor);
    const contact = await contactOf(conversationId);
    assert.deepEqual(
      [contact.name, contact.email, contact.phone, contact.properties],
      ['Jo Tan', email, '+49301234567', { plan: 'studio' }],
    );
    assert.deepEqual(await conversationsOf(await asOfNow(visitor)), [conversationId]);
  });

  it('reads and continues their conversations in any browser that proves who they are, live', async () => {
    const desk = await identified('u-2');
    const conversationId = await startConversation(office, desk, 'From my desk');
    const phone = await makeVisitor(office);
    const early = await startConversation(office, phone, 'From my phone, not signed in');
    await server.execute('visitor.identify', { token: prove({ sub: 'u-2' }) }, phone.actor);
    const onPhone = await asOfNow(phone);
    assert.deepEqual((await conversationsOf(onPhone)).sort(), [conversationId, early].sort());
    assert.equal((await contactOf(early)).id, (await contactOf(conversationId)).id);

    // Proving who they are ends the lines they have then.
    await told(server);
    const [deskLine, phoneLine] = [await visitorSocket(office, desk), await visitorSocket(office, phone)];
    await phoneLine.command('conversation.reply', { conversationId, text: 'And now from my phone' });
    for (const line of [deskLine, phoneLine]) {
      await until('both browsers hear it', () => line.visitorEvents.some(({ part }) => part?.publicSeq === 2));
      assert.equal(line.visitorEvents.length, 1, 'once');
    }
    const { epoch } = deskLine.welcome;
    deskLine.cut();
    await server.execute('conversation.reply', { conversationId, text: 'Here we are' }, office.owner);
    const again = await visitorSocket(office, desk, { epoch, heads: { [conversationId]: 2, [early]: 1 } });
    await until('what was missed comes', () => again.visitorEvents.some(({ part }) => part?.publicSeq === 3));
    await again.send({ type: 'signal', name: 'typing', conversationId: early });
    again.cut();
    phoneLine.cut();
  });

  it('sees who types, also in a conversation begun in another browser', async () => {
    const desk = await identified('u-3');
    const conversationId = await startConversation(office, desk);
    const phone = await identified('u-3');
    await told(server);
    const [phoneLine, teammate] = [await visitorSocket(office, phone), await ownerSocket(office)];
    await teammate.send({ type: 'signal', name: 'typing', conversationId });
    const { from } = (await phoneLine.next('signal', isTyping)) as { from?: unknown };
    assert.deepEqual(from, { kind: 'teammate', id: office.owner.id });
    phoneLine.cut();
    teammate.cut();
  });

  it('sees nothing of anybody else’s', async () => {
    const [ada, eve, nobody] = [await identified('u-4'), await identified('u-5'), await makeVisitor(office)];
    const conversationId = await startConversation(office, ada);
    for (const other of [eve, nobody]) {
      assert.deepEqual(await conversationsOf(await asOfNow(other)), []);
      await refused(server.ask('conversation.parts', { conversationId }, await asOfNow(other)), 'not_found');
      await refused(
        server.execute('conversation.reply', { conversationId, text: 'I am Ada' }, await asOfNow(other)),
        'not_found',
      );
      const read = await server.http('GET', `/api/v1/conversations/${conversationId}/parts`, undefined, other.headers);
      assert.equal(read.status, 404);
    }
  });

  it('cannot become somebody else in the same session', async () => {
    const ada = await identified('u-6');
    const conversationId = await startConversation(office, ada);
    await refused(server.execute('visitor.identify', { token: prove({ sub: 'u-7' }) }, ada.actor), 'conflict');
    assert.deepEqual(await conversationsOf(await asOfNow(ada)), [conversationId]);
  });

  it('does not take over a contact that others wrote as, whatever the session was told to be', async () => {
    const email = address();
    const ada = await identified('u-8', { email });
    const conversationId = await startConversation(office, ada);
    // Somebody who had Ada's contact put behind their session, by a merge in the inbox.
    const eve = await makeVisitor(office);
    const theirs = await startConversation(office, eve);
    const [target, source] = [await contactOf(conversationId), await contactOf(theirs)];
    await server.execute('contact.merge', { contactId: target.id, sourceId: source.id }, office.owner);
    await server.execute('visitor.identify', { token: prove({ sub: 'u-9' }) }, eve.actor);
    assert.equal((await contactOf(conversationId)).id, target.id);
    await refused(server.ask('conversation.parts', { conversationId }, await asOfNow(eve)), 'not_found');
  });

  it('is the contact known by their email only if the site proved the email', async () => {
    for (const [index, verified] of [true, false].entries()) {
      const email = address();
      const { contactId } = await server.execute('contact.create', { email }, office.owner);
      const visitor = await identified(`by-email-${index}`, { email, email_verified: verified });
      assert.equal(visitor.actor.contactId === contactId, verified);
    }
  });

  it('is one contact, though two browsers prove the same name at once', async () => {
    const visitors = await Promise.all(Array.from({ length: 6 }, () => makeVisitor(office)));
    await Promise.all(
      visitors.map(({ actor }) => server.execute('visitor.identify', { token: prove({ sub: 'u-10' }) }, actor)),
    );
    const ids = await Promise.all(visitors.map(async (visitor) => (await asOfNow(visitor)).contactId));
    assert.ok(ids[0]);
    assert.deepEqual(new Set(ids), new Set([ids[0]]));
  });

  it('begins anew with what they now may see, in every tab of the browser', async () => {
    const visitor = await makeVisitor(office);
    const tab = await visitorSocket(office, visitor);
    await server.execute('visitor.identify', { token: prove({ sub: 'u-2' }) }, visitor.actor);
    assert.equal(await tab.closed(), closeCodes.resync);
    const again = await visitorSocket(office, visitor);
    assert.equal(again.welcome.visitor?.conversations.length, 2);
    again.cut();
  });

  it('may prove it in the hello, and gets all of theirs with the welcome', async () => {
    const token = visitorToken();
    const socket = new TestSocket(server, { origin: 'https://shop.example' });
    const identity = prove({ sub: 'u-2' });
    const welcome = await socket.hello({ kind: 'visitor', channelKey: office.channelKey, token, identity });
    assert.equal(welcome.visitor?.conversations.length, 2);
    socket.cut();
  });

  it('is still them after teammates merged the contact into another', async () => {
    const visitor = await identified('u-11');
    const conversationId = await startConversation(office, visitor);
    const { contactId } = await server.execute('contact.create', { email: address() }, office.owner);
    const sourceId = (await contactOf(conversationId)).id;
    await server.execute('contact.merge', { contactId, sourceId }, office.owner);
    const elsewhere = await identified('u-11');
    assert.equal(elsewhere.actor.contactId, contactId);
    assert.deepEqual(await conversationsOf(elsewhere.actor), [conversationId]);
  });
});

describe('what a page says without a proof', () => {
  it('matches nobody: the email of a known contact stays a claim', async () => {
    const email = address();
    const ada = await identified('u-12', { email });
    const conversationId = await startConversation(office, ada);
    const eve = await makeVisitor(office);
    await server.execute('visitor.describe', { email, name: 'Ada' }, eve.actor);
    const theirs = await startConversation(office, eve);
    const contact = await contactOf(theirs);
    assert.notEqual(contact.id, (await contactOf(conversationId)).id);
    assert.deepEqual([contact.name, contact.email, contact.claimedEmail], ['Ada', null, email]);
    await refused(server.ask('conversation.parts', { conversationId }, await asOfNow(eve)), 'not_found');
  });

  it('replaces nothing that the site signed, and adds what is not known', async () => {
    const ada = await identified('u-13', { name: 'Ada', properties: { plan: 'free' } });
    await server.execute('visitor.describe', { name: 'Eve', properties: { plan: 'gold', cart: 2 } }, ada.actor);
    const { name, properties } = await contactOf(await startConversation(office, ada));
    assert.deepEqual([name, properties], ['Ada', { plan: 'free', cart: 2 }]);
  });
});

describe('signing out', () => {
  it('ends the session in every tab, and its token for good', async () => {
    const ada = await identified('u-14');
    await startConversation(office, ada);
    await told(server);
    const tab = await visitorSocket(office, ada);
    const answer = await server.http('DELETE', '/api/v1/visitor', undefined, ada.headers);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(await tab.closed(), closeCodes.unauthenticated);
    assert.equal((await server.http('GET', '/api/v1/visitor', undefined, ada.headers)).status, 401);
    const again = new TestSocket(server, { origin: 'https://shop.example' });
    const credential = { kind: 'visitor', channelKey: office.channelKey, token: ada.token } as const;
    await again.send({ type: 'hello', protocol: 1, credential });
    assert.match((await again.next('error')).error.message, /signed out/);
    const begun = { channelKey: office.channelKey, token: ada.token };
    const anew = await server.http('POST', '/api/v1/visitor-sessions', begun, { origin: 'https://shop.example' });
    isRefusal(anew, 401, 'unauthenticated', /signed out/);
  });

  it('can be asked for twice, and where nobody was: there is nothing to end, and no error to see in a console', async () => {
    const ada = await identified('u-19');
    const end = async (headers: Record<string, string>) => {
      const { status, text } = await server.http('DELETE', '/api/v1/visitor', undefined, headers);
      return [status, text];
    };
    assert.deepEqual(await Promise.all([end(ada.headers), end(ada.headers)]), [
      [200, '{}'],
      [200, '{}'],
    ]);
    assert.deepEqual(await end(ada.headers), [200, '{}']);
    assert.deepEqual(await end({ authorization: `Bearer pv_${'x'.repeat(43)}` }), [200, '{}']);
    for (const headers of [{}, { authorization: 'Bearer pk_unknown' }])
      assert.equal((await end(headers as Record<string, string>))[0], 401);
    // Anything else still wants a session.
    isRefusal(await server.http('PATCH', '/api/v1/visitor', {}, ada.headers), 401, 'unauthenticated', /no session/);
  });

  it('leaves nothing to a request that was let in just before', async (test) => {
    const ada = await identified('u-18');
    const proof = prove({ sub: 'u-18' });
    const letIn = async () => ({ actor: ada.actor, expiresAt: null });
    test.mock.method(Authenticator.prototype, 'byVisitorToken', letIn);
    await server.execute('visitor.endSession', {}, ada.actor);
    const late: [method: string, path: string, body?: object][] = [
      ['PATCH', '/visitor', { properties: { plan: 'pro' } }],
      ['POST', '/visitor/events', { name: 'Looked at a kettle' }],
      ['POST', '/visitor/identity', { token: proof }],
    ];
    for (const [method, path, body] of late)
      isRefusal(await server.http(method, `/api/v1${path}`, body, ada.headers), 404, 'not_found', /session/);
  });

  it('ends a line, too, whose hello was being read at that moment', async (test) => {
    const ada = await identified('u-17');
    let [isRead, letGo] = [false, (): void => {}];
    const held = new Promise<void>((resolve) => (letGo = resolve));
    type Read = (this: Authenticator, ...hello: Parameters<Authenticator['byChannel']>) => Promise<unknown>;
    const read = Reflect.get(Authenticator.prototype, 'byChannel') as Read;
    test.mock.method(
      Authenticator.prototype,
      'byChannel',
      async function (this: Authenticator, ...hello: Parameters<Read>) {
        const identity = await read.apply(this, hello);
        isRead = true;
        await held;
        return identity;
      },
    );
    const tab = new TestSocket(server, { origin: 'https://shop.example' });
    const credential = { kind: 'visitor', channelKey: office.channelKey, token: ada.token } as const;
    await tab.send({ type: 'hello', protocol: 1, credential });
    await until('who says hello is known', () => isRead);
    await server.execute('visitor.endSession', {}, ada.actor);
    // Whoever follows the log has looked for its line, and found nobody.
    await told(server);
    letGo();
    assert.match((await tab.next('error')).error.message, /signed out/);
    assert.equal(await tab.closed(), closeCodes.unauthenticated);
  });

  it('leaves the person’s other browsers signed in', async () => {
    const [desk, phone] = [await identified('u-15'), await identified('u-15')];
    const conversationId = await startConversation(office, desk);
    await server.execute('visitor.endSession', {}, desk.actor);
    assert.deepEqual(await conversationsOf(await asOfNow(phone)), [conversationId]);
  });
});

it('a proof signed with a secret that was replaced counts no more', async () => {
  await identitySecret(office);
  const visitor = await makeVisitor(office);
  await refused(
    server.execute('visitor.identify', { token: prove({ sub: 'u-16' }) }, visitor.actor),
    'unauthenticated',
  );
});
