import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));

async function bundle(source: string): Promise<string> {
  const entry = at('bundled.ts');
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    plugins: [
      {
        name: 'source-as-entry',
        resolveId: (id) => (id === entry ? entry : undefined),
        load: (id) => (id === entry ? source : undefined),
      },
    ],
    build: { write: false, target: 'es2022', rolldownOptions: { input: entry, preserveEntrySignatures: 'strict' } },
  });
  assert.ok('output' in built);
  return built.output.map((file) => (file.type === 'chunk' ? file.code : '')).join('');
}

test('a server may import the client and make one: without a DOM nothing is touched before connect()', () => {
  const source = `
    for (const name of ['WebSocket', 'window', 'document', 'location', 'navigator']) {
      if (name in globalThis) Object.defineProperty(globalThis, name, { value: undefined });
    }
    const { createWorkspaceClient, createVisitorClient } = await import(${JSON.stringify(at('client/connection.ts'))});
    await import(${JSON.stringify(at('client/session.ts'))});
    createWorkspaceClient({ server: 'https://chat.example' });
    const client = createVisitorClient({ server: 'https://chat.example', channelKey: 'k', token: 't' });
    process.stdout.write(client.status);`;
  const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', source], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  assert.equal(output, 'closed');
});

test('a browser gets the client without the schemas, and a visitor without what only teammates need', async () => {
  const code = await bundle(`
    export { createVisitorClient } from './client/connection.ts';
    export * from './state/visitor.ts';
    export { visitorThread } from './state/thread.ts';`);
  assert.match(code, /hello/);
  assert.doesNotMatch(code, /valibot|strictObject|must be a UUID/);
  assert.doesNotMatch(code, /cookie/);
});
