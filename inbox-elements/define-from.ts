import { define } from '../shared/ui/define.ts';

const attempts = 8;
const firstPauseMs = 1000;

/**
 * Registers elements that come as a module of their own. Without them the page is incomplete, so one that does not come (a
 * line that drops, a server that restarts) is asked for again, at pauses that double; the last failure is the page's to see.
 */
export async function defineFrom(
  load: () => Promise<Readonly<Record<string, CustomElementConstructor>>>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      define(await load());
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, firstPauseMs * 2 ** (attempt - 1)));
    }
  }
}
