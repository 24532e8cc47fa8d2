import { createContext } from '@lit/context';
import type { Directory } from '../../shared/state/directory.ts';

/** Workspace, teammates, inboxes and channels as they are now; `null` until the first welcome. */
export const directoryContext = createContext<Directory | null>('parlour-directory');
