/** Pages by key: everything once, in order, while more arrives; and counts that agree with them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { startTestServer } from './harness.ts';
import { actingAs, makeInbox, makeVisitor, setUp, startConversation } from './people.ts';
import type { Office } from './people.ts';

const server = await startTestServer();
const office = await setUp(server);
const { owner } = office;

const begin = async (where: Office): Promise<string> => startConversation(where, await makeVisitor(where));

describe('lists', () => {
  it('page through everything once while new conversations arrive, and counts say how many', async () => {
    const shop = await makeInbox(office);
    const ids = await Promise.all(Array.from({ length: 25 }, () => begin(shop)));
    for (const id of ids.slice(0, 5)) await server.execute('conversation.close', { conversationId: id }, owner);
    for (const id of ids.slice(5, 8))
      await server.execute('conversation.snooze', { conversationId: id, until: '2099-01-01T00:00:00.000Z' }, owner);
    for (const id of ids.slice(8, 12))
      await server.execute('conversation.assign', { conversationId: id, assigneeId: owner.id }, owner);
    await server.execute('conversation.markRead', { conversationId: ids[20]!, seq: 1 }, owner);
    const counts = await server.ask('conversation.counts', { inboxId: shop.inboxId }, owner);
    const all = async (input: object, newcomers = false): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await server.ask(
          'conversation.list',
          { inboxId: shop.inboxId, limit: 4, ...input, ...(cursor ? { cursor } : {}) },
          owner,
        );
        found.push(...page.conversations.map(({ id }) => id));
        cursor = page.next;
        if (newcomers) await begin(shop);
      }
      return found;
    };
    const counted: Record<string, object> = {};
    for (const status of ['open', 'snoozed', 'closed'] as const) {
      const lengths = await Promise.all(
        (['mine', 'unassigned', 'all'] as const).map((assignee) => all({ status, assignee })),
      );
      counted[status] = { mine: lengths[0]!.length, unassigned: lengths[1]!.length, all: lengths[2]!.length };
    }
    counted['open'] = { ...counted['open'], missed: 0 };
    assert.deepEqual({ ...counted, unread: 16, unreadByInbox: { [shop.inboxId]: 16 } }, counts);
    const everywhere = await server.ask('conversation.counts', {}, owner);
    assert.equal(everywhere.unreadByInbox[shop.inboxId], 16);
    const paged = await all({ status: 'open', assignee: 'all' }, true);
    assert.equal(new Set(paged).size, paged.length);
    assert.deepEqual(paged.toSorted(), ids.slice(8).toSorted());
  });

  it('tell which teammate spoke last, whatever has been written beside it since', async () => {
    const shop = await makeInbox(office);
    const [asked, answered, noted, automatic] = [
      await begin(shop),
      await begin(shop),
      await begin(shop),
      await begin(shop),
    ];
    const { teammateId } = await server.execute(
      'teammate.create',
      { name: 'Ines Roth', email: 'ines@lists.example', role: 'agent', inboxIds: [shop.inboxId] },
      owner,
    );
    const ines = await actingAs(server, shop.workspaceId, teammateId);
    await server.execute('conversation.reply', { conversationId: answered, text: 'At once' }, ines);
    await server.execute('conversation.reply', { conversationId: answered, text: 'And once more' }, owner);
    await server.execute('conversation.reply', { conversationId: noted, text: 'Done' }, ines);
    await server.execute('conversation.note', { conversationId: noted, text: 'Was that all?' }, owner);
    await server.execute(
      'conversation.autoRespond',
      { conversationId: automatic, text: 'We are off' },
      {
        kind: 'system',
        workspaceId: shop.workspaceId,
      },
    );
    const { conversations } = await server.ask('conversation.list', { inboxId: shop.inboxId }, owner);
    const authors = new Map(conversations.map(({ id, lastMessage }) => [id, lastMessage.authorId]));
    assert.deepEqual(
      [asked, answered, noted, automatic].map((id) => authors.get(id)),
      [undefined, owner.id, teammateId, undefined],
    );
  });

  it('hold what was missed until somebody answers, by an index of its own, page by page', async () => {
    const shop = await makeInbox(office);
    await begin(shop);
    await server.execute('inbox.update', { inboxId: shop.inboxId, schedule: { timeZone: 'UTC', spans: [] } }, owner);
    const missed: string[] = [];
    for (let count = 0; count < 7; count++) missed.push(await begin(shop));
    const { inboxId } = shop;
    const ask = async (): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await server.ask(
          'conversation.list',
          { inboxId, category: 'missed', limit: 3, ...(cursor ? { cursor } : {}) },
          owner,
        );
        found.push(...page.conversations.map(({ id }) => id));
        cursor = page.next;
      }
      return found;
    };
    assert.deepEqual(await ask(), missed.toReversed());
    assert.equal((await server.ask('conversation.counts', { inboxId }, owner)).open.missed, 7);
    await server.execute('conversation.reply', { conversationId: missed[3]!, text: 'Sorry' }, owner);
    await server.execute('conversation.close', { conversationId: missed[5]! }, owner);
    const left = missed.filter((_id, index) => index !== 3 && index !== 5).toReversed();
    assert.deepEqual(await ask(), left);
    assert.equal((await server.ask('conversation.counts', { inboxId }, owner)).open.missed, 5);
    const { sql } = server.running.connections;
    const plan = await sql.begin(async (tx) => {
      await tx`set local enable_seqscan = off`;
      return tx`explain select * from parlour.conversation where workspace_id = ${office.workspaceId}
        and begun_off and first_replied_at is null and status in ('open', 'pending')
        order by listed_hour desc, last_message_at desc, id desc limit 4`;
    });
    assert.match(JSON.stringify(plan), /conversation_missed/);
  });

  it('page through threads and contacts without a gap', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = uuidv7();
    await server.execute('conversation.start', { conversationId, text: '0' }, visitor.actor);
    for (let count = 0; count < 11; count++)
      await server.execute('conversation.note', { conversationId, text: `${count}` }, owner);
    const seqs: number[] = [];
    for (let before: number | undefined, more = true; more;) {
      const page = await server.ask(
        'conversation.parts',
        { conversationId, limit: 5, ...(before ? { before } : {}) },
        owner,
      );
      const found = page.parts.map((part) => ('seq' in part ? part.seq : 0));
      seqs.unshift(...found);
      [before, more] = [found[0], page.more];
    }
    assert.deepEqual(
      seqs,
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
    const names = Array.from({ length: 7 }, (_, index) => `Paged ${index}`);
    for (const name of names) await server.execute('contact.create', { name }, owner);
    const listed: (string | null)[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await server.ask(
        'contact.list',
        { search: 'paged', limit: 3, ...(cursor ? { cursor } : {}) },
        owner,
      );
      listed.push(...page.contacts.map(({ name }) => name));
      cursor = page.next;
    }
    assert.equal(listed.length, names.length);
    assert.deepEqual(new Set(listed), new Set(names));
  });
});
