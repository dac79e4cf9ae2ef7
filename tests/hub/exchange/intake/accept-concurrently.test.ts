import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Incoming } from '../../../../hub/exchange/intake/incoming.ts';
import { inTransaction } from '../../../../hub/store/database.ts';
import type { Post } from '../../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { type OfficeActions, openOffice } from '../../../support/test-office.ts';
import { waitFor } from '../../../support/wait-for.ts';

const agencies = ['second', 'first'].map((code) => ({
  code,
  name: { ko: `${code} 기관` },
  officers: [{ name: '담당' }],
}));
let hub: TestHub;
/** Two processes' worth of taking in, on one database. */
let offices: [OfficeActions, OfficeActions];

beforeAll(async () => {
  hub = await startTestHub(agencies, { rules: [], default: 'first' });
  offices = [openOffice(hub, agencies), openOffice(hub, agencies)];
});
afterAll(async () => {
  await Promise.all(offices.map((office) => office.close()));
  await hub.stop();
});

function say(externalId: string, post: Post, complaintId?: string): Incoming {
  return {
    agency: 'hub',
    source: 'console',
    externalId,
    version: '1',
    raw: post,
    normalised: { ok: true, post },
    user: 'counsellor',
    ...(complaintId && { complaintId }),
  };
}

async function register(title: string): Promise<string> {
  const content = {
    title,
    body: '본문',
    complainant: { name: '홍길동' },
    kind: 'query',
    filedAt: '2026-11-20T09:30:00+09:00',
  } as const;
  const accepted = await offices[0].accept(say(title, { content }));
  if (accepted.outcome !== 'applied') throw new Error(JSON.stringify(accepted));
  return accepted.complaintId;
}

async function linksOf(complaintId: string) {
  const { rows } = await hub.store.pool.query<{ agency: string; due: number; last_seq: number }>(
    `select agency, due, last_seq from links join complaints c on c.id = complaint_id
     where complaint_id = $1 order by agency`,
    [complaintId],
  );
  return rows;
}

it('a decision that waited for another sees the links that the other made', async () => {
  const id = await register('기다린 결정');
  let second: Promise<unknown> | undefined;
  await inTransaction(hub.store.pool, async (client) => {
    await client.query('select from complaints where id = $1 for update', [id]);
    second = offices[1].accept(say('follow-up', { followUps: [{ text: '언제 됩니까?' }] }, id));
    await waitFor('the second decision to wait for the lock', async () => {
      const { rows } = await hub.store.pool.query('select from pg_locks where not granted');
      return rows.length > 0;
    });
    await client.query(
      `insert into links (id, complaint_id, agency, role, state, joined, due)
       select gen_random_uuid(), $1, 'second', 'copy', 'screen', last_seq, last_seq from complaints where id = $1`,
      [id],
    );
  });
  await second;
  const links = await linksOf(id);
  expect(links.map(({ agency }) => agency)).toContain('second');
  for (const link of links) expect(link.due, link.agency).toBe(link.last_seq);
});

it('what two processes say of one complaint at once is numbered without gap, and nobody misses any of it', async () => {
  const id = await register('함께 결정');
  const before = (await linksOf(id))[0]?.last_seq ?? 0;
  const sayings = Array.from({ length: 40 }, (_, n) =>
    say(`together-${n}`, { followUps: [{ text: `질문 ${n}` }] }, id),
  );
  const accepted = await Promise.all(sayings.map((one, n) => offices[n % 2 === 0 ? 0 : 1].accept(one)));
  expect(accepted.map(({ outcome }) => outcome)).toEqual(Array(40).fill('applied'));
  const { rows } = await hub.store.pool.query<{ seq: number; text: string }>(
    "select seq, data #>> '{followUp,text}' as text from events where complaint_id = $1 and type = 'followed_up' order by seq",
    [id],
  );
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, n) => before + 1 + n));
  expect(new Set(rows.map(({ text }) => text)).size).toBe(40);
  for (const link of await linksOf(id)) expect(link.due).toBe(before + 40);
});

it('one thing that comes in at two processes at once is applied once', async () => {
  const content = {
    title: '동시에 온 민원',
    body: '본문',
    complainant: { name: '홍길동' },
    kind: 'query',
    filedAt: '2026-11-20T09:30:00+09:00',
  } as const;
  const twice = Array.from({ length: 10 }, (_, n) =>
    offices.map((office) => office.accept(say(`twice-${n}`, { content: { ...content, body: `본문 ${n}` } }))),
  ).flat();
  const outcomes = (await Promise.all(twice)).map(({ outcome }) => outcome).sort();
  expect(outcomes).toEqual([...Array(10).fill('applied'), ...Array(10).fill('duplicate')]);
  const { rows } = await hub.store.pool.query<{ n: number }>(
    "select count(*)::int as n from complaints where content->>'title' = $1",
    [content.title],
  );
  expect(rows[0]?.n).toBe(10);
});
