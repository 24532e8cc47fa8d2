import { randomBytes } from 'node:crypto';
import { access, chmod, constants, link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import type { MailSettings } from './mail/mailer.ts';
import { DataFolderError, StartupError } from './kernel/startup-error.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** How much the server writes to its log; each level includes those after it. */
export type LogLevel = (typeof logLevels)[number];

/** Everything the environment decides, read once at start. */
export interface Config {
  /** TCP port to listen on, 0–65535; 0 lets the system choose a free one. `PORT`, default 3000. */
  port: number;
  /**
   * Address to listen on. `HOST`, default `0.0.0.0`, every IPv4 interface: the server is meant to be reached by other
   * people's browsers and, in a container, from outside it. Give `127.0.0.1` behind a proxy on the same machine.
   */
  host: string;
  /** Origin under which browsers reach the server, without a trailing slash. `PUBLIC_URL`, default `http://localhost:PORT`. */
  publicUrl: string;
  /** Whether `PUBLIC_URL` was given; if not, whoever listens on port 0 may put the real port into `publicUrl`. */
  publicUrlGiven: boolean;
  /** Absolute path of the folder with the database, the secret and uploads. `DATA_DIR`, default `./data`. */
  dataDir: string;
  /** Address of a Postgres to use in place of the embedded one; may hold a password, so never print it. `DATABASE_URL`. */
  databaseUrl: string | undefined;
  /** Key material for everything encrypted or signed; at least 32 characters. `PARLOUR_SECRET`; see `readOrCreateSecret`. */
  secret: string | undefined;
  /** The owner to make when there is no workspace yet (unattended set-up). `PARLOUR_OWNER_EMAIL`, `PARLOUR_OWNER_PASSWORD`. */
  owner: { email: string; password: string } | undefined;
  /** The largest file that may be attached to a message, in bytes. `MAX_ATTACHMENT_MIB`, 1–1000, default 10. */
  maxAttachmentBytes: number;
  /** How mail is sent; the address may hold a password, so never print it. `SMTP_URL` and `MAIL_FROM`; without them nothing is sent. */
  mail: MailSettings | undefined;
  /** `LOG_LEVEL`, default `info`. */
  logLevel: LogLevel;
}

/** The environment holds mistakes; `problems` has one sentence for each, the message has all of them. */
export class ConfigError extends StartupError {
  override name = 'ConfigError';
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const portSentence = 'PORT must be a whole number from 0 to 65535, for example PORT=3000.';
const publicUrlSentence =
  'PUBLIC_URL must be a web origin without a path, for example PUBLIC_URL=https://chat.example.com.';
const databaseUrlSentence =
  'DATABASE_URL must be a Postgres address, for example DATABASE_URL=postgres://user:password@localhost:5432/parlour; leave it out to use the embedded database.';

const attachmentSentence =
  'MAX_ATTACHMENT_MIB must be a whole number from 1 to 1000, for example MAX_ATTACHMENT_MIB=25.';

const smtpSentence =
  'SMTP_URL must be the address of a mail server, for example SMTP_URL=smtp://user:password@mail.example.com:587; characters such as @ in a password are written %40.';
const mailFromSentence =
  'MAIL_FROM must be one email address, with or without a name, for example MAIL_FROM=Kilnmere <chat@example.com>.';

const environmentSchema = v.object({
  PORT: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,5}$/, portSentence), v.transform(Number), v.maxValue(65_535, portSentence)),
    '3000',
  ),
  HOST: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        /^[\w.:%-]+$/,
        'HOST must be an address or a host name to listen on, for example HOST=127.0.0.1; a port belongs in PORT and a whole address in PUBLIC_URL.',
      ),
    ),
    '0.0.0.0',
  ),
  PUBLIC_URL: v.optional(
    v.pipe(
      v.string(),
      v.check(isWebOrigin, publicUrlSentence),
      v.transform((text) => new URL(text).origin),
    ),
  ),
  DATA_DIR: v.optional(v.string(), './data'),
  DATABASE_URL: v.optional(v.pipe(v.string(), v.check(isPostgresUrl, databaseUrlSentence))),
  PARLOUR_SECRET: v.optional(
    v.pipe(
      v.string(),
      v.minLength(
        32,
        'PARLOUR_SECRET must have at least 32 characters; `openssl rand -base64 32` makes a good one, or leave it out to have one made and kept in DATA_DIR.',
      ),
    ),
  ),
  PARLOUR_OWNER_EMAIL: v.optional(
    v.pipe(
      v.string(),
      v.email('PARLOUR_OWNER_EMAIL must be an email address, for example PARLOUR_OWNER_EMAIL=ada@example.com.'),
    ),
  ),
  PARLOUR_OWNER_PASSWORD: v.optional(
    v.pipe(v.string(), v.minLength(10, 'PARLOUR_OWNER_PASSWORD must have at least 10 characters.')),
  ),
  MAX_ATTACHMENT_MIB: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d{0,3}$/, attachmentSentence),
      v.transform(Number),
      v.maxValue(1000, attachmentSentence),
    ),
    '10',
  ),
  SMTP_URL: v.optional(v.pipe(v.string(), v.check(isSmtpUrl, smtpSentence))),
  MAIL_FROM: v.optional(v.pipe(v.string(), v.check(isSender, mailFromSentence))),
  LOG_LEVEL: v.optional(v.picklist(logLevels, `LOG_LEVEL must be one of ${logLevels.join(', ')}.`), 'info'),
});

