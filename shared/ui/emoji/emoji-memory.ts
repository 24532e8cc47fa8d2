import type { SkinTone } from './emoji-set.ts';

/** What a person chose before. */
export interface EmojiMemory {
  tone: SkinTone;
  /** The last ones, newest first. */
  recent: readonly string[];
}

/** Three rows of eight. */
const MOST_RECENT = 24;

/** What was written down; nothing remembered where that makes no sense. */
export function readEmojiMemory(record: string | null): EmojiMemory {
  try {
    const { tone, recent } = JSON.parse(record ?? '') as { tone?: unknown; recent?: unknown };
    const isTone = Number.isInteger(tone) && Number(tone) >= 0 && Number(tone) <= 5;
    const used = Array.isArray(recent) ? recent.filter((one): one is string => typeof one === 'string') : [];
    return { tone: isTone ? (tone as SkinTone) : 0, recent: used.slice(0, MOST_RECENT) };
  } catch {
    // Nothing, or not JSON.
    return { tone: 0, recent: [] };
  }
}

export function withUsed(memory: EmojiMemory, emoji: string): EmojiMemory {
  return { ...memory, recent: [emoji, ...memory.recent.filter((one) => one !== emoji)].slice(0, MOST_RECENT) };
}
