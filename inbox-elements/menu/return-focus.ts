/** What goes must not take the focus along that stands in it. Of a popover Chromium sees to that itself, but not in a shadow tree. */
export function returnFocus(from: HTMLElement, to: HTMLElement | null): void {
  if (from.contains((from.getRootNode() as ShadowRoot).activeElement)) to?.focus();
}
