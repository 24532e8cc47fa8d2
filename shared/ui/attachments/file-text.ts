import { spoken } from '../language.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size as the reader writes it: 1.2 MB */
export function sizeText(bytes: number): string {
  let value = bytes;
  let step = 0;
  // Files are counted in thousands, as systems show them.
  for (; value >= 1000 && step < UNITS.length - 1; step++) value /= 1000;
  const unit = UNITS[step]!;
  const digits = value < 10 && step > 0 ? 1 : 0;
  // Bytes have no sign everywhere, and as a word they must agree with their number.
  const unitDisplay = step > 0 ? 'short' : 'long';
  const style = { style: 'unit', unit, unitDisplay, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(spoken.locale, style).format(value);
}

/** What a file is, in a few letters that are the same in every language: the ending people know it by, else nothing. */
function kindText(name: string): string {
  return (/\.([\p{L}\p{N}]{1,5})$/u.exec(name)?.[1] ?? '').toUpperCase();
}

/** Kind and size of a file in one line. */
export function fileText({ name, size }: { name: string; size: number }): string {
  const kind = kindText(name);
  // Else the number would go with the Latin letters before it, away from its unit.
  const apart = kind && spoken.direction === 'rtl' ? `\u2068${kind}\u2069` : kind;
  return [apart, sizeText(size)].filter(Boolean).join(' · ');
}

const drawable: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Whether browsers draw it from pixels alone. */
export function isPicture(type: string): boolean {
  return drawable.has(type);
}

/** Whether one may see through parts of such a picture. */
export function canBeClear(type: string): boolean {
  return type !== 'image/jpeg';
}
