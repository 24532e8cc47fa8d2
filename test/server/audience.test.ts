/** Who hears an event, and who must not: every command is carried out while everybody listens, and judged by the texts that came. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { commands } from '../../shared/contract/catalogue.ts';
import type { CommandName, EventName } from '../../shared/contract/catalogue.ts';
import type { Resume, WelcomeFrame } from '../../shared/wire/frames.ts';
import { examples } from './examples.ts';
import { startTestServer } from './harness.ts';
import { makeInbox, makeTeammate, makeVisitor, settled, startConversation, told } from './people.ts';
import type { Example } from './scene.ts';
import { makeStage } from './stage.ts';
import { closeSockets, ownerSocket, TestSocket, visitorSocket } from './test-socket.ts';
import { signingSecret, teammateToken } from './tokens.ts';

/** `workspace`: every teammate. `inbox`: those who see the inbox it is about. `visitor too`: they, and whose conversation it is. */
type Hearers = 'nobody' | 'workspace' | 'inbox' | 'visitor too';

/** Said a second time here, and not read from the server: who hears more or less than before is to be a change of two files. */
const hearersOf: Record<EventName, Hearers> = {
  'workspace.created': 'nobody',
  'workspace.renamed': 'workspace',
  'workspace.signingSecretRotated': 'nobody',
  'workspace.identitySecretRotated': 'nobody',
  'teammate.created': 'workspace',
  'teammate.renamed': 'workspace',
  'teammate.passwordChanged': 'nobody',
  'teammate.availabilityChanged': 'workspace',
  'teammate.alertsChanged': 'workspace',
  'inbox.created': 'inbox',
  'inbox.updated': 'inbox',
  'inbox.memberAdded': 'inbox',
  'inbox.memberRemoved': 'inbox',
  'channel.created': 'inbox',
  'channel.updated': 'workspace',
  'apiKey.created': 'nobody',
  'apiKey.revoked': 'nobody',
  'visitor.sessionStarted': 'nobody',
  'visitor.identified': 'nobody',
  'visitor.tracked': 'nobody',
  'visitor.sessionEnded': 'nobody',
  'contact.created': 'workspace',
  'contact.updated': 'workspace',
  'contact.merged': 'workspace',
  'conversation.started': 'visitor too',
  'conversation.replied': 'visitor too',
  'conversation.answered': 'visitor too',
  'conversation.rated': 'inbox',
  'conversation.noted': 'inbox',
  'conversation.assigned': 'inbox',
  'conversation.snoozed': 'inbox',
  'conversation.closed': 'visitor too',
  'conversation.transcriptRequested': 'nobody',
  'conversation.reopened': 'visitor too',
  'conversation.read': 'visitor too',
  'conversation.propertiesChanged': 'inbox',
  'conversation.markedUnread': 'inbox',
  'conversation.seen': 'visitor too',
  'article.created': 'workspace',
  'article.updated': 'workspace',
  'article.published': 'workspace',
  'article.unpublished': 'workspace',
  'article.deleted': 'workspace',
  'articleCategory.created': 'workspace',
  'articleCategory.updated': 'workspace',
  'articleCategory.deleted': 'workspace',
};

interface Entry {
  id: string;
  name: EventName;
  facts: Record<string, unknown>;
  /** The inbox it is about. */
  inboxId: string | null;
  /** The visitor session whose conversation it is about. */
  sessionId: string | null;
}

/** To a visitor a conversation never sleeps, and what is read among notes is nothing new. */
const keptFromVisitor: Partial<Record<EventName, (facts: Entry['facts']) => boolean>> = {
  'conversation.reopened': ({ from }) => from === 'snoozed',
  'conversation.read': ({ seenSeq }) => seenSeq === null,
};

const server = await startTestServer();
const stage = await makeStage(server);
const { office, visitor } = stage;
const otherInbox = await makeInbox(office);
const [member, outsider, bystander] = await Promise.all([
  makeTeammate(office, { inboxIds: [office.inboxId] }),
  makeTeammate(office, { inboxIds: [otherInbox.inboxId] }),
  makeVisitor(office),
]);
// Both have a conversation, and so could be told of one.
await startConversation(office, visitor);
await startConversation(office, bystander);
await settled(server);
await told(server);
const secret = await signingSecret(office);

async function agentSocket(teammateId: string, resume?: Resume) {
  const exp = Math.floor(server.clock.now().getTime() / 1000) + 600;
  const parts = { secret, workspaceId: office.workspaceId, subject: teammateId, claims: { exp } };
  const socket = new TestSocket(server);
  const welcome = await socket.hello({ kind: 'token', token: teammateToken(server, parts) }, resume);
  return Object.assign(socket, { welcome });
}

const asAgent =
  (inboxId: string) =>
  (entry: Entry): boolean =>
    hearersOf[entry.name] === 'workspace' || (hearersOf[entry.name] !== 'nobody' && entry.inboxId === inboxId);
const asVisitor =
  (sessionId: string) =>
  (entry: Entry): boolean =>
    hearersOf[entry.name] === 'visitor too' &&
    entry.sessionId === sessionId &&
    !keptFromVisitor[entry.name]?.(entry.facts);

interface Listener {
  socket: TestSocket & { welcome: WelcomeFrame };
  hears: (entry: Entry) => boolean;
}

const listeners = {
  'the owner': { socket: await ownerSocket(office), hears: ({ name }) => hearersOf[name] !== 'nobody' },
  'an agent of the inbox': { socket: await agentSocket(member.id), hears: asAgent(office.inboxId) },
  'an agent of another inbox': { socket: await agentSocket(outsider.id), hears: asAgent(otherInbox.inboxId) },
  'the visitor': { socket: await visitorSocket(office, visitor), hears: asVisitor(visitor.actor.id) },
  'another visitor': { socket: await visitorSocket(office, bystander), hears: asVisitor(bystander.actor.id) },
} satisfies Record<string, Listener>;

