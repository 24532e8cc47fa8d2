/**
 * Reads a click that asks for files, or a drag, drop or paste that may bring some.
 * @param give Called at once with what it brings, unless it is about something else.
 */
export function takeFiles(event: Event, give: (files: readonly File[], type: string) => void): void {
  const { dataTransfer, clipboardData, relatedTarget } = event as DragEvent & ClipboardEvent;
  // From one part of it to another.
  if ((event.currentTarget as Node).contains(relatedTarget as Node | null)) return;
  const brought = dataTransfer ?? clipboardData;
  if (brought) {
    const { types } = brought;
    // A copied text may bring a picture of itself along, which nobody means.
    if (!types.includes('Files') || (clipboardData && types.includes('text/plain'))) return;
    // Else the browser leaves the page for the file.
    event.preventDefault();
  }
  // What it brings is gone once the event is over.
  give([...(brought?.files ?? [])], event.type);
}
