/** What the log may know of an error. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { loggedError } from '../../server/logged-error.ts';

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
