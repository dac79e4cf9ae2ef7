import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';
import { enrol, type TestAgent } from './agent-client.ts';

let boards: WireBoards;
let hub: TestHub;
let agent: TestAgent;
beforeAll(async () => {
  boards = await startWireBoards();
  const behind = toWireAgency(boards, 'near', { via: 'agent', read: true });
  hub = await startTestHub([behind], { rules: [], default: 'near' });
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
