/** Runs files of `node:test`, each in a process of its own, and counts test cases rather than files. */
import { relative, resolve } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { nothing, printFailure } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** What `node:test` says of a test; its own types leave out half of these fields. */
interface TestEvent {
  name: string;
  nesting: number;
  file?: string;
  skip?: string | boolean;
  todo?: string | boolean;
  details: { type?: string; error?: Error & { failureType?: string; cause?: unknown } };
}

export interface NodeRun {
  files: string[];
  /** How many run at a time; they are begun in the order given. */
  concurrency: number;
  timeoutMs: number;
  /** Says how long each file took. */
  times?: boolean;
}

export async function runNodeTests({ files, concurrency, timeoutMs, times = false }: NodeRun): Promise<Outcome> {
  const outcome = nothing();
  const waiting = files.map((file) => relative(process.cwd(), resolve(file)));
  const lane = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const startedAt = performance.now();
      await runFile(file, timeoutMs, outcome);
      if (times)
        process.stdout.write(`  ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s ${file}\n`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return outcome;
}

async function runFile(path: string, timeoutMs: number, outcome: Outcome): Promise<void> {
  let output = '';
  let isFailing = false;
  const running = new Map<string, TestEvent>();
  // By test/compile.mjs.
  const compiled = resolve('.tmp/compiled', path.replace(/\.ts$/, '.js'));
  const stream = run({ files: [compiled], timeout: timeoutMs });

  // The file itself is reported as a test that bears its name, beside the tests inside it.
  const isFile = ({ name, nesting }: TestEvent): boolean => nesting === 0 && resolve(name) === compiled;
  /** A test may be declared in another file than the one that runs. */
  const where = (event: TestEvent): string => (isFile(event) ? path : relative(process.cwd(), event.file ?? path));
  const fail = (event: TestEvent, sentence: string, detail: string): void => {
    outcome.failed += 1;
    isFailing = true;
    printFailure(where(event), sentence, detail);
  };

  const key = (event: TestEvent): string => `${where(event)} ${event.nesting} ${event.name}`;
  /** Of a file that was cut off: the tests that had begun. */
  const begun = (): string => [...running.values()].map(({ name }) => `\n    while running: ${name}`).join('');
  stream.on('test:dequeue', (event: TestEvent) => {
    if (!isFile(event)) running.set(key(event), event);
  });
  for (const type of ['test:pass', 'test:fail'] as const)
    stream.on(type, (event: TestEvent) => running.delete(key(event)));

  stream.on('test:pass', (event: TestEvent) => {
    if (isFile(event)) fail(event, 'the file holds no test', 'Write one, or remove the file.');
    else if (event.details.type === 'suite') return;
    else if (event.skip !== undefined || event.todo !== undefined) outcome.skipped += 1;
    else outcome.passed += 1;
  });
  stream.on('test:fail', (event: TestEvent) => {
    const { error } = event.details;
    if (error?.failureType === 'subtestsFailed') return;
    if (event.todo !== undefined) outcome.skipped += 1;
    else if (isFile(event)) fail(event, 'the file could not run to its end', describe(error) + begun());
    else fail(event, event.name, describe(error));
  });
  for (const type of ['test:stdout', 'test:stderr'] as const) {
    stream.on(type, ({ message }: { message: string }) => {
      output = (output + message).slice(-20_000);
    });
  }
  stream.resume();
  await new Promise((done) => stream.once('end', done));

  const text = output.trim();
  if (isFailing && text) process.stdout.write(`  output of ${path}:\n${text.replaceAll(/^/gm, '      ')}\n`);
}

function describe(error: TestEvent['details']['error']): string {
  const cause = error?.cause ?? error;
  if (!(cause instanceof Error)) return inspect(cause);
  return cause.stack?.includes(cause.message) ? cause.stack : `${cause.message}\n${cause.stack ?? ''}`;
}
