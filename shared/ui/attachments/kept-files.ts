import { keptJson } from '../../client/kept-json.ts';
import { askBeside } from '../../client/unsent.ts';
import type { Attachment } from '../../contract/attachment.ts';

/** A file of a message that is not sent, as the tab keeps it. What has not arrived is beside it, under its id. */
export type KeptFile = { id: string; name: string; size: number; type: string; attachment: Attachment | null };

/** Keeps texts for the tab, by name; an empty one is none. */
export type KeepText = (name: string, text: string, place: 'sessionStorage') => void;
export type ReadText = (name: string, place: 'sessionStorage') => string;

/** The server keeps what is in no message for a day; the last hour is for writing the message. */
const KEPT_MS = 23 * 3_600_000;
/** Of one message so much is kept at most: the browser's room is for the whole site. */
export const MOST_KEPT_BYTES = 32 * 1024 ** 2;

/** Where storage is denied or full: as long as the page lives. */
const inMemory = new Map<string, File>();

const KEY = 'file:';
const keyOf = (draft: string): string => draft.split(':', 1)[0]!;

export function readKept(text: string): KeptFile[] {
  return keptJson<Partial<KeptFile | null>[]>(text, []).filter((one): one is KeptFile =>
    [one?.id, one?.name, one?.type].every((word) => typeof word === 'string'),
  );
}

/** Whether the server may have removed it, or the browser. Its id says when it was chosen. */
export function isStale({ id }: KeptFile, now = Date.now()): boolean {
  return parseInt(id.replace('-', '').slice(0, 12), 16) < now - KEPT_MS;
}

/** Keeps what is on its way for the next page. */
export async function keepContent(draft: string, id: string, file: File): Promise<void> {
  try {
    await askBeside(keyOf(draft), 'readwrite', (store) => {
      // What tabs left behind that never came back; ids begin with their time.
      const before = (Date.now() - KEPT_MS).toString(16).padStart(12, '0');
      store.delete(IDBKeyRange.bound(KEY, `${KEY}${before.slice(0, 8)}-${before.slice(8)}`));
      return store.put(file, KEY + id);
    });
  } catch {
    inMemory.set(id, file);
  }
}

export async function contentOf(draft: string, id: string): Promise<File | undefined> {
  const held = inMemory.get(id);
  if (held) return held;
  try {
    return (await askBeside(keyOf(draft), 'readonly', (store) => store.get(KEY + id))) as File | undefined;
  } catch {
    // Storage is denied: then there is none.
    return undefined;
  }
}

export async function dropContent(draft: string, id: string): Promise<void> {
  inMemory.delete(id);
  try {
    await askBeside(keyOf(draft), 'readwrite', (store) => store.delete(KEY + id));
  } catch {
    // Storage is denied: then there is nothing to drop.
  }
}
