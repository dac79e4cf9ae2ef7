import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { keyScopes } from '../../../../hub/access/keys/scopes.ts';
import { pruneWhatIsOver } from '../../../../hub/store/prune.ts';
import { openSender, senderAgency } from '../../../support/sender.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';
import { call } from '../call.ts';
import { enrol, type TestAgent } from './agent-client.ts';

let boards: WireBoards;
let hub: TestHub;
let agent: TestAgent;
beforeAll(async () => {
  boards = await startWireBoards();
  const behind = toWireAgency(boards, 'near', { via: 'agent', read: true });
  hub = await startTestHub([behind, senderAgency], { rules: [], default: 'near' });
  agent = await enrol(hub, 'near');
});
afterAll(async () => {
  await hub.stop();
  await boards.close();
});

describe('a reason of an agent', () => {
  const report = (reason: unknown) =>
    agent.say('POST', '/configuration/2', { outcome: 'rolled-back', reason });
  const kept = async () => {
    const { rows } = await hub.store.pool.query(
      "select configuration_reason as reason from agents where agency = 'near'",
    );
    return rows[0].reason;
  };

  it('is taken as data, of a later agent too, and the hub says that it is', async () => {
    const detail = { code: 'said', said: '연결 거부' };
    await report({ code: 'version_failed', params: { version: 2, detail } });
    expect(await kept()).toEqual({ code: 'version_failed', params: { version: 2, detail } });
    const later = { code: 'of_tomorrow', params: { host: 'db.agency.example' } };
    await report(later);
    expect(await kept()).toEqual(later);
    await report('연결 거부');
    expect(await kept(), 'of an earlier agent').toEqual(detail);
    expect((await agent.beat()).body).toMatchObject({ takesReasons: true });
  });

  it('of what is wrong at the board stands in the book of boards, be it data or words', async () => {
    const error = async () => {
      const { rows } = await hub.store.pool.query(
        "select poll_error, poll_error_kind from boards where agency = 'near'",
      );
      return rows[0];
    };
    const problem = { code: 'at', params: { place: { code: 'with_reading' }, detail: 'HTTP 500' } };
    await agent.beat({ problem });
    expect(await error(), 'of an earlier agent').toEqual({ poll_error: problem, poll_error_kind: null });
    await agent.beat({ problem, problemKind: 'unreachable' });
    expect(await error()).toEqual({ poll_error: problem, poll_error_kind: 'unreachable' });
    await agent.beat({ problem: 'reading: HTTP 401', unauthorised: ['poll'] });
    expect(await error()).toEqual({
      poll_error: { code: 'said', said: 'reading: HTTP 401' },
      poll_error_kind: 'unauthorised',
    });
    await agent.beat();
    expect(await error()).toEqual({ poll_error: null, poll_error_kind: null });
  });

  it.each<[string, unknown]>([
    ['is too long', { code: 'said', said: '가'.repeat(4001) }],
    ['holds too many', { code: 'several', params: { reasons: Array(500).fill({ code: 'x' }) } }],
    ['is no reason within', { code: 'at', params: { detail: { said: 'no code' } } }],
    ['holds other things', { code: 'at', params: { detail: { code: 'x', more: 1 } } }],
    ['has a long code', { code: 'x'.repeat(101) }],
    ['is empty words', ''],
  ])('that %s is refused', async (_what, reason) => {
    const before = await kept();
    expect((await report(reason)).status).toBe(422);
    expect(await kept()).toEqual(before);
  });

  it('is taken eight levels deep and no deeper', async () => {
    const nest = (levels: number): object =>
      levels === 1
        ? { code: 'said', said: 'deep' }
        : { code: 'at', params: { place: 'x', detail: nest(levels - 1) } };
    expect((await report(nest(8))).status).toBe(204);
    expect(await kept()).toEqual(nest(8));
    expect((await report(nest(9))).status).toBe(422);
  });
});

