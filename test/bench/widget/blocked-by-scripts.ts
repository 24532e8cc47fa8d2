/** What a page's tasks owe to scripts from elsewhere, out of a trace of the browser's own. */

/** What a trace has to hold for it. */
export const traced = ['toplevel', 'devtools.timeline', 'v8'];

type TraceEvent = {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
  args?: { data?: { url?: string }; fileName?: string };
};
type Span = { from: number; to: number };

const LONG_MS = 50;

/**
 * Sums over all tasks by how much more than 50 ms they took because of scripts that are not the page's own. A page has long tasks of its own, and a slow
 * machine stretches them by more than a widget's whole script takes: a difference of visits would tell of those.
 * @param trace of one page, of the categories `traced` @param pageOrigin whose scripts are the page's own @returns milliseconds, and whether the trace tells
 * of any such script @throws where it tells of no tasks
 */
export function blockedByScripts(trace: Buffer, pageOrigin: string): { blocked: number; ran: boolean } {
  const { traceEvents } = JSON.parse(String(trace)) as { traceEvents: TraceEvent[] };
  const foreign = traceEvents.filter((event) => event.ph === 'X' && isForeign(event, pageOrigin));
  const tasks = traceEvents.filter(({ name }) => name === 'ThreadControllerImpl::RunTask');
  if (tasks.length === 0) throw new Error('The trace tells of no tasks: this browser names them otherwise.');
  let blocked = 0;
  for (const task of tasks) {
    if ((task.dur ?? 0) <= LONG_MS * 1_000) continue;
    const within = foreign.filter(
      ({ pid, tid, ts }) => pid === task.pid && tid === task.tid && ts >= task.ts && ts < task.ts + task.dur!,
    );
    const taken = task.dur! / 1_000;
    blocked +=
      taken - Math.max(LONG_MS, taken - covered(within.map(({ ts, dur = 0 }) => ({ from: ts, to: ts + dur }))));
  }
  return { blocked, ran: foreign.length > 0 };
}

function isForeign({ args }: TraceEvent, pageOrigin: string): boolean {
  const url = args?.data?.url ?? args?.fileName ?? '';
  return url.startsWith('http') && new URL(url).origin !== pageOrigin;
}

/** @param spans in microseconds, some of them within others @returns milliseconds in any of them */
function covered(spans: Span[]): number {
  let until = 0;
  let sum = 0;
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    sum += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return sum / 1_000;
}
