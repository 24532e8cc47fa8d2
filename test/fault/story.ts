/** People write, something is killed, it comes back, they go on; in the end everything is looked at. */
import { setTimeout as sleep } from 'node:timers/promises';
import { RequestError } from '../../shared/client/client.ts';
import { postgresClient } from '../../server/database/postgres-client.ts';
import type { Evidence, Notebook, Shown, StoredConversation, StoredPart } from './evidence.ts';
import { KillableServer, owner } from './killable-server.ts';
import { WritingTeammate, WritingVisitor, type Person } from './people.ts';

export type Victim = 'server' | 'database' | 'both';

export type Story = {
  /** What to start: see `killable-server.ts`. */
  words: string[];
  rounds: number;
  victims: readonly Victim[];
  visitors?: number;
  teammates?: number;
  /** How long everything may take to reach everybody at last. Left out: long enough for a heartbeat, by which a loss would be noticed. */
  settleMs?: number;
};

/** Plays a story to its end and gives what there is to judge it by. */
export async function play({
  words,
  rounds,
  victims,
  visitors = 10,
  teammates = 3,
  settleMs = 45_000,
}: Story): Promise<Evidence> {
  const server = await KillableServer.make(words);
  const people: Person[] = [];
  try {
    await server.start();
    const notebook = { written: [], acknowledged: new Map(), refused: new Map() };
    const { cookies, channelKey } = await hire(server, teammates);
    cookies.forEach((cookie, index) =>
      people.push(new WritingTeammate(`teammate ${index}`, server.url, cookie, notebook)),
    );
    for (let index = 0; index < visitors; index += 1) {
      people.push(new WritingVisitor(`visitor ${index}`, { url: server.url, channelKey }, notebook));
    }
    for (const person of people) person.write();
    for (let round = 0; round < rounds; round += 1) {
      await untilAnswered(notebook);
      await sleep(200 + Math.random() * 1_000);
      await strike(server, victims[round % victims.length]!);
    }
    await sleep(500);
    for (const person of people) person.stop();
    return await examine(server, people, notebook, settleMs);
  } catch (error) {
    throw new Error(`The story broke off. The server's last words:\n${server.output.slice(-4_000)}`, { cause: error });
  } finally {
    for (const person of people) person.leave();
    await server.remove();
  }
}

/** Not before somebody has been answered since it came back: on a slow machine a blow would hit nobody. */
async function untilAnswered({ acknowledged }: Notebook): Promise<void> {
  const before = acknowledged.size;
  for (const deadline = performance.now() + 60_000; acknowledged.size === before; await sleep(10)) {
    if (performance.now() > deadline) throw new Error('Nobody is answered.');
  }
}

async function strike(server: KillableServer, victim: Victim): Promise<void> {
  if (victim !== 'server') server.killDatabase();
  // The server starts it again by itself.
  if (victim === 'database') return server.untilReady();
  await server.kill();
  await sleep(Math.random() * 300);
  if (Math.random() < 0.2) await server.startInVain(Math.random() * 500);
  await server.start();
}

