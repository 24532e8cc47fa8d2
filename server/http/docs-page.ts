import { createHash } from 'node:crypto';
import { commands, queries } from '../../shared/contract/catalogue.ts';
import { openApi } from './openapi.ts';
import type { Answer, Method, OpenApiDocument, OperationObject, Parameter, Reference } from './openapi-document.ts';
import { exampleOf, fieldItem, fieldList, typeOf, variants } from './docs-fields.ts';
import { code, guide } from './docs-guide.ts';
import { html, joined, Markup, prose } from './docs-markup.ts';
import { docsStyle } from './docs-style.ts';

/** Nothing from elsewhere, no script at all, and the one style sheet that stands in the page. */
export const docsPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(docsStyle).digest('base64')}'`,
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

type Described = { method: Method; path: string; operation: OperationObject };

let made: { publicUrl: string; page: string } | undefined;

/** The reference as one page of HTML, drawn from the OpenAPI document. Made once, as that is. */
export function docsPage(publicUrl: string): string {
  if (made?.publicUrl !== publicUrl) made = { publicUrl, page: draw(openApi(publicUrl), publicUrl) };
  return made.page;
}

function draw(document: OpenApiDocument, publicUrl: string): string {
  const chapters = guide(publicUrl);
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    (Object.entries(methods) as [Method, OperationObject][]).map(([method, operation]) => ({
      method,
      path,
      operation,
    })),
  );
  const groups = document.tags.map(({ name, description }) => ({
    id: slug(name),
    name,
    description,
    operations: all.filter(({ operation }) => operation.tags[0] === name).sort(readingOrder),
  }));
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Parlour API</title>
<link rel="icon" href="${icon}">
<style>${new Markup(docsStyle)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the reference</a>
<header class="top">
  <a class="brand" href="#content">${mark} Parlour <span>API</span></a>
  <span class="version">${document.info.version}</span>
  <a class="machine" href="/openapi.json">openapi.json</a>
</header>
<div class="page">
<nav aria-label="Contents">
  <p class="nav-title">Guide</p>
  <ul>${chapters.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul>
  <p class="nav-title">Reference</p>
  <ul>${groups.map(
    ({ id, name, operations }) => html`<li><a class="noun" href="#${id}">${name}</a>
    <ul>${operations.map(({ method, operation }) => html`<li><a href="#${operation.operationId}">${badge(method)} <span>${operation.operationId.split('.')[1]}</span></a></li>`)}</ul></li>`,
  )}
    <li><a class="noun" href="#shapes">Shapes</a></li></ul>
</nav>
<main id="content" tabindex="-1">
<h1>Parlour API</h1>
<p class="lead">Read and change the workspace over HTTP: the same commands and queries as the app, with the same rules. <a href="#people-only">A few</a> are for people alone, not for API keys.</p>
${chapters.map(({ id, title, content }) => html`<section class="chapter" id="${id}"><h2>${title}</h2>${content}</section>`)}
${groups.map(
  ({ id, name, description, operations }) => html`<section class="group" id="${id}">
<h2>${name}</h2>
<p>${description}</p>
<ul class="index">${operations.map(({ method, path, operation }) => html`<li><a href="#${operation.operationId}">${badge(method)} <code>${breakable(path)}</code></a></li>`)}</ul>
${operations.map((described) => article(described, document, publicUrl))}
</section>`,
)}
${shapes(document)}
</main>
</div>
</body>
</html>
`;
  return page.source;
}

function article({ method, path, operation }: Described, document: OpenApiDocument, publicUrl: string): Markup {
  const [who, ...more] = operation.description.split('\n\n').reverse();
  const parameters = (operation.parameters ?? []).map((parameter) => resolve(parameter, document));
  const body = operation.requestBody?.content['application/json'];
  const title = `${operation.operationId}-title`;
  return html`<article id="${operation.operationId}" aria-labelledby="${title}">
<div class="about">
<h3 id="${title}">${prose(operation.summary)}</h3>
<p class="door">${badge(method)} <code>${breakable(path)}</code></p>
${more.reverse().map((paragraph) => html`<p>${prose(paragraph)}</p>`)}
<p class="who">${prose(who ?? '')}</p>
${(['path', 'query', 'header'] as const).map((place) => parameterList(place, parameters))}
${body ? html`<h4>Body</h4>${fieldList(body.schema, 'sent')}` : null}
${answers(operation, document)}
</div>
<div class="example">
<h4>Request</h4>
${code(curl({ method, path, operation }, document, publicUrl))}
${exampleAnswer(operation, document)}
</div>
</article>`;
}

function parameterList(place: Parameter['in'], parameters: readonly Parameter[]): Markup | null {
  const titles = { path: 'In the path', query: 'Query', header: 'Headers' } as const;
  const here = parameters.filter((parameter) => parameter.in === place);
  if (here.length === 0) return null;
  const items = here.map(({ name, schema, required, description }) =>
    fieldItem(name, description ? { ...schema, description } : schema, required, 'sent'),
  );
  return html`<h4>${titles[place]}</h4><ul class="fields">${items}</ul>`;
}

/** The answers that are the operation's own, in full, and the refusals it shares with others as links. */
function answers(operation: OperationObject, document: OpenApiDocument): Markup {
  const own: Markup[] = [];
  const codes: Markup[] = [];
  for (const [status, answer] of Object.entries(operation.responses)) {
    if ('$ref' in answer) {
      const named = answer.$ref.split('/').at(-1)!;
      const { description } = document.components.responses[named]!;
      for (const [, error] of description.matchAll(/`(\w+)`: /g))
        codes.push(html`<a href="#error-${error}"><code>${error}</code></a>`);
    } else {
      own.push(ownAnswer(status, answer));
    }
  }
  return html`${own}${codes.length > 0 ? html`<p class="refusals"><span>Refusals</span> ${joined(codes, html` `)}</p>` : null}`;
}

function ownAnswer(status: string, answer: Answer): Markup {
  const schema = answer.content?.['application/json']?.schema;
  const headers = Object.entries(answer.headers ?? {});
  return html`<details>
<summary>Answer <span class="status">${status}</span></summary>
${answer.description === 'Done.' ? null : html`<p>${prose(answer.description)}</p>`}
${headers.map(([name, { description }]) => html`<p><code>${name}</code>: ${prose(description)}</p>`)}
${schema ? (schema.properties ? fieldList(schema, 'read') : html`<p>${typeOf(schema)}</p>`) : null}
</details>`;
}

function exampleAnswer({ responses }: OperationObject, document: OpenApiDocument): Markup | null {
  const answer = responses['200'];
  if (!answer || '$ref' in answer || !answer.content?.['application/json']) return null;
  const example = exampleOf(answer.content['application/json'].schema, document.components.schemas);
  return html`<details><summary>Answer</summary>${code(JSON.stringify(example, null, 2))}</details>`;
}

/** A line to paste into a shell, with the credential that fits in a variable. */
function curl({ method, path, operation }: Described, document: OpenApiDocument, publicUrl: string): string {
  const body = operation.requestBody?.content['application/json'];
  const lines = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}${publicUrl}${examplePath(path, operation, document)}`,
  ];
  const variables = { apiKey: 'PARLOUR_KEY', teammateToken: 'TEAMMATE_TOKEN', visitorToken: 'VISITOR_TOKEN' } as const;
  const scheme = operation.security
    .map((choice) => Object.keys(choice)[0])
    .find((name) => name !== undefined && name in variables);
  if (scheme) lines.push(`-H "Authorization: Bearer $${variables[scheme as keyof typeof variables]}"`);
  // These doors let in the server's own pages only; a browser names its page by itself.
  if (operation.tags[0] === 'Sign-in' && method !== 'get') lines.push(`-H "Origin: ${publicUrl}"`);
  if (path.endsWith('/set-up')) lines.push(`-H "Origin: ${publicUrl}"`);
  if (body) {
    lines.push('-H "Content-Type: application/json"');
    lines.push(`-d '${JSON.stringify(body.example ?? {}, null, 2).replaceAll("'", String.raw`'\''`)}'`);
  }
  if (operation.requestBody?.content['application/octet-stream']) {
    lines.push('-H "Idempotency-Key: $FILE_ID"', '--data-binary @photo.png');
  }
  return lines.join(' \\\n  ');
}

