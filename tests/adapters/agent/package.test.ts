import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AgentPackage, buildAgentPackage } from '../../../adapters/agent/packaging/package.ts';
import { createAgentToken } from '../../../hub/access/keys/agent-keys.ts';
import { createAgentProcess } from '../../support/processes/agent-process.ts';
import { openSender, senderAgency } from '../../support/sender.ts';
import { startTestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { startWireBoards, toWireAgency } from '../../support/wire-board.ts';

const run = promisify(execFile);
let folder: string;
let built: AgentPackage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-agent-package-'));
  built = await buildAgentPackage(join(folder, 'one'));
  await run('tar', ['-xzf', built.path, '-C', folder]);
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

it('is the same to the last byte when it is built again', async () => {
  const again = await buildAgentPackage(join(folder, 'two'));
  expect(again.sha256).toBe(built.sha256);
}, 120_000);

it('holds the licence of every npm package that it is made of', async () => {
  const notices = await readFile(join(folder, 'package/THIRD-PARTY-NOTICES.txt'), 'utf8');
  const licences = notices.split(`\n${'-'.repeat(80)}\n\n`).slice(1);
  // The bundler writes above each module where it comes from.
  const files = await readdir(join(folder, 'package/adapters'), { recursive: true });
  const used = new Set<string>();
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const text = await readFile(join(folder, 'package/adapters', file), 'utf8');
    for (const [, path = ''] of text.matchAll(/^\/\/ node_modules\/(.*)$/gm))
      used.add(/(?:@[^/]+\/)?[^/]+/.exec(path.split('node_modules/').at(-1) ?? '')?.[0] ?? '');
  }
  expect(used.size).toBeGreaterThan(100);
  for (const name of used) {
    const [licence] = licences.filter((one) => one.startsWith(`${name} `));
    expect(licence, name).toMatch(/^\S+ \d+\.\d+\.\d+\S* \((\(?MIT|ISC|BSD-|Apache-2\.0|BlueOak-1\.0\.0)/);
    expect(licence, name).toMatch(/Copyright|BlueOak|Apache License/i);
    expect(licence, name).toMatch(/without warranty|AS IS/i);
  }
}, 60_000);

it('loads what a kind of board needs when there is such a board', async () => {
  const started = await readLoaded(join(folder, 'package/adapters/agent/command-line.js'));
  expect(started).toContain('// node_modules/undici/');
  expect(started).not.toMatch(/^\/\/ (node_modules\/(mysql2|pg|soap|imapflow|nodemailer)|adapters\/sql)\//m);
});

/** The text of a file and of all that are loaded with it. */
async function readLoaded(file: string, seen = new Set<string>()): Promise<string> {
  if (seen.has(file)) return '';
  seen.add(file);
  const text = await readFile(file, 'utf8');
  const imported = text.matchAll(/^(?:import|export) (?:[^"]* from )?"(\.[^"]+)"/gm);
  const rest = await Promise.all(
    [...imported].map(([, path = '']) => readLoaded(join(file, '..', path), seen)),
  );
  return [text, ...rest].join('\n');
}

it('is installed without a registry, and takes a complaint to a board', async () => {
  const prefix = join(folder, 'installed');
  const program = join(prefix, 'bin', 'minwon-agent');
  // The first `node` on the way is the one that runs it, as on the machine of an agency.
  const environment = {
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
    HOME: folder,
    npm_config_cache: join(folder, 'empty-cache'),
    npm_config_registry: 'http://127.0.0.1:9/',
  };
  const options = ['--offline', '--no-audit', '--no-fund', '--prefix', prefix];
  await run('npm', ['install', '--global', built.path, ...options], { env: environment });
  expect(existsSync(program)).toBe(true);
  const { stdout } = await run(program, ['--help'], { env: environment });
  expect(stdout).toContain('Usage: minwon-agent');

  const boards = await startWireBoards();
  const far = toWireAgency(boards, 'far', { via: 'agent', read: true });
  const hub = await startTestHub([far, senderAgency], { rules: [], default: 'far' });
  const { token } = await createAgentToken(hub.store, 'far', 'test');
  const agent = await createAgentProcess({ hub: hub.url, token, program: [program], environment });
  try {
    agent.start();
    const sender = await openSender(hub);
    await sender.file('설치한 모듈로', 'any');
    await waitFor(
      'the complaint',
      () => boards.effects.some(({ title }) => title === '설치한 모듈로'),
      30_000,
    );
    boards.posts.set('far', [{ id: 'F-1', updatedAt: new Date().toISOString(), title: '게시글' }]);
    await waitFor(
      'the post',
      async () => {
        const { rows } = await hub.store.pool.query("select 1 from complaints where origin = 'far'");
        return rows.length === 1;
      },
      30_000,
    );
    expect(await agent.stop()).toBe(0);
  } finally {
    await agent.remove();
    await hub.stop();
    await boards.close();
  }
}, 180_000);
