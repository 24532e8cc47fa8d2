/** Those who act in tests: an owner, teammates, programs and visitors, made the way they come to be in life. */
import { randomBytes } from 'node:crypto';
import assert from 'node:assert/strict';
import type { ApiKeyScope } from '../../shared/contract/api-key.ts';
import type { TeammateRole } from '../../shared/contract/teammate.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import type { Actor, TeammateActor, VisitorActor } from '../../server/kernel/actor.ts';
import { hashToken } from '../../server/kernel/secrets.ts';
import { teammateActor } from '../../server/modules/teammate/queries.ts';
import { visitorSession } from '../../server/modules/visitor/schema.ts';
import { until } from './harness.ts';
import type { TestServer } from './harness.ts';

export const PASSWORD = 'correct horse battery';

export interface Office {
  server: TestServer;
  workspaceId: string;
  inboxId: string;
  channelId: string;
  channelKey: string;
  owner: TeammateActor;
  ownerEmail: string;
  /** The owner's sign-in, as a Cookie header. */
  cookie: string;
  /** Headers of the owner's own page. */
  page: Record<string, string>;
}

export const founding = {
  name: 'Tide & Ember',
  ownerName: 'Mara Lindqvist',
  email: 'mara@tide.example',
  password: PASSWORD,
  timeZone: 'Europe/Berlin',
};

/** Sets the server up through its form. New conversations of the first inbox stay unassigned unless a test wants rotation. */
export async function setUp(server: TestServer): Promise<Office> {
  const answer = await server.http(
    'POST',
    '/api/v1/set-up',
    { token: server.running.setUpToken, ...founding },
    { origin: server.origin },
  );
  assert.equal(answer.status, 204, answer.text);
  const cookie = cookieOf(answer.headers);
  const page = { cookie, origin: server.origin };
  const { body } = await server.http('GET', '/api/v1/workspace', undefined, page);
  const workspaceId = String(body.workspace.id);
  const [inboxId, channelId, channelKey] = [
    String(body.inboxes[0].id),
    String(body.channels[0].id),
    String(body.channels[0].key),
  ];
  const owner: TeammateActor = {
    kind: 'teammate',
    workspaceId,
    id: String(body.me.id),
    role: 'owner',
    inboxIds: 'all',
  };
  await server.execute('inbox.update', { inboxId, routing: 'unassigned', schedule: null }, owner);
  return { server, workspaceId, inboxId, channelId, channelKey, owner, ownerEmail: founding.email, cookie, page };
}

export function cookieOf(headers: Headers): string {
  return headers
    .getSetCookie()
    .map((line) => line.split(';')[0]!)
    .join('; ');
}

/** A teammate with a password nobody hashes: signing in is another test's business. */
export async function makeTeammate(
  { server, owner }: Office,
  { role = 'agent', inboxIds = [], name = 'Noor' }: { role?: TeammateRole; inboxIds?: string[]; name?: string } = {},
): Promise<TeammateActor & { email: string }> {
  const email = `${randomBytes(6).toString('hex')}@team.example`;
  const { teammateId } = await server.execute('teammate.create', { name, email, role, inboxIds }, owner);
  return { ...(await actingAs(server, owner.workspaceId, teammateId)), email };
}

/** A teammate with what they may see as of now. */
export async function actingAs(server: TestServer, workspaceId: string, teammateId: string): Promise<TeammateActor> {
  const actor = await teammateActor(server.running.connections.db, workspaceId, teammateId);
  assert.ok(actor);
  return actor;
}

export async function makeApiKey(
  { server, owner }: Office,
  scopes: ApiKeyScope[],
): Promise<{ secret: string; headers: Record<string, string>; actor: Extract<Actor, { kind: 'api-key' }> }> {
  const { apiKeyId, secret } = await server.execute('apiKey.create', { name: scopes.join(' '), scopes }, owner);
  assert.ok(secret);
  const actor = { kind: 'api-key', workspaceId: owner.workspaceId, id: apiKeyId, scopes } as const;
  return { secret, headers: { authorization: `Bearer ${secret}` }, actor };
}

export interface Visitor {
  token: string;
  actor: VisitorActor;
  headers: Record<string, string>;
}

export function visitorToken(): string {
  return `pv_${randomBytes(32).toString('base64url')}`;
}