function examplePath(path: string, operation: OperationObject, document: OpenApiDocument): string {
  const parameters = (operation.parameters ?? []).map((parameter) => resolve(parameter, document));
  return path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const schema = parameters.find((parameter) => parameter.name === name)?.schema ?? {};
    return String(exampleOf(schema, document.components.schemas, name));
  });
}

function shapes(document: OpenApiDocument): Markup {
  const entries = Object.entries(document.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1));
  return html`<section class="group" id="shapes">
<h2>Shapes</h2>
<p>What has a name of its own, because several answers hold it.</p>
${entries.map(
  ([name, schema]) => html`<article class="shape" id="${name}" aria-labelledby="${name}-title">
<h3 id="${name}-title">${name}</h3>
${schema.description ? html`<p>${prose(schema.description)}</p>` : null}
${schema.oneOf ? variants(schema.oneOf, 'read') : schema.properties ? fieldList(schema, 'read') : html`<p class="field"><span class="type">${typeOf(schema)}</span></p>`}
${schema.examples ? html`<p class="note">Such as <code>${JSON.stringify(schema.examples[0])}</code>.</p>` : null}
</article>`,
)}
</section>`;
}

function resolve(parameter: Parameter | Reference, document: OpenApiDocument): Parameter {
  return '$ref' in parameter ? document.components.parameters[parameter.$ref.split('/').at(-1)!]! : parameter;
}

const catalogueOrder: readonly string[] = [...Object.keys(queries), ...Object.keys(commands)];

/** As the catalogue has them, reads first; the document's own order is by path. */
function readingOrder({ operation: a }: Described, { operation: b }: Described): number {
  return catalogueOrder.indexOf(a.operationId) - catalogueOrder.indexOf(b.operationId);
}

function badge(method: Method): Markup {
  return html`<span class="method ${method}">${method.toUpperCase()}</span>`;
}

/** A long path may break after its slashes. */
function breakable(path: string): Markup {
  return joined(
    path.split(/(?<=\/)/).map((piece) => html`${piece}`),
    html`<wbr>`,
  );
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-') + (name === 'API keys' ? '-reference' : '');
}

const bubble = 'M6 3h8a4 4 0 0 1 4 4v3a4 4 0 0 1-4 4h-3l-4 3.5V14H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z';
const mark = html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path fill="currentColor" d="${bubble}"/></svg>`;
const icon = `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><path fill="#862b59" d="${bubble}"/></svg>`)}`;
