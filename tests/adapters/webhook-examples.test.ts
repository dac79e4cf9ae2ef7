import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { receiptNumber, samples, toChange } from '../../adapters/conformance/samples.ts';
import type { BoardAdapter } from '../../adapters/contract.ts';
import { createAdapter } from '../../adapters/registry.ts';
import { waitFor } from '../support/wait-for.ts';

const toSecret = (word: string) => `whsec_${Buffer.from(word.padEnd(32, '.')).toString('base64')}`;
const [old, next, wrong] = [toSecret('old'), toSecret('next'), toSecret('wrong')];
const examples = [
  { file: 'webhook-receiver.ts', program: process.execPath },
  { file: 'webhook-receiver.py', program: 'python3' },
];

let folder: string;
let running: ChildProcess | undefined;
const adapters: BoardAdapter[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-receiver-'));
});
afterEach(async () => {
  for (const adapter of adapters.splice(0)) await adapter.close();
  await stop();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function stop(): Promise<void> {
  if (!running || running.exitCode !== null || running.signalCode !== null) return;
  const gone = once(running, 'exit');
  running.kill('SIGKILL');
  await gone;
}

async function start(program: string, file: string, port: number): Promise<string[]> {
  await stop();
  const path = fileURLToPath(new URL(`../../adapters/examples/${file}`, import.meta.url));
  const child = spawn(program, [path], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      STORE: join(folder, `${file}.db`),
      WEBHOOK_SECRETS: `${old} ${next}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  const lines: string[] = [];
  child.stdout.on('data', (text) => lines.push(...String(text).trim().split('\n')));
  child.stderr.on('data', (text) => lines.push(`stderr: ${text}`));
  await waitFor('the receiver', () => lines.includes('listening'), 20_000);
  return lines;
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function connect(port: number, ...secrets: string[]) {
  const settings = { url: `http://127.0.0.1:${port}/events`, secrets: secrets.map((_, n) => `env:S${n}`) };
  const secret = (reference: string) => secrets[Number(reference.at(-1))] ?? '';
  const adapter = createAdapter(
    { adapter: 'webhook', networks: ['127.0.0.0/8'], settings },
    { agency: 'partner', timeZone: 'Asia/Seoul', secret },
  );
  adapters.push(adapter);
  return adapter;
}

describe('the webhook receivers', () => {
  it.each(examples)(
    '$file checks signatures and keeps each event once, also over a kill',
    async ({ file, program }) => {
      if (spawnSync(program, ['--version']).status !== 0) return absent(file, program);
      const port = await findPort();
      const first = await start(program, file, port);
      const signal = AbortSignal.timeout(30_000);
      const registered = toChange(samples.registered);
      const key = `${receiptNumber}/1`;
      const [hub, changing, stranger] = [connect(port, old), connect(port, old, next), connect(port, wrong)];

      expect(await stranger.push!(registered, { key, signal })).toMatchObject({ kind: 'refused' });
      expect((await stranger.check(signal)).ok).toBe(false);
      expect((await hub.check(signal)).ok).toBe(true);
      const ref = { externalId: `OWN-${receiptNumber}` };
      for (const adapter of [hub, hub, changing, connect(port, next)])
        expect(await adapter.push!(registered, { key, signal })).toMatchObject({ kind: 'done', ref });
      const second = await start(program, file, port);
      expect(await hub.push!(registered, { key, signal })).toMatchObject({ kind: 'done', ref });
      const answered = toChange(samples.answered, ref);
      expect(await hub.push!(answered, { key: `${receiptNumber}/2`, signal })).toMatchObject({
        kind: 'done',
        ref,
      });
      const told = { receiptNumber, status: 'assigned' };
      await waitFor('the last line', () => second.length >= 2);
      const toldOf = (lines: string[]) => lines.slice(1).map((line) => JSON.parse(line));
      expect(toldOf(first)).toEqual([{ ...told, seq: 1, type: 'registered' }]);
      expect(toldOf(second)).toEqual([{ ...told, seq: 2, type: 'answered' }]);
    },
    60_000,
  );
});

function absent(file: string, program: string): void {
  if (process.env.REQUIRE_SERVICES === '1') throw new Error(`${file} was not tested: there is no ${program}`);
  console.warn(`SKIPPED ${file}: there is no ${program} on this machine`);
}
