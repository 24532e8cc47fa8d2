/** The real server, without rate limits: the load is two hundred people who type faster than people can. */
import { startServer } from '../../../server/start.ts';
import { NO_WORKSPACE } from '../../../server/kernel/actor.ts';
import { usualLimits, type LimitNumbers } from '../../../server/policy/limits.ts';
import { hashToken, randomToken } from '../../../server/kernel/secrets.ts';
import { signInSession } from '../../../server/modules/teammate/schema.ts';
import { readChannels } from '../../../server/modules/channel/queries.ts';

const [databaseUrl, distDir] = process.argv.slice(2) as [string, string];
const unlimited = Object.fromEntries(Object.keys(usualLimits).map((key) => [key, [1e12, 1]])) as LimitNumbers;
const say = (details: object, message: string) => void process.stderr.write(`${message} ${JSON.stringify(details)}\n`);
const log = { info: () => undefined, warn: say, error: say };
const server = await startServer({
  databaseUrl,
  secret: 'benchmark'.repeat(5),
  host: '127.0.0.1',
  port: 0,
  distDir,
  dataDir: distDir,
  log,
  limits: unlimited,
});
await server.jobsReady;
const owner = {
  name: 'Bench',
  ownerName: 'Bench',
  email: 'bench@example.com',
  password: 'a long password',
  timeZone: 'UTC',
};
const made = await server.commandBus.execute('workspace.create', owner, { kind: 'set-up', workspaceId: NO_WORKSPACE });
const cookie = randomToken();
await server.connections.db.insert(signInSession).values({
  workspaceId: made.workspaceId,
  teammateId: made.teammateId,
  tokenHash: hashToken(cookie),
  createdAt: new Date(),
  expiresAt: new Date(Date.now() + 3_600_000),
});
const [channel] = await readChannels(server.connections.db, made.workspaceId);
process.send?.({ url: `${server.url.replace('http', 'ws')}/ws`, cookie, channelKey: channel!.key });
