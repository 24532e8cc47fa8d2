import { define } from '../define.ts';
import { EmojiPicker } from './emoji-picker.ts';
import type { EmojiMemory } from './emoji-memory.ts';

export interface EmojiPlace {
  /** What opens and closes it. */
  button: HTMLElement;
  /** Where emoji go, at the caret. */
  field: HTMLTextAreaElement;
  memory: EmojiMemory;
  remember: (memory: EmojiMemory) => void;
  /** Puts the picker into the page. */
  show: (picker: EmojiPicker) => void;
}

const open = new WeakMap<HTMLElement, () => void>();

/**
 * Opens the emoji picker of a message field, or closes it. It closes itself after a choice, by Escape, and by a click or a step of the
 * keyboard to somewhere else; the field has the focus then, unless that went elsewhere.
 */
export function toggleEmoji({ button, field, memory, remember, show }: EmojiPlace): void {
  const close = open.get(button);
  if (close) return close();
  define({ 'parlour-emoji-picker': EmojiPicker });
  const picker = document.createElement('parlour-emoji-picker');
  const ending = new AbortController();
  const listens = { signal: ending.signal };
  const end = (returnsFocus = true): void => {
    ending.abort();
    open.delete(button);
    button.removeAttribute('aria-expanded');
    picker.remove();
    if (returnsFocus) field.focus();
  };
  const isInside = (event: Event): boolean => event.composedPath().some((node) => node === picker || node === button);
  open.set(button, end);
  button.setAttribute('aria-expanded', 'true');
  picker.memory = memory;
  picker.addEventListener(
    'parlour-emoji-pick',
    ({ emoji, stays }) => {
      insert(field, emoji);
      if (!stays) end();
    },
    listens,
  );
  picker.addEventListener('parlour-emoji-memory', (event) => remember(event.memory), listens);
  picker.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      // It is for the picker, not for what it stands in.
      event.stopPropagation();
      end();
    },
    listens,
  );
  picker.addEventListener(
    'focusout',
    ({ relatedTarget }) => {
      if (relatedTarget && relatedTarget !== button && !picker.contains(relatedTarget as Node)) end(false);
    },
    listens,
  );
  addEventListener('pointerdown', (event) => !isInside(event) && end(false), { ...listens, capture: true });
  show(picker);
  void picker.updateComplete.then(() => picker.focus());
}

/** As if it were typed: whoever listens to the field hears of it. */
function insert(field: HTMLTextAreaElement, emoji: string): void {
  field.setRangeText(emoji, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: emoji, inputType: 'insertText' }));
}
