/** What the log may know of an error. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { readLog } from '../../server/database/event-log.ts';
import { loggedError } from '../../server/logged-error.ts';
import { startTestServer } from './harness.ts';
import { makeVisitor, setUp, startConversation } from './people.ts';

test('a failed statement is logged without the values it was given, and without the rows Postgres quotes', () => {
  const cause = Object.assign(new Error('duplicate key value violates unique constraint "contact_email"'), {
    code: '23505',
    detail: 'Key (email)=(anna@example.com) already exists.',
  });
  const logged = loggedError(
    new DrizzleQueryError(
      'insert into contact values ($1, $2)',
      ['anna@example.com', 'first line\n    at second'],
      cause,
    ),
  );
  assert.doesNotMatch(JSON.stringify(logged), /anna|first line|second/);
  assert.equal(logged.message, 'Failed query: insert into contact values ($1, $2)');
  assert.deepEqual([logged.cause?.code, logged.cause?.message], ['23505', cause.message]);
  assert.match(logged.cause?.stack ?? '', /logged-error\.test/);
});

test('what is thrown and is no error is not repeated', () => {
  assert.deepEqual(loggedError('a secret'), {
    type: 'string',
    message: 'something that is no error was thrown',
    stack: '',
  });
});

test('a server that has stopped tells nobody of what was committed last, and logs no error about it', async () => {
  const server = await startTestServer();
  const office = await setUp(server);
  await startConversation(office, await makeVisitor(office));
  const { rows } = await readLog(server.running.connections.sql, { position: '0', limit: 100 });
  assert.ok(rows.some(({ conversationId }) => conversationId !== null));
  await server.close();
  // Other ids than those that it has told already.
  server.running.publisher.publish(rows.map((row, index) => ({ ...row, id: String(1_000_000 + index) })));
  server.running.publisher.wake();
  await server.running.publisher.stop();
  assert.deepEqual(server.errors, []);
});
