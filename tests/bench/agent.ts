import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Connection } from 'mysql2/promise';
import pg from 'pg';
import { parse, stringify } from 'yaml';
import { buildAgentPackage } from '../../adapters/agent/packaging/package.ts';
import { createAgentToken } from '../../hub/access/keys/agent-keys.ts';
import { openStore } from '../../hub/store/database.ts';
import type { Agency } from '../../schemas/index.ts';
import { type MariaServer, startMariaServer } from '../support/servers/maria-server.ts';
import { type Child, startChild } from './child.ts';
import { type Bench, hubStart } from './measure.ts';
import { prepareHub, senderAgency } from './prepare-hub.ts';
import type { Given, SubjectReady } from './subjects/given.ts';
import type { Usage } from './subjects/usage.ts';

const ways = ['hub', 'agent'] as const;
type Way = (typeof ways)[number];

/** One way to reach the same board. The bench reads rows from it and delivers an answer to each. */
export interface AgentRun {
  way: Way;
  /** Rows per second. */
  read: number;
  brought: number;
  /** Milliseconds of processor time for each row there and back: of the hub's process, and of the agent's. */
  hubCpu: number;
  agentCpu: number;
  /** Of the agent's process, in MB. */
  peakMemory: number;
  lost: number;
  doubled: number;
}

interface Place {
  bench: Bench;
  maria: MariaServer;
  /** The installed agent, unpacked. */
  program: string;
}

/** Measures the same board twice: reached by the hub itself, then by an installed agent. */
export async function measureAgent(bench: Bench, tell: (text: string) => void): Promise<AgentRun[]> {
  const { path } = await buildAgentPackage(bench.folder);
  await promisify(execFile)('tar', ['-xzf', path, '-C', bench.folder]);
  const maria = await startMariaServer();
  try {
    const runs: AgentRun[] = [];
    for (const way of ways) {
      runs.push(await measureWay({ bench, maria, program: join(bench.folder, 'package') }, way));
      tell(toLine(runs.at(-1) as AgentRun));
    }
    return runs;
  } finally {
    await maria.stop();
  }
}

async function measureWay({ bench, maria, program }: Place, way: Way): Promise<AgentRun> {
  const { count, folder } = bench;
  const board = await fillBoard(maria, `board_${way}`, count);
  const databaseUrl = await bench.database.createDatabase(`bench_agent_${way}`);
  const agency = await toAgency(maria.port, `board_${way}`, way);
  const key = await prepareHub(databaseUrl, {
    'agencies/src.yaml': senderAgency,
    'agencies/textile.yaml': agency,
    'routing.yaml': { rules: [], default: senderAgency.code },
  });
  const store = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const environment = { ...hubStart.environment, BOARD_PASSWORD: password };
  const options = { log: join(folder, `agent-${way}-hub.log`), ...hubStart, environment };
  const given: Given = { databaseUrl, boardUrl: '', smtpUrl: '' };
  let agent: ChildProcess | undefined;
  let hub: Child<SubjectReady> | undefined;
  try {
    const began = Date.now();
    hub = await startChild<SubjectReady>(hubModule, given, options);
    if (way === 'agent') agent = await startAgent({ program, folder, databaseUrl, url: hub.ready.url });
    const within = bench.within * 1000;
    await until(async () => (await countComplaints(store)) >= count, within);
    const read = Date.now();
    await answerAll({ url: hub.ready.url, key, store });
    await until(async () => (await countAnswers(board)) >= count, within);
    const brought = Date.now();
    const { cpu } = await hub.ask<Usage>('usage');
    const own = readProcess(agent?.pid);
    return {
      way,
      read: count / ((read - began) / 1000),
      brought: count / ((brought - read) / 1000),
      hubCpu: cpu / count,
      agentCpu: own.cpu / count,
      peakMemory: own.peakMemory,
      ...(await settle(board, store, count)),
    };
  } finally {
    if (agent) await endAgent(agent);
    await hub?.stop();
    await store.end();
    await board.end();
  }
}

const hubModule = new URL('./subjects/hub.ts', import.meta.url);
const password = 'bench-password';

async function fillBoard(maria: MariaServer, name: string, count: number): Promise<Connection> {
  const root = await maria.connect();
  const tables = await readFile(new URL('../boards/sql-board/board.mysql.sql', import.meta.url), 'utf8');
  await root.query(`create database ${name} charset utf8mb4; use ${name}; ${tables}`);
  await root.query(
    `insert into minwon (subject, contents, category, writer, email, created, updated)
     select concat('민원 ', seq), repeat('공장 소음이 심합니다. ', 20), '환경', '홍길동', 'hong@example.kr',
       utc_timestamp(3) - interval ${count} second + interval 9 hour + interval seq second,
       utc_timestamp(3) - interval ${count} second + interval 9 hour + interval seq second from seq_1_to_${count};
     create user '${name}'@'127.0.0.1' identified by '${password}'; grant all on ${name}.* to '${name}'@'127.0.0.1'`,
  );
  return root;
}

