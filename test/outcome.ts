/** What a suite has to say to `test/run.ts`. */
export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
}

export const nothing = (): Outcome => ({ passed: 0, failed: 0, skipped: 0 });

/** Failures are printed where and when they happen; successes are only counted. */
export function printFailure(where: string, sentence: string, detail: string): void {
  const indented = detail.trimEnd().replaceAll(/^/gm, '      ');
  process.stdout.write(`  ✗ ${sentence}\n      ${where}\n${indented}\n`);
}