export async function makeVisitor(
  { server, workspaceId, channelId, channelKey }: Office,
  key = channelKey,
  through = channelId,
): Promise<Visitor> {
  const token = visitorToken();
  const { sessionId } = await server.execute(
    'visitor.startSession',
    { channelKey: key, token },
    { kind: 'stranger', workspaceId },
  );
  return {
    token,
    headers: { authorization: `Bearer ${token}` },
    actor: { kind: 'visitor', workspaceId, id: sessionId, channelId: through },
  };
}

/** A visitor writes; answers with the conversation that began. */
export async function startConversation(
  { server }: Office,
  visitor: Visitor,
  text = 'Is the teapot dishwasher safe?',
): Promise<string> {
  const conversationId = uuidv7();
  await server.execute('conversation.start', { conversationId, text }, visitor.actor);
  return conversationId;
}

/** A channel with an inbox of its own. */
export async function makeInbox(office: Office, routing: 'rotate' | 'unassigned' = 'unassigned'): Promise<Office> {
  const { server, owner } = office;
  const { inboxId } = await server.execute(
    'inbox.create',
    { name: `Inbox ${randomBytes(3).toString('hex')}`, routing },
    owner,
  );
  const { channelId, key } = await server.execute('channel.create', { inboxId, name: 'Shop' }, owner);
  return { ...office, inboxId, channelId, channelKey: key };
}

/** Another company's data in the same database: set-up makes one workspace only, so the first rows are put there by hand. */
export async function makeForeignOffice(
  office: Office,
): Promise<Office & { visitor: Visitor; conversationId: string; apiKeyId: string }> {
  const { server } = office;
  const workspaceId = uuidv7();
  const { sql, db } = server.running.connections;
  await sql`insert into parlour.workspace (id, name, created_at) values (${workspaceId}, 'Other', now())`;
  const system = { kind: 'system', workspaceId } as const;
  const { inboxId } = await server.execute('inbox.create', { name: 'Theirs', routing: 'unassigned' }, system);
  const { channelId, key: channelKey } = await server.execute('channel.create', { inboxId, name: 'Theirs' }, system);
  const ownerEmail = 'them@other.example';
  const { teammateId } = await server.execute(
    'teammate.create',
    { name: 'Them', email: ownerEmail, role: 'owner' },
    system,
  );
  const owner = await actingAs(server, workspaceId, teammateId);
  const { apiKeyId } = await server.execute('apiKey.create', { name: 'theirs', scopes: ['read'] }, owner);
  const token = visitorToken();
  const sessionId = uuidv7();
  const now = new Date();
  await db
    .insert(visitorSession)
    .values({ workspaceId, id: sessionId, tokenHash: hashToken(token), channelId, createdAt: now, lastSeenAt: now });
  const actor = { kind: 'visitor', workspaceId, id: sessionId, channelId } as const;
  const visitor = { token, actor, headers: { authorization: `Bearer ${token}` } };
  const foreign = { ...office, workspaceId, inboxId, channelId, channelKey, owner, ownerEmail, cookie: '', page: {} };
  return { ...foreign, visitor, conversationId: await startConversation(foreign, visitor), apiKeyId };
}

/** Waits until sockets were told all that is committed: whoever connects from here on hears of it only by what they resume from, which lies behind it. */
export async function told({ running: { connections, publisher } }: TestServer): Promise<void> {
  await until('all is told', async () => {
    const [row] = await connections.sql<{ isLeft: boolean }[]>`
      select exists (select from parlour.event_log where xid >= ${publisher.position}::xid8) as "isLeft"`;
    if (row?.isLeft) publisher.wake();
    return row?.isLeft === false;
  });
}

/** Waits until reactions have read the log to its end and every job that was due is done. */
export async function settled({ running: { connections } }: TestServer): Promise<void> {
  await until('reactions and jobs are done', async () => {
    const [row] = await connections.sql<{ busy: boolean }[]>`
      select exists (select from graphile_worker.jobs where run_at <= now())
        or exists (select from parlour.event_log as entry, parlour.reaction_cursor as cursor
          where (entry.xid, entry.id) > (cursor.xid, cursor.id) and entry.name in ('conversation.started', 'conversation.snoozed')) as busy`;
    return row?.busy === false;
  });
}
