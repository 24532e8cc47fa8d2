/** Whoever is an admin of an inbox sets that inbox up, though they are an agent of the workspace: that inbox alone, and as long as they are. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { CommandInput, CommandName } from '../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import type { TeammateActor } from '../../server/kernel/actor.ts';
import { isRefusal, refused, startTestServer, until } from './harness.ts';
import {
  actingAs,
  makeForeignOffice,
  makeInbox,
  makeTeammate,
  makeVisitor,
  settled,
  setUp,
  startConversation,
} from './people.ts';
import { closeSockets, TestSocket } from './test-socket.ts';
import { signingSecret, teammateToken } from './tokens.ts';

after(closeSockets);
const server = await startTestServer();
const office = await setUp(server);
const { owner, workspaceId } = office;
const theirs = await makeForeignOffice(office);
const secret = await signingSecret(office);

/** An inbox with an agent who is its admin, and another who is not. */
async function desk() {
  const shop = await makeInbox(office);
  const { inboxId } = shop;
  const [inboxAdmin, colleague] = await Promise.all([
    makeTeammate(office, { name: 'Lea', inboxIds: [inboxId] }),
    makeTeammate(office, { name: 'Cem', inboxIds: [inboxId] }),
  ]);
  await give(inboxId, inboxAdmin, 'admin');
  return { shop, inboxId, inboxAdmin, colleague };
}

const give = (inboxId: string, { id }: TeammateActor, role: 'admin' | 'agent') =>
  server.execute('inbox.addMember', { inboxId, teammateId: id, role }, owner);
const read = async (inboxId: string) => {
  const { inboxes } = await server.ask('inbox.list', {}, owner);
  return inboxes.find(({ id }) => id === inboxId)!;
};
const tokenOf = ({ id }: TeammateActor) => teammateToken(server, { secret, workspaceId, subject: id });

/** The sentence says who can, and is the same for every inbox, or one could tell from it which there are. */
async function refusedEverything(actor: TeammateActor, inboxId: string, teammateId: string): Promise<void> {
  const requests: { [N in CommandName]?: CommandInput<N> } = {
    'inbox.update': { inboxId, name: 'Mine' },
    'inbox.addMember': { inboxId, teammateId, role: 'admin' },
    'inbox.removeMember': { inboxId, teammateId },
  };
  for (const [name, input] of Object.entries(requests)) {
    await assert.rejects(server.execute(name as CommandName, input as never, actor), {
      code: 'forbidden',
      message: `You may not do this (${name}). An owner or admin of the workspace can.`,
    });
  }
}

