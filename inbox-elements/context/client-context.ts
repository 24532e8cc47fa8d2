import { createContext } from '@lit/context';
import type { WorkspaceClient } from '../../shared/client/client.ts';

/** The line to the server; `null` until a session has one. A string key, so that two bundles on one page meet. */
export const clientContext = createContext<WorkspaceClient | null>('parlour-client');
