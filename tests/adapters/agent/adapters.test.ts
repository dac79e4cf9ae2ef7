import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadAdapters } from '../../../adapters/registry.ts';
import { createAgentToken } from '../../../hub/access/keys/agent-keys.ts';
import { createAsks } from '../../../hub/exchange/boards/asks.ts';
import { createFeedSignal } from '../../../hub/store/signals/feed-signal.ts';
import { unpackAgent } from '../../support/processes/agent-package.ts';
import { type AgentProcess, createAgentProcess } from '../../support/processes/agent-process.ts';
import {
  jsonlAdapter,
  makeFolder,
  removeFolder,
  writePackage,
} from '../../support/processes/small-package.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';

let folder: string;
let board: string;
let file: string;
let installed: string;
let hub: TestHub;
let agent: AgentProcess;

beforeAll(async () => {
  // As it is installed: there is one kit in it, and one BoardError, and this package has to be given those.
  installed = await unpackAgent();
  folder = await writePackage({ 'index.js': jsonlAdapter.replace("'unreachable'", "'unauthorised'") });
  board = await makeFolder();
  // What a post says is worked out at the hub.
  expect(await loadAdapters([folder], '/')).toEqual([]);
  file = join(board, 'board.jsonl');
  await appendFile(
    file,
    `${JSON.stringify({ no: 1, title: '가로등 고장', name: '홍길동', at: '2026-11-20 09:30:00' })}\n`,
  );
  const village = {
    code: 'village',
    name: { ko: '마을회' },
    officers: [{ name: '김담당' }],
    board: { adapter: 'jsonl', via: 'agent' as const, pollEvery: 0.2, settings: { file } },
  };
  hub = await startTestHub([village], { rules: [], default: 'village' });
  const { token } = await createAgentToken(hub.store, 'village', 'test');
  const program = [join(installed, 'adapters/agent/main.js')];
  agent = await createAgentProcess({ hub: hub.url, token, settings: { adapters: [folder] }, program });
}, 60_000);
afterAll(async () => {
  await agent.remove();
  await hub.stop();
  await Promise.all([folder, board, installed].map(removeFolder));
});

it('runs an adapter that does not come with it', async () => {
  agent.start();
  await waitFor(
    'the complaint',
    async () =>
      (await hub.store.pool.query(`select 1 from complaints where content ->> 'title' = '가로등 고장'`)).rows
        .length === 1,
    20_000,
  );
  expect((await agent.command('check')).code).toBe(0);
});

it('knows what the errors of such an adapter mean', async () => {
  await rm(file);
  const feedSignal = createFeedSignal(hub.store, pino({ level: 'silent' }));
  try {
    const asks = createAsks({ store: hub.store, feedSignal });
    const asked = asks.one('village', { what: 'poll' }, 20, AbortSignal.timeout(20_000));
    await expect(asked).rejects.toMatchObject({ kind: 'unauthorised', message: 'the file cannot be read' });
  } finally {
    await feedSignal.stop();
  }
});

it('names every adapter that it cannot use, before it does anything', async () => {
  const other = await createAgentProcess({
    hub: hub.url,
    settings: { adapters: ['./nowhere', 'minwon-adapter-missing'] },
  });
  try {
    const { code, output } = await other.command();
    expect(code).toBe(2);
    expect(output).toContain(`adapters: adapter package ./nowhere: not found: there is no ${other.folder}`);
    expect(output).toContain('adapters: adapter package minwon-adapter-missing: not found');
  } finally {
    await other.remove();
  }
});
