import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { readSession, setUp, signIn, signOut } from '../../../shared/client/session.ts';

type Answer = { status: number; body?: string };
type Asked = { method: string | undefined; url: string | undefined; body: unknown };

/** A server that gives every request the same answer, and remembers what it was asked. */
async function serve(context: TestContext, { status, body = '' }: Answer): Promise<{ origin: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      asked.push({ method: request.method, url: request.url, body: text && JSON.parse(text) });
      response.writeHead(status, { connection: 'close' }).end(body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => new Promise((resolve) => server.close(resolve)));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test('how the browser stands with the server is asked of the server', async (context) => {
  const { origin, asked } = await serve(context, { status: 200, body: '{"state":"set-up"}' });
  assert.equal(await readSession(origin), 'set-up');
  assert.deepEqual(asked, [{ method: 'GET', url: '/api/v1/session', body: '' }]);
});

test('signing in, signing out and setting up send what they are given, and want no answer', async (context) => {
  const { origin, asked } = await serve(context, { status: 204 });
  const credentials = { email: 'ada@example.org', password: 'long enough' };
  const details = { token: 'set-up', name: 'Shop', ownerName: 'Ada', ...credentials, timeZone: 'Europe/Berlin' };
  await signIn(origin, credentials);
  await signOut(origin);
  await setUp(origin, details);
  assert.deepEqual(asked, [
    { method: 'POST', url: '/api/v1/session', body: credentials },
    { method: 'DELETE', url: '/api/v1/session', body: '' },
    { method: 'POST', url: '/api/v1/set-up', body: details },
  ]);
});

test('a refusal rejects with its reason and the fields that are wrong', async (context) => {
  const error = { code: 'invalid', message: 'Please check the form.', fields: { email: 'must be an email address' } };
  const { origin } = await serve(context, { status: 400, body: JSON.stringify({ error }) });
  await assert.rejects(signIn(origin, { email: 'ada', password: 'long enough' }), {
    name: 'RequestError',
    code: 'invalid',
    message: 'Please check the form.',
    fields: error.fields,
  });
});

test('an answer that is not from the server itself, and none at all, reject as unavailable', async (context) => {
  const { origin } = await serve(context, { status: 502, body: '<h1>Bad gateway</h1>' });
  await assert.rejects(readSession(origin), { code: 'unavailable' });
  const gone = await serve(context, { status: 200 });
  const closed = new URL(gone.origin);
  closed.port = '1';
  await assert.rejects(readSession(closed.origin), { code: 'unavailable' });
});
