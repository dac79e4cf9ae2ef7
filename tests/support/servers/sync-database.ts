import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

export interface SyncDatabase {
  /** Returns the rows of a query. It blocks this thread until they are there. */
  query(sql: string, values?: unknown[]): Record<string, unknown>[];
  close(): Promise<void>;
}

/** Acts as a person at the board's own tables. Each step is complete when the call returns. */
export function openSyncDatabase(dialect: 'mysql' | 'postgres', connection: object): SyncDatabase {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const { port1: port, port2 } = new MessageChannel();
  const worker = new Worker(new URL('./sync-database-worker.ts', import.meta.url), {
    workerData: { dialect, connection, flag, port: port2 },
    transferList: [port2],
    execArgv: [],
  });
  worker.unref();
  return {
    query(sql, values = []) {
      Atomics.store(flag, 0, 0);
      port.postMessage({ sql, values });
      if (Atomics.wait(flag, 0, 0, 10_000) === 'timed-out') throw new Error(`no reply: ${sql}`);
      const { rows, error } = receiveMessageOnPort(port)!.message;
      if (error) throw new Error(`${error}: ${sql}`);
      return rows;
    },
    async close() {
      port.close();
      await worker.terminate();
    },
  };
}
