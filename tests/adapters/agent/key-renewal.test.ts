import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentToken } from '../../../hub/access/keys/agent-keys.ts';
import { say } from '../../hub/doors/agent/agent-client.ts';
import { type AgentProcess, createAgentProcess } from '../../support/processes/agent-process.ts';
import { openSender, senderAgency } from '../../support/sender.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../support/wire-board.ts';

let boards: WireBoards;
let hub: TestHub;
let agent: AgentProcess;

beforeAll(async () => {
  boards = await startWireBoards();
  const far = toWireAgency(boards, 'far', { via: 'agent', read: true });
  hub = await startTestHub([far, senderAgency], { rules: [], default: 'far' });
  const { token } = await createAgentToken(hub.store, 'far', 'test');
  agent = await createAgentProcess({ hub: hub.url, token });
});
afterAll(async () => {
  await agent.remove();
  await hub.stop();
  await boards.close();
});

function inSpool<T>(work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(agent.folder, 'data', 'spool.db'), { timeout: 5_000 });
  try {
    return work(db);
  } finally {
    db.close();
  }
}
const readFact = (name: string): string =>
  inSpool((db) =>
    JSON.parse(String(db.prepare('select value from facts where name = ?').get(name)?.value ?? '""')),
  );
const setFact = (name: string, value: string) =>
  inSpool((db) => db.prepare('update facts set value = ? where name = ?').run(JSON.stringify(value), name));
const listKeys = async () =>
  (
    await hub.store.pool.query<{ isValid: boolean }>(
      `select revoked_at is null as "isValid" from api_keys where agency = 'far' and scopes = '{agent}' order by created_at`,
    )
  ).rows.map(({ isValid }) => isValid);
const heartbeatAt = async () =>
  (await hub.store.pool.query<{ heartbeat_at: Date }>('select heartbeat_at from agents')).rows[0]!
    .heartbeat_at;
const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();

it('gets its next key in time, and works on with that; the old one ends when the new one is used', async () => {
  agent.start();
  await waitFor('the board to be read', () => boards.calls.some(({ kind }) => kind === 'pull'));
  expect(await agent.stop()).toBe(0);
  const first = readFact('key');
  expect(await listKeys()).toEqual([true]);

  // Twelve of its fifteen days are over, but for an hour: not yet.
  setFact('keySince', days(-12 + 1 / 24));
  setFact('renewAt', days(3 + 1 / 24));
  const restarted = new Date();
  agent.start();
  await waitFor('a heartbeat', async () => (await heartbeatAt()) > restarted);
  expect(await agent.stop()).toBe(0);
  expect(readFact('key')).toBe(first);

  setFact('keySince', days(-12 - 1 / 24));
  setFact('renewAt', days(3 - 1 / 24));
  agent.start();
  await waitFor('another key', () => readFact('key') !== first);
  const sender = await openSender(hub);
  await sender.file('새 열쇠로 옮긴 민원', 'any');
  await waitFor('the complaint', () => boards.effects.length === 1);
  await waitFor('the end of the old key', async () => (await listKeys()).join() === 'false,true', 40_000);
  // The hub looks a key up anew after some seconds.
  const tryOld = async () => (await say(hub, first, 'GET', '/configuration')).status === 401;
  await waitFor('the old key to be refused', tryOld, 40_000);
  expect((await say(hub, readFact('key'), 'GET', '/configuration')).status).toBe(200);
  expect(Date.parse(readFact('renewAt'))).toBeGreaterThan(Date.parse(days(14)));

  await sender.file('그 뒤의 민원', 'any');
  await waitFor('the next', () => boards.effects.length === 2);
  expect(agent.log()).toContain('the agent has another key');
  expect(agent.log()).not.toContain(first);
  expect(await agent.stop()).toBe(0);
}, 150_000);