/**
 * Reads the settings of the server.
 * @param env usually `process.env`; a variable that is empty counts as absent, as compose files pass on empty ones.
 * @throws ConfigError naming every mistake at once, never echoing a value.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    Object.keys(environmentSchema.entries).flatMap((name) => {
      const value = env[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = v.safeParse(environmentSchema, given, { abortPipeEarly: true });
  const problems = parsed.success ? [] : parsed.issues.map((issue) => issue.message);
  const [email, password] = [given['PARLOUR_OWNER_EMAIL'], given['PARLOUR_OWNER_PASSWORD']];
  if (email && !password)
    problems.push('PARLOUR_OWNER_EMAIL is set without PARLOUR_OWNER_PASSWORD: give both or neither.');
  if (password && !email)
    problems.push('PARLOUR_OWNER_PASSWORD is set without PARLOUR_OWNER_EMAIL: give both or neither.');
  const [smtpUrl, from] = [given['SMTP_URL'], given['MAIL_FROM']];
  if (smtpUrl && !from) problems.push('SMTP_URL is set without MAIL_FROM: give both, or neither to send no mail.');
  if (from && !smtpUrl) problems.push('MAIL_FROM is set without SMTP_URL: give both, or neither to send no mail.');
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);

  const settings = parsed.output;
  return {
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`,
    publicUrlGiven: settings.PUBLIC_URL !== undefined,
    dataDir: resolve(settings.DATA_DIR),
    databaseUrl: settings.DATABASE_URL,
    secret: settings.PARLOUR_SECRET,
    owner: email && password ? { email, password } : undefined,
    maxAttachmentBytes: settings.MAX_ATTACHMENT_MIB * 1024 ** 2,
    mail: smtpUrl && from ? { smtpUrl, from } : undefined,
    logLevel: settings.LOG_LEVEL,
  };
}

/**
 * Makes the data folder if it is absent and makes sure files can be made in it.
 * @throws DataFolderError
 */
export async function ensureDataFolder(dir: string): Promise<void> {
  try {
    const made = await makeFolder(dir);
    // As root the embedded database runs under another account, which must be able to pass through whatever the umask.
    if (made && process.getuid?.() === 0) await openPathTo(dir, made);
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new DataFolderError(
      `The data folder ${dir} cannot be made (${errorCode(error)}): make it yourself, writable by the account that runs the server, or name another in DATA_DIR.`,
    );
  }
  // Not access() alone: root passes that even where the file system is read-only.
  const probe = join(dir, `.writable-${randomBytes(6).toString('hex')}`);
  try {
    await access(dir, constants.W_OK | constants.X_OK);
    await (await open(probe, 'wx', 0o600)).close();
    await unlink(probe);
  } catch (error) {
    throw new DataFolderError(
      `The data folder ${dir} is not writable (${errorCode(error)}): give the account that runs the server the right to write there, or name another folder in DATA_DIR.`,
    );
  }
}

