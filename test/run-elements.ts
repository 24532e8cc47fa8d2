/**
 * Runs the element tests named as arguments in Chromium. A process of its own, started by `test/run.ts`: the runner ends its
 * process when it cannot start, which must count as a failure and not as silence.
 */
import { relative } from 'node:path';
import { startTestRunner } from '@web/test-runner';
import type { Reporter, TestRunnerConfig, TestSession, TestSuiteResult, TestResult } from '@web/test-runner';
import { elementTestConfig } from '../web-test-runner.config.ts';
import { nothing, printFailure } from './outcome.ts';

const outcome = nothing();

interface Named {
  sentence: string;
  result: TestResult;
}

function testsOf(suite: TestSuiteResult, path: string[]): Named[] {
  const here = suite.name ? [...path, suite.name] : path;
  return [
    ...suite.tests.map((result) => ({ sentence: [...here, result.name].join(' › '), result })),
    ...suite.suites.flatMap((inner) => testsOf(inner, here)),
  ];
}

/** The stack a browser hands over may have lost the message's lines, and repeats the runner's own frames. */
function reason(error: TestResult['error']): string {
  if (!error) return 'no reason given';
  const difference = 'expected' in error ? [`expected ${error.expected}`, `actual   ${error.actual}`] : [];
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at .*\.ts:/.test(line));
  return [error.message, ...difference, ...frames].join('\n');
}

function count(session: TestSession): void {
  const file = relative(process.cwd(), session.testFile);
  const tests = session.testResults ? testsOf(session.testResults, []) : [];
  for (const { sentence, result } of tests) {
    if (result.skipped) outcome.skipped += 1;
    else if (result.passed) outcome.passed += 1;
    else {
      outcome.failed += 1;
      printFailure(file, sentence, reason(result.error));
    }
  }
  for (const error of session.errors) {
    outcome.failed += 1;
    printFailure(file, 'the file could not run', reason(error));
  }
  // A file that does not exist on the server leaves no error but its own address.
  for (const address of session.request404s) process.stdout.write(`  404 ${address} (asked for by ${file})\n`);
  if (tests.length === 0 && session.errors.length === 0) {
    outcome.failed += 1;
    printFailure(file, 'the file holds no test', 'Write one, or remove the file.');
  }
  // What a failing file wrote to its console usually holds the reason.
  if (session.passed === false) {
    for (const log of session.logs) process.stdout.write(`  console of ${file}: ${log.map(String).join(' ')}\n`);
  }
}

const reporter: Reporter = {
  reportTestFileResults: ({ sessionsForTestFile }) => sessionsForTestFile.forEach(count),
};

const config: TestRunnerConfig = { ...(await elementTestConfig(process.argv.slice(2))), reporters: [reporter] };
const runner = await startTestRunner({ config, readCliArgs: false, readFileConfig: false, autoExitProcess: false });
runner?.on('stopped', () => {
  process.send?.(outcome);
  process.exitCode = outcome.failed > 0 ? 1 : 0;
  process.disconnect?.();
});
runner?.on('finished', () => void runner.stop());
