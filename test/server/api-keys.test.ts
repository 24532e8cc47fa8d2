/** The secret of an API key is its maker's alone: the server can recognise it and not tell it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { startTestServer } from './harness.ts';
import { setUp, settled } from './people.ts';

const server = await startTestServer();
const office = await setUp(server);

/** Eight characters are kept to tell keys apart by; twice as many, wherever they are taken from, give some of it away. */
const PART = 16;

describe('the secret of an API key', () => {
  it('stands nowhere in the database, nor does a part of it, when the key was made, asked for again and used', async () => {
    const input = { name: 'Import', scopes: ['read' as const] };
    const id = uuidv7();
    const { secret } = await server.execute('apiKey.create', input, office.owner, id);
    assert.ok(secret);
    await server.execute('apiKey.create', input, office.owner, id);
    const answer = await server.http('GET', '/api/v1/inboxes', undefined, { authorization: `Bearer ${secret}` });
    assert.equal(answer.status, 200, answer.text);
    await settled(server);

    const everything = await server.everything();

    assert.ok(everything.includes(secret.slice(0, 8)), 'what keys are told apart by is among what was read');
    for (let start = 0; start + PART <= secret.length; start++)
      assert.ok(!everything.includes(secret.slice(start, start + PART)), `from character ${start} on`);
  });
});
