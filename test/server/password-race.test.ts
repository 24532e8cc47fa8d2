/** Passwords are checked slowly on purpose: what happens meanwhile. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, describe, it } from 'node:test';
import { isRefusal, startTestServer, until } from './harness.ts';
import { cookieOf, PASSWORD, setUp } from './people.ts';
import type { Office } from './people.ts';
import { closeSockets, TestSocket } from './test-socket.ts';

after(closeSockets);
const api = '/api/v1';
const better = 'a better horse battery';

/** The server imports the library on first use, and so gets it as it is made here: each check waits for the gate, if there is one. */
const argon = createRequire(import.meta.url)('@node-rs/argon2') as { verify: (...all: unknown[]) => Promise<boolean> };
const { verify } = argon;
let gate: { reached: boolean; opened: Promise<void> } | undefined;
argon.verify = async (...all) => {
  const own = gate;
  gate = undefined;
  const matches = await verify(...all);
  if (own) {
    own.reached = true;
    await own.opened;
  }
  return matches;
};

/** Holds the next check of a password until it is let go. */
function holdNextCheck(): { reached: () => Promise<unknown>; letGo: () => void } {
  let letGo = (): void => {};
  const held = { reached: false, opened: new Promise<void>((resolve) => (letGo = resolve)) };
  gate = held;
  return { reached: () => until('a password is being checked', () => held.reached), letGo };
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
    const check = holdNextCheck();
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
});
