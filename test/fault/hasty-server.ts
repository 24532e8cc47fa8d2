/** A control: a server that acknowledges a message when it has come, and commits it later than the next blow comes. */
import { Batcher } from '../../server/kernel/batcher.ts';
import { runServer } from '../../server/run.ts';

const LATER_MS = 10_000;
// oxlint-disable-next-line typescript/unbound-method -- called with its batcher below
const commit = Batcher.prototype.add;
Batcher.prototype.add = function (item, receipt) {
  setTimeout(() => {
    // Nobody is left to be told of a failure: that is the flaw.
    commit.call(this, item, receipt).catch(() => undefined);
  }, LATER_MS);
  return Promise.resolve({ partId: item.commandId, seq: 0, publicSeq: 0 });
};

await runServer(process.env);
