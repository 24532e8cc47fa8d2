/** The clockwork of one socket, without waiting for it: rules 1, 11 and 12 of shared/wire/PROTOCOL.md. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, it } from 'node:test';
import { uuidv7 } from '../../shared/contract/uuid.ts';
import { closeCodes, HEARTBEAT_MS } from '../../shared/wire/protocol.ts';
import { DomainError } from '../../server/kernel/errors.ts';
import { Connection } from '../../server/realtime/connection.ts';
import type { ConnectionHost } from '../../server/realtime/connection.ts';
import type { Frame, FrameSocket } from '../../server/realtime/frame-socket.ts';

const events = '{"type":"events","events":[]}';
const signal = '{"type":"signal"}';

class FakeSocket extends EventEmitter implements FrameSocket {
  readyState = 1;
  bufferedAmount = 0;
  /** What of it the turn has not ended for. */
  heldBack = 0;
  readonly sent: string[] = [];
  readonly closed: (number | 'cut')[] = [];

  send(frame: Frame): void {
    this.sent.push(String(frame));
  }

  sendAtOnce(frame: string, taken: () => void): void {
    this.sent.push(frame);
    taken();
  }

  leave(): void {
    this.bufferedAmount -= this.heldBack;
    this.heldBack = 0;
  }

  close(code: number): void {
    this.closed.push(code);
    this.readyState = 2;
  }

  terminate(): void {
    this.closed.push('cut');
  }

  hear(frame: object): void {
    this.emit('message', Buffer.from(JSON.stringify(frame)), false);
  }
}

const actor = { kind: 'visitor', workspaceId: 'w', id: 'v', channelId: 'c' } as const;

/** Commands that reached the server. */
const commanded: string[] = [];

function connect(expiresAt: number | null = null, own: Partial<ConnectionHost> = {}) {
  const socket = new FakeSocket();
  const host: ConnectionHost = {
    identify: async () => ({ actor, expiresAt }),
    welcome: async (connection) => connection.release(),
    command: async (_connection, { name }) => commanded.push(name),
    query: async () => ({}),
    typing: async () => {},
    beat: () => {},
    gone: () => {},
    isBatched: () => false,
    report: (error) => assert.fail(String(error)),
    ...own,
  };
  const upgrade = { cookie: undefined, origin: undefined, sameOrigin: false, address: '' };
  // Whole milliseconds, so that sums of them compare exactly.
  const openedAt = Math.trunc(performance.now());
  return { socket, openedAt, connection: new Connection(socket, upgrade, host, openedAt) };
}

async function greeted(expiresAt?: number) {
  const made = connect(expiresAt ?? null);
  made.socket.hear({ type: 'hello', protocol: 1, credential: { kind: 'cookie' } });
  await new Promise(setImmediate);
  return made;
}

