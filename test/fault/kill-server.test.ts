import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtServer } from './killable-server.ts';
import { play } from './story.ts';
import { assertSound } from './sound.ts';

test('six rounds of kill -9 at the server, between and during starts: nothing acknowledged is lost, doubled or out of order', async () => {
  const evidence = await play({ words: builtServer, rounds: 6, victims: ['server'] });
  assertSound(evidence);
  assert.ok(evidence.written.length > 100, `only ${evidence.written.length} messages were written`);
});
