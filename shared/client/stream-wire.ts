import { IMPOSTOR, LOST, askWhy } from './wire.ts';
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
  // Plain text, so that no browser asks the server for permission first. The server sends nobody elsewhere.
  const ask = (path: string, body: string): Promise<Response> =>
    fetch(new URL(path, server), { method: 'POST', body, signal, cache: 'no-store', redirect: 'manual' });
  /** What an answer that is not the server's own tells: a page of somebody else's, the way to one (0, where it may not be seen), or a failure. */
  const codeOf = ({ status }: Response): number => (status < 400 || status === 511 ? IMPOSTOR : LOST);

  const post = async (): Promise<void> => {
    if (isPosting || !key) return;
    isPosting = true;
    while (queue.length > 0) {
      let size = 0;
      const over = queue.findIndex((frame) => (size += frame.length) > MOST_CHARACTERS);
      // One request after the other, so that frames arrive in their order.
      const frames = queue.splice(0, over < 0 ? queue.length : Math.max(over, 1));
      const answer = await ask('/stream/frames', [key, ...frames].join('\n'));
      if (answer.status !== 204) return end(codeOf(answer));
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
    const answer = await ask('/stream', hello).catch(() => null);
    if (!answer) return end(await askWhy(server));
    const { ok, body, headers } = answer;
    if (!ok || !body || !headers.get('content-type')?.startsWith('text/event-stream')) return end(codeOf(answer));
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
