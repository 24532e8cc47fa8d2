import { commands, queries, type CommandName, type QueryName } from '../../shared/contract/catalogue.ts';
import { errorCodes, isRetryable, type ErrorCode } from '../../shared/contract/error.ts';
import { commandPolicy } from '../policy/commands.ts';
import { usualLimits } from '../policy/limits.ts';
import { queryPolicy } from '../policy/queries.ts';
import { blocks } from './docs-blocks.ts';
import { bot } from './docs-bot.ts';
import { html, prose, type Markup } from './docs-markup.ts';
import { pageApi } from './docs-page-api.ts';
import { facades, identity } from './docs-widget.ts';
import { exampleId } from './openapi-examples.ts';
import { errorMeanings } from './openapi-words.ts';

export type Chapter = { id: string; title: string; content: Markup };

/** What a host app's server does for its page. Runs as it is; the tests run it. */
export const teammateTokenExample = `import { createHmac } from 'node:crypto';

const { PARLOUR_WORKSPACE, PARLOUR_SIGNING_SECRET } = process.env;
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// Call it for whoever is signed in to your own app, and for nobody else.
export function teammateToken(email) {
  const iat = Math.floor(Date.now() / 1000);
  const header = encode({ alg: 'HS256', typ: 'JWT', kid: PARLOUR_WORKSPACE });
  const claims = encode({ aud: 'parlour', sub: email, iat, exp: iat + 600 });
  const signature = createHmac('sha256', PARLOUR_SIGNING_SECRET)
    .update(\`\${header}.\${claims}\`)
    .digest('base64url');
  return \`\${header}.\${claims}.\${signature}\`;
}`;

export function code(text: string): Markup {
  return html`<pre tabindex="0"><code>${text}</code></pre>`;
}

/** The chapters before the operations. */
export function guide(publicUrl: string): Chapter[] {
  return [
    { id: 'start', title: 'First request', content: firstRequest(publicUrl) },
    { id: 'authentication', title: 'Authentication', content: authentication() },
    { id: 'idempotency', title: 'Sending again safely', content: idempotency(publicUrl) },
    { id: 'blocks', title: 'Buttons, cards and forms', content: blocks(publicUrl) },
    { id: 'bot', title: 'A bot for the night', content: bot(publicUrl) },
    { id: 'pages', title: 'Pages', content: pages(publicUrl) },
    { id: 'errors', title: 'Errors', content: errors() },
    { id: 'limits', title: 'Limits', content: limits() },
    { id: 'page', title: 'The chat on a page', content: pageApi(publicUrl) },
    { id: 'identity', title: 'Who a visitor is', content: identity(publicUrl) },
    { id: 'facades', title: 'In another chat’s place', content: facades(publicUrl) },
  ];
}

function firstRequest(publicUrl: string): Markup {
  return html`<p>
      Every request goes to <code>${publicUrl}/api/v1</code>, sends JSON and gets JSON. What the workspace app does, this API can do: both run the
      same commands and queries. <a href="#people-only">A few</a> take a person rather than an API key.
    </p>
    ${code(`curl ${publicUrl}/api/v1/conversations \\\n  -H "Authorization: Bearer $PARLOUR_KEY"`)}
    <p>
      Inputs are strict: a field that is not described here is refused rather than ignored, so a misspelt name shows at once. Moments are ISO 8601
      in UTC, ids are UUIDs in lower case.
    </p>
    <p>
      The machine-readable form of this page is <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1). To hear of changes as they happen, open the
      WebSocket at <code>/ws</code>.
    </p>`;
}

/** What a teammate may ask for over HTTP, and no API key. */
const forPeople = Object.entries({ ...queries, ...commands }).flatMap(([name, { http }]) => {
  const { teammate, apiKey } = { ...queryPolicy, ...commandPolicy }[name as CommandName | QueryName];
  return http !== null && teammate && !apiKey ? [name] : [];
});

