import { createContext } from '@lit/context';
import type { UnsentMessages } from '../session/unsent-messages.ts';

/** What this teammate wrote on pages before; `null` until it has been looked for. Given anew whenever something was found. */
export const unsentContext = createContext<UnsentMessages | null>('parlour-unsent');
