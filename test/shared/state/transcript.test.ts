import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VisitorPart } from '../../../shared/contract/part.ts';
import { parseMarkdown } from '../../../shared/state/markdown.ts';
import { transcriptPage, transcriptText } from '../../../shared/state/transcript.ts';

const setting = {
  title: 'Kilns',
  language: 'en',
  direction: 'ltr',
  you: 'You',
  workspaceName: 'Tide & Ember',
} as const;

test('the lines of a text whose marks are not read any more stay lines', () => {
  const part: VisitorPart = {
    id: '00000000-0000-7000-8000-000000000001',
    conversationId: '00000000-0000-7000-8000-000000000002',
    publicSeq: 1,
    author: { kind: 'visitor' },
    body: parseMarkdown('*a*\nb & c\nd', 2),
    createdAt: '2026-01-01T10:00:00.000Z',
  };
  assert.match(transcriptPage([part], setting), /<em>a<\/em><br>b &amp; c<br>d/);
  assert.match(transcriptText([part], setting), /\na\nb & c\nd\n/);
});