/**
 * The key material of this installation: `PARLOUR_SECRET`, or else the contents of `DATA_DIR/secret`, a file of mode
 * 0600 that is made with 32 random bytes (base64url) the first time. Two processes starting together agree on one.
 * @throws DataFolderError if the file cannot be made or read, or holds too little.
 */
export async function readOrCreateSecret(config: Pick<Config, 'secret' | 'dataDir'>): Promise<string> {
  if (config.secret) return config.secret;
  const file = join(config.dataDir, 'secret');
  try {
    return (await readSecret(file)) ?? (await createSecret(file));
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new DataFolderError(
      `The secret in ${file} cannot be read or made (${errorCode(error)}): give the account that runs the server the right to do so, or set PARLOUR_SECRET.`,
    );
  }
}

async function readSecret(file: string): Promise<string | undefined> {
  let secret: string;
  try {
    secret = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  if (secret.length < 32) {
    throw new DataFolderError(
      `The secret in ${file} has fewer than 32 characters: put the original back. If it is lost, delete the file to have a new one made; what was encrypted with the old one stays unreadable.`,
    );
  }
  if ((await stat(file)).mode & 0o077) await chmod(file, 0o600);
  return secret;
}

/** Written whole under another name and then linked into place: a reader sees all of it or none, and only one can win. */
async function createSecret(file: string): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('base64url')}\n`);
    await handle.sync();
    await link(draft, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await handle.close();
    await unlink(draft);
  }
  const secret = await readSecret(file);
  if (!secret) throw new DataFolderError(`The secret in ${file} vanished while it was made: start again.`);
  return secret;
}

/**
 * Makes a folder and those above it, one after the other: where nothing can be made below a folder that is there (/proc), Node's own recursion never ends.
 * @returns the first that was made; undefined where all were there.
 */
async function makeFolder(dir: string): Promise<string | undefined> {
  const there = await kindOf(dir);
  if (there === 'folder') return undefined;
  if (there === 'file')
    throw new DataFolderError(`The data folder ${dir} is a file: name a folder in DATA_DIR, or move the file away.`);
  const above = dirname(dir) === dir ? undefined : await makeFolder(dirname(dir));
  try {
    await mkdir(dir);
  } catch (error) {
    // Another server that starts beside this one may have been quicker.
    if (errorCode(error) !== 'EEXIST' || (await kindOf(dir)) !== 'folder') throw error;
    return above;
  }
  return above ?? dir;
}

async function kindOf(path: string): Promise<'folder' | 'file' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function openPathTo(dir: string, firstMade: string): Promise<void> {
  for (let folder = resolve(dir); ; folder = dirname(folder)) {
    await chmod(folder, 0o755);
    if (folder === resolve(firstMade)) return;
  }
}

function isWebOrigin(text: string): boolean {
  const url = parseUrl(text);
  return (
    url !== undefined &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.pathname === '/' &&
    !url.search &&
    !url.hash &&
    !url.username &&
    !url.password
  );
}

function isPostgresUrl(text: string): boolean {
  const url = parseUrl(text);
  return url !== undefined && (url.protocol === 'postgres:' || url.protocol === 'postgresql:');
}

function isSmtpUrl(text: string): boolean {
  const url = parseUrl(text);
  return url !== undefined && (url.protocol === 'smtp:' || url.protocol === 'smtps:') && url.hostname !== '';
}

/** `chat@example.com` or `Kilnmere <chat@example.com>`: one line, one address. */
function isSender(text: string): boolean {
  const address = /^[^<>,;\p{Cc}]*<([^<>]+)>$/u.exec(text)?.[1] ?? text;
  return v.is(v.pipe(v.string(), v.email()), address);
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
