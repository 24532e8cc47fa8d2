import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { jwtVerify } from 'jose';
import * as v from 'valibot';
import { commands, queries } from '../../../shared/contract/catalogue.ts';
import { createApp, type AppParts } from '../../../server/app.ts';
import { API } from '../../../server/http/api.ts';
import { teammateTokenExample } from '../../../server/http/docs-guide.ts';
import { docsPage, docsPolicy } from '../../../server/http/docs-page.ts';
import { openApi } from '../../../server/http/openapi.ts';
import type {
  Answer,
  JsonSchema,
  OperationObject,
  Parameter,
  Reference,
} from '../../../server/http/openapi-document.ts';
import { examples } from '../../../server/http/openapi-examples.ts';
import { errorMeanings, whoMay } from '../../../server/http/openapi-words.ts';
import { commandPolicy } from '../../../server/policy/commands.ts';
import { queryPolicy } from '../../../server/policy/queries.ts';

const publicUrl = 'https://talk.example';
const document = openApi(publicUrl);
const page = docsPage(publicUrl);

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);
const policies = { ...commandPolicy, ...queryPolicy };
const reachable = Object.entries({ ...queries, ...commands }).filter(([, { http }]) => http !== null);

/** What a JSON pointer of the document leads to. */
function follow(pointer: string): unknown {
  assert.match(pointer, /^#\//);
  return pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
}

function everyReference(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => (key === '$ref' ? [value as string] : everyReference(value)));
}

function parametersOf(operation: OperationObject): Parameter[] {
  const isReference = (item: Parameter | Reference): item is Reference => '$ref' in item;
  return (operation.parameters ?? []).map((item) => (isReference(item) ? (follow(item.$ref) as Parameter) : item));
}

const sorted = (words: readonly (string | undefined)[]): string[] => words.map(String).sort((a, b) => (a < b ? -1 : 1));

/** Whether a schema only explains, and says nothing of the value. */
function typeless(schema: JsonSchema): boolean {
  return !['$ref', 'type', 'anyOf', 'oneOf', 'enum', 'const'].some((key) => key in schema);
}

test('every reference of the document leads to something', () => {
  const references = everyReference(document);
  assert.ok(references.length > 100);
  for (const reference of references) assert.ok(follow(reference), reference);
});

test('every component is used', () => {
  const references = new Set(everyReference(document));
  for (const kind of ['schemas', 'parameters', 'responses'] as const) {
    for (const name of Object.keys(document.components[kind])) {
      assert.ok(references.has(`#/components/${kind}/${name}`), name);
    }
  }
});

test('every command and query with a door stands in the document once, under its own name', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  assert.equal(new Set(ids).size, ids.length);
  for (const [name, { http }] of reachable) {
    const described = operations.filter(({ operation }) => operation.operationId === name);
    assert.equal(described.length, 1, name);
    const bound = name === 'workspace.create' ? `POST ${API}/set-up` : http!.replace(' ', ` ${API}`);
    assert.equal(`${described[0]!.method} ${described[0]!.path}`, bound);
  }
});

test('commands without a door are not in the document', () => {
  const hidden = Object.entries(commands).filter(([, { http }]) => http === null);
  assert.ok(hidden.length > 0);
  for (const [name] of hidden) assert.ok(!operations.some(({ operation }) => operation.operationId === name), name);
});

test('the document describes exactly the routes that the server has', () => {
  const parts = { publicUrl, assets: { client: new Map(), demo: new Map() }, limits: {} } as unknown as AppParts;
  const served = createApp(parts)
    .routes.filter(({ method, path }) => method !== 'ALL' && (path.startsWith(API) || /^\/(health|ready)z$/.test(path)))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  const described = operations.map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual(sorted([...new Set(served)]), sorted(described));
});

test('the page names whatever a teammate may ask for and no API key may', () => {
  const paragraph = /<p id="people-only">(.*?)<\/p>/s.exec(page)?.[1] ?? '';
  const named = [...paragraph.matchAll(/<a href="#([\w.]+)">/g)].map(([, name]) => name);
  assert.deepEqual(sorted(named), [
    'apiKey.create',
    'apiKey.list',
    'apiKey.revoke',
    'teammate.changePassword',
    'teammate.rename',
    'teammate.setAlerts',
    'teammate.setAvailability',
    'workspace.rotateIdentitySecret',
    'workspace.rotateSigningSecret',
    'workspace.snapshot',
  ]);
  for (const name of named) assert.ok(page.includes(`<article id="${name}"`), name);
});

