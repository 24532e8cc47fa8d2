import type { KeptFile } from './kept-files.ts';

/** A file on its way into a message. */
export type TrayItem = KeptFile & {
  /** What it holds; null where it has arrived before a reload, or is still being looked for. */
  file: File | null;
  /** What is sent of it, 0 to 1. */
  share: number;
  error: string | null;
  /** Why it goes on by itself later and not now. */
  waiting: string | null;
  /** Whether the same file may go through another time. */
  retryable: boolean;
  /** Whether it never goes through: it is no part of the message any more. */
  refused: boolean;
  controller: AbortController;
  picture: ImageBitmap | null;
};

/** One of which nothing is sent yet. */
export function begun(kept: KeptFile, file: File | null): TrayItem {
  return {
    ...kept,
    file,
    share: 0,
    error: null,
    waiting: null,
    retryable: false,
    refused: false,
    controller: new AbortController(),
    picture: null,
  };
}
