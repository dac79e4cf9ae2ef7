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
