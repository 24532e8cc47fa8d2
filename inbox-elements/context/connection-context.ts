import { createContext } from '@lit/context';
import type { ConnectionStatus } from '../../shared/client/client.ts';
import type { ErrorBody } from '../../shared/contract/error.ts';

/** How the line stands, and why the server refused if it did. */
export type Connection = { readonly status: ConnectionStatus; readonly refusal: ErrorBody | null };

export const connectionContext = createContext<Connection>('parlour-connection');

/** What stands before a session has said anything. */
export const noConnection: Connection = { status: 'connecting', refusal: null };
