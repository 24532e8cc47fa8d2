import assert from 'node:assert/strict';
import { API } from '../../server/http/api.ts';
import type { Method } from '../../server/http/openapi-document.ts';
import { openApi } from '../../server/http/openapi.ts';

type Door = { path: RegExp; name: string; methods: Partial<Record<Method, { responses: object }>> };

let doors: Door[] | undefined;

/** Those whose path has fewer parameters come first: `/a/b` is meant before `/a/{id}`. */
function documentedDoors(): Door[] {
  return (doors ??= Object.entries(openApi('https://talk.example').paths)
    .map(([name, methods]) => ({ name, methods, path: new RegExp(`^${name.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }))
    .sort((a, b) => a.name.split('{').length - b.name.split('{').length));
}

/** Asserts that /openapi.json lists what the server answered, where it is of the API. */
export function isDocumented(method: string, url: string, status: number): void {
  const { pathname } = new URL(url);
  if (!pathname.startsWith(`${API}/`) || method === 'OPTIONS') return;
  const asked = (method === 'HEAD' ? 'get' : method.toLowerCase()) as Method;
  const door = documentedDoors().find(({ path, methods }) => path.test(pathname) && methods[asked]);
  const listed = door ? Object.keys(door.methods[asked]!.responses) : ['404'];
  assert.ok(
    listed.includes(String(status)),
    `${method} ${door?.name ?? pathname} answered ${status}; /openapi.json lists ${listed.join(', ')}`,
  );
}
