import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtServer } from './killable-server.ts';
import { play } from './story.ts';
import { assertSound } from './sound.ts';

test('fifty rounds of kill -9 at the server: nothing acknowledged is lost, doubled or out of order', async () => {
  const evidence = await play({ words: builtServer, rounds: 50, victims: ['server'] });
  assertSound(evidence);
  assert.ok(evidence.written.length > 1_000, `only ${evidence.written.length} messages were written`);
});

test('fifty rounds of kill -9 at the database, every third with the server: nothing acknowledged is lost, doubled or out of order', async () => {
  const evidence = await play({ words: builtServer, rounds: 50, victims: ['database', 'database', 'both'] });
  assertSound(evidence);
  assert.ok(evidence.written.length > 1_000, `only ${evidence.written.length} messages were written`);
});