async function toAgency(port: number, name: string, via: Way): Promise<Agency> {
  const file = new URL('../boards/sql-board/agency.yaml', import.meta.url);
  const agency = parse(await readFile(file, 'utf8')) as Agency;
  const place = { host: '127.0.0.1', port, database: name, user: name, password: 'env:BOARD_PASSWORD' };
  // The bench measures rows. The example's folder of files does not exist on this machine.
  const { filesIn: _, ...example } = agency.board?.settings ?? {};
  const settings = { ...example, ...place, maxConnections: 8 };
  return {
    ...agency,
    board: { adapter: 'sql', via, networks: ['127.0.0.0/8'], pollEvery: 1, concurrency: 8, settings },
  };
}

interface AgentPlace {
  program: string;
  folder: string;
  databaseUrl: string;
  url: string;
}

async function startAgent({ program, folder, databaseUrl, url }: AgentPlace): Promise<ChildProcess> {
  const store = openStore(databaseUrl, 1);
  const { token } = await createAgentToken(store, 'textile', 'bench');
  await store.close();
  await mkdir(join(folder, 'agent'));
  const allow = { adapters: ['sql'], hosts: ['127.0.0.1'], secrets: ['env:BOARD_PASSWORD'] };
  const settings = { hub: url, data: 'data', allow, token: 'env:TOKEN', logLevel: 'warn' };
  await writeFile(join(folder, 'agent', 'agent.yaml'), stringify(settings));
  const main = join(program, 'adapters/agent/main.js');
  const output = openSync(join(folder, 'agent.log'), 'w');
  // Starts it as a person does, with the interpreter of its first line.
  return spawn(main, ['--config', join(folder, 'agent', 'agent.yaml')], {
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      TOKEN: token,
      BOARD_PASSWORD: password,
    },
    stdio: ['ignore', output, output],
  });
}

async function endAgent(agent: ChildProcess): Promise<void> {
  if (agent.exitCode !== null) return;
  agent.kill();
  await once(agent, 'exit');
}

/** Milliseconds of a Linux clock tick: a hundredth of a second. */
const tick = 10;

function readProcess(pid: number | undefined): { cpu: number; peakMemory: number } {
  if (pid === undefined) return { cpu: 0, peakMemory: 0 };
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [user = 0, system = 0] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '')
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return {
    cpu: (user + system) * tick,
    peakMemory: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024,
  };
}

async function answerAll({ url, key, store }: { url: string; key: string; store: pg.Pool }): Promise<void> {
  const { rows } = await store.query<{ receipt: string }>(
    'select receipt_number as receipt from complaints order by id',
  );
  const left = rows.values();
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (const { receipt } of left) {
        const body = JSON.stringify({ text: `답변드립니다: ${receipt}` });
        const reply = await fetch(`${url}/api/v1/complaints/${receipt}/answers`, {
          method: 'POST',
          headers,
          body,
        });
        if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
        await reply.arrayBuffer();
      }
    }),
  );
}

async function countComplaints(store: pg.Pool): Promise<number> {
  const { rows } = await store.query<{ n: number }>('select count(*)::int as n from complaints');
  return rows[0]?.n ?? 0;
}

async function countAnswers(board: Connection): Promise<number> {
  const [rows] = await board.query('select count(*) as n from minwon_reply');
  return Number((rows as { n: number }[])[0]?.n);
}

async function settle(board: Connection, store: pg.Pool, count: number) {
  const [rows] = await board.query(
    'select count(*) as answers, count(distinct minwon_no) as answered from minwon_reply',
  );
  const { answers = 0, answered = 0 } = (rows as { answers: number; answered: number }[])[0] ?? {};
  const filed = await countComplaints(store);
  return {
    lost: Math.max(0, count - filed) + (count - Number(answered)),
    doubled: Math.max(0, filed - count) + (Number(answers) - Number(answered)),
  };
}

async function until(isDone: () => Promise<boolean>, within: number): Promise<void> {
  const end = Date.now() + within;
  while (!(await isDone())) {
    if (Date.now() > end) throw new Error(`not done within ${within / 1000} s`);
    await pause(50);
  }
}

const toLine = ({ way, read, brought, hubCpu, agentCpu, peakMemory, lost, doubled }: AgentRun) =>
  [
    `${way === 'hub' ? 'the hub itself' : 'by an agent  '}: ${read.toFixed(0)} rows/s read, ${brought.toFixed(0)} answers/s brought;`,
    `processor for each row there and back: hub ${hubCpu.toFixed(2)} ms, agent ${agentCpu.toFixed(2)} ms;`,
    `peak memory of the agent ${peakMemory.toFixed(0)} MB; lost ${lost}, doubled ${doubled}`,
  ].join(' ');

/** The cost of an agent as a ratio to the hub alone, within one run. */
export function toAgentReport(runs: AgentRun[]): string {
  const [direct, agent] = ways.map((way) => runs.find((run) => run.way === way));
  if (!direct || !agent) return '';
  const cpu = (agent.hubCpu + agent.agentCpu) / direct.hubCpu;
  return [
    ...runs.map(toLine),
    `agent / hub itself: read ${(agent.read / direct.read).toFixed(2)}, brought ${(agent.brought / direct.brought).toFixed(2)},`,
    `processor of both ${cpu.toFixed(2)}, of the hub alone ${(agent.hubCpu / direct.hubCpu).toFixed(2)};`,
    `peak memory below 120 MB: ${agent.peakMemory < 120 ? 'yes' : 'NO'}`,
  ].join('\n');
}
