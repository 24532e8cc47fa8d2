import { attachmentUpload } from '../policy/commands.ts';
import { API } from './api.ts';
import { EVERY_REQUEST, refusedWith } from './openapi-answers.ts';
import type { OperationObject } from './openapi-document.ts';
import { refTo } from './openapi-schemas.ts';
import { tags, whoMay } from './openapi-words.ts';

const tag = [tags.attachment.name];
const file = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };

/** The routes of files: their bodies are no JSON, so they stand beside the catalogue. */
export function attachmentDoors(): Record<string, OperationObject> {
  return {
    [`GET ${API}/attachment-limits`]: {
      operationId: 'attachment.limits',
      tags: tag,
      summary: 'What may be attached',
      description: '**Who may:** Anybody.',
      security: [],
      'x-policy': { anyone: true },
      responses: {
        '200': {
          description: 'The largest file in bytes, and the most files of one message.',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { maxBytes: { type: 'integer' }, maxPerMessage: { type: 'integer' } },
                required: ['maxBytes', 'maxPerMessage'],
                additionalProperties: false,
              },
            },
          },
        },
        ...refusedWith(['internal']),
      },
    },
    [`POST ${API}/attachments`]: {
      operationId: 'attachment.upload',
      tags: tag,
      summary: 'Send a file in',
      description: [
        'The body is the file itself. Its type is what its first bytes prove; what they do not prove is `application/octet-stream`, and so are HTML, SVG and scripts always. Then name its id in `attachmentIds` of a message: only you can, and once. A file that is in no message after a day is removed.',
        'The idempotency key becomes the file’s id. An upload that broke off leaves nothing behind and may be sent again under the same key; one that had arrived gives the same answer again.',
        `**Who may:** ${whoMay(attachmentUpload)}`,
      ].join('\n\n'),
      parameters: [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: true,
          description: 'Names the file.',
          schema: { $ref: refTo('CommandId') },
        },
        {
          name: 'name',
          in: 'query',
          required: false,
          description: 'What people see it called. Paths, controls and marks that mislead are taken out.',
          schema: { type: 'string' },
        },
      ],
      requestBody: { required: true, content: file },
      security: [{ apiKey: [] }, { teammateToken: [] }, { signInCookie: [] }, { visitorToken: [] }],
      'x-policy': attachmentUpload,
      responses: {
        '200': { description: 'Stored.', content: { 'application/json': { schema: { $ref: refTo('Attachment') } } } },
        ...refusedWith([
          'invalid',
          'unauthenticated',
          'forbidden',
          'id_reused',
          'conflict',
          'too_large',
          ...EVERY_REQUEST,
        ]),
      },
    },
    [`GET ${API}/attachments/{token}`]: {
      operationId: 'attachment.download',
      tags: tag,
      summary: 'Fetch a file by its link',
      description:
        'Links come from `attachment.links`. Pictures may be shown in place; everything else, and pictures asked for with `download`, are for saving. Nothing in a file may run: it comes with `nosniff` and in a sandbox.\n\n**Who may:** Whoever holds the link, until it runs out.',
      parameters: [
        { name: 'token', in: 'path', required: true, schema: { type: 'string' } },
        {
          name: 'download',
          in: 'query',
          required: false,
          description: 'Given at all: to save it, also a picture.',
          schema: { type: 'string' },
        },
      ],
      security: [],
      'x-policy': { anyone: true },
      responses: {
        '200': { description: 'The file.', content: file },
        ...refusedWith(['not_found', 'internal', 'unavailable']),
      },
    },
  };
}
