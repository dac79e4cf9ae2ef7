import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAnchor, addDailyAnchor, dropOldMonths } from '../../../hub/personal/log/add-anchor.ts';
import { fromLines, toLines } from '../../../hub/personal/log/log-file.ts';
import { readLog } from '../../../hub/personal/log/read-log.ts';
import { sealEntries } from '../../../hub/personal/log/seal-entries.ts';
import { type LogProblem, verifyLog } from '../../../hub/personal/log/verify-log.ts';
import { inTransaction, openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { append, fillLog, makeSigner, sampleEntry } from './sample-log.ts';

const signer = makeSigner();
const day = 24 * 60 * 60_000;

const verified = (store: Store, now = new Date()) => verifyLog(readLog(store.pool), [signer.publicKey], now);
const anchor = (store: Store, now = new Date()) => addDailyAnchor(store, signer, now);

/** As somebody with all rights in the database could: without triggers. */
async function tamper(store: Store, work: (client: pg.PoolClient) => Promise<unknown>): Promise<void> {
  await inTransaction(store.pool, async (client) => {
    await client.query('set local session_replication_role = replica');
    await work(client);
  });
}

describe('the access log', () => {
  let store: Store;
  beforeAll(async () => {
    store = openStore(await createFreshDatabase());
    await fillLog(store, 5, 250);
    await anchor(store);
    await anchor(store, new Date(Date.now() + day));
  }, 60_000);
  afterAll(() => store.close());

  test('is whole as it was written, with what waits for its seal', async () => {
    await append(store, [sampleEntry()]);
    expect(await verified(store)).toMatchObject({ entries: 1251, seals: 5, anchors: 2, problems: [] });
    expect((await verified(store, new Date(Date.now() + 10 * 60_000))).problems).toEqual([
      { fault: 'entry_not_sealed', place: expect.stringMatching(/^entry \d+$/) },
    ]);
    await sealEntries(store);
    expect(await verified(store)).toMatchObject({ entries: 1251, seals: 6, problems: [] });
  });

  test.each(['access_entries', 'access_seals', 'access_anchors'])(
    '%s refuses every change',
    async (table) => {
      for (const text of [`update ${table} set at = at`, `delete from ${table}`, `truncate ${table}`])
        await expect(store.pool.query(text), text).rejects.toThrow('never changed or removed');
    },
  );

  test('a month of it cannot be emptied either', async () => {
    const { rows } = await store.pool.query<{ name: string }>(
      "select relname as name from pg_class where relname ~ '^access_(entries|seals)_\\d{4}_\\d{2}$'",
    );
    expect(rows).toHaveLength(6);
    for (const { name } of rows)
      await expect(store.pool.query(`truncate ${name}`)).rejects.toThrow('never changed or removed');
  });

  test('1,000 entries with one bit turned in a place chosen at random are all found, and no other', async () => {
    const copy = openStore(await createFreshDatabase());
    try {
      await fillLog(copy, 6, 200);
      await anchor(copy);
      const { rows } = await copy.pool.query<{ id: string }>(
        'select id::text from access_entries order by random() limit 1000',
      );
      const ids = rows.map(({ id }) => id);
      await tamper(copy, async (client) => {
        for (const id of ids) await client.query(turnBit(), [id]);
      });
      const { problems } = await verified(copy);
      const named = new Set(
        problems.filter(({ fault }) => fault === 'entry_changed').map(({ place }) => place),
      );
      expect(named).toEqual(new Set(ids.map((id) => `entry ${id}`)));
    } finally {
      await copy.close();
    }
  }, 60_000);

  test.each<[string, string, LogProblem['fault']]>([
    [
      'an entry whose digest was made anew',
      "update access_entries set actor = 'lee', digest = sha256('x') where id = 3",
      'seal_changed',
    ],
    ['an entry that is gone', 'delete from access_entries where id = 4', 'entry_missing'],
    [
      'an entry that was put in',
      'insert into access_entries (at, actor, agency, way, address, act, purpose, place, subjects, items, masked, reason, digest) select at, actor, agency, way, address, act, purpose, place, subjects, items, masked, reason, digest from access_entries where id = 5',
      'entry_not_sealed',
    ],
    [
      'a seal with another hash',
      'update access_seals set hash = set_byte(hash, 0, get_byte(hash, 0) # 1) where number = 2',
      'seal_changed',
    ],
    [
      'a seal at another time',
      "update access_seals set at = at + interval '1 microsecond' where number = 2",
      'seal_changed',
    ],
    ['a seal that is gone', 'delete from access_seals where number = 2', 'seal_missing'],
    ['the end of a chain that is gone', 'delete from access_seals where number >= 4', 'other_than_anchor'],
    ['an anchor that is gone', 'delete from access_anchors where number = 1', 'anchor_missing'],
    [
      'an anchor with another head',
      "update access_anchors set heads = jsonb_set(heads, '{0,entries}', '3') where number = 1",
      'anchor_changed',
    ],
    [
      'an anchor with another signature',
      "update access_anchors set signature = 'A' || substr(signature, 2) where number = 2",
      'anchor_not_signed',
    ],
    [
      'a signature written in another way',
      "update access_anchors set signature = left(signature, 85) || chr(ascii(substr(signature, 86, 1)) + 1) || '==' where number = 2",
      'anchor_not_signed',
    ],
  ])('%s shows', async (_what, text, fault) => {
    const rolledBack = new Error('only a look');
    const found: LogProblem[] = [];
    await tamper(store, async (client) => {
      await client.query(text);
      found.push(...(await verifyLog(readLog(client), [signer.publicKey], new Date())).problems);
      throw rolledBack;
    }).catch((error: unknown) => {
      if (error !== rolledBack) throw error;
    });
    expect(found.map((one) => one.fault)).toContain(fault);
  });

  test('anchors of another key show', async () => {
    const { problems } = await verifyLog(readLog(store.pool), [makeSigner().publicKey], new Date());
    expect(problems).toEqual([
      { fault: 'anchor_of_foreign_key', place: 'anchor 1' },
      { fault: 'anchor_of_foreign_key', place: 'anchor 2' },
    ]);
  });

  test('months whose time is over go, and the rest is still verified; a month that is gone otherwise shows', async () => {
    const copy = openStore(await createFreshDatabase());
    try {
      const then = new Date('2024-05-10T12:00:00+09:00');
      await copy.pool.query("select make_access_months('2024-04-01')");
      await append(copy, [sampleEntry({ at: then }), sampleEntry()]);
      await sealEntries(copy, then);
      await anchor(copy, then);
      await anchor(copy);
      expect((await verified(copy)).problems).toEqual([]);
      expect(await dropOldMonths(copy, signer, 2, new Date('2026-05-31T23:59:00+09:00'))).toEqual([
        '2024-04',
      ]);
      expect(await dropOldMonths(copy, signer, 2, new Date('2026-06-01T00:00:00+09:00'))).toEqual([
        '2024-05',
      ]);
      expect(await verified(copy)).toMatchObject({ entries: 1, problems: [] });

      await inTransaction(copy.pool, async (client) => {
        const now = new Date('2025-05-31T00:00:00+09:00');
        await addAnchor(client, signer, { day: '2025-05-30', now, dropped: ['2024-05'] });
      });
      expect((await verified(copy)).problems).toEqual([{ fault: 'month_dropped_early', place: '2024-05' }]);
      const now =
        (await copy.pool.query<{ name: string }>('select month as name from access_seals')).rows[0]?.name ??
        '';
      const part = now.replace('-', '_');
      await copy.pool.query(`drop table access_entries_${part}, access_seals_${part}`);
      expect((await verified(copy)).problems).toContainEqual({
        fault: 'month_missing',
        place: `${now} in anchor 2`,
      });
    } finally {
      await copy.close();
    }
  });

  test('a file of it is verified alone, and one bit turned in any of 1,000 places is found', async () => {
    const small = openStore(await createFreshDatabase());
    try {
      await fillLog(small, 3, 12);
      await anchor(small);
      let text = '';
      for await (const line of toLines(readLog(small.pool))) text += line;
      const judge = async (bytes: Buffer) =>
        (await verifyLog(fromLines(bytes.toString('utf8').split('\n')), [signer.publicKey], undefined))
          .problems;
      const whole = Buffer.from(text);
      expect(await judge(whole)).toEqual([]);
      const unseen: number[] = [];
      for (let n = 0; n < 1000; n += 1) {
        const bit = randomInt(whole.length * 8);
        const turned = Buffer.from(whole);
        turned[bit >> 3] = (turned[bit >> 3] as number) ^ (1 << (bit & 7));
        if ((await judge(turned)).length === 0) unseen.push(bit);
      }
      expect(unseen).toEqual([]);
    } finally {
      await small.close();
    }
  }, 60_000);
});

/** A statement that turns one bit of entry $1, in a column chosen at random. */
function turnBit(): string {
  const bit = randomInt(256);
  const text = (column: string) => {
    const at = `(1 + floor(random() * length(${column}))::int)`;
    return `${column} = overlay(${column} placing chr(ascii(substr(${column}, p, 1)) # (1 << ${randomInt(4)})) from p) from (select ${at} as p from access_entries where id = $1) place`;
  };
  const ways = [
    ...['actor', 'agency', 'way', 'address', 'act', 'purpose', 'place'].map(text),
    `at = at + interval '1 microsecond' * (1 << ${randomInt(20)})`,
    `subjects = array[overlay(subjects[1]::text placing case substr(subjects[1]::text, 3, 1) when '0' then '1' else '0' end from 3)::uuid]`,
    `items = array['name', 'texu']`,
    'masked = not masked',
    `reason = ' '`,
    `digest = set_bit(digest, ${bit}, 1 - get_bit(digest, ${bit}))`,
  ];
  const way = ways[randomInt(ways.length)] as string;
  return `update access_entries set ${way} where id = $1`;
}
