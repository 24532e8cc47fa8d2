import { readEmojiMemory } from '../../shared/ui/emoji/emoji-memory.ts';
import type { EmojiMemory } from '../../shared/ui/emoji/emoji-memory.ts';
import { toggleEmoji } from '../../shared/ui/emoji/emoji-opener.ts';
import type { EmojiPicker } from '../../shared/ui/emoji/emoji-picker.ts';

const record = 'parlour-emoji';
const gapPx = 8;
/** For this page, where the browser keeps nothing. */
let held: string | null = null;

/** Opens or closes the emoji of a composer, above its button and over everything: an application may clip what the composer stands in. */
export function toggle(button: HTMLElement, field: HTMLTextAreaElement): void {
  toggleEmoji({ button, field, memory: readEmojiMemory(read()), remember: write, show });

  function show(picker: EmojiPicker): void {
    picker.popover = 'manual';
    button.before(picker);
    place(picker, button);
    picker.showPopover();
    const follow = (): void => {
      if (picker.isConnected) place(picker, button);
      else removeEventListener('resize', follow);
    };
    addEventListener('resize', follow);
  }
}

function place(picker: HTMLElement, button: HTMLElement): void {
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const { top, bottom, left, right } = button.getBoundingClientRect();
  const inlineSize = Math.min(352, width - 2 * gapPx);
  const goesUp = top > height - bottom;
  const room = (goesUp ? top : height - bottom) - 2 * gapPx;
  const start = Math.min(Math.max(gapPx, left + right > width ? right - inlineSize : left), width - inlineSize - gapPx);
  Object.assign(picker.style, {
    inset: 'auto',
    left: `${start}px`,
    [goesUp ? 'bottom' : 'top']: `${goesUp ? height - top + gapPx : bottom + gapPx}px`,
    inlineSize: `${inlineSize}px`,
    blockSize: `${Math.min(384, room)}px`,
    margin: '0',
    padding: '0',
    border: '0',
    borderRadius: '16px',
    background: 'none',
    boxShadow: 'var(--_shadow)',
  });
}

function read(): string | null {
  try {
    return localStorage.getItem(record) ?? held;
  } catch {
    // Storage is denied.
    return held;
  }
}

function write(memory: EmojiMemory): void {
  held = JSON.stringify(memory);
  try {
    localStorage.setItem(record, held);
  } catch {
    // Storage is denied or full: it is remembered as long as the page lives.
  }
}
