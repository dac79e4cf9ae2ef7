import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import manifest from '../../package.json' with { type: 'json' };
import { type Child, startChild } from './child.ts';
import { type Door, type PreparedComplaint, prepareComplaints } from './complaints.ts';
import { type Load, sendComplaints } from './load.ts';
import { prepareHub, toRelayDocuments } from './prepare-hub.ts';
import type { Arrivals, ReceiverReady } from './receiver/main.ts';
import type { DatabaseServer, RedisServer } from './services.ts';
import { type Account, settle } from './settle.ts';
import type { Given, Sealing, SubjectReady } from './subjects/given.ts';
import type { Usage } from './subjects/usage.ts';

const startWords = manifest.scripts.start.split(' ');
/** The options that `npm start` gives to node. */
export const hubStart = {
  nodeFlags: startWords.filter((word) => word.startsWith('--')),
  environment: Object.fromEntries(
    startWords.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('=')),
  ) as Record<string, string>,
};

export const subjectNames = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
export type SubjectName = (typeof subjectNames)[number];

interface Subject {
  title: string;
  module: URL;
  relays: boolean;
  usesRedis: boolean;
  /** Roles of the hub. Absent: both. */
  roles?: string;
  /** The door that gets the complaints. Absent: REST. */
  door?: Door;
}

const modules = {
  bare: new URL('./subjects/bare.ts', import.meta.url),
  relay: new URL('./subjects/plain-relay.ts', import.meta.url),
  hub: new URL('./subjects/hub.ts', import.meta.url),
};
export const subjects: Record<SubjectName, Subject> = {
  a: { title: 'bare route', module: modules.bare, relays: false, usesRedis: false },
  b: { title: 'plain relay', module: modules.relay, relays: true, usesRedis: true },
  c: { title: 'hub, embedded', module: modules.hub, relays: true, usesRedis: false },
  d: { title: 'hub, Redis', module: modules.hub, relays: true, usesRedis: true },
  e: { title: 'hub, role api', module: modules.hub, relays: false, usesRedis: false, roles: 'api' },
  f: {
    title: 'hub, role api, SOAP',
    module: modules.hub,
    relays: false,
    usesRedis: false,
    roles: 'api',
    door: 'soap',
  },
};

const ways: Record<Door, { path: string; type: string }> = {
  rest: { path: '/api/v1/complaints', type: 'application/json' },
  soap: { path: '/soap/v1', type: 'text/xml; charset=utf-8' },
};

export interface Measurement extends Account {
  subject: SubjectName;
  /** The memory of the subject's process. */
  peakMemory: number;
  /** Milliseconds of processor time for each complaint: of the subject's process, and of PostgreSQL's. */
  cpu: number;
  databaseCpu: number | undefined;
}

export interface Bench {
  /** The folder for the output of the run. */
  folder: string;
  database: DatabaseServer;
  redis: RedisServer | undefined;
  count: number;
  warmUp: number;
  /** The time limit in seconds, for the warm-up and for the run. */
  within: number;
  /** The hub encrypts at rest. */
  sealing?: Sealing;
  /** Node flags of the subject's process. */
  nodeFlags?: string[];
  /** Called between warm-up and run. */
  warm?(): Promise<unknown>;
}

/**
 * Measures one subject in its own process with its own database. It runs a warm-up, a burst, and a steady load if a
 * rate (per second) is given. Then it accounts for every complaint.
 */
export async function measure(
  bench: Bench,
  name: SubjectName,
  round: number,
  steadyRate?: number,
): Promise<Measurement> {
  const { database, redis } = bench;
  const base = `bench_${name}_${round}`;
  const databaseUrl = await database.createDatabase(base);
  if (subjects[name].usesRedis) await redis?.clear();
  const running: Child<unknown>[] = [];
  try {
    return await run(bench, name, databaseUrl, running, steadyRate);
  } finally {
    for (const child of running.reverse()) await child.stop();
    await database.dropDatabase(base);
  }
}

