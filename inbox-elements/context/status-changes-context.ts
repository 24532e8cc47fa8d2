import { createContext } from '@lit/context';
import type { StatusChanges } from '../session/status-changes.ts';

/** What this teammate has asked for and does not show yet; `null` while there is no line. Given anew whenever that has changed. */
export const statusChangesContext = createContext<StatusChanges | null>('parlour-status-changes');
