import { MOST_KEPT_BYTES, contentOf, dropContent, isStale, keepContent, readKept } from './kept-files.ts';
import type { KeepText, KeptFile, ReadText } from './kept-files.ts';
import { begun } from './tray-item.ts';
import type { TrayItem } from './tray-item.ts';

/** Where the texts of the tab are kept, by whoever writes them. */
interface Texts {
  recall: ReadText;
  keep: KeepText;
}

/** What the tab keeps of the files of each conversation, for the page after a reload. */
export class KeptTray {
  readonly #texts: Texts;
  /** By conversation: what its files are kept as, and what is kept there. */
  readonly #kept = new Map<string, { draft: string; text: string }>();

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /**
   * Says what the text is kept as that a conversation's files go along with; it has another name once it is begun.
   * @returns whether they are to be kept anew
   */
  name(conversationId: string, draft: string): boolean {
    const known = this.#kept.get(conversationId);
    if (known?.draft === draft) return false;
    if (known?.draft) this.#texts.keep(`${known.draft}files`, '', 'sessionStorage');
    this.#kept.set(conversationId, { draft, text: '' });
    return !!known;
  }

  /** Keeps what there is, without what it holds. */
  keep(conversationId: string, items: readonly TrayItem[]): void {
    const { draft, text: before } = this.#kept.get(conversationId) ?? {};
    if (!draft) return;
    const kept: KeptFile[] = items
      .filter(({ error, retryable }) => !error || retryable)
      .map(({ id, name, size, type, attachment }) => ({ id, name, size, type, attachment }));
    const text = kept.length > 0 ? JSON.stringify(kept) : '';
    // It is asked at every step of an upload.
    if (text === before) return;
    this.#kept.set(conversationId, { draft, text });
    this.#texts.keep(`${draft}files`, text, 'sessionStorage');
  }

  /** What was there before a reload. */
  recall(draft: string): TrayItem[] {
    return readKept(this.#texts.recall(`${draft}files`, 'sessionStorage')).map((kept) =>
      begun({ ...kept, attachment: isStale(kept) ? null : kept.attachment }, null),
    );
  }

  /** What one of them holds that had not arrived; nothing where it was not kept, or may be gone. */
  async contentOf(draft: string, item: TrayItem): Promise<File | undefined> {
    return isStale(item) ? undefined : contentOf(draft, item.id);
  }

  /** Keeps what one holds, should the page go before it has arrived. */
  keepContent(conversationId: string, items: readonly TrayItem[], { id, file }: TrayItem): void {
    const { draft } = this.#kept.get(conversationId) ?? {};
    const bytes = items.filter(({ attachment }) => !attachment).reduce((sum, { size }) => sum + size, 0);
    if (draft && file && bytes <= MOST_KEPT_BYTES) void keepContent(draft, id, file);
  }

  dropContent(conversationId: string, id: string): void {
    const { draft } = this.#kept.get(conversationId) ?? {};
    if (draft) void dropContent(draft, id);
  }
}
