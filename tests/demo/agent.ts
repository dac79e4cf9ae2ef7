import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { stringify } from 'yaml';
import { createAgentToken } from '../../hub/access/keys/agent-keys.ts';
import type { Store } from '../../hub/store/database.ts';
import { keep } from './keep.ts';

/** Opens the database of `textile` beside the hub's, with its own user, as if it were elsewhere. */
export async function openTextileDatabase(
  hubUrl: string,
  folder: string,
): Promise<{ url: string; port: number; password: string }> {
  const port = Number(new URL(hubUrl).port);
  const password = await keep(join(folder, 'textile.password'), async () => randomBytes(18).toString('hex'));
  const admin = new pg.Client({ connectionString: hubUrl });
  await admin.connect();
  try {
    const { rowCount } = await admin.query(`select from pg_roles where rolname = 'textile'`);
    if (!rowCount) await admin.query(`create role textile login password '${password}'`);
    const { rowCount: found } = await admin.query(`select from pg_database where datname = 'textile'`);
    if (!found) await admin.query('create database textile owner textile');
  } finally {
    await admin.end();
  }
  return { url: `postgres://textile:${password}@127.0.0.1:${port}/textile`, port, password };
}

const program = fileURLToPath(new URL('./agent-process.ts', import.meta.url));

export interface DemoAgent {
  hubUrl: string;
  folder: string;
  databasePassword: string;
}

/** Starts the agent of `textile` in its own process. It knows the hub's address, a token and the board's password. */
export async function startDemoAgent(
  store: Store,
  { hubUrl, folder, databasePassword }: DemoAgent,
): Promise<{ close(): Promise<void> }> {
  const own = join(folder, 'agent');
  mkdirSync(own, { recursive: true });
  const isEnrolled = existsSync(join(own, 'data', 'spool.db'));
  const token = isEnrolled ? '' : (await createAgentToken(store, 'textile', 'demo')).token;
  if (token) writeFileSync(join(own, 'token'), token, { mode: 0o600 });
  const allow = { adapters: ['sql'], hosts: ['127.0.0.1'], secrets: ['env:TEXTILE_DB_PASSWORD'] };
  const settings = { hub: hubUrl, data: 'data', allow, token: `file:${join(own, 'token')}` };
  writeFileSync(join(own, 'agent.yaml'), stringify(settings));
  const log = openSync(join(folder, 'agent.log'), 'a');
  const agent: ChildProcess = fork(program, ['--config', join(own, 'agent.yaml')], {
    env: { PATH: process.env.PATH, TEXTILE_DB_PASSWORD: databasePassword },
    stdio: ['ignore', log, log, 'ipc'],
  });
  return {
    async close() {
      if (agent.exitCode !== null || agent.signalCode !== null) return;
      agent.kill();
      await once(agent, 'exit');
    },
  };
}
