import type { TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { createVisitorClient, createWorkspaceClient } from '../../../shared/client/connection.ts';
import type {
  Client,
  ClientHandlers,
  ConnectionStatus,
  VisitorClient,
  WorkspaceClient,
} from '../../../shared/client/client.ts';
import type { Surroundings } from '../../../shared/client/surroundings.ts';
import type { VisitorConversation } from '../../../shared/contract/conversation.ts';
import type { VisitorPart } from '../../../shared/contract/part.ts';
import type { ServerFrame, VisitorEvent, WelcomeFrame } from '../../../shared/wire/frames.ts';
import { ManualClock } from './manual-clock.ts';
import { ScriptedServer } from './scripted-server.ts';
import type { Peer } from './scripted-server.ts';

export const conversationId = '01900000-0000-7000-8000-00000000000a';
export const otherConversationId = '01900000-0000-7000-8000-00000000000b';
const at = '2030-01-31T09:00:00.000Z';

/** Counts who listens, to tell whether somebody was left behind. */
export class CountedTarget extends EventTarget {
  listening = 0;
  visibilityState: 'visible' | 'hidden' = 'visible';
  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.listening += 1;
    super.addEventListener(...args);
  }
  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.listening -= 1;
    super.removeEventListener(...args);
  }
}

export type Bench = {
  server: ScriptedServer;
  clock: ManualClock;
  window: CountedTarget;
  document: CountedTarget;
  surroundings: Surroundings;
  teammate: (options?: { getToken?: () => Promise<string> }) => WorkspaceClient;
  visitor: (options?: { pageUrl?: () => string }) => VisitorClient;
};

/** A server and what clients stand on; all of it is gone after the test. */
export async function bench(context: TestContext, random = (): number => 0.5): Promise<Bench> {
  const server = await ScriptedServer.start();
  const clock = new ManualClock();
  const window = new CountedTarget();
  const document = new CountedTarget();
  const surroundings: Surroundings = {
    ...clock.surroundings,
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    canStream: false,
    window,
    document,
    random,
  };
  const clients: { close(): void }[] = [];
  const kept = <C extends { close(): void }>(client: C): C => {
    clients.push(client);
    return client;
  };
  context.after(async () => {
    for (const client of clients) client.close();
    await server.stop();
  });
  return {
    server,
    clock,
    window,
    document,
    surroundings,
    teammate: (options) => kept(createWorkspaceClient({ server: server.origin, ...options }, surroundings)),
    visitor: (options) =>
      kept(
        createVisitorClient(
          { server: server.origin, channelKey: 'key', token: `pv_${'a'.repeat(43)}`, ...options },
          surroundings,
        ),
      ),
  };
}

/** Resolves when the client stands like that. */
export function reached<E, S>(client: Client<E, S>, status: ConnectionStatus): Promise<void> {
  if (client.status === status) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = client.on('status', (now) => {
      if (now !== status) return;
      stop();
      resolve();
    });
  });
}

/** Resolves with what the client tells next of one kind. */
export function once<E, S, K extends keyof ClientHandlers<E, S>>(
  client: Client<E, S>,
  kind: K,
): Promise<Parameters<ClientHandlers<E, S>[K]>> {
  return new Promise((resolve) => {
    const handler = (...news: Parameters<ClientHandlers<E, S>[K]>): void => {
      stop();
      resolve(news);
    };
    const stop = client.on(kind, handler as ClientHandlers<E, S>[K]);
  });
}

export function teammateWelcome(change: Partial<WelcomeFrame> = {}): WelcomeFrame {
  const me = { id: '01900000-0000-7000-8000-000000000001', name: 'Ada', email: 'ada@example.org' };
  const teammate = {
    ...me,
    role: 'owner' as const,
    available: true,
    alerts: { missed: false, yours: false },
    createdAt: at,
  };
  return {
    type: 'welcome',
    epoch: 'first',
    position: '10',
    recovered: false,
    as: 'teammate',
    workspace: {
      workspace: { id: '01900000-0000-7000-8000-000000000002', name: 'Parlour', createdAt: at },
      me: teammate,
      teammates: [teammate],
      inboxes: [],
      channels: [],
      onlineTeammateIds: [],
      publicUrl: 'http://localhost',
      sendsMail: true,
      hasPassword: true,
    },
    ...change,
  };
}

export function visitorWelcome(
  conversations: readonly VisitorConversation[] = [],
  change: Partial<WelcomeFrame> = {},
): WelcomeFrame {
  const availability = { open: true, changesAt: null };
  const configuration = { key: 'key', name: 'Shop', color: null, greeting: '', availability, panel: '/panel.js' };
  return {
    type: 'welcome',
    epoch: 'first',
    position: '10',
    recovered: false,
    as: 'visitor',
    visitor: {
      sessionId: '01900000-0000-7000-8000-000000000003',
      configuration: { ...configuration, position: 'right' },
      availability,
      team: [],
      conversations: [...conversations],
      help: false,
      doors: { preChat: null, offHours: { mode: 'message', text: '', form: null }, known: [], consented: false },
    },
    ...change,
  };
}

export function visitorConversation(publicSeq: number, id = conversationId): VisitorConversation {
  const lastMessage = { preview: `Message ${publicSeq}`, authorKind: 'teammate' as const, at };
  return { id, status: 'open', publicSeq, readSeq: 0, teamReadSeq: 0, lastMessage, createdAt: at };
}

export function visitorEvent(publicSeq: number, id = conversationId): VisitorEvent {
  const part: VisitorPart = {
    id: `01900000-0000-7000-8000-${String(publicSeq).padStart(12, '0')}`,
    conversationId: id,
    publicSeq,
    author: { kind: 'workspace' },
    body: [],
    createdAt: at,
  };
  return {
    id: `${id}:${publicSeq}`,
    name: 'conversation.replied',
    at,
    conversation: visitorConversation(publicSeq, id),
    part,
  };
}

/** Connects a client and welcomes it. */
export async function welcomed<E, S>({ server }: Bench, client: Client<E, S>, welcome: ServerFrame): Promise<Peer> {
  client.connect();
  const peer = await server.peer();
  await peer.take('hello');
  peer.send(welcome);
  await reached(client, 'online');
  return peer;
}

/** Waits until something holds that nothing tells of. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

/** After a loss: lets the wait run out, and welcomes the client on its next line. */
export async function welcomedAgain<E, S>(
  { server, clock }: Bench,
  client: Client<E, S>,
  welcome: ServerFrame,
): Promise<Peer> {
  await reached(client, 'offline');
  clock.advance(clock.waits[0] ?? 0);
  const peer = await server.peer();
  await peer.take('hello');
  peer.send(welcome);
  await reached(client, 'online');
  return peer;
}
