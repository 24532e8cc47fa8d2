import type { Surroundings } from './surroundings.ts';

/** What carries frames, once: a WebSocket, or a stream over HTTP. */
export interface Wire {
  /** Whether the frame was taken. */
  send(frame: string): boolean;
  /** Ends it; nothing is heard of it any more. */
  close(): void;
}

/** The code of a line that ended without a word, as of a socket. */
export const LOST = 1006;
/** Something else answers in the server's place: as in a hotel, whose network asks for a sign-in first. After HTTP's 511. */
export const IMPOSTOR = 4511;

/** Why something of the server's does not come, as a code: pages may not read what others answer, but see that somebody did. */
export function askWhy(server: string): Promise<number> {
  return fetch(server, { mode: 'no-cors', cache: 'no-store' }).then(
    ({ status }) => (status < 400 ? IMPOSTOR : LOST),
    () => LOST,
  );
}

/** A socket that nobody needs any more has so long to open from when it was made: where packets vanish, it would try for minutes. */
const OPENING_MS = 5_000;

export interface WireEvents {
  heard: (frame: string) => void;
  /** Closed by the other end, or lost. @param code as a WebSocket says it */
  ended: (code: number) => void;
}

export function openSocket(
  server: string,
  hello: string,
  { heard, ended }: WireEvents,
  { WebSocket: Socket, now, setTimeout, clearTimeout }: Surroundings,
): Wire {
  const address = new URL('/ws', server);
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = new Socket(address.href);
  const openBy = now() + OPENING_MS;
  socket.onopen = () => socket.send(hello);
  socket.onmessage = ({ data }) => heard(String(data));
  // A close follows every error.
  socket.onerror = () => {};
  socket.onclose = ({ code }) => ended(code);
  return {
    send(frame) {
      // 1: open. Between a close and its event a socket drops what it is given.
      if (socket.readyState !== 1) return false;
      socket.send(frame);
      return true;
    },
    close() {
      socket.onopen = socket.onmessage = socket.onclose = null;
      const waitMs = openBy - now();
      if (socket.readyState !== 0 || waitMs <= 0) return socket.close();
      // Chromium remarks on one that is closed while it opens, in the console of somebody else's page: most open in a moment.
      const timer = setTimeout(() => socket.close(), waitMs);
      socket.onopen = socket.onclose = () => {
        clearTimeout(timer);
        socket.close();
      };
    },
  };
}
