/** Every door of the HTTP server, and who may pass: a route that belongs neither to the catalogue nor to the table below fails this file. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commands, queries } from '../../shared/contract/catalogue.ts';
import type { ErrorCode } from '../../shared/contract/error.ts';
import { createApp } from '../../server/app.ts';
import type { AppParts } from '../../server/app.ts';
import { readAssets } from '../../server/assets.ts';
import { API, routeOf } from '../../server/http/api.ts';
import { commandPolicy } from '../../server/policy/commands.ts';
import { queryPolicy } from '../../server/policy/queries.ts';
import { isRefusal, startTestServer } from './harness.ts';
import type { Answer } from './harness.ts';
import { setUp } from './people.ts';

const server = await startTestServer();
await setUp(server);
const assets = await readAssets(server.dataDir);
const own = { origin: server.origin };

type Knock = { headers?: Record<string, string>; body?: unknown };
type Door =
  /** Whoever asks. `at`: an address, where the path has a place for anything. */
  | { for: 'anybody'; at?: string }
  /** Whoever shows what it says; each of these knocks shows nothing of the kind, and is refused as it says. */
  | { for: string; at?: string; refuses: [Knock, (answer: Answer) => void][] };

const status = (code: ErrorCode, number: number) => (answer: Answer) => isRefusal(answer, number, code);
const unauthenticated = status('unauthenticated', 401);
const elsewhere = status('origin_refused', 403);
const notFound = status('not_found', 404);

