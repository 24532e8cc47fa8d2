import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile, chmod, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { ConfigError, ensureDataFolder, readConfig, readOrCreateSecret } from '../../server/config.ts';
import { DataFolderError } from '../../server/kernel/startup-error.ts';

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing: every setting has a default', () => {
    assert.deepEqual(readConfig({}), {
      port: 3000,
      host: '0.0.0.0',
      publicUrl: 'http://localhost:3000',
      publicUrlGiven: false,
      dataDir: resolve('data'),
      databaseUrl: undefined,
      secret: undefined,
      owner: undefined,
      maxAttachmentBytes: 10 * 1024 ** 2,
      mail: undefined,
      logLevel: 'info',
    });
  });

  it('takes an empty variable for an absent one', () => {
    assert.deepEqual(readConfig({ PORT: '', DATABASE_URL: '', PARLOUR_SECRET: ' ' }), readConfig({}));
  });

  it('reads every variable', () => {
    const config = readConfig({
      PORT: '8080',
      HOST: '::1',
      PUBLIC_URL: 'https://chat.example.com/',
      DATA_DIR: 'somewhere',
      DATABASE_URL: 'postgresql://ada:secret@db.example.com:5433/chat?sslmode=require',
      PARLOUR_SECRET: 'x'.repeat(32),
      PARLOUR_OWNER_EMAIL: 'ada@example.com',
      PARLOUR_OWNER_PASSWORD: 'ten letters',
      MAX_ATTACHMENT_MIB: '25',
      SMTP_URL: 'smtp://post:p%40ss@mail.example.com:587',
      MAIL_FROM: 'Kilnmere <chat@example.com>',
      LOG_LEVEL: 'warn',
    });
    assert.deepEqual(config, {
      port: 8080,
      host: '::1',
      publicUrl: 'https://chat.example.com',
      publicUrlGiven: true,
      dataDir: resolve('somewhere'),
      databaseUrl: 'postgresql://ada:secret@db.example.com:5433/chat?sslmode=require',
      secret: 'x'.repeat(32),
      owner: { email: 'ada@example.com', password: 'ten letters' },
      maxAttachmentBytes: 25 * 1024 ** 2,
      mail: { smtpUrl: 'smtp://post:p%40ss@mail.example.com:587', from: 'Kilnmere <chat@example.com>' },
      logLevel: 'warn',
    });
  });

  it('follows the port in the default public address', () => {
    assert.equal(readConfig({ PORT: '4000' }).publicUrl, 'http://localhost:4000');
  });

  it('names all mistakes at once, a sentence each', () => {
    const problems = problemsOf({
      PORT: '70000',
      HOST: 'http://localhost',
      PUBLIC_URL: 'https://example.com/chat',
      DATABASE_URL: 'mysql://localhost',
      PARLOUR_SECRET: 'short',
      PARLOUR_OWNER_EMAIL: 'ada',
      PARLOUR_OWNER_PASSWORD: 'short',
      LOG_LEVEL: 'loud',
    });
    assert.deepEqual(
      problems.map((sentence) => sentence.split(' ')[0]),
      [
        'PORT',
        'HOST',
        'PUBLIC_URL',
        'DATABASE_URL',
        'PARLOUR_SECRET',
        'PARLOUR_OWNER_EMAIL',
        'PARLOUR_OWNER_PASSWORD',
        'LOG_LEVEL',
      ],
    );
    for (const sentence of problems) assert.match(sentence, /^[A-Z_]+ must .+\.$/);
  });

  for (const port of ['-1', '3000.5', '0x10', 'http', '65536']) {
    it(`refuses the port ${port}`, () => assert.match(problemsOf({ PORT: port }).join(), /^PORT must be/));
  }

  for (const url of ['chat.example.com', 'ftp://example.com', 'https://u:p@example.com', 'https://example.com/?a=b']) {
    it(`refuses the public address ${url}`, () => {
      assert.match(problemsOf({ PUBLIC_URL: url }).join(), /^PUBLIC_URL must be/);
    });
  }

  for (const size of ['0', '1001', '10000', '2.5', '-1', '10MB']) {
    it(`refuses files of up to ${size} MiB`, () => {
      assert.match(problemsOf({ MAX_ATTACHMENT_MIB: size }).join(), /^MAX_ATTACHMENT_MIB must be .* from 1 to 1000,/);
    });
  }

  it('takes files of 1 to 1000 MiB', () => {
    assert.equal(readConfig({ MAX_ATTACHMENT_MIB: '1' }).maxAttachmentBytes, 1024 ** 2);
    assert.equal(readConfig({ MAX_ATTACHMENT_MIB: '1000' }).maxAttachmentBytes, 1000 * 1024 ** 2);
  });

  for (const url of ['mail.example.com', 'http://mail.example.com', 'smtp://', 'smtp:mail']) {
    it(`refuses the mail server ${url}`, () => {
      const problems = problemsOf({ SMTP_URL: url, MAIL_FROM: 'chat@example.com' });
      assert.match(problems.join(), /^SMTP_URL must be/);
    });
  }

  for (const from of [
    'Kilnmere',
    'a@b.example, c@d.example',
    'K <a@b.example>\r\nBcc: <c@d.example>',
    '<a@b.example> x',
  ]) {
    it(`refuses ${JSON.stringify(from)} as the sender of mail`, () => {
      const problems = problemsOf({ SMTP_URL: 'smtps://mail.example.com', MAIL_FROM: from });
      assert.match(problems.join(), /^MAIL_FROM must be/);
    });
  }

  it('wants both halves of the mail settings or neither', () => {
    assert.match(problemsOf({ SMTP_URL: 'smtp://mail.example.com' }).join(), /without MAIL_FROM/);
    assert.match(problemsOf({ MAIL_FROM: 'chat@example.com' }).join(), /without SMTP_URL/);
  });

  it('wants both halves of the owner or neither', () => {
    assert.match(problemsOf({ PARLOUR_OWNER_EMAIL: 'ada@example.com' }).join(), /without PARLOUR_OWNER_PASSWORD/);
    assert.match(problemsOf({ PARLOUR_OWNER_PASSWORD: 'long enough' }).join(), /without PARLOUR_OWNER_EMAIL/);
  });

  it('never repeats a secret in a complaint', () => {
    const text = problemsOf({
      DATABASE_URL: 'mysql://ada:hunter2@localhost',
      PARLOUR_SECRET: 'hunter2',
      PARLOUR_OWNER_EMAIL: 'ada@example.com',
      PARLOUR_OWNER_PASSWORD: 'hunter2',
    }).join();
    assert.match(text, /DATABASE_URL/);
    assert.doesNotMatch(text, /hunter2/);
  });
});

