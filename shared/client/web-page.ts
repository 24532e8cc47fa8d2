/** The page, as the server may be told of it. Those without an address of their own (from a file, inside of a document) are no web addresses. */
export function webPage(pageUrl = ''): { pageUrl?: string } {
  return /^https?:/.test(pageUrl) && pageUrl.length <= 2048 ? { pageUrl } : {};
}
