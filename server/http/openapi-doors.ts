import { API } from './api.ts';
import { attachmentDoors } from './openapi-attachments.ts';
import { EVERY_REQUEST, refusedWith, signedIn } from './openapi-answers.ts';
import type { Answer, JsonSchema, OperationObject } from './openapi-document.ts';
import { refTo } from './openapi-schemas.ts';
import { tags, type Noun } from './openapi-words.ts';

/** The routes that stand beside the catalogue. */
export function doorsBeside(): Record<string, OperationObject> {
  const state = (...values: string[]): Answer['content'] => {
    const schema: JsonSchema = {
      type: 'object',
      properties: { [values.length > 1 ? 'state' : 'status']: { type: 'string', enum: values } },
      required: [values.length > 1 ? 'state' : 'status'],
      additionalProperties: false,
    };
    return { 'application/json': { schema } };
  };
  const door = (
    noun: Noun,
    operationId: string,
    summary: string,
    who: string,
    more: Pick<OperationObject, 'responses'> & Partial<OperationObject>,
  ): OperationObject => ({
    operationId,
    tags: [tags[noun].name],
    summary,
    description: `**Who may:** ${who}`,
    security: [],
    'x-policy': { anyone: true },
    ...more,
  });
  const credentials: JsonSchema = {
    type: 'object',
    properties: { email: { $ref: refTo('Email') }, password: { type: 'string', maxLength: 200 } },
    required: ['email', 'password'],
    additionalProperties: false,
  };
  return {
    [`GET ${API}/session`]: door('session', 'session.get', 'Whether this browser is signed in', 'Anybody.', {
      responses: {
        '200': {
          description: '`set-up`: there is no workspace yet.',
          content: state('signed-in', 'signed-out', 'set-up')!,
        },
        ...refusedWith(['internal', 'unavailable']),
      },
    }),
    [`POST ${API}/session`]: door(
      'session',
      'session.start',
      'Sign in',
      'A teammate with a password, from the server’s own pages.',
      {
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: credentials,
              example: { email: 'ada@shop.example', password: 'a long sentence is best' },
            },
          },
        },
        responses: {
          '204': signedIn,
          ...refusedWith(['invalid', 'unauthenticated', 'origin_refused', 'too_large', ...EVERY_REQUEST]),
        },
      },
    ),
    [`DELETE ${API}/session`]: door(
      'session',
      'session.end',
      'Sign out',
      'Anybody, from the server’s own pages. The sockets of the session end with it.',
      {
        responses: {
          '204': { description: 'Signed out.' },
          ...refusedWith(['origin_refused', 'too_large', 'internal', 'unavailable']),
        },
      },
    ),
    ...attachmentDoors(),
    'GET /healthz': door('server', 'server.health', 'Whether the process answers', 'Anybody.', {
      responses: { '200': { description: 'It does.', content: state('ok')! } },
    }),
    'GET /readyz': door(
      'server',
      'server.readiness',
      'Whether it takes requests: started, with a database, not about to stop',
      'Anybody.',
      {
        responses: {
          '200': { description: 'It does.', content: state('ready')! },
          '503': {
            description: 'Not yet, or not any more. A database that cannot be reached is a refusal, `unavailable`.',
            content: {
              'application/json': {
                schema: { anyOf: [state('not ready')!['application/json']!.schema, { $ref: refTo('Refusal') }] },
              },
            },
          },
        },
      },
    ),
  };
}
