import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Agency } from '../../schemas/index.ts';
import { type Child, startChild } from './child.ts';
import { type PreparedComplaint, prepareComplaints } from './complaints.ts';
import { sendComplaints } from './load.ts';
import { type Bench, hubStart, receiverModule } from './measure.ts';
import { type Documents, prepareHub, senderAgency, toBoardSettings } from './prepare-hub.ts';
import type { Arrivals, ReceiverReady } from './receiver/main.ts';
import { median, type Percentiles, toPercentiles } from './settle.ts';
import type { Given, SubjectReady } from './subjects/given.ts';

const agencies = 200;
const dead = 50;
/** Complaints per second, in turn to all agencies. The hub can do far more, so the bench measures waiting. */
const rate = 40;
/** Seconds between two polls of each board. */
const pollEvery = 10;

/** The results of complaints to the 150 healthy agencies. */
export interface IsolationRun {
  hanging: number;
  endToEnd: Percentiles;
  lost: number;
  doubled: number;
}

const codeOf = (n: number) => `a${String(n % agencies).padStart(3, '0')}`;
const isDead = (n: number) => n % agencies < dead;

function toDocuments(boardUrl: string, hanging: number): Documents {
  const query = '{ "since": since }';
  const pull = { path: 'changes', query, items: 'items', externalId: 'id', updatedAt: 'at' };
  const list = Array.from({ length: agencies }, (_, n): Agency => {
    const code = codeOf(n);
    const settings = toBoardSettings(`${boardUrl}/${n < hanging ? 'hang' : 'well'}/${code}`);
    return {
      code,
      name: { ko: code },
      officers: [{ name: '처리담당' }],
      board: { adapter: 'rest', networks: ['127.0.0.0/8'], settings: { ...settings, pull }, pollEvery },
    };
  });
  const rules = list.map(({ code }) => ({ when: { category: [code] }, to: code }));
  return Object.fromEntries([
    ...[senderAgency, ...list].map((agency) => [`agencies/${agency.code}.yaml`, agency] as const),
    ['routing.yaml', { rules, default: codeOf(0) }] as const,
  ]);
}

/** Measures one hub with 200 agencies under a steady load to all of them. The given number of boards never reply. */
export async function measureIsolation(
  bench: Bench,
  hanging: 0 | typeof dead,
  round: number,
): Promise<IsolationRun> {
  const base = `bench_isolation_${hanging}_${round}`;
  const databaseUrl = await bench.database.createDatabase(base);
  const running: Child<unknown>[] = [];
  const log = (of: string) => join(bench.folder, `isolation-${hanging}-${of}.log`);
  try {
    const receiver = await startChild<ReceiverReady>(receiverModule, {}, { log: log('receiver') });
    running.push(receiver);
    const key = await prepareHub(databaseUrl, toDocuments(receiver.ready.boardUrl, hanging));
    const given: Given = { databaseUrl, ...receiver.ready };
    const options = { log: log('hub'), ...hubStart };
    const hub = await startChild<SubjectReady>(hubModule, given, options);
    running.push(hub);
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const within = bench.within * 1000;
    const send = (complaints: PreparedComplaint[]) =>
      sendComplaints(hub.ready.url, '/api/v1/complaints', headers, complaints, within, rate);
    const warmUp = prepareComplaints('warm', bench.warmUp, 'rest', codeOf);
    const complaints = prepareComplaints('run', bench.count, 'rest', codeOf);
    await send(warmUp);
    const { sent } = await send(complaints);
    const countWell = (list: PreparedComplaint[]) =>
      list.filter((_, n) => hanging === 0 || !isDead(n)).length;
    const expected = countWell(warmUp) + countWell(complaints);
    await waitForPosts(receiver, expected, within);
    await hub.stop();
    const { board } = await receiver.ask<Arrivals>('arrivals');
    const stored = await countStored(databaseUrl);
    return { hanging, ...settle({ warmUp, complaints, sent, board, hanging, stored }) };
  } finally {
    for (const child of running.reverse()) await child.stop();
    await bench.database.dropDatabase(base);
  }
}

const hubModule = new URL('./subjects/hub.ts', import.meta.url);

async function waitForPosts(receiver: Child<unknown>, expected: number, within: number): Promise<void> {
  for (const until = Date.now() + within; Date.now() < until; ) {
    const { board } = await receiver.ask<{ board: number }>('count');
    if (board >= expected) return;
    await pause(50);
  }
}

async function countStored(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from complaints');
  await client.end();
  return rows[0]?.n ?? 0;
}

interface Outcome {
  warmUp: PreparedComplaint[];
  complaints: PreparedComplaint[];
  sent: Map<string, number>;
  board: Arrivals['board'];
  hanging: number;
  stored: number;
}

function settle({
  warmUp,
  complaints,
  sent,
  board,
  hanging,
  stored,
}: Outcome): Omit<IsolationRun, 'hanging'> {
  const arrivals = Map.groupBy(board, ([id]) => id);
  let lost = warmUp.length + complaints.length - stored;
  let doubled = 0;
  for (const list of [warmUp, complaints])
    for (const [n, { id }] of list.entries()) {
      const times = arrivals.get(id)?.length ?? 0;
      if (times === 0 && !(hanging > 0 && isDead(n))) lost += 1;
      doubled += Math.max(0, times - 1);
    }
  const waits = complaints.flatMap(({ id }, n) => {
    const [, at] = arrivals.get(id)?.[0] ?? [];
    return isDead(n) || at === undefined ? [] : at - (sent.get(id) ?? 0);
  });
  return { endToEnd: toPercentiles(waits), lost, doubled };
}

/** A table, and the factor by which the 150 wait longer while the 50 hang. The factor may be at most `wanted`. */
export function toIsolationReport(runs: IsolationRun[]): string {
  const lines = runs.map(
    ({ hanging, endToEnd: { p50, p95, p99 }, lost, doubled }) =>
      `| ${String(hanging).padStart(7)} | ${[p50, p95, p99].map((ms) => ms.toFixed(0).padStart(6)).join(' | ')} | ${lost} | ${doubled} |`,
  );
  const ratios = (['p50', 'p95'] as const).map((name) => {
    const [well, hung] = [0, dead].map((hanging) =>
      median(runs.filter((run) => run.hanging === hanging).map(({ endToEnd }) => endToEnd[name])),
    ) as [number, number];
    const ratio = hung / well;
    return `${name} with ${dead} of ${agencies} hanging: ${ratio.toFixed(2)} times the normal (${hung.toFixed(0)} : ${well.toFixed(0)} ms), wanted at most 1.5: ${ratio <= 1.5 ? 'met' : 'MISSED'}`;
  });
  return [
    `Deliveries to ${agencies - dead} agencies, ${rate} complaints a second to all ${agencies}:`,
    '',
    '| hanging |  p50 ms |  p95 ms |  p99 ms | lost | doubled |',
    '| ------: | -----: | -----: | -----: | ---: | ------: |',
    ...lines,
    '',
    ...ratios,
  ].join('\n');
}
