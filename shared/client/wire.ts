import type { Surroundings } from './surroundings.ts';

/** What carries frames, once: a WebSocket, or a stream over HTTP. */
export interface Wire {
  /** Whether the frame was taken. */
  send(frame: string): boolean;
  /**
   * Ends it; nothing is heard of it any more.
   * @param isLate Whether it was given its time: then it is not waited for either.
   */
  close(isLate?: boolean): void;
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

export interface WireEvents {
  heard: (frame: string) => void;
  /** Closed by the other end, or lost. @param code as a WebSocket says it */
  ended: (code: number) => void;
}

export function openSocket(
  server: string,
  hello: string,
  { heard, ended }: WireEvents,
  { WebSocket: Socket }: Surroundings,
): Wire {
  const address = new URL('/ws', server);
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = new Socket(address.href);
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
    close(isLate) {
      socket.onmessage = socket.onclose = null;
      // Chromium remarks on one that is closed while it opens, in the console of somebody else's page: most open in a moment.
      // One that never does the browser gives up by itself; nothing is left here to wait for it.
      if (socket.readyState || isLate) socket.close();
      else socket.onopen = () => socket.close();
    },
  };
}
