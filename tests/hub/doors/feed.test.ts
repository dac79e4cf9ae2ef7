import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import type { Hub } from '../../../hub/app.ts';
import type { Agency, AgencyChange, Changes } from '../../../schemas/index.ts';
import { inWords } from '../../support/in-words.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { call } from './call.ts';
import { exportComplaint } from './open-doors.ts';

const agency = (code: string, more: Partial<Agency> = {}): Agency => ({
  code,
  name: { ko: code },
  officers: [{ name: '담당' }],
  ...more,
});

let hub: TestHub;
let other: Hub;
const keys: Record<string, string> = {};
beforeAll(async () => {
  const agencies = [agency('origin', { feed: true }), agency('puller', { feed: true }), agency('screen')];
  hub = await startTestHub(agencies, { rules: [], default: 'puller' });
  other = await hub.startAnother();
  for (const { code } of agencies) keys[code] = (await createApiKey(hub.store, code)).key;
});
afterAll(async () => {
  await other.stop();
  await hub.stop();
});

const register = async (externalId: string): Promise<string> => {
  const value = { externalId, content: exportComplaint };
  const reply = await call<{ receiptNumber: string }>(hub, keys.origin, 'POST', '/complaints', value);
  expect(reply.status).toBe(201);
  return reply.body.receiptNumber;
};
const fetchChanges = async (code: string, query = '', at: { url: string } = hub): Promise<Changes> => {
  const reply = await call<Changes>(at, keys[code], 'GET', `/changes${query}`);
  expect(reply.status).toBe(200);
  return reply.body;
};
const acknowledge = (code: string, value: object) =>
  call<{ acknowledged: number; outstanding: number }>(
    hub,
    keys[code],
    'POST',
    '/changes/acknowledgements',
    value,
  );
const drain = async (code: string) => {
  const { cursor } = await fetchChanges(code, '?limit=500');
  await acknowledge(code, { upTo: cursor });
};
const short = ({ receiptNumber, event }: AgencyChange) => [receiptNumber, event.seq, event.type];
const linkOf = async (code: string, receiptNumber: string) => {
  const { rows } = await hub.store.pool.query(
    `select l.held, l.due, l.state, l.external_id, l.attempting, l.owner, l.last_error from links l join complaints c on c.id = l.complaint_id
     where l.agency = $1 and c.receipt_number = $2`,
    [code, receiptNumber],
  );
  return inWords(rows[0]) as (typeof rows)[0];
};

