/** Two hundred visitors, one message in flight each, and twenty teammates who listen. The same for the floors and for the real server. */
import { randomBytes } from 'node:crypto';
import { uuidv7 } from '../../../shared/contract/uuid.ts';
import { PlainSocket } from './plain-socket.ts';

export type Target = { url: string; cookie?: string; channelKey?: string };
export type Figures = {
  /** Acknowledged messages a second. */
  perSecond: number;
  /** Milliseconds from sending to a teammate's socket, medians and tails. */
  toTeammateP50: number;
  toTeammateP99: number;
  toAckP50: number;
  toAckP99: number;
};

const VISITORS = 200;
const TEAMMATES = 20;

type Visitor = {
  socket: PlainSocket;
  conversationId: string;
  sentAt: number;
  count: number;
  index: number;
  stop: boolean;
};

export async function runLoad(target: Target, warmUpMs: number, measureMs: number): Promise<Figures> {
  const sentAt = new Map<string, number>();
  const seen = new Set<string>();
  const toTeammate: number[] = [];
  const toAck: number[] = [];
  let measuring = false;
  let acknowledged = 0;

  const teammates = await Promise.all(
    Array.from({ length: TEAMMATES }, async (_, index) => {
      const socket = await connect(target, helloTeammate(target), { cookie: `parlour=${target.cookie ?? ''}` });
      if (index > 0) {
        // One reads every word; the others only receive, or this process would be the benchmark.
        socket.hear(null);
        return socket;
      }
      socket.hear((text) => {
        const now = performance.now();
        for (const [, key] of text.matchAll(/"(?:text|preview)":"(m\d+-\d+)/g)) {
          if (seen.has(key!)) continue;
          seen.add(key!);
          const start = sentAt.get(key!);
          sentAt.delete(key!);
          if (measuring && start !== undefined) toTeammate.push(now - start);
        }
      });
      return socket;
    }),
  );

  const visitors: Visitor[] = await Promise.all(
    Array.from({ length: VISITORS }, async (_, index) => {
      const socket = await connect(target, helloVisitor(target), {});
      return { socket, conversationId: uuidv7(), sentAt: 0, count: 0, index, stop: false };
    }),
  );
  const send = (visitor: Visitor, name: string) => {
    const key = `m${visitor.index}-${visitor.count++}`;
    const text = `${key} Do you ship the tall blue vase to Norway, and how long would it take?`;
    visitor.sentAt = performance.now();
    sentAt.set(key, visitor.sentAt);
    const input = { conversationId: visitor.conversationId, text };
    visitor.socket.send(JSON.stringify({ type: 'command', id: messageId(), name, input }));
  };
  // Starting is not what is measured: everybody has a conversation, with an owner, before the first message counts.
  for (const visitor of visitors) {
    const started = new Promise<void>((resolve, reject) => {
      visitor.socket.hear((frame) => {
        if (frame.startsWith('{"type":"nack"')) reject(new Error(frame));
        if (frame.startsWith('{"type":"ack"')) resolve();
      });
    });
    send(visitor, 'conversation.start');
    await started;
    visitor.socket.hear(() => undefined);
  }
  await pause(2_000);
  for (const visitor of visitors) {
    visitor.socket.hear((frame) => {
      if (frame.startsWith('{"type":"nack"')) throw new Error(frame);
      if (!frame.startsWith('{"type":"ack"')) return;
      if (measuring) {
        acknowledged += 1;
        toAck.push(performance.now() - visitor.sentAt);
      }
      if (!visitor.stop) send(visitor, 'conversation.reply');
    });
    send(visitor, 'conversation.reply');
  }

  await pause(warmUpMs);
  measuring = true;
  const startedAt = performance.now();
  await pause(measureMs);
  measuring = false;
  const elapsed = performance.now() - startedAt;
  for (const visitor of visitors) visitor.stop = true;
  await pause(1_500);
  const written = visitors.reduce((sum, visitor) => sum + visitor.count, 0);
  if (seen.size !== written) throw new Error(`a teammate saw ${seen.size} of ${written} messages`);
  for (const socket of [...teammates, ...visitors.map((visitor) => visitor.socket)]) socket.terminate();
  return {
    perSecond: (acknowledged / elapsed) * 1_000,
    toTeammateP50: quantile(toTeammate, 0.5),
    toTeammateP99: quantile(toTeammate, 0.99),
    toAckP50: quantile(toAck, 0.5),
    toAckP99: quantile(toAck, 0.99),
  };
}

let messages = 0;

/** Like any other of version 7, without asking for randomness each time: every target has a database of its own. */
function messageId(): string {
  const at = Date.now().toString(16).padStart(12, '0');
  messages += 1;
  return `${at.slice(0, 8)}-${at.slice(8)}-7000-8000-${messages.toString(16).padStart(12, '0')}`;
}

function helloTeammate(target: Target): object {
  return target.cookie
    ? { type: 'hello', protocol: 1, credential: { kind: 'cookie' } }
    : { type: 'hello', as: 'teammate' };
}

function helloVisitor(target: Target): object {
  const token = `pv_${randomBytes(32).toString('base64url')}`;
  if (!target.channelKey) return { type: 'hello', as: 'visitor' };
  return { type: 'hello', protocol: 1, credential: { kind: 'visitor', channelKey: target.channelKey, token } };
}

async function connect(target: Target, hello: object, headers: Record<string, string>): Promise<PlainSocket> {
  const origin = target.url.replace('ws:', 'http:').replace('/ws', '');
  const socket = await PlainSocket.open(target.url, { ...headers, origin });
  await new Promise<void>((resolve, reject) => {
    socket.hear((text) => {
      if (text.includes('"type":"welcome"')) resolve();
      else reject(new Error(text));
    });
    socket.send(JSON.stringify(hello));
  });
  return socket;
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
