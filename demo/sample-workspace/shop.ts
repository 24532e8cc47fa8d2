import { createHash } from 'node:crypto';
import type { CommandInput, CommandName, CommandResult } from '../../shared/contract/catalogue.ts';
import type { Workspace } from '../../shared/contract/workspace.ts';
import type { Actor, TeammateActor, VisitorActor } from '../../server/kernel/actor.ts';
import { StartupError } from '../../server/kernel/startup-error.ts';
import { readChannels } from '../../server/modules/channel/queries.ts';
import { findByEmail, teammateActor } from '../../server/modules/teammate/queries.ts';
import type { RunningServer } from '../../server/start.ts';
import { team, type TeammateKey } from './people.ts';
import type { InboxKey, SampleConversation } from './plan.ts';

/** Printed at every start, so it protects nothing: the sample workspace is for one's own machine. */
export const samplePassword = 'kilnmere-sample';

const SHOP = 'Kilnmere';
/** So long ago the story begins. */
export const AGE_MS = 61 * 24 * 60 * 60_000;

type Visit = Pick<SampleConversation, 'person' | 'inbox' | 'page'>;
type Queue = { inboxId: string; channelId: string; key: string };

/** The sample workspace while it is filled: who is in it, and what they do, when they did it. */
export class Shop {
  /** When it was begun; kept in the workspace's own age, so that a second attempt tells the same story. */
  readonly now: Date;
  readonly team: Record<TeammateKey, TeammateActor>;
  /** The origin its first visitors stood on: another attempt may run at another address, and a command of one name says one thing. */
  readonly #origin: string;
  readonly #server: RunningServer;
  readonly #workspace: Workspace;
  readonly #queues: Record<InboxKey, Queue>;
  readonly #system: Actor;
  readonly #visitors = new Map<string, VisitorActor>();

  private constructor(
    server: RunningServer,
    workspace: Workspace,
    queues: Record<InboxKey, Queue>,
    actors: Record<TeammateKey, TeammateActor>,
    origin: string,
  ) {
    this.#origin = origin;
    this.#server = server;
    this.#workspace = workspace;
    this.#queues = queues;
    this.team = actors;
    this.#system = { kind: 'system', workspaceId: workspace.id };
    this.now = new Date(founded(workspace) + AGE_MS);
  }

  /** Makes what the set-up form did not: two teammates, and an inbox for other shops. */
  static async open(server: RunningServer, workspace: Workspace): Promise<Shop> {
    const { db } = server.connections;
    const owner = await actorOf(server, workspace, 'mara');
    const clock = at(founded(workspace) + 60_000);
    const run = <N extends CommandName>(key: string, name: N, input: CommandInput<N>): Promise<CommandResult<N>> =>
      server.commandBus.execute(name, input, owner, { id: idFor(workspace, clock.now(), key), clock });

    const [website] = await readChannels(db, workspace.id);
    if (!website) throw new Error('A workspace is made with a channel');
    const support = { inboxId: website.inboxId, channelId: website.id, key: website.key };
    // The team's turns are told with the rest of the story; today's routing would tell them as of today.
    // And what was begun at night, or ended, has no automatic words in it, which the story does not count.
    const held = { routing: 'unassigned', offHours: { autoResponse: null }, askForRating: false } as const;
    await run('hold routing', 'inbox.update', { inboxId: support.inboxId, ...held });
    const { inboxId } = await run('inbox', 'inbox.create', { name: 'Wholesale', routing: 'unassigned' });
    await run('hold ratings', 'inbox.update', { inboxId, askForRating: false });
    const settings = { color: '#2f5d50', greeting: 'Shops and cafés, hello! What are you looking for?' };
    const wholesale = await run('channel', 'channel.create', { inboxId, name: 'Wholesale page', settings });
    for (const [key, inboxIds] of [
      ['ines', [support.inboxId, inboxId]],
      ['jonas', [support.inboxId]],
    ] as const) {
      await run(key, 'teammate.create', { ...team[key], password: samplePassword, inboxIds: [...inboxIds] });
    }
    const actors = {
      mara: owner,
      ines: await actorOf(server, workspace, 'ines'),
      jonas: await actorOf(server, workspace, 'jonas'),
    };
    const [first] = await server.connections.sql<{ page: string }[]>`
      select page_url as page from parlour.visitor_session
      where workspace_id = ${workspace.id} and page_url is not null order by created_at limit 1`;
    const origin = first ? new URL(first.page).origin : server.publicUrl;
    return new Shop(server, workspace, { support, wholesale: { inboxId, ...wholesale } }, actors, origin);
  }

