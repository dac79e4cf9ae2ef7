import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { parse } from 'yaml';
import type { BoardFixture, StartFixture } from '../../../adapters/conformance/board-fixture.ts';
import { openFaultyLine } from '../../../adapters/kit/faulty-line.ts';
import { createAdapter } from '../../../adapters/registry.ts';
import type { Agency } from '../../../schemas/index.ts';
import { startDatabaseProxy } from '../../support/servers/database-proxy.ts';
import { hasMaria, type MariaServer, startMariaServer } from '../../support/servers/maria-server.ts';
import { openSyncDatabase, type SyncDatabase } from '../../support/servers/sync-database.ts';

type Dialect = 'mysql' | 'postgres';

const board = (name: string) => readFile(new URL(`../../boards/sql-board/${name}`, import.meta.url), 'utf8');

/** The example configuration of the sample board, as administrators would copy it. */
export async function readSqlAgency(): Promise<Agency> {
  return parse(await board('agency.yaml'));
}

let maria: Promise<MariaServer> | undefined;
afterAll(async () => (await maria)?.stop());
/** One server for a test file. */
export function sharedMaria(): Promise<MariaServer> {
  maria ??= startMariaServer();
  return maria;
}

export const secret = 'sql-board-secret-5d2b';

/** An empty database with the sample board's tables and a user of its own for the adapter. */
export async function createDatabase(
  dialect: Dialect,
): Promise<{ port: number; name: string; admin: object }> {
  const name = `board_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const tables = await board(`board.${dialect}.sql`);
  if (dialect === 'mysql') {
    const { port, connect } = await sharedMaria();
    const root = await connect();
    await root.query(`create database ${name} charset utf8mb4; use ${name}; ${tables}`);
    await root.query(`create user '${name}'@'127.0.0.1' identified by '${secret}';
      grant select, insert, update on ${name}.* to '${name}'@'127.0.0.1'`);
    await root.end();
    return { port, name, admin: { host: '127.0.0.1', port, user: 'root', database: name } };
  }
  const url = new URL(inject('databaseServer'));
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await run(`create role ${name} login password '${secret}'`);
  await run(`create database ${name}`);
  url.pathname = `/${name}`;
  await run(`${tables}; grant select, insert, update on all tables in schema public to ${name}`);
  return { port: Number(url.port), name, admin: { connectionString: url.href } };
}

async function startFixture(dialect: Dialect): Promise<BoardFixture> {
  const { port, name, admin } = await createDatabase(dialect);
  const proxy = await startDatabaseProxy(dialect, port);
  const line = await openFaultyLine(proxy.port);
  const database = openSyncDatabase(dialect, admin);
  const given = { secret };
  const connection = (await readSqlAgency()).board;
  if (!connection) throw new Error('the sample agency has no board');
  const pull = { ...(connection.settings.pull as object), pageSize: 3, overlapSeconds: 10 };
  const filesIn = await mkdtemp(join(tmpdir(), 'sql-board-'));
  const place = { filesIn, dialect, host: '127.0.0.1', port: line.port, database: name, user: name };
  const adapter = createAdapter(
    { ...connection, settings: { ...connection.settings, ...place, pull } },
    { agency: 'textile', timeZone: 'Asia/Seoul', secret: () => given.secret },
  );
  // A hub has polled before it pushes: a session is open, and logging in takes none of a law's time.
  await adapter.pull?.(undefined, AbortSignal.timeout(10_000));
  return {
    adapter,
    carriesParts: true,
    pageSize: 3,
    // Commands for the posts, for their replies and for their files, with those that begin a session and prepare them.
    pageRequests: 5,
    overlapSeconds: 10,
    secret,
    unknownCode: 'HOLD',
    line,
    unfitTitle: '긴 제목 '.repeat(50),
    board: {
      ...operate(dialect, database),
      ...operateFiles(dialect, database, filesIn),
      fault: (fault) => {
        given.secret = fault === 'unauthorised' ? `${secret}-old` : secret;
        proxy.fault = fault;
        if (fault === 'unauthorised') proxy.cut();
      },
      requests: () => proxy.commands,
    },
    close: async () => {
      await adapter.close();
      await line.close();
      await proxy.close();
      await database.close();
      await rm(filesIn, { recursive: true });
    },
  };
}

/** What people do on the board, straight in its tables. */
function operate(dialect: Dialect, { query }: SyncDatabase) {
  const n = (place: number) => (dialect === 'mysql' ? '?' : `$${place}`);
  let clock = new Date();
  const now = () => new Date(clock.getTime() + 9 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ');
  return {
    setClock: (time: Date) => {
      clock = time;
    },
    file: (title: string) => {
      const sql = `insert into minwon (subject, contents, writer, created, updated)
        values (${n(1)}, '내용', '홍길동', ${n(2)}, ${n(3)}) returning no`;
      return String(query(sql, [title, now(), now()])[0]?.no);
    },
    edit: (id: string, title: string) =>
      void query(`update minwon set subject = ${n(1)}, updated = ${n(2)} where no = ${n(3)}`, [
        title,
        now(),
        id,
      ]),
    // MySQL's `text` ends at 64 KB by itself.
    ...(dialect === 'postgres' && {
      swell: (id: string, letters: number) =>
        void query(`update minwon set contents = repeat('가', $1::int) where no = $2`, [letters, id]),
    }),
    // MySQL keeps days that no calendar has, as older boards wrote them; in PostgreSQL `infinity` is such a time.
    spoil: (id: string, isSpoilt: boolean) => {
      if (dialect === 'mysql') query("set sql_mode = ''");
      const time = dialect === 'mysql' ? '2026-11-00 00:00:00' : 'infinity';
      if (isSpoilt)
        query(`update minwon set created = ${n(1)}, updated = ${n(2)} where no = ${n(3)}`, [time, time, id]);
      else query(`update minwon set created = ${n(1)} where no = ${n(2)}`, [now(), id]);
    },
    setCode: (id: string, code: string) =>
      void query(`update minwon set state = ${n(1)} where no = ${n(2)}`, [code, id]),
    posts: () =>
      query('select no, subject, hub_key from minwon order by no').map(({ no, subject, hub_key }) => ({
        externalId: String(no),
        title: String(subject),
        ...(typeof hub_key === 'string' && { receiptNumber: hub_key.split('/')[0] }),
        answers: query(
          `select contents from minwon_reply where kind = 'FINAL' and minwon_no = ${n(1)} order by no`,
          [no],
        ).map(({ contents }) => String(contents)),
      })),
  };
}

/** What the board's own pages do with files: in the folder first, then in the table. */
function operateFiles(dialect: Dialect, { query }: SyncDatabase, filesIn: string) {
  const n = (place: number) => (dialect === 'mysql' ? '?' : `$${place}`);
  return {
    attach: (id: string, { name, content }: { name: string; content: Buffer }) => {
      const stored = `${randomUUID()}.pdf`;
      writeFileSync(join(filesIn, stored), content);
      query(
        `insert into minwon_file (minwon_no, stored, original, bytes, created)
          values (${n(1)}, ${n(2)}, ${n(3)}, ${n(4)}, now())`,
        [id, stored, name, content.length],
      );
    },
    files: (id: string) =>
      query(
        `select reply_no, stored, original from minwon_file where minwon_no = ${n(1)}
          order by reply_no is not null, no`,
        [id],
      ).map(({ reply_no, stored, original }) => ({
        of: reply_no === null ? 'post' : 'reply',
        name: String(original),
        sha256: createHash('sha256')
          .update(readFileSync(join(filesIn, String(stored))))
          .digest('hex'),
      })),
  };
}

export const startMariaFixture: StartFixture = () => startFixture('mysql');

/** PostgreSQL is there in every test run; MariaDB is held to the same laws in sql/maria.test.ts. */
export const startSqlFixture: StartFixture = () => startFixture('postgres');
export { hasMaria };
