import type { FollowerPort } from './panel-port.ts';

/** Has elements of the page's own open the chat; what the server adds to the launcher's styles hides it. */
export function followSelector({ widget }: FollowerPort, selector: string): void {
  const clicked = (event: Event): void => {
    if (!(event.target as Element).closest(selector)) return;
    event.preventDefault();
    widget.toggle();
  };
  document.addEventListener('click', clicked);
  widget.on('destroy', () => document.removeEventListener('click', clicked));
}
