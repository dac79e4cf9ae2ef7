import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';

const count = 60;
let boards: WireBoards;
let hub: TestHub;
let letGo: () => void;

beforeAll(async () => {
  boards = await startWireBoards();
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  boards.behave = async () => {
    await held;
    return undefined;
  };
  const agencies = Array.from({ length: count }, (_, n) =>
    toWireAgency(boards, `a${n}`, { read: true, pollEvery: 3600, timeout: 600, pollTimeout: 600 }),
  );
  hub = await startTestHub(agencies, { rules: [], default: 'a0' });
});
afterAll(async () => {
  await boards.close();
  await hub.stop();
});

it('pages and /health/ready wait for no poll, however many wait for the database', async () => {
  const client = await hub.store.pool.connect();
  try {
    await waitFor(
      'all boards to be asked',
      () => new Set(boards.calls.map(({ agency }) => agency)).size === count,
    );
    // Whoever notes a poll waits now, and takes the connections of the background with him.
    await client.query('begin');
    await client.query('lock table boards');
    letGo();
    await waitFor('polls that wait', async () => {
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from pg_locks where relation = 'boards'::regclass and not granted`,
      );
      return (rows[0]?.n ?? 0) >= 3;
    });
    for (const path of ['/health/ready', '/sign-in'])
      expect((await fetch(`${hub.url}${path}`, { signal: AbortSignal.timeout(30_000) })).status).toBe(200);
    await client.query('rollback');
    await waitFor('all polls noted', async () => {
      const { rows } = await client.query<{ n: number }>(
        'select count(*)::int as n from boards where polled_at is not null',
      );
      return rows[0]?.n === count;
    });
  } finally {
    client.release();
  }
});
