import { MAX_ATTACHMENTS } from '../contract/limits.ts';
import type { FileLine } from './uploads.ts';

/** Where a file can be fetched, until it runs out (Unix milliseconds). */
export type FileLink = { url: string; until: number };

/** Links are renewed so long before they run out. */
const SPARE_MS = 60_000;
/** More do not fit into one question. */
const MOST_AT_ONCE = MAX_ATTACHMENTS * 5;

const known = new WeakMap<FileLine, FileLinks>();

/** The links of a line, shared by all who show files of it. */
export function fileLinksOf(line: FileLine): FileLinks {
  let links = known.get(line);
  if (!links) known.set(line, (links = new FileLinks(line)));
  return links;
}

/** Links to files, asked for together and kept while they hold. */
export class FileLinks {
  readonly #line: FileLine;
  readonly #held = new Map<string, FileLink>();
  /** What is to be asked for next, and the answer to it. */
  #next: { ids: Set<string>; answer: Promise<void> } | undefined;

  constructor(line: FileLine) {
    this.#line = line;
  }

  /** @returns null when it may not be fetched. Rejects with a RequestError. */
  async of(attachmentId: string): Promise<FileLink | null> {
    const held = this.#held.get(attachmentId);
    if (held && held.until - SPARE_MS > Date.now()) return held;
    if (!this.#next || this.#next.ids.size === MOST_AT_ONCE) {
      const ids = new Set<string>();
      this.#next = { ids, answer: this.#ask(ids) };
    }
    const { ids, answer } = this.#next;
    ids.add(attachmentId);
    await answer;
    return this.#held.get(attachmentId) ?? null;
  }

  async #ask(ids: ReadonlySet<string>): Promise<void> {
    // What a thread draws at once is asked for at once.
    await Promise.resolve();
    if (this.#next?.ids === ids) this.#next = undefined;
    const [{ server }, { links }] = await Promise.all([
      this.#line.credentials(),
      this.#line.query('attachment.links', { attachmentIds: [...ids].join() }),
    ]);
    for (const { attachmentId, url, expiresAt } of links)
      this.#held.set(attachmentId, { url: new URL(url, server).href, until: Date.parse(expiresAt) });
  }
}
