import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtServer } from './killable-server.ts';
import { play } from './story.ts';
import { assertSound } from './sound.ts';

test('six rounds of kill -9 at the database, or at the database and the server: nothing acknowledged is lost, doubled or out of order', async () => {
  const evidence = await play({ words: builtServer, rounds: 6, victims: ['database', 'database', 'both'] });
  assertSound(evidence);
  assert.ok(evidence.written.length > 100, `only ${evidence.written.length} messages were written`);
});