/** No example is about their inbox, or a conversation of theirs. */
const elsewhere: ReadonlySet<string> = new Set(['an agent of another inbox', 'another visitor']);

async function log(after = '0'): Promise<Entry[]> {
  return [
    ...(await server.running.connections.sql<Entry[]>`
      select entry.id::text, entry.name, entry.facts, conversation.session_id as "sessionId",
        coalesce(conversation.inbox_id, channel.inbox_id, (entry.facts->>'inboxId')::uuid) as "inboxId"
      from parlour.event_log as entry
      left join parlour.conversation on conversation.id = entry.conversation_id
      left join parlour.channel on channel.id = (entry.facts->>'channelId')::uuid
      where entry.id > ${after} order by entry.id`),
  ];
}

/** Names of events in what came, wherever in a frame they stand. */
const namesIn = (texts: readonly string[]): string[] =>
  [...texts.join('\n').matchAll(/"name":"([^"]+)"/g)].map(([, name]) => name!).filter((name) => name in hearersOf);

/** A line's answer comes after everything that was told on it before. */
const drained = ({ socket }: Listener): Promise<unknown> =>
  socket.query(socket.welcome.as === 'visitor' ? 'visitor.snapshot' : 'inbox.list', {});

/** What a command came to, with what its reactions added, when all of it is told. */
async function outcome(after: string): Promise<Entry[]> {
  for (;;) {
    await settled(server);
    const entries = await log(after);
    await told(server);
    await Promise.all(Object.values(listeners).map(drained));
    if ((await log(after)).length === entries.length) return entries;
  }
}

/** Events that happened where everybody listened who may hear them. */
const proven = new Set<EventName>();

async function isHeardByNobodyElse(name: CommandName, example: Example<CommandName>): Promise<void> {
  const { input, conversationId } = await example.arrange(stage, example.by[0]);
  const actor = await stage.actor(example.by[0]);
  const last = (await outcome('0')).at(-1)!.id;
  const marks = new Map(Object.values(listeners).map(({ socket }) => [socket, socket.texts.length]));

  await server.execute(name, input as never, actor);

  const entries = await outcome(last);
  assert.ok(entries.length > 0, 'the example changes nothing');
  for (const [who, { socket, hears }] of Object.entries(listeners)) {
    assert.equal(socket.closeCode, undefined, who);
    const texts = socket.texts.slice(marks.get(socket));
    const due = entries.filter(hears).map((entry) => entry.name);
    assert.deepEqual(namesIn(texts).sort(), due.sort(), who);
    if (conversationId && elsewhere.has(who))
      assert.ok(!texts.some((text) => text.includes(conversationId)), `${who} is told of the conversation`);
  }
  for (const entry of entries) if (isHeardByAllWhoMay(entry)) proven.add(entry.name);
}

function isHeardByAllWhoMay(entry: Entry): boolean {
  const { 'an agent of the inbox': agent, 'the visitor': theirs } = listeners;
  if (hearersOf[entry.name] === 'inbox') return agent.hears(entry);
  return hearersOf[entry.name] !== 'visitor too' || (agent.hears(entry) && theirs.hears(entry));
}

/** Of the examples, agents join and leave inboxes that nobody who listens here sees. */
const leaving: Example<'inbox.removeMember'> = {
  situation: 'somebody leaves the inbox whose member listens',
  by: ['owner'],
  arrange: async () => {
    const { id } = await makeTeammate(office, { inboxIds: [office.inboxId] });
    return { input: { inboxId: office.inboxId, teammateId: id } };
  },
  other: (input) => input,
};

after(closeSockets);

describe('of an event everybody hears who should, and nobody else', () => {
  // First, while the log is short enough to be replayed.
  it('on coming back, from the very beginning of the workspace', async () => {
    const newcomer = await makeTeammate(office);
    const entries = await outcome('0');
    const { epoch } = listeners['the owner'].socket.welcome;
    const resume = { epoch, position: '1' };
    const lines = [
      [await ownerSocket(office, resume), () => true],
      [await agentSocket(newcomer.id, resume), ({ name }: Entry) => hearersOf[name] === 'workspace'],
    ] as const;
    for (const [socket, mayHear] of lines) {
      assert.equal(socket.welcome.recovered, true);
      await socket.query('inbox.list', {});
      const due = entries.filter((entry) => hearersOf[entry.name] !== 'nobody' && mayHear(entry));
      assert.deepEqual(namesIn(socket.texts).sort(), due.map(({ name }) => name).sort());
      socket.cut();
    }
    for (const name of ['workspace.created', 'inbox.created'] as const)
      assert.ok(entries.some((entry) => entry.name === name));
  });

  for (const name of Object.keys(commands) as CommandName[]) {
    // There is nobody to hear how the workspace is made.
    if (name === 'workspace.create') continue;
    for (const example of examples[name] as readonly Example<CommandName>[])
      it(`${name}: ${example.situation}`, () => isHeardByNobodyElse(name, example));
  }
  it(`inbox.removeMember: ${leaving.situation}`, () =>
    isHeardByNobodyElse('inbox.removeMember', leaving as unknown as Example<CommandName>));

  it('which holds of every event there is', () => {
    const unproven = Object.keys(hearersOf).filter((name) => !proven.has(name as EventName));
    // The first is nobody's to hear and came before everybody; an inbox just made has no members yet.
    assert.deepEqual(unproven, ['workspace.created', 'inbox.created']);
  });
});
