import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentToken } from '../../../../hub/access/keys/agent-keys.ts';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { toInstallCommand } from '../../../../hub/access/sheets/agent-sheet.ts';
import { openSender, senderAgency } from '../../../support/sender.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';

let boards: WireBoards;
let hub: TestHub;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-install-'));
  boards = await startWireBoards();
  const agencies = [toWireAgency(boards, 'near', { via: 'agent', read: true }), senderAgency];
  hub = await startTestHub(agencies, { rules: [], default: 'near' }, { DATA_DIR: join(folder, 'hub') });
});
afterAll(async () => {
  await hub.stop();
  await boards.close();
  await rm(folder, { recursive: true, force: true });
});

const fetchPackage = (credential: string | undefined, path = '/package') =>
  fetch(`${hub.url}/agent/v1${path}`, {
    headers: credential === undefined ? {} : { authorization: `Bearer ${credential}` },
  });

it('the package is for who holds a good token or the key of an agent', { timeout: 120_000 }, async () => {
  const { key } = await createApiKey(hub.store, 'near');
  expect((await fetchPackage(undefined)).status).toBe(401);
  expect((await fetchPackage(`mwe_${'A'.repeat(43)}`)).status).toBe(401);
  expect((await fetchPackage(key)).status).toBe(403);
  const { token } = await createAgentToken(hub.store, 'near', 'test');
  const reply = await fetchPackage(token);
  expect(reply.status).toBe(200);
  const digest = createHash('sha256').update(Buffer.from(await reply.arrayBuffer()));
  const told = await (await fetchPackage(token, '/package.sha256')).text();
  expect(told.split(' ')[0]).toBe(digest.digest('hex'));
});

it('the one command installs, enrols and starts an agent that works', { timeout: 180_000 }, async () => {
  const { token } = await createAgentToken(hub.store, 'near', 'test');
  const place = await mkdtemp(join(folder, 'agency-'));
  const child = spawn('sh', ['-c', toInstallCommand({ baseUrl: hub.url, token })], {
    cwd: place,
    detached: true,
    env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, HOME: place },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end('y\n');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  try {
    const isAlive = () => {
      if (child.exitCode !== null) throw new Error(said);
    };
    const heartbeat = await waitFor(
      'the agent to be heard of',
      async () => {
        isAlive();
        const { rows } = await hub.store.pool.query("select heartbeat from agents where agency = 'near'");
        return rows[0]?.heartbeat ?? undefined;
      },
      90_000,
    );
    expect(heartbeat.node).toMatch(/^v?24\./);
    const sender = await openSender(hub);
    await sender.file('설치 직후 민원');
    await waitFor(
      'the complaint on the board',
      () => boards.effects.some(({ title }) => title === '설치 직후 민원'),
      30_000,
    );
    const { rows } = await hub.store.pool.query("select token_hash from agents where agency = 'near'");
    expect(rows[0].token_hash).toBeNull();
    const written = join(place, 'minwon-agent');
    for (const name of (await readdir(written)).filter((one) => /^(token|agent\.yaml|data)$/.test(one)))
      expect((await stat(join(written, name))).mode & 0o077, name).toBe(0);
  } finally {
    if (child.pid !== undefined && child.exitCode === null) {
      process.kill(-child.pid, 'SIGTERM');
      await once(child, 'exit');
    }
  }
});

it('the command is one that a POSIX shell takes', async () => {
  const command = toInstallCommand({ baseUrl: 'https://hub.example', token: 'mwe_x' });
  await promisify(execFile)('sh', ['-n', '-c', command]);
});