const anybody: Door = { for: 'anybody' };
/** A script is answered as one, for nothing else is run; this one says what is wrong, and is no chat. */
const channelScript: Door = {
  for: 'pages that name a channel',
  refuses: [[{}, ({ text }) => assert.match(text, /^console\.error\("[^"]*"\);\n$/)]],
};

const doors: Record<string, Door> = {
  'GET /': anybody,
  'GET /healthz': anybody,
  'GET /readyz': anybody,
  'GET /openapi.json': anybody,
  'GET /docs': anybody,
  'GET /integrity.json': anybody,
  // Whoever is nobody finds the form to sign in there.
  'GET /app': anybody,
  'GET /app/': anybody,
  'GET /demo': anybody,
  'GET /demo/*': { for: 'anybody', at: '/demo/' },
  'GET /widget.js': channelScript,
  'GET /configuration.js': channelScript,
  'GET /chat/:key': {
    for: 'visitors, by the key of a channel',
    at: '/chat/no-such-key',
    refuses: [[{}, ({ status: found }) => assert.equal(found, 404)]],
  },
  'POST /stream': {
    for: 'visitors and teammates, by the hello',
    refuses: [
      [{ body: JSON.stringify({ type: 'hello', protocol: 1, credential: { kind: 'cookie' } }) }, endsWith(4400)],
      [
        { body: JSON.stringify({ type: 'hello', protocol: 1, credential: { kind: 'token', token: 'a.b.c' } }) },
        endsWith(4401),
      ],
    ],
  },
  'POST /stream/frames': { for: 'whoever knows the key of a stream', refuses: [[{ body: 'a guess\n' }, notFound]] },
  [`GET ${API}/session`]: anybody,
  [`POST ${API}/session`]: {
    for: 'teammates, by their password, on the server’s own pages',
    refuses: [
      [{}, elsewhere],
      [{ headers: { origin: 'https://evil.example' }, body: {} }, elsewhere],
      [{ headers: own, body: { email: 'mara@tide.example', password: 'guess guess' } }, unauthenticated],
    ],
  },
  // Who is not signed in is so afterwards.
  [`DELETE ${API}/session`]: { for: 'the server’s own pages', refuses: [[{}, elsewhere]] },
  [`POST ${API}/set-up`]: {
    for: 'whoever holds the set-up link, on the server’s own pages',
    refuses: [
      [{}, elsewhere],
      [{ headers: own, body: { token: 'guess' } }, unauthenticated],
    ],
  },
  [`POST ${API}/visitor-sessions`]: {
    for: 'visitors, by the key of a channel',
    refuses: [
      [{}, status('invalid', 400)],
      [{ body: { channelKey: 'no-such-key', token: `pv_${'a'.repeat(43)}` } }, notFound],
    ],
  },
  [`GET ${API}/attachment-limits`]: anybody,
  [`POST ${API}/attachments`]: { for: 'visitors, teammates and keys that write', refuses: [[{}, unauthenticated]] },
  [`GET ${API}/attachments/:token`]: {
    for: 'whoever has a link that has not run out',
    at: `${API}/attachments/guess`,
    refuses: [[{}, notFound]],
  },
};

/** What is passed on the way to a door, and lets nobody in. */
const onTheWay = [`ALL ${API}/*`, `ALL ${API}/*`, 'ALL /stream/*'];

/** The doors of the catalogue, each with a rule in the policy tables. */
const catalogued = new Set(
  [
    ...Object.entries(queries).map(([name, { http }]) => [name in queryPolicy, http] as const),
    ...Object.entries(commands).map(([name, { http }]) => [name in commandPolicy, http] as const),
  ].flatMap(([isRuled, http]) => {
    // The workspace is made through the set-up link.
    if (!isRuled || http === null || http === commands['workspace.create'].http) return [];
    const { method, path } = routeOf(http);
    return [`${method} ${path}`];
  }),
);

/** Files of the build are everybody's. */
const files = [...assets.client.keys()].filter((path) => !path.endsWith('.html')).map((path) => `GET ${path}`);

const routes = createApp({ publicUrl: server.origin, assets, limits: {} } as unknown as AppParts).routes.map(
  ({ method, path }) => `${method} ${path}`,
);

function endsWith(closeCode: number): (answer: Answer) => void {
  return ({ text }) => {
    assert.match(text, new RegExp(`event: close\\ndata: ${closeCode}`));
    assert.doesNotMatch(text, /"type":"welcome"/);
  };
}

describe('the doors of the server', () => {
  it('are those of the catalogue, files of the build, and those of the table: each is there once', () => {
    const known = new Set([...Object.keys(doors), ...catalogued, ...files]);
    const unknown = routes.filter((route) => !route.startsWith('ALL ') && !known.has(route));
    assert.deepEqual(unknown, [], 'say in the table who may pass');
    assert.deepEqual(routes.filter((route) => route.startsWith('ALL ')).sort(), [...onTheWay].sort());
    const twice = routes.filter((route, index) => !route.startsWith('ALL ') && routes.indexOf(route) !== index);
    assert.deepEqual(twice, [], 'the first of two answers, and nobody sees which');
    const gone = Object.keys(doors).filter((door) => !routes.includes(door));
    assert.deepEqual(gone, [], 'there is no such door any more');
  });

  for (const [name, door] of Object.entries(doors)) {
    const [method, path] = name.split(' ') as [string, string];
    const at = door.at ?? path;
    if (!('refuses' in door)) {
      it(`${name} is for anybody`, async () => {
        const { status: found } = await server.http(method, at);
        assert.ok(found < 400, `${found}`);
      });
      continue;
    }
    it(`${name} is for ${door.for}, and for nobody else`, async () => {
      const before = await server.contents();
      for (const [{ headers, body }, isRefused] of door.refuses)
        isRefused(await server.http(method, at, body, headers));
      assert.equal(await server.contents(), before);
    });
  }

  const id = '00000000-0000-7000-8000-000000000000';
  for (const name of catalogued) {
    if (name in doors) continue;
    it(`${name} is for nobody without a name`, async () => {
      const [method, path] = name.split(' ') as [string, string];
      const at = path.replaceAll(/:\w+/g, id);
      isRefusal(await server.http(method, at, method === 'GET' ? undefined : {}), 401, 'unauthenticated');
      // Nor on the server's own pages, as where a cookie has run out.
      isRefusal(await server.http(method, at, method === 'GET' ? undefined : {}, own), 401, 'unauthenticated');
    });
  }
});
