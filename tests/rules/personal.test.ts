import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastify, { type FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUnforeseen, serve } from '../../hub/personal/unforeseen.ts';
import { type Given, type Reader, withPersonal } from '../../hub/personal/with-personal.ts';
import { openAskingStore } from '../../hub/store/asking.ts';
import { openStore, type Store } from '../../hub/store/database.ts';
import { findPersonal, personalColumns } from '../../hub/store/personal/personal-columns.ts';
import { insertComplaint, insertNotice, insertParkedItem } from '../hub/console/sample-board.ts';
import { createFreshDatabase } from '../support/servers/fresh-database.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8');
const files = globSync('hub/**/*.ts', { cwd: root });
const using = (pattern: RegExp) => files.filter((file) => pattern.test(read(file)));

describe('the one way to data of complainants, in the source', () => {
  it('the guard is lifted by one file', () => {
    expect(using(/\bliftGuard\b/).sort()).toEqual([
      'hub/personal/with-personal.ts',
      'hub/store/personal/guard-pool.ts',
    ]);
  });

  it('and let pass by the shadow tables alone, whose connections see nothing else', () => {
    expect(using(/\bpassShadow\b/).sort()).toEqual([
      'hub/store/personal/guard-pool.ts',
      'hub/store/shadow/shadow-store.ts',
    ]);
  });

  it('what is read and not given out is read in these places, and each says why', () => {
    expect(using(/\bwithUnseen\(/).sort()).toEqual(
      [
        // The forms that can be used, and what the law says of a step: complaints around it are compared.
        'hub/console/complaints/judge-form.ts',
        'hub/console/complaints/steps/show-steps.ts',
        // Numbers and titles; what gives out names tells the log (bulk-readings.ts).
        'hub/console/desk/bulk/bulk-form.ts',
        'hub/console/desk/bulk/judge-bulk.ts',
        // Letters to officers.
        'hub/console/insight/inspection-pages.ts',
        // Whose number it is stays in the database.
        'hub/console/oversight/access/access-log-pages.ts',
        // Which of the two addresses is for replies, and nothing of it is shown.
        'hub/personal/consents/consequences.ts',
        // Given to the mapping again.
        'hub/console/repairs/items/group-pages.ts',
        // Numbers, titles and agencies.
        'hub/console/rules/routing/routing-try-pages.ts',
        // The clock, and lists of numbers and titles.
        'hub/doors/calls/agency-calls.ts',
        // Codes and how often they came.
        'hub/console/workbench/code-pages.ts',
        // Masked word by word before the engineer sees it.
        'hub/engineer/own-parked.ts',
        // The door tells the log of what the feed gives.
        'hub/exchange/feed/feed.ts',
      ].sort(),
    );
  });

  it('pages and doors open no connection of their own', () => {
    const own = /\b(?:openStore|openPool|openAskingStore|new pg\.|new Pool|PatientPool|new Kysely)\b/;
    expect(
      using(own).filter((file) => /^hub\/(?:console|doors|web|engineer|desk|personal)\//.test(file)),
    ).toEqual([]);
  });

  it('the hub gives them the guarded store', () => {
    const app = read('hub/app.ts');
    expect(app).toMatch(/const asking = openAskingStore\(/);
    expect(app).toMatch(/const serving = \{[\s\S]*?\n {4}store: asking,\n[\s\S]*?\n {2}\};/);
    expect(app).toMatch(/openDoors\(app, serving\), \(app\) => consolePages\(app, serving\)/);
  });
});

describe('statements', () => {
  it.each(
    Object.entries(personalColumns).flatMap(([table, columns]) =>
      columns.map((column) => [table, column] as const),
    ),
  )('%s.%s is found however it is written', (table, column) => {
    for (const text of [
      `select ${column} from ${table}`,
      `SELECT "${column}" FROM "${table}"`,
      `select t.${column} from public.${table} as t`,
      `select x.id, t . "${column}" from links x join ${table} t on true`,
      `select (select ${column} from ${table} limit 1)`,
      `with a as (select * from ${table}) select 1 from a`,
      `select t.* from links l, ${table} t`,
      `select to_jsonb(t) from ${table} t`,
      `select t::text from ${table} t`,
      `select json_agg(t) from ${table} t`,
      `select row(t) from ${table} t`,
      `table ${table}`,
      `delete from ${table} where id = 1 returning *`,
      `update ${table} set state = 'x' returning ${column}`,
      `select/* c */${column}/* c */from ${table}`,
      `select ${column} -- c\n from ${table}`,
      `select 1 from ${table} where ${column} like '010%'`,
    ])
      expect(findPersonal(text), text).toContain(table);
  });

  it.each([
    "select id, content ->> 'title' from complaints",
    'select count(*) from complaints',
    'select c.id, l.* from complaints c join links l on l.complaint_id = c.id',
    "select complaint_id from events where type = 'answered' and data->>'to' = $1",
    'select body from configurations',
    'select n.id from notices n where n.id = any($1::text[])',
  ])('%s is let through', (text) => {
    expect(findPersonal(text)).toEqual([]);
  });
});

describe('a new route that forgets it', () => {
  let store: Store;
  let asking: Store;
  let app: FastifyInstance;
  const secret = '홍비밀';
  const reader: Reader = {
    ...{ actor: 'road', agency: 'road', way: 'console', address: '10.0.0.7', place: 'GET /new' },
    user: { role: 'officer', agency: 'road' },
  };
  beforeAll(async () => {
    store = openStore(await createFreshDatabase());
    asking = openAskingStore(store, 3);
    const { id } = await insertComplaint(store, { name: secret, body: secret, title: '제목' });
    await insertNotice(store, id, 'sent');
    await insertParkedItem(store);
    app = fastify();
  });
  afterAll(async () => {
    await app.close();
    await asking.close();
    await store.close();
  });

  const random = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T;
  const tables = ['complaints', 'events', 'notices', 'raw_items'] as const;
  /** Ways in which somebody may write it. */
  const ways: ((store: Store, table: (typeof tables)[number], column: string) => Promise<unknown>)[] = [
    ({ pool }, table, column) => pool.query(`select ${column} from ${table}`),
    ({ pool }, table) =>
      pool.query({ name: `all-${table}`, text: `select * from ${table} limit $1`, values: [9] }),
    ({ hot }, table, column) => hot.query(`select x.${column}::text from ${table} x`),
    ({ db }, table) => db.selectFrom(table).selectAll().execute(),
    ({ db }, table) => db.selectFrom(`${table} as t`).selectAll().execute(),
    ({ db }, table, column) => sql.raw(`select "${column}" from "${table}"`).execute(db),
    ({ db }, table) => db.transaction().execute((trx) => trx.selectFrom(table).selectAll().execute()),
    async ({ pool }, table, column) => {
      const client = await pool.connect();
      try {
        return await client.query(`select l.id, t.${column} from links l, ${table} t`);
      } finally {
        client.release();
      }
    },
    ({ pool }, table) => pool.query(`select json_agg(t) from ${table} t`),
    ({ pool }, table, column) =>
      pool.query(`with a as (select ${column} as b from ${table}) select b from a`),
  ];

  it('is refused, whatever it reads and however: 200 random ones', async () => {
    const routes = Array.from({ length: 200 }, (_, n) => {
      const table = random(tables);
      const column = random<string>(personalColumns[table]);
      return { url: `/new/${n}`, table, column, way: random(ways) };
    });
    for (const { url, table, column, way } of routes)
      app.get(url, async () => ({ found: await way(asking, table, column) }));
    for (const { url, table, column, way } of routes) {
      const reply = await app.inject(url);
      expect(reply.statusCode, `${table}.${column} by ${way}`).toBe(500);
      expect(reply.body).toContain('around hub/personal');
      expect(reply.body).not.toContain(secret);
    }
    // The same by the store of what runs in the background: the routes would have found something.
    expect(JSON.stringify(await ways[3]?.(store, 'complaints', 'content'))).toContain(secret);
  }, 30_000);

  const readAll = (tell?: Given) =>
    withPersonal(asking, reader, async ({ db }, told) => {
      const rows = await db.selectFrom('complaints').selectAll().execute();
      if (tell) told({ ...tell, subjects: rows.map(({ id }) => id) });
      return rows;
    });
  const given: Given = { act: 'read', purpose: 'handling', subjects: [], items: ['name'], masked: false };
  const countEntries = async () =>
    (await store.pool.query<{ n: number }>('select count(*)::int as n from access_entries')).rows[0]?.n;

  it('is refused if it opens it and tells no log', async () => {
    await expect(readAll()).rejects.toThrow('told no access log');
    expect(await countEntries()).toBe(0);
  });

  it('is refused if its purpose or its role does not allow what it gives out', async () => {
    await expect(readAll({ ...given, purpose: 'overview', items: ['contact'] })).rejects.toThrow(
      'needs no contact',
    );
    await expect(readAll({ ...given, purpose: 'configuring' })).rejects.toThrow('not for the role officer');
    await expect(readAll({ ...given, purpose: 'exporting' })).rejects.toThrow('asks for a reason');
    const auditor: Reader = { ...reader, user: { role: 'auditor', agency: null } };
    await expect(
      withPersonal(asking, auditor, async (_opened, tell) => tell({ ...given, subjects: ['x'] })),
    ).rejects.toThrow('unmasked to the role auditor');
    expect(await countEntries()).toBe(0);
  });

  it('gives nothing out if the entry cannot be written', async () => {
    await expect(readAll({ ...given, act: '\u0000' as Given['act'] })).rejects.toThrow();
    expect(await countEntries()).toBe(0);
  });

  it('is let through, with an entry in the same transaction, if it tells it', async () => {
    expect(await readAll(given)).toHaveLength(1);
    const { rows } = await store.pool.query(
      'select actor, agency, way, address, act, purpose, place, cardinality(subjects) as n, items, masked from access_entries',
    );
    expect(rows).toEqual([
      {
        ...{ actor: 'road', agency: 'road', way: 'console', address: '10.0.0.7', act: 'read' },
        ...{ purpose: 'handling', place: 'GET /new', n: 1, items: ['name'], masked: false },
      },
    ]);
  });

  /** As in production: what nobody foresaw is logged and given out. */
  async function askLogged<T>(work: (logging: Store) => Promise<T>): Promise<T> {
    const logging = openAskingStore(store, 1, {
      unforeseen: createUnforeseen(store, pino({ level: 'silent' })),
    });
    try {
      return await new Promise<T>((resolve, reject) => {
        serve(
          () => reader,
          () => void work(logging).then(resolve, reject),
        );
      });
    } finally {
      await logging.close();
    }
  }
  const listUnforeseen = async () =>
    (
      await store.pool.query<{ actor: string; place: string; items: string[]; subjects: string[] }>(
        "select actor, place, items, subjects from access_entries where purpose = 'unforeseen' order by id",
      )
    ).rows;

  it('locks nobody out in production: each way of reading is logged as unforeseen before it gives something', async () => {
    const [complaint] = (await store.pool.query<{ id: string }>('select id from complaints')).rows;
    await askLogged(async (logging) => {
      for (const way of ways) await way(logging, 'complaints', 'content');
      // Whose it is, where the rows say so; and several that wait for one connection.
      await Promise.all([1, 2, 3].map(() => logging.pool.query('select id, content from complaints')));
    });
    const found = await listUnforeseen();
    expect(found).toHaveLength(ways.length + 3);
    const known = { actor: 'road', place: 'GET /new', items: ['name', 'contact', 'text'] };
    expect(found.at(-1)).toEqual({ ...known, subjects: [complaint?.id] });
    for (const entry of found) expect(entry).toMatchObject(known);
  });

  it('nor is work that tells nothing lost; but what cannot be logged is not given out', async () => {
    const before = (await listUnforeseen()).length;
    await askLogged((logging) =>
      withPersonal(logging, reader, ({ pool }) => pool.query('select recipient from notices')),
    );
    expect((await listUnforeseen()).slice(before)).toEqual([
      { actor: 'road', place: 'GET /new', items: ['contact', 'notices'], subjects: [] },
    ]);
    const failing = openAskingStore(store, 1, {
      unforeseen: () => Promise.reject(new Error('the log is away')),
    });
    await expect(failing.pool.query('select content from complaints')).rejects.toThrow('the log is away');
    await failing.close();
  });

  it('and the connection is guarded again afterwards', async () => {
    await Promise.all([1, 2, 3].map(() => readAll(given)));
    for (let n = 0; n < 5; n += 1)
      await expect(asking.pool.query('select content from complaints')).rejects.toThrow(
        'around hub/personal',
      );
  });
});
