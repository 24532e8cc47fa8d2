import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { StartupError } from '../../server/kernel/startup-error.ts';
import { bindPort } from '../../server/port.ts';
import { isSentence } from './harness.ts';

/** What is said when the system refuses the port with this code: not every machine refuses each of them. */
async function said(code: string): Promise<string> {
  const server = createServer();
  server.listen = () => server;
  const bound = bindPort(server, { host: 'chat.example', port: 80 });
  server.emit('error', Object.assign(new Error(`listen ${code}`), { code }));
  const error: unknown = await bound.then(
    () => assert.fail('it was bound'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof StartupError, String(error));
  isSentence(error.message);
  return error.message;
}

const sentences: Record<string, RegExp> = {
  EADDRINUSE: /^Port 80 is taken by another program\..* PORT\.$/,
  EACCES: /^Port 80 needs more rights .* above 1023 with PORT\.$/,
  EADDRNOTAVAIL: /^This machine has no address chat\.example\. Correct HOST/,
  ENOTFOUND: /^HOST is chat\.example, which is not an address of this machine\. Correct it/,
  EAI_AGAIN: /^HOST is chat\.example, a name that cannot be looked up at the moment\. Give an address/,
};

for (const [code, words] of Object.entries(sentences)) {
  test(`a port refused with ${code} is told in a sentence`, async () => assert.match(await said(code), words));
}

test('another failure stays what it is: the log needs all of it', async () => {
  const server = createServer();
  server.listen = () => server;
  const bound = bindPort(server, { host: '127.0.0.1', port: 80 });
  const odd = Object.assign(new Error('listen EMFILE'), { code: 'EMFILE' });
  server.emit('error', odd);
  await assert.rejects(bound, odd);
});

test('a port that needs rights is told by a system that keeps some for root', async (context) => {
  const server = createServer();
  const refusal = await bindPort(server, { host: '127.0.0.1', port: 1 }).catch((error: unknown) => error);
  server.close();
  if (refusal === undefined) return context.skip('whoever runs this may have any port');
  assert.ok(refusal instanceof StartupError, String(refusal));
  assert.match(refusal.message, /^Port 1 needs more rights/);
});