describe('one socket', () => {
  it('1: has ten seconds to say hello', () => {
    const { socket, connection, openedAt } = connect();
    connection.sweep(openedAt + 10_000, 0);
    assert.deepEqual(socket.closed, []);
    connection.sweep(openedAt + 10_001, 0);
    assert.deepEqual(socket.closed, [closeCodes.silent]);
    assert.match(socket.sent.at(-1)!, /"type":"error".*within 10 seconds/);
  });

  const refusals: [error: Error, code: string, closeCode: number][] = [
    [new DomainError('rate_limited', 'Too much.'), 'rate_limited', closeCodes.restart],
    [new DomainError('unavailable', 'Not now.'), 'unavailable', closeCodes.restart],
    [new Error('a fault'), 'internal', closeCodes.restart],
    [new DomainError('unauthenticated', 'Who?'), 'unauthenticated', closeCodes.unauthenticated],
    [new DomainError('expired', 'Too late.'), 'expired', closeCodes.unauthenticated],
    [new DomainError('not_found', 'Where?'), 'not_found', closeCodes.protocol],
    [new DomainError('origin_refused', 'Not there.'), 'origin_refused', closeCodes.protocol],
  ];
  for (const [error, code, closeCode] of refusals) {
    it(`1: is closed with ${closeCode} when its hello is refused as ${code}`, async () => {
      const reported: unknown[] = [];
      const { socket } = connect(null, {
        identify: () => Promise.reject(error),
        report: (fault) => reported.push(fault),
      });
      socket.hear({ type: 'hello', protocol: 1, credential: { kind: 'cookie' } });
      await new Promise(setImmediate);
      assert.deepEqual(socket.closed, [closeCode]);
      assert.match(socket.sent.at(-1)!, new RegExp(`"type":"error".*"code":"${code}"`));
      assert.deepEqual(reported, code === 'internal' ? [error] : []);
    });
  }

  it('11: is closed with 4001 at once when more than 1 MiB waits for its reader', async () => {
    const { socket, connection } = await greeted();
    socket.bufferedAmount = 1024 * 1024;
    connection.send(events, true);
    assert.deepEqual(socket.closed, []);
    socket.bufferedAmount += 1;
    connection.send(events, true);
    assert.deepEqual(socket.closed, [closeCodes.resync, 'cut']);
    connection.send(events, true);
    assert.equal(socket.sent.length, 1, 'nothing is sent after that');
  });

  it('11: is not slow for being sent more than 1 MiB in one turn', async () => {
    const { socket, connection } = await greeted();
    for (let frame = 0; frame < 3; frame++) {
      connection.send(events, true);
      socket.bufferedAmount += 2 * 1024 * 1024;
      socket.heldBack = socket.bufferedAmount;
    }
    assert.deepEqual(socket.closed, []);
    assert.equal(socket.sent.length, 3);
  });

  it('11: is closed with 4001 when its reader takes nothing for ten seconds, not when it takes its time', async () => {
    const { socket, connection, openedAt } = await greeted();
    socket.bufferedAmount = 10;
    connection.sweep(openedAt + 1_000, 0);
    connection.sweep(openedAt + 11_000, 0);
    socket.bufferedAmount = 0;
    connection.sweep(openedAt + 11_001, 0);
    socket.bufferedAmount = 10;
    connection.sweep(openedAt + 12_000, 0);
    connection.sweep(openedAt + 22_000, 0);
    assert.deepEqual(socket.closed, []);
    connection.sweep(openedAt + 22_001, 0);
    assert.deepEqual(socket.closed, [closeCodes.resync, 'cut']);
  });

  it('11: is not slow for what was sent a moment ago, and has not been offered to it yet', async () => {
    const { socket, connection, openedAt } = await greeted();
    for (const later of [1_000, 6_000, 11_001, 16_000]) {
      socket.bufferedAmount = socket.heldBack = 10;
      connection.sweep(openedAt + later, 0);
    }
    assert.deepEqual(socket.closed, []);
  });

  it('12: is closed with 4002 after two missed heartbeats, and any frame counts as one', async () => {
    const { socket, connection } = await greeted();
    const heardAt = performance.now();
    connection.sweep(heardAt + 2 * HEARTBEAT_MS, 0);
    assert.deepEqual(socket.closed, []);
    connection.sweep(heardAt + 2 * HEARTBEAT_MS + 6_000, 0);
    assert.equal(socket.closed[0], closeCodes.silent);
  });

  it('1: is closed with 4401 when its token runs out', async () => {
    const { socket, connection } = await greeted(5_000);
    connection.sweep(performance.now(), 5_000);
    assert.deepEqual(socket.closed, []);
    connection.sweep(performance.now(), 5_001);
    assert.deepEqual(socket.closed, [closeCodes.unauthenticated]);
  });

  it('carries out nothing any more once it is closed, though the peer goes on talking', async () => {
    const { socket, connection } = await greeted();
    connection.close(closeCodes.unauthenticated);
    const before = socket.sent.length;
    socket.hear({ type: 'command', id: uuidv7(), name: 'conversation.reply', input: {} });
    await new Promise(setImmediate);
    assert.deepEqual(commanded, []);
    assert.equal(socket.sent.length, before);
  });

  it('6: holds back what comes before the welcome, and loses none of it', async () => {
    const { socket, connection } = connect();
    connection.send(events, true);
    connection.send(signal, false);
    connection.sendHead('7');
    assert.deepEqual(socket.sent, [], 'nor does it say that all up to a position was sent');
    connection.release();
    assert.deepEqual(socket.sent, [String(events), String(signal)]);
    connection.sendHead('7');
    assert.equal(socket.sent[2], '{"type":"head","position":"7","sent":1}');
  });
});
