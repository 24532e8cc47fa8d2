import { describe, expect, it } from '../page.ts';
import { expectNoLeak } from './leaks.ts';

async function complaint(use: (element: HTMLElement) => unknown): Promise<string> {
  return expectNoLeak(() => document.createElement('div'), use).then(
    () => '',
    (error: Error) => error.message,
  );
}

describe('the leak test', () => {
  it('passes what leaves nothing', async () => {
    expect(await complaint(() => undefined)).to.equal('');
  });

  const leaks: Record<string, () => unknown> = {
    'a listener on the window': () => addEventListener('resize', () => undefined),
    'a listener on the document': () => document.addEventListener('click', () => undefined),
    'a timer': () => setTimeout(() => undefined, 60_000),
    'an interval': () => setInterval(() => undefined, 60_000),
    'an observer': () => new ResizeObserver(() => undefined).observe(document.body),
    'a node': () => document.body.append(document.createElement('i')),
  };
  for (const [what, leak] of Object.entries(leaks)) {
    it(`catches ${what}`, async () => {
      expect(await complaint(leak)).to.not.equal('');
    });
  }
});
