/** The worker of sync-database.ts. It runs one query at a time and wakes the waiting thread. */
import { workerData } from 'node:worker_threads';
import mysql from 'mysql2/promise';
import pg from 'pg';

const { dialect, connection, flag, port } = workerData;

async function open(): Promise<(sql: string, values: unknown[]) => Promise<unknown>> {
  if (dialect === 'mysql') {
    const client = await mysql.createConnection({ ...connection, charset: 'utf8mb4', dateStrings: true });
    return async (sql, values) => (await client.query(sql, values))[0];
  }
  const client = new pg.Client(connection);
  await client.connect();
  return async (sql, values) => (await client.query(sql, values)).rows;
}

const query = open();
port.on('message', async ({ sql, values }: { sql: string; values: unknown[] }) => {
  try {
    const rows = await (await query)(sql, values);
    // As plain data, because the driver's rows are objects of its own classes.
    port.postMessage({ rows: JSON.parse(JSON.stringify(rows)) });
  } catch (error) {
    port.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
});
