import pg from 'pg';
import { listWhoSaw, listWhoseSeen } from '../../hub/personal/log/ask-log.ts';
import { openStore, type Store } from '../../hub/store/database.ts';
import { migrate } from '../../hub/store/migrate.ts';
import { countBlocks, tellBlocks } from '../support/count-blocks.ts';
import { dropIndexes, fillBoard } from '../support/fill-board.ts';
import type { DatabaseServer } from './services.ts';

/** What a question to the log cost. Times are in milliseconds. */
interface Cost {
  p50: number;
  p95: number;
  /** The blocks of the database that the first of them touched. */
  blocks: number;
}

export interface AccessLogRun {
  entries: number;
  questions: Record<string, Cost>;
}

const limit = 150;
/** The most by which a question may touch more blocks than with the fewest entries: indexes get higher. */
const flat = { ratio: 3, slack: 200 };

/** Complaints that are stored, and whose entries are asked for. The others are only named in the log. */
const stored = 1_000;
const accounts = 5_000;
const months = 24;

/** Two years of looking: each entry of one person, and each tenth a list of ten. Every person is seen some twenty times. */
const fillText = `
insert into access_entries (at, actor, agency, way, address, act, purpose, place, subjects, items, masked, reason, digest)
select $3::timestamptz + (n::float8 / ($2::bigint + 1)) * ($4::timestamptz - $3), 'user' || h % ${accounts}, 'a' || h % 500, 'console', '10.0.0.' || h % 250,
  case when n % 10 = 0 then 'list' else 'read' end, 'handling', '/complaints/:receiptNumber',
  case when n % 10 = 0
    then array(select case when (h + i) % p < ${stored} then ($1::uuid[])[(h + i) % p + 1] else md5(((h + i) % p)::text)::uuid end
      from generate_series(0, 9) i)
    else array[case when h % p < ${stored} then ($1::uuid[])[h % p + 1] else md5((h % p)::text)::uuid end] end,
  '{name,contact,text}', false, '', sha256(int8send(n))
from generate_series($5::bigint, $6::bigint) n, lateral (select abs(hashint8(n))::bigint as h, greatest($2::bigint / 10, ${stored}) as p)`;

async function fill(url: string, store: Store, entries: number): Promise<string[]> {
  await migrate(store.pool);
  await fillBoard(store, stored);
  const { rows } = await store.pool.query<{ id: string }>('select id from complaints order by id');
  const ids = rows.map(({ id }) => id);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("set synchronous_commit = off; set maintenance_work_mem = '1GB'");
    const until = new Date();
    const from = new Date(until);
    from.setMonth(from.getMonth() - months);
    for (let month = 0; month <= months; month += 1)
      await client.query('select make_access_months(($1::date + make_interval(months => $2))::date)', [
        from,
        month,
      ]);
    const indexes = await dropIndexes(client, ['access_entries']);
    for (let at = 1; at <= entries; at += 1_000_000)
      await client.query(fillText, [ids, entries, from, until, at, Math.min(at + 999_999, entries)]);
    for (const index of indexes) await client.query(index);
    await client.query('vacuum analyze access_entries');
  } finally {
    await client.end();
  }
  return ids;
}

type Ask = (n: number) => Promise<unknown>;

/** `store`: on the filled database. Each question is of another person or account. */
function toQuestions(store: Store, ids: string[]): Record<string, Ask> {
  const whose = (n: number, days: number) => {
    const to = new Date(Date.now() - n * 86_400_000);
    const from = new Date(to.getTime() - days * 86_400_000);
    return { actor: `user${(n * 37) % accounts}`, from, to };
  };
  const idOf = (n: number) => ids[(n * 7) % ids.length] as string;
  return {
    'who saw this person': (n) => listWhoSaw(store, idOf(n), {}),
    'who saw this person, the second page': async (n) => {
      const { next } = await listWhoSaw(store, idOf(n), {});
      return next && listWhoSaw(store, idOf(n), { after: next });
    },
    'whose data did this account see in a day': (n) => listWhoseSeen(store, whose(n, 1), {}),
    'whose data did this account see in a month': (n) => listWhoseSeen(store, whose(n, 30), {}),
    'whose data did this account see in two years': (n) => listWhoseSeen(store, whose(n, 730), {}),
  };
}

async function time(ask: Ask): Promise<Omit<Cost, 'blocks'>> {
  const took: number[] = [];
  for (let n = 1; n <= 60; n += 1) {
    const began = performance.now();
    await ask(n);
    took.push(performance.now() - began);
  }
  const sorted = took.sort((a, b) => a - b);
  return { p50: sorted[29] ?? 0, p95: sorted[56] ?? 0 };
}

/** The two questions to the access log at growing sizes. */
export async function measureAccessLog(
  database: DatabaseServer,
  sizes: number[],
  tell: (text: string) => void,
): Promise<AccessLogRun[]> {
  const runs: AccessLogRun[] = [];
  for (const entries of sizes) {
    const name = `bench_access_log_${entries}`;
    const url = await database.createDatabase(name);
    const store = openStore(url, 4);
    try {
      const began = performance.now();
      const ids = await fill(url, store, entries);
      tell(`${entries} entries stored in ${((performance.now() - began) / 1000).toFixed(0)} s`);
      runs.push({ entries, questions: await measureQuestions(url, store, ids) });
    } finally {
      await store.close();
      await database.dropDatabase(name);
    }
  }
  return runs;
}

async function measureQuestions(
  url: string,
  store: Store,
  ids: string[],
): Promise<AccessLogRun['questions']> {
  const times: Record<string, Omit<Cost, 'blocks'>> = {};
  for (const [name, ask] of Object.entries(toQuestions(store, ids))) times[name] = await time(ask);
  // To have each statement tell its blocks costs time, so they are counted apart.
  await tellBlocks(url);
  const counted = openStore(url, 4);
  const blocks = countBlocks(counted);
  try {
    const costs: AccessLogRun['questions'] = {};
    for (const [name, ask] of Object.entries(toQuestions(counted, ids)))
      costs[name] = { ...(times[name] ?? { p50: 0, p95: 0 }), blocks: await blocks.count(() => ask(1)) };
    return costs;
  } finally {
    await counted.close();
  }
}

const isKept = (runs: AccessLogRun[], question: string): boolean =>
  runs.every(({ questions }) => {
    const [first, own] = [runs[0]?.questions[question], questions[question]];
    return !!first && !!own && own.p95 <= limit && own.blocks <= first.blocks * flat.ratio + flat.slack;
  });

const listQuestions = (runs: AccessLogRun[]): string[] => Object.keys(runs[0]?.questions ?? {});

export const isLogFlat = (runs: AccessLogRun[]): boolean =>
  listQuestions(runs).every((question) => isKept(runs, question));

/** A Markdown table: the questions, and what they cost at each size. */
export function toAccessLogReport(runs: AccessLogRun[]): string {
  const head = ['question', ...runs.map(({ entries }) => `p50 / p95 ms, blocks at ${entries}`), 'target'];
  const rows = listQuestions(runs).map((question) => [
    question,
    ...runs.map(({ questions: { [question]: one } }) =>
      one ? `${one.p50.toFixed(0)} / ${one.p95.toFixed(0)}, ${one.blocks}` : '',
    ),
    isKept(runs, question) ? 'kept' : 'missed',
  ]);
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  return [
    ...table,
    '',
    `Target: p95 within ${limit} ms; blocks within ${flat.ratio} times those of the first size and ${flat.slack}.`,
  ].join('\n');
}
