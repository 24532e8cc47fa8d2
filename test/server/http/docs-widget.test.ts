/** What the reference shows sites is what the server takes. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { identityExamples } from '../../../server/http/docs-identity-examples.ts';
import { readProof } from '../../../server/modules/visitor/proof.ts';
import { startTestServer } from '../harness.ts';

test('the example for a site’s server signs a proof that counts', async () => {
  process.env['PARLOUR_IDENTITY_SECRET'] = 'a secret for this test';
  const [node] = identityExamples;
  const { identityToken } = (await import(`data:text/javascript,${encodeURIComponent(node!.example)}`)) as {
    identityToken: (user: { id: number; name: string; email: string }) => string;
  };
  const token = identityToken({ id: 7, name: 'Ada Stone', email: 'ada@shop.example' });
  const { sub, name, email } = await readProof(token, 'a secret for this test', new Date());
  assert.deepEqual([sub, name, email], ['7', 'Ada Stone', 'ada@shop.example']);
  await assert.rejects(readProof(token, 'another secret', new Date()), /not valid/);
});

test('integrity.json names what each script file is, and nothing that is made at each request', async () => {
  const server = await startTestServer();
  const { status, body } = await server.http('GET', '/integrity.json');
  assert.equal(status, 200);
  const paths = Object.keys(body);
  assert.ok(paths.length > 0);
  assert.ok(!paths.some((path) => path.startsWith('/widget')), paths.join());
  for (const path of paths) {
    const script = await server.http('GET', path);
    assert.equal(body[path], `sha384-${createHash('sha384').update(script.text).digest('base64')}`, path);
  }
});
