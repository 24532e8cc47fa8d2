/**
 * Puts a text on the clipboard; false when the browser will not. Pages served over plain http have no clipboard interface,
 * so there the text of `shown`, where the reader sees it, is selected and copied the old way; on false it stays selected.
 */
export async function copyText(text: string, shown: Element): Promise<boolean> {
  // Typed as always there, but missing in insecure contexts.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    if (clipboard) {
      await clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused by a permission or by an embedding page: the old way may still be allowed.
  }
  getSelection()?.selectAllChildren(shown);
  return document.execCommand('copy');
}
