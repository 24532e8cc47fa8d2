/** Where this module came from is where the server is, unless the page says otherwise. */
export const moduleOrigin = new URL(import.meta.url).origin;

/** The origin an embedder means by `server`, which may carry a path or a trailing slash. */
export function serverOrigin(server: string): string {
  return new URL(server || moduleOrigin, location.href).origin;
}
