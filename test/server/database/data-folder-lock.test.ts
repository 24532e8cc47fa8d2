import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { lockDataFolder } from '../../../server/database/data-folder-lock.ts';
import { DataFolderError } from '../../../server/kernel/startup-error.ts';

let dir: string;
beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'parlour-lock-'))));
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Takes the lock in a process of its own and holds it until that is killed. */
async function holder(): Promise<{ pid: number; kill(): Promise<void> }> {
  const module = JSON.stringify(join(import.meta.dirname, '../../../server/database/data-folder-lock.ts'));
  const script = `import(${module}).then((m) => m.lockDataFolder(${JSON.stringify(dir)})).then(() => {
    console.log('held');
    setInterval(() => undefined, 60_000);
  })`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  assert.equal(line, 'held');
  assert.ok(child.pid);
  return {
    pid: child.pid,
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('the lock on the data folder', () => {
  it('refuses a second server, naming the process of the first', async () => {
    const first = await holder();
    try {
      await assert.rejects(lockDataFolder(dir), (error) => {
        assert.ok(error instanceof DataFolderError);
        assert.match(error.message, new RegExp(`process ${first.pid}\\) is already using the data folder ${dir}`));
        return true;
      });
    } finally {
      await first.kill();
    }
  });

  it('is free at once when its holder was killed', async () => {
    await (await holder()).kill();
    assert.deepEqual(await readdir(dir), ['server.lock']);
    const lock = await lockDataFolder(dir);
    await assert.rejects(lockDataFolder(dir), DataFolderError);
    await lock.release();
  });

  it('is free after its release, which leaves nothing behind', async () => {
    await (await lockDataFolder(dir)).release();
    assert.deepEqual(await readdir(dir), []);
    await (await lockDataFolder(dir)).release();
  });

  it('goes to exactly one of many who ask at once, with the socket of a killed one in the way', async () => {
    await (await holder()).kill();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataFolder(dir)));
    const taken = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    assert.equal(taken.length, 1);
    for (const result of results) if (result.status === 'rejected') assert.ok(result.reason instanceof DataFolderError);
    await taken[0]?.release();
    assert.deepEqual(await readdir(dir), []);
  });

  it('works where the path is too long for a socket', async () => {
    const long = join(dir, 'a'.repeat(60), 'b'.repeat(60));
    await mkdir(long, { recursive: true });
    const lock = await lockDataFolder(long);
    await assert.rejects(lockDataFolder(long), DataFolderError);
    await lock.release();
    await (await lockDataFolder(long)).release();
  });

  it('is one and the same through a symbolic link and a path with dots', async () => {
    const lock = await lockDataFolder(dir);
    await assert.rejects(lockDataFolder(join(dir, '..', dir.split('/').at(-1) ?? '')), DataFolderError);
    await lock.release();
  });
});
