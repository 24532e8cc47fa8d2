import { msg, str } from '@lit/localize';
import { MAX_MESSAGE_LENGTH } from '../../shared/contract/limits.ts';
import { numberText } from '../../shared/ui/language.ts';

/** From here on the length is shown. */
export const nearlyFull = MAX_MESSAGE_LENGTH - 500;

/** What stands below a message of this length, in characters, while nothing is wrong with it otherwise. */
export function hintText(length: number): string {
  if (length > MAX_MESSAGE_LENGTH) {
    const over = numberText(length - MAX_MESSAGE_LENGTH);
    return msg(str`A message may have ${numberText(MAX_MESSAGE_LENGTH)} characters; this one has ${over} too many.`);
  }
  if (length > nearlyFull) return msg(str`${numberText(MAX_MESSAGE_LENGTH - length)} characters left`);
  // Fingers have no Shift key to explain: not to those who listen, either, who are read what is only hidden.
  return matchMedia('(pointer: coarse)').matches ? '' : msg('Enter to send, Shift + Enter for a new line');
}