async function run(
  bench: Bench,
  name: SubjectName,
  databaseUrl: string,
  running: Child<unknown>[],
  steadyRate: number | undefined,
): Promise<Measurement> {
  const { module, usesRedis, roles, door = 'rest' } = subjects[name];
  const log = (of: string) => join(bench.folder, `${name}-${of}.log`);
  const receiver = await startChild<ReceiverReady>(receiverModule, {}, { log: log('receiver') });
  running.push(receiver);
  const redisUrl = usesRedis ? bench.redis?.url : undefined;
  const given: Given = {
    databaseUrl,
    ...receiver.ready,
    ...(redisUrl && { redisUrl }),
    ...(roles && { roles }),
    ...(bench.sealing && { sealing: bench.sealing }),
  };
  const authorization =
    module === modules.hub
      ? `Bearer ${await prepareHub(databaseUrl, toRelayDocuments(given.boardUrl))}`
      : 'none';
  const { nodeFlags = [], environment } = module === modules.hub ? hubStart : {};
  const options = {
    log: log('subject'),
    nodeFlags: [...nodeFlags, ...(bench.nodeFlags ?? [])],
    ...(environment && { environment }),
  };
  const subject = await startChild<SubjectReady>(module, given, options);
  running.push(subject);
  const { path, type } = ways[door];
  const headers = { 'content-type': type, authorization };

  const relays = subjects[name].relays ? receiver : undefined;
  const within = bench.within * 1000;
  let expected = 0;
  const send = async (complaints: PreparedComplaint[], rate?: number): Promise<Load> => {
    const until = Date.now() + within;
    expected += complaints.length;
    const load = await sendComplaints(subject.ready.url, path, headers, complaints, within, rate);
    if (relays) await waitForArrivals(relays, expected, until);
    return load;
  };
  const warmUp = prepareComplaints('warm', bench.warmUp, door);
  const complaints = prepareComplaints('run', bench.count, door);
  await send(warmUp);
  await bench.warm?.();
  const readCpu = async () => ({
    subject: await subject.ask<Usage>('usage'),
    database: bench.database.cpu(),
  });
  const before = await readCpu();
  const load = await send(complaints);
  const after = await readCpu();
  const steady = relays && steadyRate ? await sendSteadily(send, steadyRate) : undefined;
  const { peakMemory } = await subject.ask<Usage>('usage');
  // A subject that stops sends its last duplicates, if there are any.
  await subject.stop();
  const arrivals = await relays?.ask<Arrivals>('arrivals');
  const stored = await countStored(databaseUrl);
  const databaseCpu =
    after.database === undefined || before.database === undefined
      ? undefined
      : after.database - before.database;
  return {
    subject: name,
    ...settle({ warmUp, complaints, load, steady, arrivals, stored }),
    peakMemory,
    cpu: (after.subject.cpu - before.subject.cpu) / bench.count,
    databaseCpu: databaseCpu === undefined ? undefined : databaseCpu / bench.count,
  };
}

/** Seconds; long enough to show a growing queue. */
const steadyFor = 6;

async function sendSteadily(
  send: (complaints: PreparedComplaint[], rate: number) => Promise<Load>,
  rate: number,
) {
  const complaints = prepareComplaints('steady', Math.ceil(rate * steadyFor));
  return { complaints, load: await send(complaints, rate) };
}

export const receiverModule = new URL('./receiver/main.ts', import.meta.url);
/** After this many milliseconds without an arrival, the rest counts as lost. */
const patience = 20_000;

async function waitForArrivals(receiver: Child<unknown>, expected: number, until: number): Promise<void> {
  let last = -1;
  let moved = Date.now();
  while (Date.now() < until && Date.now() < moved + patience) {
    const { board, mail } = await receiver.ask<{ board: number; mail: number }>('count');
    if (board >= expected && mail >= expected) return;
    if (board + mail !== last) moved = Date.now();
    last = board + mail;
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
