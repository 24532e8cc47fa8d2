import type { ErrorBody, ErrorCode } from '../contract/error.ts';

/**
 * What texts, dates and numbers are said in. The widget sets it before it draws anything, the inbox the English of its dates; where
 * nobody does, texts are English and dates and numbers follow the browser's habits.
 */
export interface Spoken {
  /** Of the texts, such as `pt`. */
  language: string;
  /** Of dates and numbers, such as `pt-BR`; undefined is the browser's own. */
  locale: string | undefined;
  direction: 'ltr' | 'rtl';
  /** What is said for a refusal of the server, whose own sentences are English. */
  refusal?: (code: ErrorCode) => string | undefined;
}

export const spoken: Spoken = { language: 'en', locale: undefined, direction: 'ltr' };

/** A number as the reader writes it: 4,000 or 4.000 */
export function numberText(value: number): string {
  return value.toLocaleString(spoken.locale);
}

/** A refusal in the reader's language. */
export function refusalIn({ code, message }: Pick<ErrorBody, 'code' | 'message'>): string {
  return spoken.refusal?.(code) ?? message;
}
