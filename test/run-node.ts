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
  concurrency: number;
  timeoutMs: number;
}

export async function runNodeTests({ files, concurrency, timeoutMs }: NodeRun): Promise<Outcome> {
  const outcome = nothing();
  const output = new Map<string, string>();
  const failing = new Set<string>();
  const running = new Map<string, TestEvent>();
  const paths = new Set(files.map((file) => relative(process.cwd(), resolve(file))));
  const stream = run({ files: files.map((file) => resolve(file)), concurrency, timeout: timeoutMs });

  // Each file is reported as a test that bears its name, beside the tests inside it.
  const isFile = ({ name, nesting, file }: TestEvent): boolean =>
    nesting === 0 && file !== undefined && resolve(name) === resolve(file);
  const where = ({ file }: TestEvent): string => relative(process.cwd(), file ?? '');
  const fail = (event: TestEvent, sentence: string, detail: string): void => {
    outcome.failed += 1;
    failing.add(where(event));
    printFailure(where(event), sentence, detail);
  };

  const key = (event: TestEvent): string => `${where(event)} ${event.nesting} ${event.name}`;
  /** Of a file that was cut off: the tests that had begun. One may be declared in another file than the one that runs. */
  const begunIn = (file: TestEvent): string => {
    const begun = [...running.values()].filter((event) => where(event) === where(file) || !paths.has(where(event)));
    return begun.map(({ name }) => `\n    while running: ${name}`).join('');
  };
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
    else if (isFile(event)) fail(event, 'the file could not run to its end', describe(error) + begunIn(event));
    else fail(event, event.name, describe(error));
  });
  for (const type of ['test:stdout', 'test:stderr'] as const) {
    stream.on(type, ({ file, message }: { file?: string; message: string }) => {
      const path = relative(process.cwd(), file ?? '');
      output.set(path, ((output.get(path) ?? '') + message).slice(-20_000));
    });
  }
  stream.resume();
  await new Promise((done) => stream.once('end', done));

  for (const file of failing) {
    const text = output.get(file)?.trim();
    if (text) process.stdout.write(`  output of ${file}:\n${text.replaceAll(/^/gm, '      ')}\n`);
  }
  return outcome;
}

function describe(error: TestEvent['details']['error']): string {
  const cause = error?.cause ?? error;
  if (!(cause instanceof Error)) return inspect(cause);
  return cause.stack?.includes(cause.message) ? cause.stack : `${cause.message}\n${cause.stack ?? ''}`;
}
