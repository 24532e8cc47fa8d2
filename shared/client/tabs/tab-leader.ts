import type { QueryName, QueryResult } from '../../contract/catalogue.ts';
import type { ErrorBody } from '../../contract/error.ts';
import type { VisitorPart } from '../../contract/part.ts';
import { uuidv7 } from '../../contract/uuid.ts';
import type { VisitorSnapshot } from '../../contract/visitor.ts';
import type { ClientFrame, Resume, ServerFrame, VisitorEvent, WelcomeFrame } from '../../wire/frames.ts';
import type { Line } from '../line.ts';
import { LOST } from '../wire.ts';
import { jsonText } from '../json-text.ts';
import type { HeardAnswers } from './heard-answers.ts';
import type { Asking, Telling } from './tab-messages.ts';

/** A tab that missed more than this of a conversation fetches it afresh. */
const MOST_MISSED = 50;

type Hello = Extract<ClientFrame, { type: 'hello' }>;
type Knock = { hello: Hello; heardAt: number | undefined };
type Answer = { resolve: (result: unknown) => void; reject: (error: ErrorBody) => void };

/** Lends this tab's line to the others: each is welcomed as the server would, and hears what it would hear. */
export class TabLeader {
  readonly #line: Line;
  readonly #heard: HeardAnswers;
  readonly #tell: (telling: Omit<Telling, 'by'>) => void;
  /** Tabs that knocked, by the name of their wire: with their knock until they are welcomed. */
  readonly #tabs = new Map<string, Knock | null>();
  /** Who asked what is underway. */
  readonly #askers = new Map<string, string>();
  /** What this tab itself asks for the others. */
  readonly #answers = new Map<string, Answer>();
  #count = 0;
  /** How the line ended, while it waits for its next try. */
  #downBy: number | undefined;

  constructor(line: Line, heard: HeardAnswers, tell: (telling: Omit<Telling, 'by'>) => void) {
    this.#line = line;
    this.#heard = heard;
    this.#tell = tell;
  }

  take({ from, frame, heardAt }: Asking): void {
    if (frame === undefined) return void this.#tabs.delete(from);
    // Whatever comes of it: there is somebody.
    this.#tell({ to: from });
    const asked = JSON.parse(frame) as ClientFrame;
    if (asked.type === 'hello') {
      const knock = { hello: asked, heardAt };
      this.#tabs.set(from, knock);
      if (this.#line.welcome) void this.#welcome(from, knock);
      else if (this.#downBy) this.#end(from, this.#downBy);
      return;
    }
    if (this.#tabs.get(from) !== null) return this.#end(from);
    if ('id' in asked) this.#askers.set(asked.id, from);
    if (!this.#line.send(frame)) this.#end(from);
  }

  /** @returns whether the frame is nothing to this tab itself */
  heard(frame: ServerFrame): boolean {
    switch (frame.type) {
      case 'welcome':
        for (const [tab, knock] of this.#tabs) if (knock) void this.#welcome(tab, knock);
        this.#tell({ news: 'up' });
        return false;
      case 'ack':
      case 'answer':
      case 'nack':
        return this.#settled(frame);
      case 'events':
      case 'signal':
      case 'head':
      case 'error':
      case 'bye':
        this.#count += 1;
        this.#tell({ frames: [jsonText(frame)], count: this.#count });
        return false;
    }
  }

  dialled(): void {
    this.#downBy = undefined;
  }

  ended(code: number): void {
    this.#downBy = code;
    this.#tabs.clear();
    this.#askers.clear();
    this.#answers.clear();
    this.#tell({ ended: code });
  }

  #settled(frame: Extract<ServerFrame, { id: string }>): boolean {
    const { id } = frame;
    const mine = this.#answers.get(id);
    this.#answers.delete(id);
    if (mine) {
      if (frame.type === 'nack') mine.reject(frame.error);
      else mine.resolve(frame.result);
      return true;
    }
    const asker = this.#askers.get(id);
    this.#askers.delete(id);
    if (asker) this.#tell({ to: asker, frames: [jsonText(frame)] });
    // A command that a closed tab has left behind is asked here again under the same id; an answer is only the asker's.
    return !!asker && frame.type === 'answer';
  }

  #end(tab: string, code = LOST): void {
    this.#tabs.delete(tab);
    this.#tell({ to: tab, ended: code });
  }

  /** Answers a hello as the server would: with what there is now, and with all that this tab has missed or the word that it begins anew. */
  async #welcome(tab: string, { hello: { resume }, heardAt }: Knock): Promise<void> {
    const { epoch } = this.#line.welcome as WelcomeFrame;
    try {
      // What happens while this is asked is told to all, and the tab keeps it until it is welcomed.
      const visitor = await this.#ask('visitor.snapshot', {});
      const missed = resume?.epoch === epoch ? await this.#missed(visitor, resume, heardAt) : null;
      if (!this.#tabs.has(tab)) return;
      this.#tabs.set(tab, null);
      const welcome = { type: 'welcome', epoch, position: '0', recovered: !!missed, as: 'visitor', visitor };
      const frames = [welcome, ...(missed?.length ? [{ type: 'events', events: missed }] : [])];
      this.#tell({ to: tab, frames: frames.map((frame) => jsonText(frame)) });
    } catch {
      // The server would not say: the tab tries again.
      this.#end(tab);
    }
  }

  async #missed(visitor: VisitorSnapshot, resume: Resume, heardAt?: number): Promise<VisitorEvent[] | null> {
    const events = this.#heard.missed(visitor, resume, heardAt);
    if (!events) return null;
    const { heads = {} } = resume;
    for (const conversation of visitor.conversations) {
      const { id, publicSeq } = conversation;
      const after = heads[id] ?? 0;
      if (publicSeq - after > MOST_MISSED) return null;
      if (publicSeq <= after) continue;
      const query = { conversationId: id, after, limit: MOST_MISSED };
      const { parts, more } = await this.#ask('conversation.parts', query);
      if (more) return null;
      // A visitor's line answers with a visitor's parts (rule 9).
      for (const part of parts as VisitorPart[])
        events.push({ id: part.id, name: 'conversation.replied', at: part.createdAt, conversation, part });
    }
    return events;
  }

  #ask<N extends QueryName>(name: N, input: object): Promise<QueryResult<N>> {
    const id = uuidv7();
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve: resolve as Answer['resolve'], reject });
      // Where it cannot be sent, the end of the line settles it.
      this.#line.send(jsonText({ type: 'query', id, name, input }));
    });
  }
}
