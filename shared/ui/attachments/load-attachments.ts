import { define } from '../define.ts';
import type { AttachmentTray } from './attachment-tray.ts';

let loading: Promise<unknown> | undefined;

/** Fetches what shows files, and takes them in, once it is needed. Where the network fails, the next need tries again. */
export function loadAttachments(): Promise<unknown> {
  return (loading ??= import('./attachment-elements.ts').then(
    ({ attachmentElements }) => define(attachmentElements),
    () => (loading = undefined),
  ));
}

/** A click that asks for files, or a drag, drop or paste that may bring some: hands it to the tray, which may have to be fetched first. */
export function takeFiles(event: Event, tray: Partial<AttachmentTray> | null): void {
  const { dataTransfer, clipboardData, relatedTarget } = event as DragEvent & ClipboardEvent;
  // From one part of it to another.
  if (relatedTarget && (event.currentTarget as Node).contains(relatedTarget as Node)) return;
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
  void loadAttachments().then(() => tray?.receive?.(event.type, files));
}
