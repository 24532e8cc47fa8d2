/**
 * Whether a key press in a composer means "send": Enter alone, or with Ctrl or Cmd. Shift+Enter makes a new line, and the Enter
 * that confirms a word in an input method (IME) belongs to the input method.
 */
export function isSendKey(event: KeyboardEvent): boolean {
  // Safari reports the confirming Enter after the composition has ended, with the key code that stands for "in an IME".
  const inComposition = event.isComposing || event.keyCode === 229;
  return event.key === 'Enter' && !event.shiftKey && !event.altKey && !inComposition;
}

/** Makes a text area as high as its text; its style's `max-block-size` bounds it. */
export function fitToText(area: HTMLTextAreaElement): void {
  area.style.blockSize = 'auto';
  // scrollHeight leaves out the border, which a border-box height includes.
  const border = area.offsetHeight - area.clientHeight;
  if (area.scrollHeight > 0) area.style.blockSize = `${area.scrollHeight + border}px`;
}
