/** Visitors and teammates who write without a pause, through the clients that browsers run. */
import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { RequestError } from '../../shared/client/client.ts';
import type { Client, VisitorClient, WorkspaceClient } from '../../shared/client/client.ts';
import { createVisitorClient, createWorkspaceClient } from '../../shared/client/connection.ts';
import type { Surroundings } from '../../shared/client/surroundings.ts';
import type { Part, VisitorPart } from '../../shared/contract/part.ts';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { teammateThread, visitorThread } from '../../shared/state/thread.ts';
import type { VisitorEvent, WorkspaceEvent } from '../../shared/wire/frames.ts';
import type { Notebook, Place, Written } from './evidence.ts';
import { Screen } from './screen.ts';

export interface Person {
  name: string;
  screen: Pick<Screen<Part | VisitorPart, unknown, unknown>, 'threads' | 'fetch'>;
  client: Pick<Client<unknown, unknown>, 'status'>;
  /** From now on, until `stop`. */
  write(): void;
  stop(): void;
  leave(): void;
  /** Somebody with the same rights who has just come and holds nothing. */
  newcomer(): Person;
}

const chance = (share: number): boolean => Math.random() < share;
const between = (low: number, high: number): number => low + Math.random() * (high - low);
const oneOf = <T>(values: readonly T[]): T | undefined => values[Math.floor(Math.random() * values.length)];

/** The browser's, with a cookie and an origin where a browser would send them, and less patience between two tries. */
function surroundings(headers: Record<string, string>): Partial<Surroundings> {
  class BrowserSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers });
    }
  }
  // Of the standard's interface `ws` has all that the client uses.
  return {
    WebSocket: BrowserSocket as unknown as Surroundings['WebSocket'],
    canStream: false,
    random: () => Math.random() / 8,
  };
}

/** Several messages in a row, then a pause. */
class Hand {
  #timer: NodeJS.Timeout | undefined;
  readonly #act: () => void;
  readonly #pause: [number, number];

  constructor(act: () => void, pause: [number, number]) {
    this.#act = act;
    this.#pause = pause;
  }

  start(): void {
    this.#timer = setTimeout(
      () => {
        this.#act();
        this.start();
      },
      between(...this.#pause),
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

export type Door = { url: string; channelKey: string };

export class WritingVisitor implements Person {
  readonly client: VisitorClient;
  readonly screen: Screen<VisitorPart, VisitorEvent, unknown>;
  readonly name: string;
  readonly #door: Door;
  readonly #notebook: Notebook;
  readonly #token: string;
  readonly #conversations: string[] = [];
  readonly #hand: Hand;
  #count = 0;

  constructor(name: string, door: Door, notebook: Notebook, token = `pv_${randomBytes(32).toString('base64url')}`) {
    this.name = name;
    this.#door = door;
    this.#notebook = notebook;
    this.#token = token;
    this.client = createVisitorClient(
      { server: door.url, channelKey: door.channelKey, token },
      surroundings({ origin: 'https://shop.example' }),
    );
    this.screen = new Screen(this.client, visitorThread, ({ part }) => part);
    // Below what one visitor may send in a minute.
    this.#hand = new Hand(() => this.#writeSome(), [500, 1_100]);
    this.client.connect();
  }

  write(): void {
    this.#hand.start();
  }

  stop(): void {
    this.#hand.stop();
  }

  leave(): void {
    this.stop();
    this.client.close();
  }

  newcomer(): Person {
    return new WritingVisitor(this.name, this.#door, this.#notebook, this.#token);
  }

  #writeSome(): void {
    const isNew = this.#conversations.length === 0 || (this.#conversations.length < 4 && chance(0.1));
    const conversationId = isNew ? uuidv7() : oneOf(this.#conversations)!;
    if (isNew) this.#conversations.push(conversationId);
    const messages = Math.ceil(between(0, 3));
    for (let index = 0; index < messages; index += 1) {
      const entry = put(this.#notebook, {
        sender: this.name,
        conversationId,
        kind: 'message',
        text: `${this.name} says ${this.#count++}`,
      });
      const begins = isNew && index === 0;
      this.screen.write(entry, begins);
      const command = begins ? 'conversation.start' : 'conversation.reply';
      keep(
        this.#notebook,
        entry.id,
        inPublic(this.client.execute(command, { conversationId, text: entry.text }, entry.id)),
      );
    }
  }
}

export class WritingTeammate implements Person {
  readonly client: WorkspaceClient;
  readonly screen: Screen<Part, WorkspaceEvent, unknown>;
  readonly name: string;
  readonly #url: string;
  readonly #cookie: string;
  readonly #notebook: Notebook;
  readonly #hand: Hand;
  #count = 0;

  constructor(name: string, url: string, cookie: string, notebook: Notebook) {
    this.name = name;
    this.#url = url;
    this.#cookie = cookie;
    this.#notebook = notebook;
    this.client = createWorkspaceClient({ server: url }, surroundings({ cookie, origin: url }));
    this.screen = new Screen(this.client, teammateThread, ({ records }) => records.part);
    this.#hand = new Hand(() => this.#writeSome(), [100, 300]);
    this.client.connect();
  }

  write(): void {
    this.#hand.start();
  }

  stop(): void {
    this.#hand.stop();
  }

  leave(): void {
    this.stop();
    this.client.close();
  }

  newcomer(): Person {
    return new WritingTeammate(this.name, this.#url, this.#cookie, this.#notebook);
  }

  #writeSome(): void {
    const conversationId = oneOf([...this.screen.threads.keys()]);
    if (conversationId === undefined) return;
    const messages = Math.ceil(between(0, 2));
    for (let index = 0; index < messages; index += 1) {
      const kind = chance(0.3) ? 'note' : 'message';
      const entry = put(this.#notebook, {
        sender: this.name,
        conversationId,
        kind,
        text: `${this.name} answers ${this.#count++}`,
      });
      this.screen.write(entry, false);
      const command = kind === 'note' ? 'conversation.note' : 'conversation.reply';
      keep(this.#notebook, entry.id, this.client.execute(command, { conversationId, text: entry.text }, entry.id));
    }
  }
}

async function inPublic(settled: Promise<{ publicSeq: number }>): Promise<Place> {
  const { publicSeq } = await settled;
  return { publicSeq };
}

function put({ written }: Notebook, entry: Omit<Written, 'id'>): Written {
  const whole = { ...entry, id: uuidv7() };
  written.push(whole);
  return whole;
}

function keep({ acknowledged, refused }: Notebook, id: string, settled: Promise<Place>): void {
  settled.then(
    ({ seq, publicSeq }) => acknowledged.set(id, { ...(seq && { seq }), ...(publicSeq && { publicSeq }) }),
    (error: unknown) => {
      if (!(error instanceof RequestError)) throw error;
      refused.set(id, `${error.code}: ${error.message}`);
    },
  );
}