describe('the exchange feed', () => {
  it('gives what a copy lacks, again until it is acknowledged, and brings the link level', async () => {
    const number = await register('level');
    const first = await fetchChanges('puller');
    expect(first.changes.map(short)).toEqual([
      [number, 1, 'registered'],
      [number, 2, 'assigned'],
    ]);
    expect(first.changes[0]).toMatchObject({
      role: 'assignee',
      event: { by: 'origin', content: { title: exportComplaint.title } },
      complaint: { receiptNumber: number, assignee: 'puller' },
    });
    expect((await fetchChanges('puller')).changes).toEqual(first.changes);
    expect(await fetchChanges('puller', `?after=${first.cursor}`)).toEqual({
      changes: [],
      cursor: first.cursor,
      more: false,
    });
    expect(await linkOf('puller', number)).toMatchObject({ held: 0, due: 2 });
    expect((await acknowledge('puller', { upTo: first.changes[0]?.cursor })).body).toEqual({
      acknowledged: 1,
      outstanding: 1,
    });
    expect(await linkOf('puller', number)).toMatchObject({ held: 1, due: 2 });
    const named = { changes: [{ receiptNumber: number, seq: 2, externalId: 'P-1' }] };
    expect((await acknowledge('puller', named)).body).toEqual({ acknowledged: 1, outstanding: 0 });
    expect((await acknowledge('puller', named)).body).toEqual({ acknowledged: 0, outstanding: 0 });
    expect(await linkOf('puller', number)).toMatchObject({ held: 2, due: 2, external_id: 'P-1' });
    expect((await fetchChanges('puller')).changes).toEqual([]);
  });

  it('shows steps, without the login of a person', async () => {
    const number = await register('stepped');
    await drain('origin');
    const officer = { name: '이담당' };
    const step = { kind: 'officer_assigned', officer, user: 'lee@puller.example' };
    const taken = await call(hub, keys.puller, 'POST', `/complaints/${number}/steps`, step);
    expect(taken.status).toBe(201);
    const { changes } = await fetchChanges('origin');
    expect(changes).toMatchObject([{ event: { type: 'step_taken', by: 'puller' }, complaint: { officer } }]);
    expect(changes[0]?.event.step).toEqual({ kind: 'officer_assigned', officer });
    await drain('origin');
    await drain('puller');
  });

  it('carries the answer back to the origin, and nobody gets his own words', async () => {
    const number = await register('answered');
    await drain('puller');
    await drain('origin');
    const answered = await call(hub, keys.puller, 'POST', `/complaints/${number}/answers`, {
      text: '답입니다.',
    });
    expect(answered.status).toBe(201);
    expect((await fetchChanges('puller')).changes).toEqual([]);
    expect(await linkOf('puller', number)).toMatchObject({ held: 3, due: 3 });
    const { changes } = await fetchChanges('origin');
    expect(changes.map(short)).toEqual([[number, 3, 'answered']]);
    expect(changes[0]).toMatchObject({
      externalId: 'answered',
      event: { by: 'puller', answer: { text: '답입니다.' } },
    });
    await drain('origin');
  });

  it('passes over own words that come while others are out', async () => {
    const number = await register('between');
    const { changes } = await fetchChanges('puller');
    await call(hub, keys.puller, 'POST', `/complaints/${number}/answers`, { text: '먼저 답합니다.' });
    await call(hub, keys.origin, 'POST', `/complaints/${number}/follow-ups`, { text: '하나 더 묻습니다.' });
    const more = await fetchChanges('puller', `?after=${changes.at(-1)?.cursor}`);
    expect(more.changes.map(short)).toEqual([[number, 4, 'followed_up']]);
    await acknowledge('puller', { upTo: more.cursor });
    expect(await linkOf('puller', number)).toMatchObject({ held: 4, due: 4 });
  });

  it('wakes a long poll in another process', async () => {
    await drain('puller');
    const waiting = fetchChanges('puller', '?wait=20', other);
    // The poll has looked and waits once its process listens.
    await waitFor('the other process to listen', async () => {
      const { rows } = await hub.store.pool.query(
        `select from pg_stat_activity where query = 'listen hub_feeds' and datname = current_database()`,
      );
      return rows.length > 0;
    });
    const begun = Date.now();
    const number = await register('woken');
    expect((await waiting).changes.map(short)[0]).toEqual([number, 1, 'registered']);
    expect(Date.now() - begun).toBeLessThan(5000);
  });

  it('ends a long poll when its time is over', async () => {
    await drain('puller');
    const begun = Date.now();
    expect((await fetchChanges('puller', '?wait=1')).changes).toEqual([]);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(950);
  });

  it('parks what an agency refuses, and gives it again when a person says so', async () => {
    await drain('puller');
    const number = await register('refused');
    await fetchChanges('puller');
    await acknowledge('puller', {
      changes: [{ receiptNumber: number, seq: 2, refused: '분류 코드가 없습니다.' }],
    });
    expect(await linkOf('puller', number)).toMatchObject({
      held: 1,
      state: 'parked',
      owner: '담당',
      last_error: '분류 코드가 없습니다.',
    });
    expect((await fetchChanges('puller')).changes).toEqual([]);
    await hub.store.pool.query("update links set state = 'open' where state = 'parked'");
    expect((await fetchChanges('puller')).changes.map(short)).toEqual([[number, 2, 'assigned']]);
    await drain('puller');
  });

  it('holds nothing from what is refused on, whatever was acknowledged by its place', async () => {
    await drain('puller');
    const number = await register('refused in between');
    const { changes, cursor } = await fetchChanges('puller');
    // Sent to a board that the agency had before its feed, and never answered.
    await hub.store.pool.query("update links set attempting = 1 where agency = 'puller' and held < due");
    const refused = [{ receiptNumber: number, seq: 1, refused: '제목이 없습니다.' }];
    await acknowledge('puller', { upTo: cursor, changes: refused });
    expect(await linkOf('puller', number)).toMatchObject({ held: 0, state: 'parked', attempting: null });
    await hub.store.pool.query("update links set state = 'open' where state = 'parked'");
    expect((await fetchChanges('puller')).changes.map(short)).toEqual(changes.map(short));
    await drain('puller');
  });

  it('leaves no call open that an earlier board never answered', async () => {
    await drain('puller');
    const number = await register('unanswered');
    await hub.store.pool.query("update links set attempting = 1 where agency = 'puller' and held < due");
    await drain('puller');
    expect(await linkOf('puller', number)).toMatchObject({ held: 2, due: 2, attempting: null });
  });

  it('tells an agency that an event has no such number', async () => {
    const changes = [{ receiptNumber: await register('unnumbered'), seq: 2 ** 31 }];
    const reply = await acknowledge('puller', { changes });
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({ errors: [{ pointer: '/changes/0/seq' }] });
    await drain('puller');
  });

  it('refuses a place that it never gave out, before anything new is given', async () => {
    await drain('puller');
    const number = await register('after a restore');
    const { rows } = await hub.store.pool.query(
      "select position + 1 as ahead from feeds where agency = 'puller'",
    );
    const { ahead } = rows[0];
    for (const after of [ahead, '999999999999999999']) {
      const reply = await call(hub, keys.puller, 'GET', `/changes?after=${after}&wait=30`);
      expect(reply).toMatchObject({ status: 409, body: { type: 'urn:minwon-hub:problem:unknown-cursor' } });
      expect(await acknowledge('puller', { upTo: after })).toMatchObject({ status: 409 });
    }
    // What the reply says to do.
    expect((await fetchChanges('puller')).changes.map(short)).toContainEqual([number, 1, 'registered']);
    await drain('puller');
  });

  it('refuses to note what there is not, with the place, and notes nothing of the rest', async () => {
    const number = await register('acknowledged');
    await fetchChanges('puller', '?limit=500');
    const other = await register('not yours');
    const changes = [
      { receiptNumber: number, seq: 2 },
      { receiptNumber: other, seq: 3 },
      { receiptNumber: '26-0000-0000-0', seq: 1 },
    ];
    const reply = await acknowledge('puller', { changes });
    expect(reply).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/changes/1/seq' }, { pointer: '/changes/2/receiptNumber' }] },
    });
    expect(await linkOf('puller', number)).toMatchObject({ held: 0 });
    await drain('puller');
  });

  it('loses and repeats nothing behind a cursor while complaints come in and others read', async () => {
    await drain('puller');
    const seen: string[] = [];
    const follow = async () => {
      for (let after = '0'; seen.length < 80; ) {
        const page = await fetchChanges('puller', `?after=${after}&limit=7&wait=5`, other);
        seen.push(...page.changes.map(({ receiptNumber, event }) => `${receiptNumber}/${event.seq}`));
        if (page.changes.length === 0) return after;
        after = page.cursor;
      }
      return undefined;
    };
    const readAlong = async () => {
      for (let n = 0; n < 20; n += 1) await fetchChanges('puller', '?limit=3');
    };
    const following = follow();
    const [numbers] = await Promise.all([
      Promise.all(Array.from({ length: 40 }, (_, n) => register(`busy-${n}`))),
      readAlong(),
      readAlong(),
      readAlong(),
    ]);
    await following;
    expect(seen.toSorted()).toEqual(numbers.flatMap((one) => [`${one}/1`, `${one}/2`]).toSorted());
    const { cursor } = await fetchChanges('puller', '?limit=500');
    expect((await acknowledge('puller', { upTo: cursor })).body).toEqual({
      acknowledged: 80,
      outstanding: 0,
    });
    const { rows } = await hub.store.pool.query(
      "select count(*)::int as behind from links where agency = 'puller' and held < due",
    );
    expect(rows[0].behind).toBe(0);
  });

  it('is refused, with what to do, to an agency without one', async () => {
    const reply = await call(hub, keys.screen, 'GET', '/changes');
    expect(reply.status).toBe(409);
    expect(reply.body).toMatchObject({ detail: expect.stringContaining('feed: true') });
  });
});
