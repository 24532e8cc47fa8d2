/**
 * A host app: its page holds the inbox, its server mints the teammate's token. Node alone, no packages.
 *   PARLOUR_URL=http://localhost:3000 PARLOUR_WORKSPACE=… PARLOUR_SIGNING_SECRET=… TEAMMATE=ada@example.com \
 *   PORT=4000 node demo/hosts/plain/server.mjs
 * Workspace id and signing secret stand in the inbox under Settings, Embedding.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const {
  PARLOUR_URL = 'http://localhost:3000',
  PARLOUR_WORKSPACE,
  PARLOUR_SIGNING_SECRET,
  TEAMMATE,
  PORT = '4000',
} = process.env;
if (!PARLOUR_WORKSPACE || !PARLOUR_SIGNING_SECRET || !TEAMMATE) {
  process.stderr.write('Set PARLOUR_WORKSPACE, PARLOUR_SIGNING_SECRET and TEAMMATE (an email address).\n');
  process.exit(1);
}

// What any host has to do, in its own language: sign who is at the keyboard, for ten minutes at most.
function teammateToken(email) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(Date.now() / 1000);
  const header = encode({ alg: 'HS256', typ: 'JWT', kid: PARLOUR_WORKSPACE });
  const claims = encode({ aud: 'parlour', sub: email, iat, exp: iat + 600 });
  const signature = createHmac('sha256', PARLOUR_SIGNING_SECRET).update(`${header}.${claims}`).digest('base64url');
  return `${header}.${claims}.${signature}`;
}

const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll('PARLOUR_URL', PARLOUR_URL);
const files = {
  '/': ['text/html; charset=utf-8', read('index.html')],
  '/host.js': ['text/javascript', read('host.js')],
  '/host.css': ['text/css', read('host.css')],
};

createServer((request, response) => {
  // A real host first looks at its own session: TEAMMATE stands for whoever is signed in here.
  if (request.method === 'POST' && request.url === '/parlour-token') return response.end(teammateToken(TEAMMATE));
  const [type, text] = files[request.url] ?? [];
  if (!type) return response.writeHead(404).end('Not found');
  response.writeHead(200, { 'content-type': type }).end(text);
}).listen(Number(PORT), () => process.stdout.write(`The host app is at http://localhost:${PORT}\n`));
