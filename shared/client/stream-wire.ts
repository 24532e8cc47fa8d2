import { LOST } from './wire.ts';
import type { Wire, WireEvents } from './wire.ts';

/** At most three bytes each in UTF-8: together they stay below what one request may hold (rule 16). */
const MOST_CHARACTERS = 20_000;

/** The line over HTTP, for networks that let no WebSocket through (rule 16): one answer that does not end, and requests up. */
export function openStream(server: string, hello: string, { heard, ended }: WireEvents): Wire {
  const closing = new AbortController();
  const { signal } = closing;
  const queue: string[] = [];
  let key = '';
  let isPosting = false;

  const end = (code: number): void => {
    if (signal.aborted) return;
    closing.abort();
    ended(code);
  };
  // Plain text, so that no browser asks the server for permission first.
  const ask = (path: string, body: string): Promise<Response> =>
    fetch(new URL(path, server), { method: 'POST', body, signal, cache: 'no-store' });

  const post = async (): Promise<void> => {
    if (isPosting || !key) return;
    isPosting = true;
    while (queue.length > 0) {
      let size = 0;
      const over = queue.findIndex((frame) => (size += frame.length) > MOST_CHARACTERS);
      // One request after the other, so that frames arrive in their order.
      const frames = queue.splice(0, over < 0 ? queue.length : Math.max(over, 1));
      const { ok } = await ask('/stream/frames', [key, ...frames].join('\n'));
      if (!ok) return end(LOST);
    }
    isPosting = false;
  };
  // Whatever became of a request, the next line settles it: commands are carried out once.
  const send = (): void => void post().catch(() => end(LOST));

  const hear = (message: string): void => {
    const [, event, data = ''] = /^(?:event: (\w+)\n)?data: (.*)$/.exec(message) ?? [];
    if (event === 'line') {
      key = data;
      send();
    } else if (event === 'close') end(Number(data));
    else if (data && !signal.aborted) heard(data);
  };

  const listen = async (): Promise<void> => {
    const { ok, body } = await ask('/stream', hello);
    if (!ok || !body) return end(LOST);
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ;) {
      const { done, value } = await reader.read();
      if (done) return end(LOST);
      const messages = (rest + value).split('\n\n');
      rest = messages.pop() ?? '';
      messages.forEach(hear);
    }
  };
  listen().catch(() => end(LOST));

  return {
    send(frame) {
      if (signal.aborted) return false;
      queue.push(frame);
      send();
      return true;
    },
    close: () => closing.abort(),
  };
}
