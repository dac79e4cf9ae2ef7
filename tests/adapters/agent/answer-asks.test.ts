import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createAnswering } from '../../../adapters/agent/board/answer-asks.ts';
import type { AgentParts } from '../../../adapters/agent/parts.ts';
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
