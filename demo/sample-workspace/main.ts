/** `npm run demo`: the same server as `npm start`, in a folder of its own, with the sample workspace in it. */
import { runServer } from '../../server/run.ts';
import type { RunningServer } from '../../server/start.ts';
import { team } from './people.ts';
import { seedSampleWorkspace } from './seed.ts';
import { samplePassword } from './shop.ts';

const { PARLOUR_OWNER_EMAIL: _email, PARLOUR_OWNER_PASSWORD: _password, ...given } = process.env;

// Its password is known to everybody who can read, so it listens to this machine alone; and it never touches ./data.
const env = {
  ...given,
  HOST: given['HOST'] || '127.0.0.1',
  DATA_DIR: given['DATA_DIR'] || './data-demo',
  LOG_LEVEL: given['LOG_LEVEL'] || 'warn',
};

process.stderr.write('Starting the server and its database…\n');
await runServer(env, { prepare });

async function prepare(server: RunningServer, stop: AbortSignal): Promise<string[]> {
  const isSample = await seedSampleWorkspace(server, new Date(), { progress: showProgress, stop });
  if (!isSample)
    return ['', '  This database holds a workspace of its own, so it got no sample data. Sign in as usual.'];
  const people = Object.values(team).map(
    ({ name, email, role }) => `               ${email.padEnd(20)} ${name}, ${role}`,
  );
  return [
    '',
    `  Sign in as   (the password is ${samplePassword} for all three)`,
    ...people,
    '',
    '  Sample data and a password that everybody knows: keep this one on your own machine.',
  ];
}

/** On a terminal one line that counts, elsewhere a line every hundred. */
function showProgress(done: number, of: number): void {
  const { stderr } = process;
  const words = `Making ${of} sample conversations: ${done} of ${of}`;
  if (stderr.isTTY) stderr.write(`\r${words}${done === of ? '\n' : ''}`);
  else if (done % 100 === 0 || done === of) stderr.write(`${words}\n`);
}
