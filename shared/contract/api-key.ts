import * as v from 'valibot';
import { command, event, query } from './definition.ts';
import { id, instant, line } from './primitives.ts';

/** Each scope stands for itself: `read` for queries, `write` for commands on conversations and contacts, `admin` for changes of set-up. A key may have several. */
export const apiKeyScope = v.picklist(['read', 'write', 'admin']);
export type ApiKeyScope = v.InferOutput<typeof apiKeyScope>;

/** A key another program uses. Only its hash is kept; the secret is shown once. */
export const apiKey = v.strictObject({
  id,
  name: line(80),
  /** The first characters of the secret, to tell keys apart. */
  prefix: v.string(),
  scopes: v.array(apiKeyScope),
  createdAt: instant,
  lastUsedAt: v.nullable(instant),
});
export type ApiKey = v.InferOutput<typeof apiKey>;

export const apiKeyCommands = {
  'apiKey.create': command({
    summary: 'Make an API key. The secret is in this answer and nowhere else.',
    http: 'POST /api-keys',
    input: v.strictObject({ name: line(80), scopes: v.pipe(v.array(apiKeyScope), v.minLength(1)) }),
    result: v.strictObject({ apiKeyId: id, secret: v.nullable(v.string()) }),
  }),
  'apiKey.revoke': command({
    summary: 'Take an API key out of use, at once and for good.',
    http: 'DELETE /api-keys/{apiKeyId}',
    input: v.strictObject({ apiKeyId: id }),
    result: v.strictObject({}),
  }),
};

export const apiKeyQueries = {
  'apiKey.list': query({
    summary: 'The API keys in use, newest first.',
    http: 'GET /api-keys',
    input: v.strictObject({}),
    result: v.strictObject({ apiKeys: v.array(apiKey) }),
  }),
};

const apiKeyFacts = v.strictObject({ apiKeyId: id });
export const apiKeyEvents = {
  'apiKey.created': event({ summary: 'An API key was made.', facts: apiKeyFacts }),
  'apiKey.revoked': event({ summary: 'An API key was taken out of use.', facts: apiKeyFacts }),
};
