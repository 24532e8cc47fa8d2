import { msg } from '@lit/localize';
import { later } from '../../client/later.ts';
import { define } from '../define.ts';
import type { AttachmentTray } from './attachment-tray.ts';

/** Fetches what shows files, and takes them in, once it is needed. */
export const loadAttachments = later((_query) =>
  import('./attachment-elements.ts').then(({ elements }) => define(elements)),
);

/**
 * Hands the tray a click that asks for files, or a drag, drop or paste that may bring some, unless it is about something else. The tray may have to be
 * fetched first. Where that fails, it says so as long as it stands there empty; files wait a minute for it, at pauses that double, and then the next
 * intent fetches it. A tray that is another conversation's by then takes none.
 */
export function fillTray(event: Event, tray: Partial<AttachmentTray> & Element, load = loadAttachments): void {
  const { type, currentTarget, dataTransfer, clipboardData, relatedTarget } = event as DragEvent & ClipboardEvent;
  // From one part of it to another.
  if ((currentTarget as Node).contains(relatedTarget as Node | null)) return;
  const brought = dataTransfer ?? clipboardData;
  if (brought) {
    const { types } = brought;
    // A copied text may bring a picture of itself along, which nobody means.
    if (!types.includes('Files') || (clipboardData && types.includes('text/plain'))) return;
    // Else the browser leaves the page for the file.
    event.preventDefault();
  }
  // What it brings is gone once the event is over.
  const files = [...(brought?.files ?? [])];
  const { conversationId } = tray;
  const give = (pauseMs: number): void =>
    void load().then((isMissing) => {
      if (!isMissing) return tray.receive?.(type, files, conversationId);
      tray.role = 'alert';
      tray.textContent = msg('This is not possible at the moment. Try again later.');
      if (files[0] && pauseMs < 64_000) setTimeout(give, pauseMs, pauseMs * 2);
    });
  give(1_000);
}