test('every parameter of a path is declared, and no other', () => {
  for (const { path, operation } of operations) {
    const declared = parametersOf(operation).filter((parameter) => parameter.in === 'path');
    assert.deepEqual(
      sorted(declared.map(({ name }) => name)),
      sorted([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)),
      path,
    );
    for (const { name, required } of declared) assert.equal(required, true, `${path} ${name}`);
  }
});

test('path, query string and body together carry every field of an input', () => {
  for (const [name, definition] of reachable) {
    const { operation } = operations.find((described) => described.operation.operationId === name)!;
    const body = operation.requestBody?.content['application/json']?.schema.properties ?? {};
    const carried = [
      ...parametersOf(operation)
        .filter((parameter) => parameter.in !== 'header')
        .map((parameter) => parameter.name),
      ...Object.keys(body),
    ];
    const fields = Object.keys((definition.input as unknown as { entries: object }).entries);
    assert.deepEqual(
      sorted(carried.filter((field) => name !== 'workspace.create' || field !== 'token')),
      sorted(fields),
      name,
    );
    const required = operation.requestBody?.content['application/json']?.schema.required ?? [];
    for (const field of required) assert.ok(field in body, `${name} ${field}`);
  }
});

test('queries have no body, and commands take an idempotency key where the server reads one', () => {
  for (const [name] of reachable) {
    const { operation } = operations.find((described) => described.operation.operationId === name)!;
    const keyed = parametersOf(operation).some((parameter) => parameter.name === 'Idempotency-Key');
    if (name in queries) assert.equal(operation.requestBody, undefined, name);
    assert.equal(keyed, name in commands && name !== 'workspace.create' && name !== 'visitor.startSession', name);
  }
});

test('every field of every shape says what kind of value it holds', () => {
  let fields = 0;
  const visit = (schema: JsonSchema, where: string): void => {
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      fields += 1;
      assert.ok(!typeless(field), `${where}.${name}`);
      visit(field, `${where}.${name}`);
    }
    const inside = [...(schema.items ? [schema.items] : []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
    for (const inner of inside) visit(inner, where);
  };
  for (const [name, schema] of Object.entries(document.components.schemas)) visit(schema, name);
  for (const { operation } of operations) {
    const answers = Object.values(operation.responses).filter((answer): answer is Answer => !('$ref' in answer));
    for (const { content } of [...answers, operation.requestBody ?? {}] as Pick<Answer, 'content'>[]) {
      for (const { schema } of Object.values(content ?? {})) visit(schema, operation.operationId);
    }
  }
  assert.ok(fields > 150);
});

test('every example is one that the command takes', () => {
  for (const [name, definition] of Object.entries(commands)) {
    const example = (examples as Record<string, unknown>)[name];
    assert.equal(example !== undefined, definition.http !== null, name);
    if (example === undefined) continue;
    const { issues } = v.safeParse(definition.input as v.GenericSchema, example);
    assert.equal(issues, undefined, `${name}: ${JSON.stringify(issues?.map(({ message }) => message))}`);
  }
});

test('who may ask is stated for every operation, as the policy tables have it', () => {
  for (const [name] of reachable) {
    const { operation } = operations.find((described) => described.operation.operationId === name)!;
    const rule = policies[name as keyof typeof policies];
    assert.deepEqual(operation['x-policy'], rule, name);
    assert.ok(operation.description.endsWith(`**Who may:** ${whoMay(rule)}`), name);
    const schemes = operation.security.flatMap((choice) => Object.keys(choice));
    assert.equal(schemes.includes('apiKey'), rule.apiKey !== undefined, name);
    assert.equal(schemes.includes('teammateToken'), rule.teammate !== undefined, name);
    assert.equal(schemes.includes('visitorToken'), rule.visitor === true, name);
    for (const scheme of schemes) assert.ok(document.components.securitySchemes[scheme], scheme);
  }
  for (const { operation } of operations) assert.match(operation.description, /\*\*Who may:\*\* [A-Z].+\.$/);
});

test('every operation belongs to a chapter, and every chapter has operations', () => {
  const used = new Set(operations.flatMap(({ operation }) => operation.tags));
  assert.deepEqual(sorted([...used]), sorted(document.tags.map(({ name }) => name)));
});

test('the document is the same each time it is made', () => {
  const first = JSON.stringify(document);
  assert.notEqual(JSON.stringify(openApi('http://localhost:3000')), first);
  assert.equal(JSON.stringify(openApi(publicUrl)), first);
});

test('the cookie has the name that it has at this address', () => {
  const name = (url: string) => openApi(url).components.securitySchemes['signInCookie']?.['name'];
  assert.equal(name('https://talk.example'), '__Host-parlour');
  assert.equal(name('http://localhost:3000'), 'parlour');
});

test('the page shows every operation with its method, path and who may ask', () => {
  for (const { path, method, operation } of operations) {
    const article = new RegExp(`<article id="${operation.operationId}".*?</article>`, 's')
      .exec(page)?.[0]
      .replaceAll('<wbr>', '');
    assert.ok(article, operation.operationId);
    assert.ok(article.includes(`>${method}</span>`) && article.includes(`<code>${path}</code>`), operation.operationId);
    assert.ok(article.includes('<strong>Who may:</strong>'), operation.operationId);
    assert.ok(article.includes(`<pre tabindex="0"><code>curl `), operation.operationId);
  }
});

test('the page explains every error', () => {
  for (const code of Object.keys(errorMeanings)) assert.ok(page.includes(`<tr id="error-${code}">`), code);
});

test('every link of the page leads to a place on it or to the document', () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length, 'an id stands twice');
  const links = [...page.matchAll(/ href="([^"]*)"/g)].map(([, link]) => link!);
  assert.ok(links.length > 100);
  for (const link of links) {
    if (link.startsWith('#')) assert.ok(ids.includes(link.slice(1)), link);
    else
      assert.ok(
        ['/openapi.json', '/integrity.json', '/demo/looks.html'].includes(link) ||
          link.startsWith('data:image/svg+xml,'),
        link,
      );
  }
});

