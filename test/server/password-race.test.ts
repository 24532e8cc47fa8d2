/** Passwords are checked slowly on purpose: what happens meanwhile. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, describe, it } from 'node:test';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { isRefusal, startTestServer, until } from './harness.ts';
import { cookieOf, makeVisitor, PASSWORD, setUp, startConversation } from './people.ts';
import type { Office } from './people.ts';
import { closeSockets, TestSocket } from './test-socket.ts';

after(closeSockets);
const api = '/api/v1';
const better = 'a better horse battery';

/** The server imports the library on first use, and so gets it as it is made here: what is held waits to be let go. */
type Work = (...all: unknown[]) => Promise<unknown>;
const argon = createRequire(import.meta.url)('@node-rs/argon2') as Record<'verify' | 'hash', Work>;
const gates = new Map<string, { reached: boolean; opened: Promise<void> }>();
for (const name of ['verify', 'hash'] as const) {
  const work = argon[name];
  argon[name] = async (...all) => {
    const gate = gates.get(name);
    gates.delete(name);
    const result = await work(...all);
    if (gate) {
      gate.reached = true;
      await gate.opened;
    }
    return result;
  };
}

/** Holds the next check of a password, or the next making of a hash, until it is let go. */
function holdNext(name: 'verify' | 'hash'): { reached: () => Promise<unknown>; letGo: () => void } {
  let letGo = (): void => {};
  const gate = { reached: false, opened: new Promise<void>((resolve) => (letGo = resolve)) };
  gates.set(name, gate);
  return { reached: () => until(`${name} is held`, () => gate.reached), letGo };
}

const server = await startTestServer();
const office = await setUp(server);
const signIn = (password: string) =>
  server.http('POST', `${api}/session`, { email: office.ownerEmail, password }, { origin: server.origin });
const change = (current: string, password: string, { page }: Pick<Office, 'page'> = office) =>
  server.http('PUT', `${api}/teammates/me/password`, { current, password }, page);

describe('while a password is being checked', () => {
  it('a socket that says hello while its browser signs out is let go', async () => {
    const signedIn = await signIn(PASSWORD);
    assert.equal(signedIn.status, 204);
    const page = { cookie: cookieOf(signedIn.headers), origin: server.origin };
    const { sql } = server.running.connections;
    const socket = new TestSocket(server, page);
    await sql.begin(async (tx) => {
      // The hello reads the session, then the teammate: it is held between the two.
      await tx`lock table parlour.teammate in access exclusive mode`;
      await socket.send({ type: 'hello', protocol: 1, credential: { kind: 'cookie' } });
      await until('the hello waits for the teammate', async () => {
        const waiting = await sql`
          select 1 from pg_locks where relation = 'parlour.teammate'::regclass and not granted`;
        return waiting.length > 0;
      });
      assert.equal((await server.http('DELETE', `${api}/session`, undefined, page)).status, 204);
    });
    assert.equal(await socket.closed(), 4401);
    assert.deepEqual(
      socket.frames.map(({ type }) => type),
      ['error'],
    );
  });

  it('a sign-in with the old password that overlaps its change is refused and leaves no session', async () => {
    const check = holdNext('verify');
    const late = signIn(PASSWORD);
    await check.reached();
    assert.equal((await change(PASSWORD, better)).status, 200);
    const sessions = () => server.running.connections.sql`select token_hash from parlour.sign_in_session`;
    const before = await sessions();
    check.letGo();
    const answer = await late;
    isRefusal(answer, 401, 'unauthenticated', /do not go together/);
    assert.equal(cookieOf(answer.headers), '');
    assert.deepEqual(await sessions(), before);
    assert.equal((await signIn(better)).status, 204);
    assert.equal((await change(better, PASSWORD)).status, 200);
  });

  /** A new conversation in an inbox that assigns by rotation finds its assignee: the log can be read. */
  const assigned = async (): Promise<void> => {
    await server.execute('inbox.update', { inboxId: office.inboxId, routing: 'rotate' }, office.owner);
    const conversationId = await startConversation(office, await makeVisitor(office));
    const { sql } = server.running.connections;
    // Whom to assign is found by the reader of the log.
    await until('somebody is assigned', async () => {
      const [row] = await sql`select assignee_id from parlour.conversation where id = ${conversationId}`;
      return row?.['assignee_id'];
    });
  };

  it('new conversations go on finding their assignee while somebody changes their password', async () => {
    const [check, hashing] = [holdNext('verify'), holdNext('hash')];
    const changing = change(PASSWORD, better);
    await check.reached();
    await assigned();
    check.letGo();
    await hashing.reached();
    await assigned();
    hashing.letGo();
    assert.equal((await changing).status, 200);
    assert.equal((await change(better, PASSWORD)).status, 200);
  });

  it('new conversations go on finding their assignee while a teammate is being made, who then can sign in', async () => {
    const email = 'ines@race.example';
    const hashing = holdNext('hash');
    const making = server.execute(
      'teammate.create',
      { name: 'Ines Roth', email, role: 'agent', password: better },
      office.owner,
    );
    await hashing.reached();
    await assigned();
    hashing.letGo();
    await making;
    const signingIn = await server.http(
      'POST',
      `${api}/session`,
      { email, password: better },
      { origin: server.origin },
    );
    assert.equal(signingIn.status, 204);
  });

  it('of two changes at once one counts, and the other is told', async () => {
    const check = holdNext('verify');
    const late = change(PASSWORD, 'the late horse battery');
    await check.reached();
    assert.equal((await change(PASSWORD, better)).status, 200);
    check.letGo();
    isRefusal(await late, 409, 'conflict', /changed elsewhere/);
    assert.equal((await signIn(better)).status, 204);
    assert.equal((await change(better, PASSWORD)).status, 200);
  });

  it('the same change sent again gets the same answer', async () => {
    const id = uuidv7();
    const again = () =>
      server.execute('teammate.changePassword', { current: PASSWORD, password: better }, office.owner, id);
    const check = holdNext('verify');
    const first = again();
    await check.reached();
    assert.deepEqual(await again(), {});
    check.letGo();
    assert.deepEqual(await first, {});
    assert.deepEqual(await again(), {});
  });
});
