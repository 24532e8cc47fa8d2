import { DomainError } from '../kernel/errors.ts';

/** Where the next page starts: the sort key of the last row, opaque to the caller. */
export type PageKey = { at: Date; id: string };

export function encodeCursor(key: PageKey): string {
  return Buffer.from(`${key.at.toISOString()} ${key.id}`).toString('base64url');
}

/** @throws DomainError when the cursor did not come from a page before. */
export function decodeCursor(cursor: string): PageKey {
  const [at, id] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const date = new Date(at ?? '');
  if (
    !id ||
    !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ||
    Number.isNaN(date.getTime()) ||
    date.toISOString() !== at ||
    at.length !== 24
  ) {
    throw foreignCursor();
  }
  return { at: date, id };
}

export function foreignCursor(): DomainError {
  return new DomainError('invalid', 'This page cursor is not one of ours. Start again without a cursor.', {
    fields: { cursor: 'is not a page cursor' },
  });
}

/** Characters a page holds, but for its last row: small beside what a slow reader may have waiting (D11). */
const LONGEST_PAGE = 128 * 1024;

/** How many of these rows make a page: `limit`, or fewer where they are long; one at least. */
export function fitting(rows: readonly object[], limit: number): number {
  let length = 0;
  const past = rows.findIndex((row) => (length += JSON.stringify(row).length) > LONGEST_PAGE);
  return past < 0 ? limit : Math.min(past + 1, limit);
}

/** Cuts the one row that was read to learn whether there is more. */
export function cutPage<R>(rows: R[], limit: number, key: (row: R) => PageKey): { rows: R[]; next: string | null } {
  if (rows.length <= limit) return { rows, next: null };
  const page = rows.slice(0, limit);
  return { rows: page, next: encodeCursor(key(page.at(-1)!)) };
}
