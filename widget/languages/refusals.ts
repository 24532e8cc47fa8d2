import { msg } from '@lit/localize';
import type { ErrorCode } from '../../shared/contract/error.ts';

/**
 * What visitors of other languages than English read when the server refuses something: its own sentences are English, and say more. Apart
 * from the panel, which needs it only with a catalogue.
 */
const sentences: Record<ErrorCode, () => string> = {
  invalid: () => msg('The server could not read this. Reload the page, and try again.'),
  unauthenticated: expired,
  expired,
  forbidden: () => msg('This is not allowed here.'),
  origin_refused: () => msg('The chat may not be used on this page.'),
  not_found: gone,
  gone,
  conflict,
  id_reused: conflict,
  too_large: () => msg('This is too large. Choose something smaller.'),
  unsupported: () => msg('This is not possible here.'),
  rate_limited: () => msg('That was a lot at once. Wait a moment, and try again.'),
  internal: unavailable,
  unavailable,
};

function expired(): string {
  return msg('Your visit has run out. Reload the page to go on.');
}

function gone(): string {
  return msg('This is no longer there.');
}

function conflict(): string {
  return msg('This is not possible at the moment. Try again later.');
}

function unavailable(): string {
  return msg('The server cannot answer at the moment. Please try again shortly.');
}

/** @returns nothing for a code of a newer server */
export function refusalText(code: ErrorCode): string | undefined {
  return Object.hasOwn(sentences, code) ? sentences[code]() : undefined;
}