describe('the data folder', () => {
  let parent: string;
  beforeEach(async () => (parent = await mkdtemp(join(tmpdir(), 'parlour-config-'))));
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('is made with the folders above it', async () => {
    const dir = join(parent, 'a', 'b');
    await ensureDataFolder(dir);
    assert.ok((await stat(dir)).isDirectory());
    assert.deepEqual(await readdir(dir), []);
  });

  it('is refused where a file is in the way', async () => {
    await writeFile(join(parent, 'file'), '');
    await assert.rejects(ensureDataFolder(join(parent, 'file', 'data')), (error) => {
      assert.ok(error instanceof DataFolderError);
      assert.match(error.message, /cannot be made .*DATA_DIR/);
      return true;
    });
  });

  it('is refused when it cannot be written to', async () => {
    // A kernel file system refuses even root, for whom permissions do not count.
    const dir = process.geteuid?.() === 0 ? '/proc/self' : join(parent, 'closed');
    if (!dir.startsWith('/proc')) await mkdir(dir, { mode: 0o500 });
    await assert.rejects(ensureDataFolder(dir), (error) => {
      assert.ok(error instanceof DataFolderError);
      assert.match(error.message, /is not writable .*DATA_DIR/);
      return true;
    });
  });
});

describe('the secret', () => {
  let dataDir: string;
  const read = (): Promise<string> => readOrCreateSecret({ secret: undefined, dataDir });
  beforeEach(async () => (dataDir = await mkdtemp(join(tmpdir(), 'parlour-secret-'))));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('is made once, kept for its owner alone, and stays the same', async () => {
    const secret = await read();
    assert.equal(Buffer.from(secret, 'base64url').length, 32);
    assert.equal((await stat(join(dataDir, 'secret'))).mode & 0o777, 0o600);
    assert.equal(await read(), secret);
    assert.deepEqual(await readdir(dataDir), ['secret']);
  });

  it('is one, however many ask for it at once', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, read));
    assert.equal(new Set(secrets).size, 1);
    assert.equal((await readFile(join(dataDir, 'secret'), 'utf8')).trim(), secrets[0]);
    assert.deepEqual(await readdir(dataDir), ['secret']);
  });

  it('is closed to others again if someone opened it', async () => {
    await read();
    await chmod(join(dataDir, 'secret'), 0o644);
    await read();
    assert.equal((await stat(join(dataDir, 'secret'))).mode & 0o777, 0o600);
  });

  it('comes from the environment if given there, and then no file is made', async () => {
    assert.equal(await readOrCreateSecret({ secret: 'given', dataDir }), 'given');
    assert.deepEqual(await readdir(dataDir), []);
  });

  it('is not replaced when its file is damaged', async () => {
    await writeFile(join(dataDir, 'secret'), '');
    await assert.rejects(read, /fewer than 32 characters/);
    assert.equal(await readFile(join(dataDir, 'secret'), 'utf8'), '');
  });
});
