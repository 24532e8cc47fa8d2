import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { postgresClient } from '../../../server/database/postgres-client.ts';
import { startTestCluster, testCluster } from '../../cluster.ts';

const made: string[] = [];
after(async () => {
  const cluster = await testCluster();
  for (const url of made) await cluster.dropDatabase(url);
});

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const sql = postgresClient(url, { max: 1 });
  try {
    return [...(await sql.unsafe(statement))];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function database(template?: string): Promise<string> {
  const url = await (await testCluster()).createDatabase(template);
  made.push(url);
  return url;
}

describe('databases for tests', () => {
  it('are apart from one another', async () => {
    const [one, other] = [await database(), await database()];
    await ask(one, 'create table mine ()');
    assert.deepEqual(await ask(one, `select to_regclass('mine') is not null as there`), [{ there: true }]);
    assert.deepEqual(await ask(other, `select to_regclass('mine') is not null as there`), [{ there: false }]);
  });

  it('copy a template that is migrated once, whoever asks first, and again if that failed', async () => {
    const cluster = await testCluster();
    const name = `template_${process.pid}`;
    await assert.rejects(
      cluster.ensureTemplate(name, () => Promise.reject(new Error('broken migration'))),
      /broken migration/,
    );
    let migrations = 0;
    const migrate = async (url: string): Promise<void> => {
      migrations += 1;
      await ask(url, 'create table migrated as select 42 as answer');
    };
    await Promise.all(Array.from({ length: 5 }, () => cluster.ensureTemplate(name, migrate)));
    assert.equal(migrations, 1);
    const copies = await Promise.all([database(name), database(name)]);
    for (const url of copies) assert.deepEqual(await ask(url, 'select answer from migrated'), [{ answer: 42 }]);
  });
});

describe('the driver', () => {
  it('takes every usual way to name a socket', async () => {
    const url = new URL(await database());
    const folder = decodeURIComponent(url.hostname);
    const name = url.pathname.slice(1);
    for (const spelling of [
      url.href,
      `postgres:///${name}?host=${folder}&user=parlour`,
      `postgresql://parlour@localhost/${name}?host=${encodeURIComponent(folder)}&port=5432`,
    ]) {
      assert.deepEqual(await ask(spelling, 'select current_database() as name'), [{ name }], spelling);
    }
  });
});

describe('a cluster of its own', () => {
  it('is gone with its files after it is stopped', async () => {
    const cluster = await startTestCluster();
    const folder = decodeURIComponent(new URL(cluster.adminUrl).hostname);
    assert.deepEqual(await ask(await cluster.createDatabase(), 'select 1 as one'), [{ one: 1 }]);
    await cluster.stop();
    await assert.rejects(stat(folder), { code: 'ENOENT' });
  });

  it('does not keep its process alive, and ends with it', async () => {
    const module = JSON.stringify(join(import.meta.dirname, '../../cluster.ts'));
    const script = `import(${module}).then((m) => m.testDatabase()).then((url) => console.log(url))`;
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'PARLOUR_TEST_CLUSTER'));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--eval', script], { env });
    const dataDir = join(decodeURIComponent(new URL(stdout.trim()).hostname), '..');
    for (;;) {
      try {
        await stat(dataDir);
        await sleep(50);
      } catch {
        return;
      }
    }
  });
});