test('the page loads nothing and runs nothing', () => {
  assert.doesNotMatch(
    page,
    /<script|<link(?! rel="icon" href="data:)|<iframe|<img|<object|<embed|<form|@import|url\(|javascript:/i,
  );
  // In its tags; its examples are text, and name what pages load.
  const tags = [...page.matchAll(/<[^>]*>/g)].join('');
  assert.ok(tags.includes(' href="'));
  assert.doesNotMatch(tags, /\son\w+=|\sstyle=|\ssrc=/i);
});

test('the policy allows the style sheet of the page and nothing else', () => {
  const styles = [...page.matchAll(/<style>(.*?)<\/style>/gs)];
  assert.equal(styles.length, 1);
  const hash = createHash('sha256').update(styles[0]![1]!).digest('base64');
  assert.ok(docsPolicy.includes(`style-src 'sha256-${hash}';`));
  assert.ok(docsPolicy.startsWith("default-src 'none';"));
  assert.doesNotMatch(docsPolicy, /unsafe|https?:|\*/);
});

test('an address with markup in it stays text', () => {
  const odd = docsPage('https://a.example/"><script>alert(1)</script>');
  assert.doesNotMatch(odd, /<script/);
  assert.match(odd, /&#34;&#62;&#60;script&#62;/);
});

test('the example for host apps mints a token that is an HS256 JWT as the server asks for', async () => {
  process.env['PARLOUR_WORKSPACE'] = '01970d2e-5f00-7c3a-9b1e-2f6d8a40c511';
  process.env['PARLOUR_SIGNING_SECRET'] = 'a secret for this test';
  const { teammateToken } = (await import(`data:text/javascript,${encodeURIComponent(teammateTokenExample)}`)) as {
    teammateToken: (email: string) => string;
  };
  const { payload, protectedHeader } = await jwtVerify(
    teammateToken('ada@shop.example'),
    new TextEncoder().encode('a secret for this test'),
    {
      algorithms: ['HS256'],
      audience: 'parlour',
      requiredClaims: ['sub', 'iat', 'exp'],
    },
  );
  assert.equal(protectedHeader.kid, '01970d2e-5f00-7c3a-9b1e-2f6d8a40c511');
  assert.equal(payload.sub, 'ada@shop.example');
  assert.ok(payload.exp! - payload.iat! <= 600);
});
