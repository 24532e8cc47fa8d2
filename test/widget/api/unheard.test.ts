import { unheard } from '../../../widget/api/unheard.ts';
import { describe, expect, it, until } from '../../page.ts';

type Asked = 'addEventListener' | 'removeEventListener' | 'setTimeout' | 'clearTimeout';

/** What some code asks of the window while it runs, call by call, and what it was given. */
function askedBy(code: () => void): Record<Asked, { input: unknown[]; answer: unknown }[]> {
  const calls = { addEventListener: [], removeEventListener: [], setTimeout: [], clearTimeout: [] } as ReturnType<
    typeof askedBy
  >;
  const own = Object.entries(calls).map(([name, list]) => {
    const method = window[name as Asked] as (...input: unknown[]) => unknown;
    const spy = (...input: unknown[]): unknown => {
      const answer = method.apply(window, input);
      list.push({ input, answer });
      return answer;
    };
    Object.assign(window, { [name]: spy });
    return [name, method];
  });
  try {
    code();
  } finally {
    Object.assign(window, Object.fromEntries(own));
  }
  return calls;
}

describe('what is given up', () => {
  it('is hushed by one listener and one timer, however much it is at once, and so is what comes of it', async () => {
    const rejections: PromiseRejectionEvent[] = [];
    const notice = (event: PromiseRejectionEvent): void => void rejections.push(event);
    addEventListener('unhandledrejection', notice, true);
    const reasons = ['one', 'other', 'third'].map((name) => new Error(name));
    const calls = askedBy(() => reasons.forEach(unheard));
    expect(new Set(calls.addEventListener.map(({ input }) => input[1])).size, 'one listener').to.equal(1);
    const ended = new Set(calls.clearTimeout.map(({ input }) => input[0]));
    expect(calls.setTimeout.filter(({ answer }) => !ended.has(answer)).length, 'one timer').to.equal(1);
    const ofTheSite = async (reason: Error): Promise<void> => {
      await Promise.reject(reason);
    };
    for (const reason of reasons) void ofTheSite(reason);
    await until(() => rejections.length === 3, 'the browser tells of each');
    removeEventListener('unhandledrejection', notice, true);
    expect(rejections.map(({ reason, defaultPrevented }) => defaultPrevented && reason)).to.deep.equal(reasons);
  });

  it('leaves nothing behind at the window', async () => {
    const calls = askedBy(() => void unheard(new Error('one')));
    const [{ input } = { input: [] }] = calls.setTimeout;
    const [run, ms] = input as [() => void, number];
    await new Promise((resolve) => setTimeout(resolve, ms));
    const { removeEventListener: removed } = askedBy(run);
    expect(removed.map((call) => call.input)).to.deep.equal(calls.addEventListener.map((call) => call.input));
  });
});
