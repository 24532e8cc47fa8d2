/** For every command: what a client held before, and the events it hears, make what it would fetch afterwards. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { commands } from '../../shared/contract/catalogue.ts';
import type { CommandName } from '../../shared/contract/catalogue.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { closeCodes } from '../../shared/wire/protocol.ts';
import { audience } from '../../server/realtime/audience.ts';
import { examples } from './examples.ts';
import { startTestServer, TestClock, until } from './harness.ts';
import {
  applyTeammateEvent,
  applyVisitorEvent,
  fetchTeammateState,
  fetchWidgetState,
  shownToTeammate,
  shownToVisitor,
} from './known-state.ts';
import type { TeammateState } from './known-state.ts';
import { settled } from './people.ts';
import type { Example, Scene } from './scene.ts';
import { makeStage } from './stage.ts';
import { closeSockets, ownerSocket, TestSocket, visitorSocket } from './test-socket.ts';
import { signingSecret, teammateToken } from './tokens.ts';

const clock = new TestClock();
const server = await startTestServer({ clock });
const stage = await makeStage(server);
const { office } = stage;
// Opening hours must not change between the event and the fetch.
clock.freeze();

type Told = { id: string; name: keyof typeof audience };

async function log(): Promise<Told[]> {
  return [
    ...(await server.running.connections.sql<
      Told[]
    >`select id::text, name from parlour.event_log as entry order by entry.id`),
  ];
}

/** The three who listen, from one example to the next; whoever was let go comes back. */
const lines: { owner?: TestSocket; agent?: TestSocket; widget?: TestSocket } = {};

async function listeners() {
  const isOpen = (socket: TestSocket | undefined): socket is TestSocket =>
    socket !== undefined && socket.closeCode === undefined;
  if (!isOpen(lines.owner)) lines.owner = await ownerSocket(office);
  if (!isOpen(lines.agent)) lines.agent = await agentSocket();
  if (!isOpen(lines.widget)) lines.widget = await visitorSocket(office, stage.visitor);
  return [lines.owner, lines.agent, lines.widget] as const;
}

async function agentSocket(): Promise<TestSocket> {
  const socket = new TestSocket(server);
  const secret = await signingSecret(office);
  const token = teammateToken(server, { secret, workspaceId: office.workspaceId, subject: stage.agent.id });
  await socket.hello({ kind: 'token', token });
  return socket;
}

/** Every event that was committed has been told when the owner, who hears all, has heard it. */
async function heard(socket: TestSocket, events: readonly Told[]): Promise<void> {
  const told = events.filter(({ name }) => audience[name] !== 'nobody');
  await until('the owner hears of everything', () =>
    told.every(({ id }) => socket.events.some((event) => event.id === id)),
  );
}

/** What the arrangement did is told, and so not mistaken for what the command does. */
async function arranged(owner: TestSocket): Promise<void> {
  const name = `Arranged ${uuidv7()}`;
  await server.execute('workspace.rename', { name }, office.owner);
  await until('the arrangement is told', () => owner.events.some(({ records }) => records.workspace?.name === name));
}

/** Commands after which the agent may see other things: no event can tell all of that, so they are told to begin anew (rule 6). */
const changesSight: ReadonlySet<string> = new Set(['inbox.addMember', 'inbox.removeMember']);

async function replay(name: CommandName, example: Example<CommandName>): Promise<void> {
  clock.advance(1_000);
  const scene: Scene<CommandName> = await example.arrange(stage, example.by[0]);
  await settled(server);
  await arranged((await listeners())[0]);
  const [owner, agent, widget] = await listeners();
  const fetchAll = async () => ({
    owner: await fetchTeammateState(owner, scene),
    agent: changesSight.has(name) && agent.closeCode ? null : await fetchTeammateState(agent, scene),
    widget: await fetchWidgetState(widget, scene),
  });
  const stale = await fetchAll();
  const before = await log();
  const marks = [owner.events.length, agent.events.length, widget.events.length] as const;

  await server.execute(name, scene.input as never, await stage.actor(example.by[0]), uuidv7());

  const written = (await log()).slice(before.length);
  assert.ok(written.length > 0, 'the example changes nothing');
  await heard(owner, written);
  if (changesSight.has(name)) assert.equal(await agent.closed(), closeCodes.resync);
  const fresh = await fetchAll();
  const follow = (state: TeammateState, socket: TestSocket, mark: number) =>
    shownToTeammate(socket.events.slice(mark).reduce((held, event) => applyTeammateEvent(held, event, scene), state));
  assert.deepEqual(follow(stale.owner, owner, marks[0]), shownToTeammate(fresh.owner), 'the owner');
  if (fresh.agent) assert.deepEqual(follow(stale.agent!, agent, marks[1]), shownToTeammate(fresh.agent), 'the agent');
  const events = widget.visitorEvents.slice(marks[2]);
  const followed = events.reduce((held, event) => applyVisitorEvent(held, event, scene), stale.widget);
  assert.deepEqual(shownToVisitor(followed), shownToVisitor(fresh.widget), 'the visitor');
}

after(closeSockets);

describe('stale state and the events of a command make the fresh state', () => {
  for (const name of Object.keys(commands) as CommandName[]) {
    // There is nobody to hear how the workspace is made.
    if (name === 'workspace.create') continue;
    for (const example of examples[name] as readonly Example<CommandName>[]) {
      it(`${name}: ${example.situation}`, () => replay(name, example));
    }
  }
});
