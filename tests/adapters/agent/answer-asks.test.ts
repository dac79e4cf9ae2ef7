import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createAnswering } from '../../../adapters/agent/board/answer-asks.ts';
import type { AgentParts } from '../../../adapters/agent/parts.ts';
import { createAgentLog } from '../../../adapters/agent/recent-log.ts';
import { saveConfiguration } from '../../../adapters/agent/spool/configurations.ts';
import { openSpoolDatabase } from '../../../adapters/agent/spool/database.ts';
import type { AgentAnswer } from '../../../schemas/index.ts';

it('an agent without a board says whether a configuration never came or failed its check', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minwon-spool-'));
  const spool = openSpoolDatabase(folder);
  const ask = async (id: string) => {
    const answered = Promise.withResolvers<AgentAnswer>();
    const hub = { answer: async (_id: string, answer: AgentAnswer) => answered.resolve(answer) };
    const parts = {
      spool,
      hub,
      board: { current: () => undefined },
      situation: { note: () => undefined },
      bells: { hub: [] },
      stop: new AbortController().signal,
    };
    createAnswering(parts as unknown as AgentParts, { run: async () => {}, readNow: async () => 0 })({
      id,
      what: 'check',
    });
    return answered.promise;
  };
  expect(await ask('first')).toEqual({
    page: 1,
    last: true,
    error: { kind: 'unreachable', reason: { code: 'agent_awaits_configuration' } },
  });
  const failed = { document: '{}', signature: '', version: 1, state: 'rolled-back' } as const;
  await spool.write((tx) => saveConfiguration(tx, failed, { outcome: 'rolled-back' }));
  expect(await ask('second')).toMatchObject({ error: { reason: { code: 'agent_without_configuration' } } });
  await spool.close();
  rmSync(folder, { recursive: true });
});

it('an agent says whether a secret is there, of what its machine allows alone, and never its value', async () => {
  process.env.AGENT_TEST_SECRET = 'a-secret-value';
  const answered = Promise.withResolvers<AgentAnswer>();
  const parts = {
    hub: { answer: async (_id: string, answer: AgentAnswer) => answered.resolve(answer) },
    allowed: {
      adapters: [],
      hosts: [],
      paths: [],
      secrets: ['env:AGENT_TEST_SECRET', 'env:AGENT_TEST_ABSENT'],
    },
    board: { current: () => undefined },
    situation: { note: () => undefined },
    bells: { hub: [] },
    stop: new AbortController().signal,
  };
  const secrets = ['env:AGENT_TEST_SECRET', 'env:AGENT_TEST_ABSENT', 'env:PATH'];
  createAnswering(parts as unknown as AgentParts, { run: async () => {}, readNow: async () => 0 })({
    id: 'one',
    what: 'check',
    secrets,
  });
  const answer = await answered.promise;
  delete process.env.AGENT_TEST_SECRET;
  expect(answer.secrets).toMatchObject([
    { reference: secrets[0], there: true },
    { reference: secrets[1], there: false },
    { reference: secrets[2], there: false, reason: { code: 'not_allowed_there' } },
  ]);
  expect(JSON.stringify(answer)).not.toContain('a-secret-value');
});

it('an agent sends the newest lines of its log from a level on, as they were written: redacted and bounded', async () => {
  const written: string[] = [];
  const { log, recentLog } = createAgentLog('info', { write: (line) => void written.push(line) });
  log.info({ path: '/secret', phone: '010-1234-5678' }, 'call 010-9876-5432 with Bearer abcdefghijkl');
  log.debug('below the level of the log');
  log.warn('trouble');
  const all = recentLog.list({ level: 'debug', most: 10 });
  expect(all).toEqual(written.map((line) => line.trimEnd()));
  expect(all).toHaveLength(2);
  expect(all.join()).not.toMatch(/9876|1234|abcdefghijkl/);
  expect(recentLog.list({ level: 'warn', most: 10 })).toEqual([all[1]]);

  const answered = Promise.withResolvers<AgentAnswer>();
  const parts = {
    recentLog,
    hub: { answer: async (_id: string, answer: AgentAnswer) => answered.resolve(answer) },
    board: { current: () => undefined },
    situation: { note: () => undefined },
    bells: { hub: [] },
    stop: new AbortController().signal,
  };
  createAnswering(parts as unknown as AgentParts, { run: async () => {}, readNow: async () => 0 })({
    id: 'logs',
    what: 'logs',
    logs: { level: 'info', most: 1 },
  });
  expect(await answered.promise).toEqual({ page: 1, last: true, logs: [all[1]] });

  for (let n = 0; n < 600; n += 1) log.info({ n }, 'many');
  expect(recentLog.list({ level: 'info', most: 500 })).toHaveLength(500);
  for (let n = 0; n < 100; n += 1) log.info('가'.repeat(5_000));
  const long = recentLog.list({ level: 'info', most: 500 });
  expect(long.every((line) => line.length <= 4_000)).toBe(true);
  const bytes = long.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  expect(bytes).toBeLessThanOrEqual(256 * 1024);
  expect(bytes).toBeGreaterThan(200 * 1024);
});