describe('an admin of an inbox who is an agent of the workspace', () => {
  it('changes its settings, and who works in it as what', async () => {
    const { inboxId, inboxAdmin, colleague } = await desk();
    const newcomer = await makeTeammate(office);
    await server.execute('inbox.update', { inboxId, name: 'Tea desk', notifies: 'admins' }, inboxAdmin);
    await server.execute('inbox.addMember', { inboxId, teammateId: newcomer.id }, inboxAdmin);
    await server.execute('inbox.addMember', { inboxId, teammateId: colleague.id, role: 'admin' }, inboxAdmin);
    const { name, notifies, members } = await read(inboxId);
    assert.deepEqual([name, notifies], ['Tea desk', 'admins']);
    assert.deepEqual(
      new Map(members.map(({ teammateId, role }) => [teammateId, role])),
      new Map([
        [owner.id, 'admin'],
        [inboxAdmin.id, 'admin'],
        [colleague.id, 'admin'],
        [newcomer.id, 'agent'],
      ]),
    );
    // Whom they made an admin is one.
    await server.execute('inbox.removeMember', { inboxId, teammateId: newcomer.id }, colleague);
    assert.ok(!(await read(inboxId)).members.some(({ teammateId }) => teammateId === newcomer.id));
  });

  it('gives back to the queue what those they take out had open, themselves too', async () => {
    const { shop, inboxId, inboxAdmin, colleague } = await desk();
    const conversationId = await startConversation(shop, await makeVisitor(shop));
    const assignee = async () =>
      (await server.ask('conversation.get', { conversationId }, owner)).conversation.assigneeId;
    for (const { id } of [colleague, inboxAdmin]) {
      await server.execute('conversation.assign', { conversationId, assigneeId: id }, owner);
      assert.equal(await assignee(), id);
      await server.execute('inbox.removeMember', { inboxId, teammateId: id }, inboxAdmin);
      assert.equal(await assignee(), null);
    }
  });

  it('does it over HTTP, with a token of the host app', async () => {
    const { inboxId, inboxAdmin, colleague } = await desk();
    const path = `/api/v1/inboxes/${inboxId}`;
    const ask = (method: string, to: string, body?: unknown) =>
      server.http(method, to, body, { authorization: `Bearer ${tokenOf(inboxAdmin)}` });
    assert.equal((await ask('PATCH', path, { name: 'Over HTTP' })).status, 200);
    assert.equal((await ask('PUT', `${path}/members/${colleague.id}`, { role: 'admin' })).status, 200);
    assert.equal((await ask('DELETE', `${path}/members/${colleague.id}`)).status, 200);
    const other = await makeInbox(office);
    isRefusal(await ask('PATCH', `/api/v1/inboxes/${other.inboxId}`, { name: 'Mine' }), 403, 'forbidden');
  });

  it('is refused for every other inbox alike: one they work in, one they do not, a foreign one and none', async () => {
    const { inboxAdmin, colleague } = await desk();
    const worked = await makeInbox(office);
    await give(worked.inboxId, inboxAdmin, 'agent');
    const unseen = await makeInbox(office);
    const actor = await actingAs(server, workspaceId, inboxAdmin.id);
    await settled(server);
    const before = await server.contents();
    for (const inboxId of [worked.inboxId, unseen.inboxId, theirs.inboxId, uuidv7()])
      for (const { id } of [inboxAdmin, colleague]) await refusedEverything(actor, inboxId, id);
    assert.equal(await server.contents(), before);
  });

  it('finds no teammate of another company, and nobody who is not there', async () => {
    const { inboxId, inboxAdmin } = await desk();
    for (const teammateId of [theirs.owner.id, uuidv7()])
      await refused(server.execute('inbox.addMember', { inboxId, teammateId }, inboxAdmin), 'not_found');
    const { members } = await read(inboxId);
    await server.execute('inbox.removeMember', { inboxId, teammateId: theirs.owner.id }, inboxAdmin);
    assert.deepEqual((await read(inboxId)).members, members);
  });

  it('may no more than that', async () => {
    const { shop, inboxId, inboxAdmin } = await desk();
    const requests: { [N in CommandName]?: CommandInput<N> } = {
      'workspace.rename': { name: 'Mine' },
      'teammate.create': { name: 'Spy', email: 'spy@tide.example', role: 'admin', inboxIds: [inboxId] },
      'inbox.create': { name: 'Another' },
      'channel.create': { inboxId, name: 'Another' },
      'channel.update': { channelId: shop.channelId, name: 'Mine' },
      'apiKey.create': { name: 'Mine', scopes: ['admin'] },
      'articleCategory.create': { name: 'Mine' },
    };
    for (const [name, input] of Object.entries(requests))
      await refused(server.execute(name as CommandName, input as never, inboxAdmin), 'forbidden');
  });

  it('is refused once the role or the membership is taken, also on a line that was open before', async () => {
    const { inboxId, inboxAdmin } = await desk();
    const socket = new TestSocket(server);
    await socket.hello({ kind: 'token', token: tokenOf(inboxAdmin) });
    const rename = (name: string) => socket.command('inbox.update', { inboxId, name });
    await rename('While admin');
    await give(inboxId, inboxAdmin, 'agent');
    assert.equal((await socket.nack('command', 'inbox.update', { inboxId, name: 'After' })).code, 'forbidden');
    // As somebody who was asked for before the role went, and so still seems to have it.
    await refusedEverything(inboxAdmin, inboxId, inboxAdmin.id);
    await give(inboxId, inboxAdmin, 'admin');
    await server.execute('inbox.update', { inboxId, name: 'Again' }, inboxAdmin);
    await server.execute('inbox.removeMember', { inboxId, teammateId: inboxAdmin.id }, owner);
    await refusedEverything(inboxAdmin, inboxId, inboxAdmin.id);
    assert.equal((await read(inboxId)).name, 'Again');
  });

  it('is refused what waited while the role was taken', async () => {
    for (const take of ['role', 'membership'] as const) {
      const { inboxId, inboxAdmin } = await desk();
      const { name } = await read(inboxId);
      const { sql } = server.running.connections;
      let late: Promise<unknown> = Promise.resolve();
      await sql.begin(async (tx) => {
        const [own] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
        await tx`select 1 from parlour.inbox where id = ${inboxId} for update`;
        if (take === 'role')
          await tx`update parlour.inbox_member set role = 'agent' where teammate_id = ${inboxAdmin.id}`;
        else await tx`delete from parlour.inbox_member where teammate_id = ${inboxAdmin.id}`;
        late = refused(server.execute('inbox.update', { inboxId, name: 'Too late' }, inboxAdmin), 'forbidden');
        await until('the change waits', async () => {
          const waiting = await sql`select 1 from pg_stat_activity where ${own!.pid} = any (pg_blocking_pids(pid))`;
          return waiting.length > 0;
        });
      });
      await late;
      assert.equal((await read(inboxId)).name, name);
    }
  });

  it('is told again that it was done, where they took themselves out and did not hear of it', async () => {
    const { inboxId, inboxAdmin } = await desk();
    const id = uuidv7();
    const leave = async () =>
      server.execute(
        'inbox.removeMember',
        { inboxId, teammateId: inboxAdmin.id },
        await actingAs(server, workspaceId, inboxAdmin.id),
        id,
      );
    assert.deepEqual(await leave(), {});
    assert.deepEqual(await leave(), {});
  });
});

describe('an agent who is no admin of the inbox', () => {
  it('is refused without a lock: nobody waits for them, nor they for anybody', async () => {
    const { inboxId, inboxAdmin, colleague } = await desk();
    const { sql } = server.running.connections;
    await sql.begin(async (tx) => {
      await tx`select 1 from parlour.inbox where id = ${inboxId} for update`;
      await refusedEverything(colleague, inboxId, inboxAdmin.id);
    });
  });
});
