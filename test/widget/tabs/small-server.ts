/** A server in the page, as far as visitors' lines need one: conversations, acknowledgements after the fact, resume by heads. */
import type { VisitorPart } from '../../../shared/contract/part.ts';
import type { ClientFrame, ServerFrame, VisitorEvent } from '../../../shared/wire/frames.ts';
import { conversationId, samplePart, sampleSnapshot, sampleVisitorConversation } from '../sample.ts';

type Hello = Extract<ClientFrame, { type: 'hello' }>;

export class SmallServer {
  readonly parts: VisitorPart[] = [];
  /** Every command that came, doubles included. */
  readonly commands: string[] = [];
  /** Hellos that were welcomed. */
  readonly hellos: Hello[] = [];
  isUp = true;
  /** Lets commands lie: neither carried out nor answered. */
  isDeaf = false;
  #refusal: number | null = null;
  readonly #lines = new Set<ServerLine>();

  /** Sockets that stand. */
  get sockets(): number {
    return this.#lines.size;
  }

  /** For `Surroundings`. */
  get WebSocket(): new (url: string) => WebSocket {
    const open = (line: ServerLine): unknown => this.#lines.add(line);
    const gone = (line: ServerLine): unknown => this.#lines.delete(line);
    const refuses = (): number | null => (this.isUp ? this.#refusal : 1006);
    const answer = (line: ServerLine, frame: ClientFrame): void => this.#answer(line, frame);
    return class extends ServerLine {
      constructor() {
        super(refuses, open, gone, answer);
      }
    } as unknown as new (url: string) => WebSocket;
  }

  /** A teammate writes. */
  say(text: string): void {
    this.#add(samplePart(this.parts.length + 1, text, { author: { kind: 'workspace' } }));
  }

  /** The visitor rates what was asked with the first message. */
  rate(score: number): void {
    const [asked] = this.parts;
    if (!asked) throw new Error('Nothing was said.');
    const answer = { type: 'rating' as const, score, comment: '' };
    const rated = { ...asked, answers: { stars: { answer, at: asked.createdAt } } };
    this.parts[0] = rated;
    for (const line of this.#lines) line.tell({ type: 'events', events: [this.#answered(rated)] });
  }

  kill(): void {
    this.isUp = false;
    for (const line of Array.from(this.#lines)) line.end(1006);
  }

  /** Will have nobody from now on. */
  refuse(code: number): void {
    this.#refusal = code;
    for (const line of Array.from(this.#lines)) line.end(code);
  }

  get #conversation() {
    return sampleVisitorConversation({ publicSeq: this.parts.length, readSeq: this.parts.length });
  }

  #event(part: VisitorPart): VisitorEvent {
    return { id: part.id, name: 'conversation.replied', at: part.createdAt, conversation: this.#conversation, part };
  }

  #answered(part: VisitorPart): VisitorEvent {
    return { ...this.#event(part), id: `conversation.answered ${part.id}`, name: 'conversation.answered' };
  }

  #add(part: VisitorPart): void {
    this.parts.push(part);
    for (const line of this.#lines) line.tell({ type: 'events', events: [this.#event(part)] });
  }

  #answer(line: ServerLine, frame: ClientFrame): void {
    switch (frame.type) {
      case 'hello': {
        this.hellos.push(frame);
        const recovered = frame.resume?.epoch === 'one';
        const visitor = sampleSnapshot({ conversations: [this.#conversation] });
        line.tell({ type: 'welcome', epoch: 'one', position: '0', recovered, as: 'visitor', visitor });
        const answered = this.parts.filter(({ answers }) => answers).map((part) => this.#answered(part));
        if (recovered && answered.length) line.tell({ type: 'events', events: answered });
        const missed = this.parts.slice(frame.resume?.heads?.[conversationId] ?? 0);
        if (recovered && missed.length) line.tell({ type: 'events', events: missed.map((part) => this.#event(part)) });
        return;
      }
      case 'query': {
        const { after = 0, before = Infinity } = frame.input as { after?: number; before?: number };
        const parts = this.parts.filter(({ publicSeq }) => publicSeq > after && publicSeq < before);
        const result =
          frame.name === 'visitor.snapshot'
            ? sampleSnapshot({ conversations: [this.#conversation] })
            : { parts, more: false };
        return line.tell({ type: 'answer', id: frame.id, result });
      }
      case 'command': {
        this.commands.push(frame.id);
        if (this.isDeaf) return;
        if (frame.name === 'conversation.reply' && !this.parts.some(({ id }) => id === frame.id)) {
          const { text } = frame.input as { text: string };
          this.#add(samplePart(this.parts.length + 1, text, { id: frame.id }));
        }
        return line.tell({ type: 'ack', id: frame.id, result: { readSeq: 0 } } as unknown as ServerFrame);
      }
      case 'beat':
        return line.tell({ type: 'head', position: '0', sent: line.sent });
      case 'signal':
    }
  }
}

/** The server's end of a socket, and the page's: what one says the other hears a little later. */
class ServerLine {
  readyState = 0;
  sent = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly #gone: (line: ServerLine) => unknown;
  readonly #answer: (line: ServerLine, frame: ClientFrame) => void;

  constructor(
    refuses: () => number | null,
    open: (line: ServerLine) => unknown,
    gone: (line: ServerLine) => unknown,
    answer: (line: ServerLine, frame: ClientFrame) => void,
  ) {
    this.#gone = gone;
    this.#answer = answer;
    setTimeout(() => {
      if (this.readyState !== 0) return;
      const code = refuses();
      if (code !== null) return this.end(code);
      this.readyState = 1;
      open(this);
      this.onopen?.();
    });
  }

  send(text: string): void {
    setTimeout(() => this.readyState === 1 && this.#answer(this, JSON.parse(text) as ClientFrame));
  }

  tell(frame: ServerFrame): void {
    if (frame.type === 'events') this.sent += 1;
    const data = JSON.stringify(frame);
    setTimeout(() => this.onmessage?.({ data }));
  }

  end(code: number): void {
    this.close();
    setTimeout(() => this.onclose?.({ code }));
  }

  close(): void {
    this.readyState = 3;
    this.#gone(this);
  }
}
