import type { CommandInput } from '../contract/catalogue.ts';
import type { ErrorBody } from '../contract/error.ts';
import { RequestError } from './client.ts';

/** `set-up`: there is no workspace yet. */
export type SessionState = 'set-up' | 'signed-out' | 'signed-in';

/** What makes the workspace: the set-up token from the server's first start, and what the command asks for. */
export type SetUp = CommandInput<'workspace.create'> & { token: string };

/** How this browser stands with the server. */
export async function readSession(server: string): Promise<SessionState> {
  const { state } = (await request(server, 'GET', '/session')) as { state: SessionState };
  return state;
}

/** Signs in; the server keeps the session in a cookie that no script can read. */
export async function signIn(server: string, credentials: { email: string; password: string }): Promise<void> {
  await request(server, 'POST', '/session', credentials);
}

export async function signOut(server: string): Promise<void> {
  await request(server, 'DELETE', '/session');
}

/** Makes the workspace and signs its owner in. */
export async function setUp(server: string, details: SetUp): Promise<void> {
  await request(server, 'POST', '/set-up', details);
}

async function request(server: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(new URL(`/api/v1${path}`, server), {
    method,
    credentials: 'same-origin',
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    // fetch tells no more than that there was no answer.
    throw new RequestError({ code: 'unavailable', message: 'The server cannot be reached. Please try again later.' });
  });
  const text = await response.text();
  if (response.ok) return text ? JSON.parse(text) : undefined;
  throw new RequestError(
    errorIn(text) ?? { code: 'unavailable', message: 'The server cannot answer now. Please try again later.' },
  );
}

/** The refusal in an answer's body; something between here and the server may answer with a page of its own. */
function errorIn(text: string): ErrorBody | undefined {
  try {
    return (JSON.parse(text) as { error?: ErrorBody }).error;
  } catch {
    // Not JSON, so not an answer of ours.
    return undefined;
  }
}
