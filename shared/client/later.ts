/**
 * Fetches something when it is needed, which browsers do once. @returns something where it could not be fetched: then the next need tries again;
 * whoever asks without one, by a timer, says for how long.
 * Some browsers remember that an address failed; with another query, which the build puts in (retry-imports.ts), it is another address.
 */
export const later =
  <Given extends unknown[]>(load: (query: string, ...given: Given) => Promise<void>, query = '') =>
  (...given: Given): Promise<string | void> =>
    load(query, ...given).catch(() => (query += '?'));