  /** From now on the inbox routes by itself. The new name says that nothing is left to do. */
  async finish(): Promise<void> {
    const inboxId = this.#queues.support.inboxId;
    const held = { routing: 'rotate', offHours: { autoResponse: '' }, askForRating: true } as const;
    await this.run('routing', this.now, 'inbox.update', { inboxId, ...held }, this.team.mara);
    const wholesale = { inboxId: this.#queues.wholesale.inboxId, askForRating: true };
    await this.run('ratings', this.now, 'inbox.update', wholesale, this.team.mara);
    await this.run('name', this.now, 'workspace.rename', { name: SHOP }, this.team.mara);
  }

  /** So many days after it was founded. */
  dayAfterFounding(count: number): Date {
    return new Date(founded(this.#workspace) + count * 24 * 60 * 60_000);
  }

  actor(by: TeammateKey | 'rotation' | 'contact'): Actor {
    return by === 'rotation' || by === 'contact' ? this.#system : this.team[by];
  }

  address(page: string): string {
    return `${this.#origin}/demo/${page}`;
  }

  /** The browser of a contact on a channel. Who is known by name was known before the first word, as from an order. */
  async visitor({ person, inbox, page }: Visit, when: Date): Promise<VisitorActor> {
    const { key, name, email, phone } = person;
    const met = this.#visitors.get(key);
    if (met) return met;
    const { channelId, key: channelKey } = this.#queues[inbox];
    const hello = { channelKey, token: this.#token(key), pageUrl: this.address(page) };
    const stranger: Actor = { kind: 'stranger', workspaceId: this.#workspace.id };
    const { sessionId } = await this.run(`${key}, session`, when, 'visitor.startSession', hello, stranger);
    if (name !== null) {
      const { contactId } = await this.run(
        `${key}, contact`,
        when,
        'visitor.becomeContact',
        { sessionId },
        this.#system,
      );
      await this.run(`${key}, introduction`, when, 'contact.update', { contactId, name, email, phone }, this.#system);
    }
    const visitor: VisitorActor = { kind: 'visitor', workspaceId: this.#workspace.id, id: sessionId, channelId };
    this.#visitors.set(key, visitor);
    return visitor;
  }

  /** Carries out a command as of that moment, under a name of its own: another attempt finds it done. */
  run<N extends CommandName>(
    key: string,
    when: Date,
    name: N,
    input: CommandInput<N>,
    actor: Actor,
  ): Promise<CommandResult<N>> {
    return this.#server.commandBus.execute(name, input, actor, { id: this.id(when, key), clock: at(when.getTime()) });
  }

  id(when: Date, key: string): string {
    return idFor(this.#workspace, when, key);
  }

  /** Follows from the workspace's id, which is random: nobody who knows this source knows the token. */
  #token(key: string): string {
    return `pv_${createHash('sha256').update(`${this.#workspace.id} ${key}`).digest('base64url')}`;
  }
}

function founded({ createdAt }: Workspace): number {
  return Date.parse(createdAt);
}

/** A clock that stands. */
export function at(ms: number): { now(): Date } {
  const moment = new Date(ms);
  return { now: () => moment };
}

async function actorOf(server: RunningServer, workspace: Workspace, key: TeammateKey): Promise<TeammateActor> {
  const { db } = server.connections;
  const found = await findByEmail(db, team[key].email);
  const actor = found && (await teammateActor(db, workspace.id, found.id));
  if (!actor)
    throw new StartupError(
      `The sample workspace has lost ${team[key].name}. Delete its data folder to have it made anew.`,
    );
  return actor;
}

/** A UUIDv7 that follows from the workspace, the moment and what it names. */
function idFor(workspace: Workspace, when: Date, key: string): string {
  const time = when.getTime().toString(16).padStart(12, '0');
  const hex = createHash('sha256').update(`${workspace.id} ${key}`).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}
