import type { ParlourWidget } from '../api/page-api.ts';

/** Whatever the page puts into the slot is there instead of the round button, as long as it is there. */
export function addLauncherSlot(root: ShadowRoot, widget: ParlourWidget): void {
  const slot = document.createElement('slot');
  slot.name = 'launcher';
  const tell = (isOpen: boolean): void =>
    slot.assignedElements().forEach((button) => button.setAttribute('aria-expanded', `${isOpen}`));
  let isTaken = false;
  slot.addEventListener('slotchange', () => {
    const hasOwn = slot.assignedElements().length > 0;
    if (hasOwn) widget.hide();
    else if (isTaken) widget.show();
    isTaken = hasOwn;
    tell(widget.isOpen);
  });
  slot.addEventListener('click', widget.toggle);
  widget.on('open', () => tell(true));
  widget.on('close', () => tell(false));
  widget.on('destroy', () => slot.remove());
  root.append(slot);
}
