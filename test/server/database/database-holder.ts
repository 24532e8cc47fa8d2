/** Runs the embedded database in the folder it is given (with the settings it is given) until it is killed; says `up` when a row is committed. */
import { startEmbeddedPostgres } from '../../../server/database/embedded-postgres.ts';
import { lockDataFolder } from '../../../server/database/data-folder-lock.ts';
import { postgresClient } from '../../../server/database/postgres-client.ts';

const dataDir = process.argv[2] ?? '';
await lockDataFolder(dataDir);
const settings = JSON.parse(process.argv[3] ?? '{}') as Record<string, string>;
const { url } = await startEmbeddedPostgres({ dataDir, log: console, settings });
const sql = postgresClient(url, { max: 1, onnotice: () => undefined });
await sql`create table if not exists held (at timestamptz not null)`;
await sql`insert into held values (now())`;
process.stdout.write('up\n');
setInterval(() => undefined, 60_000);