describe("an agent's log", () => {
  interface Logs {
    state: string;
    lines: { at: string | null; level: string | null; message: string; fields: string }[];
  }
  const manage = async () => (await createApiKey(hub.store, 'near', null, keyScopes)).key;
  const logs = (key: string, method: 'GET' | 'POST' = 'GET') =>
    call<Logs & { detail?: string }>(
      hub,
      key,
      method,
      '/self/agent/logs',
      method === 'POST' ? {} : undefined,
    );

  it('is not asked of an agent of an earlier version, which would take the question for another', async () => {
    const key = await manage();
    await agent.beat();
    expect((await logs(key)).body.state).toBe('impossible');
    const refused = await logs(key, 'POST');
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      "this agent's version cannot send logs: update it",
    ]);
    await agent.beat({ sendsLogs: true });
    expect((await logs(key, 'POST')).body.state).toBe('asked');
    // Somebody installs the earlier version again.
    await agent.beat();
    expect((await agent.fetch()).asks).toEqual([]);
  });

  it('is taken once and redacted once more, and what nobody asked for is not taken', async () => {
    const key = await manage();
    expect((await agent.beat({ sendsLogs: true })).body).toMatchObject({ asksLogs: true });
    const { asks } = await agent.fetch();
    expect(asks).toMatchObject([{ what: 'logs', logs: { level: 'info', most: 500 } }]);
    const time = Date.UTC(2026, 10, 20, 0, 31, 5);
    const line = { level: 40, time, pid: 7, hostname: 'here', reason: 'call 010-1234-5678', msg: 'trouble' };
    const answer = { page: 1, last: true, logs: [JSON.stringify(line), '{"level":30,"msg":"cut…'] };
    const path = `/asks/${asks[0]?.id}`;
    expect((await agent.say('POST', path, answer)).status).toBe(204);
    expect((await agent.say('POST', path, answer)).status).toBe(404);
    expect((await agent.say('POST', path, { ...answer, logs: Array(501).fill('x') })).status).toBe(422);
    const { body } = await logs(key);
    expect(body).toMatchObject({ state: 'sent', asked: { lines: 500 } });
    expect(body.lines).toEqual([
      { at: '2026-11-20T00:31:05.000Z', level: 'warn', message: 'trouble', fields: 'reason=call [redacted]' },
      { at: null, level: null, message: '{"level":30,"msg":"cut…', fields: '' },
    ]);
    await hub.store.pool.query(
      "update agent_logs set asked_at = now() - interval '25 hours', sent_at = now() - interval '25 hours'",
    );
    expect((await logs(key)).body).toMatchObject({ state: 'none', lines: [] });
    await pruneWhatIsOver(hub.store);
    expect((await hub.store.pool.query('select from agent_logs')).rows).toEqual([]);
  });
});

it('an agent of an earlier version is told of no steps, which it could not read past', async () => {
  const [near, src] = [await createApiKey(hub.store, 'near'), await createApiKey(hub.store, 'src')];
  const sender = await openSender(hub, src.key);
  const supplement = async () => {
    const number = await sender.file(`보완 ${Math.random()}`);
    const take = async (key: string, step: object) =>
      expect((await call(hub, key, 'POST', `/complaints/${number}/steps`, step)).status).toBe(201);
    await take(near.key, { kind: 'supplement_requested', text: '서류를 보내 주십시오.' });
    await take(src.key, { kind: 'supplemented', text: '보냅니다.' });
    const { changes } = await agent.fetch();
    return changes
      .filter(({ complaint }) => complaint.receiptNumber === number)
      .map(({ event }) => event.type);
  };
  await agent.beat();
  expect(await supplement()).toEqual(['registered']);
  expect((await agent.beat({ knowsSteps: true })).body).toMatchObject({ tellsSteps: true });
  expect(await supplement()).toEqual(['registered', 'step_taken']);
});
