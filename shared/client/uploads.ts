import type { Attachment, AttachmentLimits } from '../contract/attachment.ts';
import { isRetryable } from '../contract/error.ts';
import type { ErrorBody } from '../contract/error.ts';
import { backoffMs } from './backoff.ts';
import { RequestError } from './client.ts';
import type { Client } from './client.ts';

/** What of a client files need: who asks, links to what was sent, and word of a line that is back. */
export type FileLine = Pick<Client<unknown, unknown>, 'credentials' | 'query' | 'on'>;

/** What fails in the server is tried so often before its sender is asked. */
const MOST_ATTEMPTS = 3;
/** A request of which so long nothing was heard hangs on a network that is gone. */
const STALLED_MS = 60_000;
/** Whoever asked too much and was not told how long to wait. */
const SLOWED_MS = 5_000;
/** Nobody looks at a file that waits for longer: its sender is told, and says when. */
const MOST_WAITED_MS = 60_000;

/** Why it did not come through, and how long the server wants to be left alone. */
class UploadError extends RequestError {
  readonly retryAfterMs: number | undefined;

  constructor(body: ErrorBody) {
    super(body);
    this.retryAfterMs = body.retryAfterMs;
  }
}

export type Patience = {
  signal: AbortSignal;
  /** Hears that it goes on by itself later, and why not now. */
  onWait: (reason: RequestError) => void;
};

export type UploadOptions = Patience & {
  /** Names the file: what is sent again under the same id is the same file. */
  id: string;
  /** Hears the share that is sent, 0 to 1. */
  onProgress: (share: number) => void;
};

/**
 * Sends a file in, as soon as there is a server to send it to: without one it waits, as messages do. Rejects with a RequestError when the
 * server refused it, and with the signal's reason when it was given up.
 */
export function uploadFile(line: FileLine, file: Blob & { name: string }, options: UploadOptions): Promise<Attachment> {
  return insist(line, options, () => send(line, file, options));
}

/** Asks until there is an answer. */
async function insist<T>(line: FileLine, { signal, onWait }: Patience, ask: () => Promise<T>): Promise<T> {
  let tries = 0;
  for (let failures = 1; ;) {
    try {
      return await ask();
    } catch (error) {
      // What is given up in the meantime waits for nothing any more.
      signal.throwIfAborted();
      if (!(error instanceof RequestError) || !isRetryable(error.code)) throw error;
      if (error.code === 'internal' && failures++ === MOST_ATTEMPTS) throw error;
      const isSlowed = error.code === 'rate_limited';
      const toldMs = error instanceof UploadError ? error.retryAfterMs : undefined;
      if (toldMs && toldMs > MOST_WAITED_MS) throw error;
      onWait(error);
      const ms = toldMs ?? backoffMs(tries++, Math.random()) + (isSlowed ? SLOWED_MS : 0);
      // What was asked to wait is no sooner welcome because the line is new.
      if (await pause(ms, signal, isSlowed ? null : line)) tries = 0;
    }
  }
}

const limits = new WeakMap<FileLine, Promise<AttachmentLimits>>();

/** What the server takes; it is asked once. Waits for a server as an upload does. */
export function readAttachmentLimits(line: FileLine, patience: Patience): Promise<AttachmentLimits> {
  return insist(line, patience, () => {
    const known = limits.get(line);
    if (known) return known;
    const asked = askLimits(line);
    limits.set(line, asked);
    asked.catch(() => limits.delete(line));
    return asked;
  });
}

async function askLimits(line: FileLine): Promise<AttachmentLimits> {
  const { server } = await credentialsOf(line);
  const signal = AbortSignal.timeout(STALLED_MS);
  const [response, text] = await fetch(new URL('/api/v1/attachment-limits', server), { signal })
    .then(async (answered) => [answered, await answered.text()] as const)
    .catch(() => {
      // fetch tells no more than that there was no answer.
      throw new UploadError(refusal(0));
    });
  const answer = answerIn<AttachmentLimits | { error: ErrorBody }>(text);
  if (response.ok && answer && !('error' in answer)) return answer;
  throw new UploadError(refusal(response.status, answer, response.headers.get('retry-after')));
}

/** A page's own way to them goes over the same network. */
async function credentialsOf(line: FileLine): ReturnType<FileLine['credentials']> {
  try {
    return await line.credentials();
  } catch (error) {
    throw error instanceof RequestError ? error : new UploadError(refusal(0));
  }
}

/** By XMLHttpRequest: only it tells how much has been sent. */
async function send(
  line: FileLine,
  file: Blob & { name: string },
  { id, signal, onProgress }: UploadOptions,
): Promise<Attachment> {
  const { server, headers } = await credentialsOf(line);
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const address = new URL('/api/v1/attachments', server);
    address.searchParams.set('name', file.name);
    request.open('POST', address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('idempotency-key', id);
    const abort = (): void => request.abort();
    signal.addEventListener('abort', abort);
    let stalling = setTimeout(abort, STALLED_MS);
    request.upload.onprogress = ({ loaded, total }) => {
      clearTimeout(stalling);
      stalling = setTimeout(abort, STALLED_MS);
      onProgress(total > 0 ? loaded / total : 0);
    };
    request.onabort = () => reject(signal.aborted ? (signal.reason as Error) : new UploadError(refusal(0)));
    request.onerror = () =>
      void isReadable(file).then((readable) => reject(new UploadError(refusal(readable ? 0 : 410))));
    request.onload = () => {
      const answer = answerIn<Attachment | { error: ErrorBody }>(request.responseText);
      if (request.status === 200 && answer && !('error' in answer)) resolve(answer);
      else reject(new UploadError(refusal(request.status, answer, request.getResponseHeader('retry-after'))));
    };
    request.onloadend = () => {
      clearTimeout(stalling);
      signal.removeEventListener('abort', abort);
    };
    request.send(file);
  });
}

/** A file that was changed or removed since it was chosen fails as a network does. */
async function isReadable(file: Blob): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    // No longer.
    return false;
  }
}

/** What the server says; where something between here and the server answers in its place, what its number says. */
function refusal(status: number, answer: object | null = null, retryAfter: string | null = null): ErrorBody {
  if (answer && 'error' in answer) return answer.error as ErrorBody;
  if (status === 413) return { code: 'too_large', message: 'This file is too large.' };
  if (status === 410) return { code: 'gone', message: 'This file can no longer be read.' };
  const isSlowed = status === 429;
  if (status >= 400 && status < 500 && !isSlowed)
    return { code: 'internal', message: 'The server could not take this file. Please try again later.' };
  const afterMs = Number(retryAfter) * 1_000;
  return {
    code: isSlowed ? 'rate_limited' : 'unavailable',
    message: isSlowed ? 'That was a lot at once.' : 'The server cannot be reached. Please try again later.',
    ...(afterMs > 0 && { retryAfterMs: afterMs }),
  };
}

/** Something between here and the server may answer with a page of its own. */
function answerIn<T extends object>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    // Not JSON, so not an answer of ours.
    return null;
  }
}

/** Resolves when the time is over, and with true as soon as there is a line again. */
function pause(ms: number, signal: AbortSignal, line: FileLine | null): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const end = (isBack: boolean): void => {
      clearTimeout(timer);
      stop?.();
      window.removeEventListener('online', wake);
      signal.removeEventListener('abort', give);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve(isBack);
    };
    const wake = (): void => end(true);
    const give = (): void => end(false);
    const timer = setTimeout(give, ms);
    const stop = line?.on('status', (status) => status === 'online' && wake());
    if (line) window.addEventListener('online', wake);
    signal.addEventListener('abort', give);
  });
}