/** Teammates with a sign-in each, all members of the inbox, so that conversations go to them in turn. */
async function hire(server: KillableServer, count: number): Promise<{ cookies: string[]; channelKey: string }> {
  const ask = async (method: string, path: string, cookie: string, body?: object): Promise<Response> => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { origin: server.url, 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const signIn = async (email: string): Promise<string> => {
    const response = await ask('POST', '/session', '', { email, password: owner.password });
    return response.headers.getSetCookie()[0]!.split(';')[0]!;
  };
  const cookies = [await signIn(owner.email)];
  type Workspace = { inboxes: { id: string }[]; channels: { key: string }[] };
  const { inboxes, channels } = (await (await ask('GET', '/workspace', cookies[0]!)).json()) as Workspace;
  // Open at any hour: out of hours each conversation is answered with the same words, and nobody here says anything twice.
  await ask('PATCH', `/inboxes/${inboxes[0]!.id}`, cookies[0]!, { schedule: null });
  for (let index = 1; index < count; index += 1) {
    const email = `teammate-${index}@example.com`;
    const input = {
      name: `Teammate ${index}`,
      email,
      role: 'agent',
      password: owner.password,
      inboxIds: [inboxes[0]!.id],
    };
    await ask('POST', '/teammates', cookies[0]!, input);
    cookies.push(await signIn(email));
  }
  return { cookies, channelKey: channels[0]!.key };
}

/** Waits until everything has reached everybody, or until it should have; then reads. */
async function examine(
  server: KillableServer,
  people: Person[],
  notebook: Notebook,
  settleMs: number,
): Promise<Evidence> {
  const deadline = performance.now() + settleMs;
  const isSettled = (): boolean =>
    notebook.written.every(({ id }) => notebook.acknowledged.has(id) || notebook.refused.has(id));
  while (performance.now() < deadline && !isSettled()) await sleep(50);
  const newcomers = people.map((person) => person.newcomer());
  try {
    for (let pauseMs = 200; ; pauseMs *= 1.5) {
      // As it was before the database was read: on a slow machine answers still come while it is, and after.
      const acknowledged = new Map(notebook.acknowledged);
      const database = await readDatabase(server.databaseUrl);
      const isRouted = database.conversations.every(({ assigneeId }) => assigneeId !== null);
      const isLate = performance.now() > deadline;
      // Everybody asks for everything: not before it can be right.
      if (isRouted || isLate) {
        const screens = (await Promise.all(people.map((person, index) => compare(person, newcomers[index]!)))).flat();
        if (isLate || screens.every(isRight)) return { ...notebook, acknowledged, ...database, screens };
      }
      await sleep(pauseMs);
    }
  } finally {
    for (const newcomer of newcomers) newcomer.leave();
  }
}

const isRight = ({ shown, fresh, pending }: Shown): boolean => pending.length === 0 && shown.join() === fresh.join();

/** Each thread on a screen beside what somebody sees who holds nothing yet. */
async function compare({ name, screen }: Person, newcomer: Person): Promise<Shown[]> {
  const screens: Shown[] = [];
  for (const [conversationId, thread] of screen.threads) {
    const fresh = await newcomer.screen.fetch(conversationId).catch((error: unknown) => {
      if (!(error instanceof RequestError)) throw error;
      // A conversation whose beginning never arrived; that it did not is found elsewhere.
      return [];
    });
    screens.push({
      who: name,
      conversationId,
      shown: thread.parts.map(asText),
      fresh: fresh.map(asText),
      pending: thread.pending.map(({ text }) => text),
    });
  }
  return screens;
}

/** The same words for the same part, whichever order its keys came in. */
function asText(part: object): string {
  const sorted = (_key: string, value: unknown): unknown =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  return JSON.stringify(part, sorted);
}

async function readDatabase(url: string): Promise<Pick<Evidence, 'parts' | 'conversations' | 'assignments'>> {
  const sql = postgresClient(url, { max: 1, onnotice: () => undefined });
  try {
    // One snapshot: a conversation and its parts as of one moment.
    return await sql.begin('isolation level repeatable read', async (tx) => {
      const parts = await tx<StoredPart[]>`
        select id, conversation_id as "conversationId", seq, public_seq as "publicSeq", kind,
          coalesce(jsonb_path_query_first(body, '$.**.text')#>>'{}', '') as text, activity->>'name' as activity
        from parlour.part order by conversation_id, seq`;
      const conversations = await tx<StoredConversation[]>`
        select id, seq, public_seq as "publicSeq", assignee_id as "assigneeId" from parlour.conversation`;
      const facts = await tx<{ id: string }[]>`
        select conversation_id as id from parlour.event_log where name = 'conversation.assigned'`;
      return { parts: [...parts], conversations: [...conversations], assignments: facts.map(({ id }) => id) };
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
}
