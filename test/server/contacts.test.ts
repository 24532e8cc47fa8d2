/** Contacts: matched or made, never twice; merged without losing anything. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { refused, startTestServer, until } from './harness.ts';
import { makeApiKey, makeForeignOffice, makeVisitor, settled, setUp, startConversation } from './people.ts';

const server = await startTestServer();
const office = await setUp(server);
const { owner } = office;
const { actor: program } = await makeApiKey(office, ['read', 'write']);

const start = (contact: { name?: string; email?: string; phone?: string }, conversationId = uuidv7()) =>
  server.execute(
    'conversation.start',
    { conversationId, text: 'Hello', channelId: office.channelId, contact },
    program,
  );

describe('contacts', () => {
  it('twenty messages from one address at once make one contact with twenty conversations', async () => {
    await Promise.all(Array.from({ length: 20 }, () => start({ email: 'Jo@Customer.Example ' })));
    const { contacts } = await server.ask('contact.list', { search: 'jo@customer' }, owner);
    assert.deepEqual(
      contacts.map(({ email }) => email),
      ['jo@customer.example'],
    );
    const page = await server.ask('conversation.list', { contactId: contacts[0]!.id, limit: 100 }, owner);
    assert.equal(page.conversations.length, 20);
  });

  it('messages from one address do not wait for one another, however long one of them takes', async () => {
    const { sql } = server.running.connections;
    const email = 'busy@customer.example';
    await start({ email });
    await settled(server);
    let started: Promise<unknown> = Promise.resolve();
    await sql.begin(async (tx) => {
      // What each has to write last.
      await tx`lock table parlour.event_log in share mode`;
      // One fills in the name that is missing; two could do so one after the other only.
      started = Promise.all([{ email }, { email, name: 'Jo' }, { email }].map((contact) => start(contact)));
      started.catch(() => undefined);
      await until('all of them have all but ended', async () => {
        const [row] = await sql<{ count: number }[]>`
          select count(*)::integer from pg_locks where relation = 'parlour.event_log'::regclass and not granted
            and database = (select oid from pg_database where datname = current_database())`;
        return row!.count === 3;
      });
    });
    await started;
  });

  it('get a missing name once, from one of several messages at once', async () => {
    const email = 'nameless@customer.example';
    const { contactId } = await server.execute('contact.create', { email }, owner);
    await Promise.all(Array.from({ length: 8 }, (_, index) => start({ email, name: `Jo ${index}` })));
    const { entries } = await server.ask('contact.timeline', { contactId, limit: 100 }, owner);
    assert.equal(entries.filter(({ name }) => name === 'contact.updated').length, 1);
    const { contact } = await server.ask('contact.get', { contactId }, owner);
    assert.match(contact.name ?? '', /^Jo \d$/);
  });

  it('are matched by email before phone, and what is known is never overwritten by a claim', async () => {
    const { contactId: byEmail } = await server.execute(
      'contact.create',
      { email: 'a@b.example', name: 'Known' },
      owner,
    );
    const { contactId: byPhone } = await server.execute('contact.create', { phone: '+49 30 123456' }, owner);
    assert.deepEqual(
      await server.execute('contact.create', { email: 'A@B.example', phone: '+4930123456', name: 'Claimed' }, owner),
      {
        contactId: byEmail,
        created: false,
      },
    );
    assert.deepEqual(await server.execute('contact.create', { phone: '+49 (30) 123-456', name: 'Filled in' }, owner), {
      contactId: byPhone,
      created: false,
    });
    assert.equal((await server.ask('contact.get', { contactId: byEmail }, owner)).contact.name, 'Known');
    assert.equal((await server.ask('contact.get', { contactId: byPhone }, owner)).contact.name, 'Filled in');
  });

  it('keep an address to one of them: taking another’s is a conflict, also for two at once', async () => {
    const { contactId } = await server.execute('contact.create', { email: 'taken@b.example' }, owner);
    const others = await Promise.all([1, 2].map(() => server.execute('contact.create', { name: 'Somebody' }, owner)));
    const take = (id: string, email: string) => server.execute('contact.update', { contactId: id, email }, owner);
    await refused(take(others[0]!.contactId, 'taken@b.example'), 'conflict', /Merge the two/);
    const results = await Promise.allSettled(others.map((other) => take(other.contactId, 'wanted@b.example')));
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const { contacts } = await server.ask('contact.list', { search: 'wanted@' }, owner);
    assert.equal(contacts.length, 1);
    await take(contactId, 'taken@b.example');
  });

  it('have an owner on the team and a lead status; merged, those of the one that is gone fill gaps', async () => {
    const { contactId } = await server.execute('contact.create', { email: 'lead@b.example' }, owner);
    const { contactId: sourceId } = await server.execute('contact.create', { email: 'twin@b.example' }, owner);
    const read = async () => (await server.ask('contact.get', { contactId }, owner)).contact;
    assert.deepEqual([(await read()).ownerId, (await read()).leadStatus], [null, null]);
    await refused(server.execute('contact.update', { contactId, ownerId: uuidv7() }, owner), 'not_found');
    const elsewhere = await makeForeignOffice(office);
    await refused(server.execute('contact.update', { contactId, ownerId: elsewhere.owner.id }, owner), 'not_found');
    await server.execute('contact.update', { contactId: sourceId, ownerId: owner.id, leadStatus: 'new' }, owner);
    await server.execute('contact.update', { contactId, leadStatus: 'connected', lifecycle: 'qualified' }, owner);
    await server.execute('contact.merge', { contactId, sourceId }, owner);
    const merged = await read();
    assert.deepEqual([merged.ownerId, merged.leadStatus, merged.lifecycle], [owner.id, 'connected', 'qualified']);
    await server.execute('contact.update', { contactId, ownerId: null, leadStatus: null }, owner);
    assert.deepEqual([(await read()).ownerId, (await read()).leadStatus], [null, null]);
  });

  it('merge: conversations, sessions, timeline and empty fields go to the one that stays', async () => {
    const visitor = await makeVisitor(office);
    const conversationId = await startConversation(office, visitor);
    const { contact: source } = await server.ask('conversation.get', { conversationId }, owner);
    await server.execute(
      'contact.update',
      { contactId: source.id, name: 'From the chat', phone: '+4930999999' },
      owner,
    );
    const { contactId } = await server.execute('contact.create', { email: 'stays@b.example', name: 'Stays' }, owner);
    await server.execute('contact.merge', { contactId, sourceId: source.id }, owner);

    const { contact } = await server.ask('contact.get', { contactId }, owner);
    assert.deepEqual([contact.name, contact.email, contact.phone], ['Stays', 'stays@b.example', '+4930999999']);
    assert.equal((await server.ask('conversation.get', { conversationId }, owner)).contact.id, contactId);
    await refused(server.ask('contact.get', { contactId: source.id }, owner), 'not_found');
    await refused(server.execute('contact.update', { contactId: source.id, name: 'Ghost' }, owner), 'not_found');
    await refused(server.execute('contact.merge', { contactId, sourceId: source.id }, owner), 'not_found');
    await refused(server.execute('contact.merge', { contactId, sourceId: contactId }, owner), 'invalid', /itself/);
    const next = await startConversation(office, visitor);
    assert.equal((await server.ask('conversation.get', { conversationId: next }, owner)).contact.id, contactId);
    const { entries } = await server.ask('contact.timeline', { contactId }, owner);
    assert.deepEqual(
      new Set(entries.map(({ name }) => name)),
      new Set(['contact.created', 'contact.updated', 'contact.merged', 'conversation.started']),
    );
  });

  it('merge while the visitor begins to write: no conversation stays with the one that is gone', async () => {
    for (let round = 0; round < 8; round++) {
      const visitor = await makeVisitor(office);
      const first = await startConversation(office, visitor);
      const { contact: source } = await server.ask('conversation.get', { conversationId: first }, owner);
      const { contactId } = await server.execute('contact.create', { email: `target${round}@b.example` }, owner);
      const [, ...ids] = await Promise.all([
        server.execute('contact.merge', { contactId, sourceId: source.id }, owner),
        ...Array.from({ length: 4 }, () => startConversation(office, visitor)),
      ]);
      for (const conversationId of [first, ...ids]) {
        const { conversation } = await server.ask('conversation.get', { conversationId }, owner);
        assert.equal(conversation.contactId, contactId);
      }
    }
  });
});
