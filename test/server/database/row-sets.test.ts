/** Multi-row statements: every value comes to its own row, whether rows share it or not. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { postgresClient } from '../../../server/database/postgres-client.ts';
import { insertRows, selection, updateRows } from '../../../server/database/row-sets.ts';
import { part } from '../../../server/modules/conversation/schema.ts';
import { freshDatabase } from '../harness.ts';

const sql = postgresClient(await freshDatabase(), { max: 1, onnotice: () => undefined });
after(() => sql.end({ timeout: 1 }));

type Row = typeof part.$inferSelect;
const at = new Date('2026-03-01T09:00:00.123Z');

/** Rows of one conversation, each with what is given for it. */
function rowsOf(...given: Partial<Row>[]): Row[] {
  const workspaceId = randomUUID();
  const conversationId = randomUUID();
  return given.map((own, index) => ({
    workspaceId,
    conversationId,
    seq: index + 1,
    id: randomUUID(),
    publicSeq: null,
    kind: 'message',
    authorKind: 'contact',
    authorId: null,
    body: null,
    activity: null,
    attachments: null,
    createdAt: at,
    answers: null,
    fingerprint: null,
    ...own,
  }));
}

async function stored(rows: readonly Row[]): Promise<Row[]> {
  const found = await sql<Row[]>`
    select ${sql.unsafe(selection(part))} from parlour.part where conversation_id = ${rows[0]!.conversationId} order by seq`;
  return [...found];
}

const body = (text: string): Row['body'] => [{ type: 'paragraph', content: [{ type: 'text', text }] }];
const later = new Date(at.getTime() + 1);

const cases: Record<string, Partial<Row>[]> = {
  'one row, of which everything is shared': [{ body: body('alone') }],
  'one row of nothing but what must be': [{}],
  'rows that share all but their ids': [{ body: null }, {}, {}],
  'words that differ': [{ body: body('one') }, { body: body('two') }],
  'words that are the same object': ((same) => [{ body: same }, { body: same }])(body('same')),
  'nulls among values, first': [{ publicSeq: null }, { publicSeq: 2 }, { publicSeq: 3 }],
  'nulls among values, last': [{ publicSeq: 1 }, { publicSeq: 2 }, { publicSeq: null }],
  'nulls among words': [{ body: body('one') }, { body: null }, { body: body('three') }],
  'instants that are equal and not the same': [{ createdAt: new Date(at) }, { createdAt: new Date(at) }],
  'instants that differ': [{ createdAt: at }, { createdAt: later }],
  'all that arrays and JSON have to escape': [
    { body: body('"\\{},NULL\'') },
    { body: body('null') },
    { body: body('\u0001NULL\u0001') },
    { body: body('\n\t“”🏺\\"') },
  ],
  'the same, shared': ((same) => [{ body: same }, { body: same }])(body('"\\{},NULL\'\n🏺')),
  'words of a column that look like nothing': [{ kind: 'note' }, { kind: 'activity' }],
};

for (const [name, given] of Object.entries(cases)) {
  test(`inserts ${name}`, async () => {
    const rows = rowsOf(...given);
    await insertRows(sql, part, rows);
    assert.deepEqual(await stored(rows), rows);
  });
}

test('updates each row with its own, and shared values with all', async () => {
  const rows = rowsOf({}, {}, {});
  await insertRows(sql, part, rows);
  const changed = rows.map((row, index) => ({
    ...row,
    kind: 'note' as const,
    body: index === 1 ? null : body(`${index}`),
  }));
  await updateRows(sql, part, changed, ['kind', 'body'], () => null);
  assert.deepEqual(await stored(rows), changed);
});

test('updates one row, and empties what it held', async () => {
  const rows = rowsOf({ body: body('words'), publicSeq: 4 });
  await insertRows(sql, part, rows);
  await updateRows(sql, part, [{ ...rows[0]!, body: null, publicSeq: null }], ['body', 'publicSeq'], () => null);
  assert.deepEqual(await stored(rows), [{ ...rows[0]!, body: null, publicSeq: null }]);
});

test('fails, and changes nothing, where a row is not as it was left', async () => {
  const rows = rowsOf({}, {});
  const [written] = await insertRows<typeof part, { xid: string }>(sql, part, rows, [], 'xmin::text as xid');
  const { xid } = written!;
  const changed = rows.map((row) => ({ ...row, kind: 'note' as const }));
  await assert.rejects(
    updateRows(sql, part, changed, ['kind'], ({ seq }) => (seq === 1 ? xid : '3')),
    /as they were left/,
  );
  assert.deepEqual(await stored(rows), rows);
  await updateRows(sql, part, changed, ['kind'], () => xid);
  assert.deepEqual(await stored(rows), changed);
});
