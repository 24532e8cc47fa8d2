import type postgres from 'postgres';

/**
 * Transactions that survive the loss of their connection. Those of `postgres` 3.4.9 do not: it writes the rollback to a socket that is gone, which ends the
 * process; and a `reserve()` that failed stays in its queue and swallows a connection when there are some again. So they are begun here, on what the driver
 * shows of its connections to a query with `onexecute`.
 */

type Sql = postgres.Sql;

/** The driver's own connection, as far as it is needed here. */
type Line = {
  /** Sends a query. @returns whether the next may be sent before this one is answered. */
  execute(query: Query): boolean;
  /** Set while the connection is not the pool's; called when everything sent is answered. It is the pool's again after the end of the transaction. */
  reserved: (() => void) | null;
  onclose: ((error: Error) => void) | null;
};
type Query = { handler: (query: Query) => void; reject(error: Error): void };

export type OpenTransaction = {
  /** Sends on the transaction's connection, in the order of asking. After the connection is lost it refuses. */
  sql: Sql;
  /** Settles as the work does, or fails when the connection is lost before. */
  unlessLost: <T>(work: Promise<T>) => Promise<T>;
  /** Ends the transaction, if nothing has done so yet. */
  rollBack: () => Promise<void>;
};

/** Sends a `begin` and does not wait for it. The connection goes back to the pool with `commit` or `rollBack`. */
export function openTransaction(sql: Sql, mode = ''): OpenTransaction {
  let line: Line | undefined;
  let loss: Error | undefined;
  const waiting: Query[] = [];
  let mayFollow = true;
  let tellLoss: (error: Error) => void = () => undefined;
  const lost = new Promise<never>((_resolve, reject) => (tellLoss = reject));
  // Whoever does not wait for it just now is told by the next query.
  lost.catch(() => undefined);

  const lose = (error: Error): void => {
    loss = error;
    for (const query of waiting.splice(0)) query.reject(error);
    tellLoss(error);
  };
  const sendOn = (): void => {
    while (line && mayFollow && waiting.length > 0) mayFollow = line.execute(waiting.shift()!);
  };
  /** The connection is the pool's, or another transaction's. */
  const isOver = (): boolean => line !== undefined && (line.onclose !== lose || !line.reserved);
  const send = (query: Query): void => {
    if (loss ?? isOver()) return query.reject(loss ?? new Error('the transaction is over'));
    waiting.push(query);
    sendOn();
  };
  const own = <T>(made: T): T => {
    if (isQuery(made)) made.handler = send;
    return made;
  };
  const onexecute = (found: Line): false => {
    line = found;
    line.onclose = lose;
    line.reserved = () => {
      mayFollow = true;
      sendOn();
    };
    sendOn();
    // Nothing of anybody else's may follow on this connection.
    return false;
  };
  const begun = sql.unsafe(`begin ${mode}`, [], { onexecute } as postgres.UnsafeQueryOptions);
  begun.catch(lose);

  const transaction = new Proxy(sql, {
    apply: (target, self, words) => own(Reflect.apply(target, self, words) as unknown),
    get(target, name) {
      if (name !== 'unsafe') return Reflect.get(target, name) as unknown;
      return (...words: Parameters<Sql['unsafe']>) => own(target.unsafe(...words));
    },
  });
  const unlessLost = <T>(work: Promise<T>): Promise<T> => Promise.race([work, lost]);
  return {
    sql: transaction,
    unlessLost,
    async rollBack() {
      // The end of the connection has ended it too, and an aborted commit has as well.
      if (!loss && !isOver()) await unlessLost(transaction`rollback`).catch(() => undefined);
    },
  };
}

function isQuery(made: unknown): made is Query {
  return made instanceof Promise && 'handler' in made;
}

/** Work in a transaction: committed when it succeeds, rolled back when it fails. */
async function inTransaction<T>(sql: Sql, mode: string, work: (tx: Sql) => T | Promise<T>): Promise<T> {
  const { sql: tx, unlessLost, rollBack } = openTransaction(sql, mode);
  try {
    const result = await unlessLost(Promise.resolve(work(tx)));
    const { command } = await unlessLost(tx`commit`);
    // Postgres answers so when a statement failed that nobody waited for.
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back because a statement in it failed');
    return result;
  } catch (error) {
    await rollBack();
    throw error;
  }
}

/** Has `sql.begin`, which Drizzle's transactions use too, survive the loss of the connection. */
export function withSafeTransactions(sql: Sql): Sql {
  type Begin = (...given: [(tx: Sql) => unknown] | [string, (tx: Sql) => unknown]) => Promise<unknown>;
  const begin: Begin = (...given) => {
    const [mode, work] = given.length === 1 ? ['', given[0]] : given;
    return inTransaction(sql, mode, work);
  };
  return Object.assign(sql, { begin: begin as unknown as Sql['begin'] });
}
