import { createUser } from '../../hub/access/people/users.ts';
import { sumUp } from '../../hub/insight/process/sum-up.ts';
import { openStore, type Store } from '../../hub/store/database.ts';
import { migrate } from '../../hub/store/migrate.ts';
import {
  createRecordedAccept,
  createRecordedActions,
  createVisitor,
  startConsole,
} from '../hub/console/console-server.ts';
import { samplePassword } from '../hub/console/sample-board.ts';
import { fillBoard, largeAgency } from '../support/fill-board.ts';
import type { DatabaseServer } from './services.ts';

/** The pages, by what a person asks for. An officer is one of the agency that has every tenth complaint. */
const pages = [
  { name: 'my work', login: 'officer', path: '/' },
  { name: 'process view', login: 'admin', path: '/process' },
  { name: 'by agency', login: 'admin', path: '/process?by=agency' },
  { name: 'by kind, of an officer', login: 'officer', path: '/process?by=kind&from=2024-12&to=2027-11' },
  { name: 'complaints: late', login: 'admin', path: '/process/cases?what=late&from=2024-12&to=2027-11' },
  {
    name: 'complaints: reopened',
    login: 'officer',
    path: '/process/cases?what=reopened&from=2024-12&to=2027-11',
  },
] as const;
type PageName = (typeof pages)[number]['name'];

/** Milliseconds of whole pages at one size. */
export interface DeskRun {
  complaints: number;
  pages: Record<PageName, { p50: number; p95: number }>;
}

const calls = 60;
/** Milliseconds. */
export const deskLimit = 150;
/** The most by which a page may be slower than with the fewest complaints, beyond what a busy machine adds. */
const flat = { ratio: 2, slack: 20 };

/** Figures as complaints of every state have them. What few have is a hundredth. */
const figures = `
insert into process_cases (complaint_id, agency, kind, month, state, taken_in_at, ended_at, legal, real, to_assigned, to_begun, to_answered,
  stops, extensions, transfers, reopened)
select id, assignee, kind, to_char(registered_at at time zone 'Asia/Seoul', 'YYYY-MM'),
  case when status = 'in_progress' then case when h % 20 = 0 then 'overdue' else 'open' end when h % 12 = 0 then 'late' else 'in_time' end,
  registered_at, case when status <> 'in_progress' then registered_at + interval '5 days' end, 224,
  case when status <> 'in_progress' then 32 * (1 + h % 9) end, h % 9, h % 40, h % 160,
  (h % 10 = 0)::int, (h % 25 = 0)::int, (h % 30 = 0)::int, h % 100 = 0
from (select *, abs(hashtext(receipt_number)) as h from complaints) c`;

async function fill(store: Store, complaints: number): Promise<void> {
  await fillBoard(store, complaints);
  await store.pool.query(
    "update complaints set officer_user = 'officer', officer = '{\"name\": \"담당\"}' where status = 'in_progress' and right(receipt_number, 1) in ('0', '2', '4')",
  );
  await store.pool.query('truncate unmeasured');
  await store.pool.query(figures);
  await store.pool.query('insert into process_stale select distinct agency, month from process_cases');
  while (await sumUp(store));
  await store.pool.query('vacuum analyze');
  await createUser(store, {
    login: 'admin',
    name: '관리자',
    role: 'administrator',
    password: samplePassword,
  });
  await createUser(store, {
    ...{ login: 'officer', name: '담당', role: 'officer', agency: largeAgency },
    password: samplePassword,
  });
}

const nothing = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;

async function measure(store: Store, complaints: number): Promise<DeskRun> {
  const { app, url } = await startConsole(store, {
    accept: createRecordedAccept(() => nothing).accept,
    parked: createRecordedActions(() => nothing),
  });
  try {
    const visitors = { admin: createVisitor(url), officer: createVisitor(url) };
    for (const [login, visitor] of Object.entries(visitors)) await visitor.signIn(login);
    const measured: [PageName, { p50: number; p95: number }][] = [];
    for (const { name, login, path } of pages) measured.push([name, await time(visitors[login], path)]);
    return { complaints, pages: Object.fromEntries(measured) as DeskRun['pages'] };
  } finally {
    await app.close();
  }
}

async function time(visitor: ReturnType<typeof createVisitor>, path: string) {
  const took: number[] = [];
  // The first calls read from disk and compile the view.
  for (let n = -10; n < calls; n += 1) {
    const began = performance.now();
    const { status } = await visitor.get(path);
    if (status !== 200) throw new Error(`${path} gave ${status}`);
    if (n >= 0) took.push(performance.now() - began);
  }
  const sorted = took.sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

/** Pages for people at growing sizes, each in a database of its own that is filled by SQL. */
export async function measureDesk(
  database: DatabaseServer,
  sizes: number[],
  tell: (text: string) => void,
): Promise<DeskRun[]> {
  const runs: DeskRun[] = [];
  for (const complaints of sizes) {
    const name = `bench_desk_${complaints}`;
    const store = openStore(await database.createDatabase(name), 4);
    try {
      await migrate(store.pool);
      const began = performance.now();
      await fill(store, complaints);
      tell(`${complaints} complaints stored in ${((performance.now() - began) / 1000).toFixed(0)} s`);
      runs.push(await measure(store, complaints));
    } finally {
      await store.close();
      await database.dropDatabase(name);
    }
  }
  return runs;
}

/** Whether every page is within its limit, and as fast as with the fewest complaints. */
export const isFlat = (runs: DeskRun[]): boolean =>
  runs.every((run) =>
    pages.every(({ name }) => {
      const [first, own] = [runs[0]?.pages[name].p95 ?? 0, run.pages[name].p95];
      return own <= deskLimit && own <= first * flat.ratio + flat.slack;
    }),
  );

/** A Markdown table: the pages, their p95 at each size, and the last against the first. */
export function toDeskReport(runs: DeskRun[]): string {
  const head = ['page, ms', ...runs.map(({ complaints }) => `p50 / p95 at ${complaints}`), 'ratio of p95'];
  const rows = pages.map(({ name }) => {
    const [first, last] = [runs[0]?.pages[name].p95 ?? 0, runs.at(-1)?.pages[name].p95 ?? 0];
    const cells = runs.map(({ pages: { [name]: one } }) => `${one.p50.toFixed(0)} / ${one.p95.toFixed(0)}`);
    return [name, ...cells, (last / first).toFixed(2)];
  });
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