function authentication(): Markup {
  return html`<p>Three kinds of bearer token, for three kinds of caller. Each travels in the <code>Authorization</code> header, never in an address.</p>
    <h3 id="api-keys">Your own programs: an API key</h3>
    <p>
      An admin or owner makes one in the app under <strong>Settings, API keys</strong>. The secret begins with <code>pk_</code> and is shown once; only
      its hash is kept. A key sees every inbox, and may do what its scopes say, each by itself:
    </p>
    <ul>
      <li><code>read</code> runs queries.</li>
      <li><code>write</code> works on conversations and contacts.</li>
      <li><code>admin</code> changes inboxes, channels, teammates and the workspace.</li>
    </ul>
    <p id="people-only">
      Some things are for people alone, so no key may do them, whatever its scopes. They take a teammate token or the app’s cookie:
      ${forPeople.map((name, index) => html`${index > 0 ? ', ' : ''}<a href="#${name}"><code>${name}</code></a>`)}.
    </p>
    ${code('Authorization: Bearer pk_…')}
    <h3 id="teammate-tokens">Teammates inside your app: a teammate token</h3>
    <p>
      Your server signs a JWT (HS256) for the teammate who is signed in to your app, with the signing secret from <strong>Settings, Embedding</strong>.
      <code>kid</code> is the workspace’s id, <code>aud</code> is <code>parlour</code>, <code>sub</code> is the teammate’s email address or id, and
      <code>exp</code> is at most ten minutes after <code>iat</code>. The token may do what the teammate may do; an agent sees the inboxes they are a
      member of, and sets up those they are an admin of. With Node and nothing else:
    </p>
    ${code(teammateTokenExample)}
    <h3 id="visitor-tokens">Visitors: a visitor token</h3>
    <p>
      A browser makes its own: <code>pv_</code> and 32 random bytes as base64url. <a href="#visitor.startSession">Beginning a session</a> with it
      makes it good; it reaches that visitor’s conversations and nothing else. The widget does all this by itself.
    </p>
    <h3 id="cookie">The workspace app: a cookie</h3>
    <p>
      <a href="#session.start">Signing in</a> sets it. It counts on the server’s own pages only, so other sites cannot use it and programs should not
      try.
    </p>`;
}

function idempotency(publicUrl: string): Markup {
  return html`<p>
      When an answer gets lost you cannot know whether the request was carried out. Name each change with a UUIDv7 of your own and send it again as it
      was: it gives the same answer and is carried out once. The same name with another input is refused with <code>id_reused</code>.
    </p>
    ${code(
      `curl -X POST ${publicUrl}/api/v1/conversations/${exampleId}/close \\\n  -H "Authorization: Bearer $PARLOUR_KEY" \\\n  -H "Idempotency-Key: 01970d31-22b0-7f04-a6c8-5d0e9b7714fa"`,
    )}
    <p>For a message the name is also the id of the part it makes, so you know your own when you read the thread.</p>`;
}

function pages(publicUrl: string): Markup {
  return html`<p>
      Lists come a page at a time, newest first. <code>limit</code> says how many rows; <code>next</code> in the answer is the <code>cursor</code> of
      the page that follows, and <code>null</code> after the last. A cursor marks a place rather than a number of rows, so nothing is skipped or
      shown twice when rows arrive in between.
    </p>
    ${code(`curl "${publicUrl}/api/v1/contacts?limit=50&cursor=$NEXT" \\\n  -H "Authorization: Bearer $PARLOUR_KEY"`)}
    <p>A thread is read by <code>seq</code> instead: <a href="#conversation.parts">its parts</a> after or before a number.</p>`;
}

function errors(): Markup {
  const rows = (Object.entries(errorCodes) as [ErrorCode, number][]).map(
    ([name, status]) => html`<tr id="error-${name}">
      <th scope="row"><code>${name}</code></th>
      <td>${status}</td>
      <td>${prose(errorMeanings[name])}</td>
      <td>${isRetryable(name) ? 'yes' : 'no'}</td>
    </tr>`,
  );
  const example = {
    error: { code: 'invalid', message: 'This could not be read: text is missing.', fields: { text: 'is missing' } },
  };
  return html`<p>
      Every refusal has the same body: a code for programs, and a sentence that may be shown to people. What you may not see and what does not exist
      answer alike.
    </p>
    ${code(JSON.stringify(example, null, 2))}
    <table>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">Status</th>
          <th scope="col">Meaning</th>
          <th scope="col">Try again as it is?</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
}

function limits(): Markup {
  const each = ([count, seconds]: [number, number]): string => `${count.toLocaleString('en')} in ${seconds} s`;
  const rows: [string, string][] = [
    ['Changes by a teammate or an API key', each(usualLimits.teamCommands)],
    ['Changes by a visitor', each(usualLimits.visitorCommands)],
    ['Changes by all visitors of a workspace', each(usualLimits.workspaceVisitorCommands)],
    ['Files by a visitor', each(usualLimits.visitorUploads)],
    ['Reads by anybody', each(usualLimits.queries)],
    ['Sign-ins from one address', each(usualLimits.signIns)],
    ['Body of a request', 'at most 64 KiB; of a file, what the server is set to'],
  ];
  return html`<p>
      They are counted for each teammate, key, visitor, address or workspace by itself. Above them the answer is 429 with <code>Retry-After</code> in seconds.
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">How much</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(([what, much]) => html`<tr><th scope="row">${what}</th><td>${much}</td></tr>`)}
      </tbody>
    </table>`;
}
