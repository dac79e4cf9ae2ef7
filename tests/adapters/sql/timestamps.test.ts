import mysql from 'mysql2/promise';
import { afterEach, describe, expect, test } from 'vitest';
import { createAdapter } from '../../../adapters/registry.ts';
import { createDatabase, hasMaria, readSqlAgency, secret } from '../conformance/sql-fixture.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Noon of summer, and the hour that New York has twice when summer ends: 01:30 before and after. */
const instants = ['2026-07-01T16:00:00.000Z', '2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'];

describe.runIf(hasMaria())('instants of MariaDB in a zone with summer time', () => {
  test.each(['America/New_York', 'Asia/Seoul'])(
    'are read as they are, and none is passed over, in %s',
    async (timeZone) => {
      const { port, name, admin } = await createDatabase('mysql');
      const root = await mysql.createConnection(admin);
      ends.push(() => root.end());
      await root.query("set time_zone = '+00:00'");
      await root.query(
        'alter table minwon modify created timestamp(3) null, modify updated timestamp(3) null',
      );
      const file = (at: string) =>
        root.query(
          "insert into minwon (subject, contents, writer, created, updated) values ('민원', '내용', '홍길동', ?, ?)",
          [at.slice(0, 23).replace('T', ' '), at.slice(0, 23).replace('T', ' ')],
        );
      for (const at of instants) await file(at);
      const connection = (await readSqlAgency()).board;
      if (!connection) throw new Error('the sample agency has no board');
      const place = { host: '127.0.0.1', port, database: name, user: name, dialect: 'mysql' };
      const adapter = createAdapter(
        { ...connection, settings: { ...connection.settings, ...place } },
        { agency: 'textile', timeZone, secret: () => secret },
      );
      ends.push(() => adapter.close());
      const read = async (cursor?: string) => {
        const pulled = await adapter.pull?.(cursor, AbortSignal.timeout(10_000));
        const posts = await Promise.all((pulled?.posts ?? []).map(({ raw }) => adapter.normalise(raw)));
        const filed = posts.map(
          (post) => post.ok && new Date(post.post.content?.filedAt ?? '').toISOString(),
        );
        return { filed, cursor: pulled?.cursor };
      };
      const first = await read();
      expect(first.filed).toEqual(instants);
      await file('2026-11-01T06:30:01.000Z');
      expect((await read(first.cursor)).filed).toEqual(['2026-11-01T06:30:01.000Z']);
    },
  );
});
