import type { Attachment, AttachmentLimits } from '../contract/attachment.ts';
import { isRetryable } from '../contract/error.ts';
import type { ErrorBody } from '../contract/error.ts';
import { backoffMs } from './backoff.ts';
import { RequestError } from './client.ts';
import type { Client } from './client.ts';

/** What of a client files need: who asks, and links to what was sent. */
export type FileLine = Pick<Client<unknown, unknown>, 'credentials' | 'query'>;

/** An upload that fails without the file's fault is tried so often before its sender is asked. */
const MOST_ATTEMPTS = 3;

const offline: ErrorBody = { code: 'unavailable', message: 'The server cannot be reached. Please try again later.' };

export type UploadOptions = {
  /** Names the file: what is sent again under the same id is the same file. */
  id: string;
  signal: AbortSignal;
  /** Hears the share that is sent, 0 to 1. */
  onProgress: (share: number) => void;
};

/**
 * Sends a file in. Rejects with a RequestError when the server refused it or cannot be reached, and with the signal's reason when it was given up.
 */
export async function uploadFile(line: FileLine, file: File, options: UploadOptions): Promise<Attachment> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(line, file, options);
    } catch (error) {
      const again = error instanceof RequestError && isRetryable(error.code) && error.code !== 'rate_limited';
      if (!again || attempt === MOST_ATTEMPTS) throw error;
      await pause(backoffMs(attempt, Math.random()), options.signal);
    }
  }
}

const limits = new WeakMap<FileLine, Promise<AttachmentLimits>>();

/** What the server takes; it is asked once. Rejects with a RequestError, and may then be asked again. */
export function readAttachmentLimits(line: FileLine): Promise<AttachmentLimits> {
  const known = limits.get(line);
  if (known) return known;
  const asked = askLimits(line);
  limits.set(line, asked);
  asked.catch(() => limits.delete(line));
  return asked;
}

async function askLimits(line: FileLine): Promise<AttachmentLimits> {
  const { server } = await line.credentials();
  const response = await fetch(new URL('/api/v1/attachment-limits', server)).catch(() => {
    // fetch tells no more than that there was no answer.
    throw new RequestError(offline);
  });
  const answer = response.ok ? answerIn<AttachmentLimits>(await response.text()) : null;
  if (!answer) throw new RequestError(offline);
  return answer;
}

/** By XMLHttpRequest: only it tells how much has been sent. */
async function send(line: FileLine, file: File, { id, signal, onProgress }: UploadOptions): Promise<Attachment> {
  const { server, headers } = await line.credentials();
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
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onabort = () => reject(signal.reason as Error);
    request.onerror = () => reject(new RequestError(offline));
    request.onload = () => {
      const answer = answerIn<Attachment | { error: ErrorBody }>(request.responseText);
      if (request.status === 200 && answer && !('error' in answer)) resolve(answer);
      else reject(new RequestError(answer && 'error' in answer ? answer.error : offline));
    };
    request.onloadend = () => signal.removeEventListener('abort', abort);
    request.send(file);
  });
}

/** Something between here and the server may answer with a page of its own. */
function answerIn<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    // Not JSON, so not an answer of ours.
    return null;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
