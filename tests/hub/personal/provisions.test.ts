import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFeed } from '../../../hub/exchange/feed/feed.ts';
import {
  listProvisions,
  type ProvisionsAsked,
  toProvisionsText,
} from '../../../hub/personal/provisions/list-provisions.ts';
import { openAskingStore } from '../../../hub/store/asking.ts';
import { inTransaction, openStore, type Store } from '../../../hub/store/database.ts';
import { recordDelivery } from '../../../hub/store/states/endpoint-state.ts';
import { createLinkProgress, enterAttempts, type Progress } from '../../../hub/store/states/link-state.ts';
import {
  createNoticeProgress,
  type NoticeOutcome,
  recordReport,
} from '../../../hub/store/states/notice-state.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { sampleDirectory } from '../console/sample-agencies.ts';
import { insertComplaint, insertNotice } from '../console/sample-board.ts';

let store: Store;
let complaint: Awaited<ReturnType<typeof insertComplaint>>;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
beforeEach(async () => {
  complaint = await insertComplaint(store, { origin: 'road', assignee: 'tax' });
});
afterAll(() => store.close());

const linkOf = (agency: string) => complaint.links[agency] ?? '';
const provided = async (asked: ProvisionsAsked = { complaintId: complaint.id }) =>
  (await listProvisions(store, asked, {})).rows.map(
    ({ id: _id, at: _at, receiptNumber: _number, ...row }) => row,
  );

const step = (linkId: string, outcome: 'done' | 'unknown' | 'refused' | 'retry' | undefined): Progress => ({
  ...{
    linkId,
    held: 2,
    externalId: null,
    attempting: null,
    attemptingSince: null,
    tries: 0,
    nextAt: new Date(),
  },
  ...{ state: 'open', lastError: null, owner: null, parts: {} },
  ...(outcome && { attempt: { seq: 2, startedAt: new Date(), outcome, reason: null } }),
});

describe('each copy that left is entered with its outcome', () => {
  test('on a board: what was taken or may have been, and nothing that was refused, tried in vain, or passed over', async () => {
    const { record } = createLinkProgress(store);
    for (const outcome of ['done', 'unknown', 'refused', 'retry', undefined] as const)
      await record(step(linkOf('tax'), outcome));
    const row = {
      ...{ agency: 'tax', way: 'board', recipient: '', seq: 2, purpose: 'handling', basis: 'act_16' },
      // It was not told what the copy held, so everything counts.
      items: ['name', 'phone', 'email', 'text'],
      withheld: [],
    };
    expect(await provided()).toEqual([
      { ...row, certain: false },
      { ...row, certain: true },
    ]);
  });

  test('of an agency that was only asked, no person is given', async () => {
    await store.pool.query(`update links set role = 'part', contribution = 1 where id = $1`, [linkOf('tax')]);
    await createLinkProgress(store).record(step(linkOf('tax'), 'done'));
    expect(await provided()).toMatchObject([
      { items: ['masked_name', 'text'], purpose: 'contribution', basis: 'act_20' },
    ]);
  });

  test('by an agent, as it reports', async () => {
    const attempt = {
      link_id: linkOf('road'),
      seq: 1,
      reason: undefined,
      started_at: new Date(),
      finished_at: new Date(),
    };
    await inTransaction(store.pool, (client) =>
      enterAttempts(client, [
        { ...attempt, outcome: 'done' },
        { ...attempt, seq: 2, outcome: 'refused' },
      ]),
    );
    expect(await provided()).toMatchObject([
      { agency: 'road', way: 'agent', seq: 1, purpose: 'origin', basis: 'own' },
    ]);
  });

  test('by the feed, when it is acknowledged, also through the guarded store of doors', async () => {
    await store.pool.query('update links set held = 0 where id = $1', [linkOf('tax')]);
    const asking = openAskingStore(store, 2);
    try {
      const waker = { wait: async () => undefined, close: () => undefined };
      const feed = createFeed(asking, waker as never, sampleDirectory);
      const { changes, cursor } = await feed.fetch('tax', { limit: 10 } as never);
      const own = changes.filter(({ receiptNumber }) => receiptNumber === complaint.receiptNumber);
      expect(own.length).toBeGreaterThan(0);
      expect(await provided()).toEqual([]);
      await feed.acknowledge('tax', { upTo: cursor });
      expect((await provided()).map(({ way, seq }) => ({ way, seq }))).toEqual(
        own.map(({ event }) => ({ way: 'feed', seq: event.seq })).reverse(),
      );
    } finally {
      await asking.close();
    }
  });

  test('by an endpoint, by its name', async () => {
    const { rows } = await store.pool.query<{ id: string }>(
      `insert into endpoint_deliveries (agency, endpoint, complaint_id, seq) values ('tax', 'desk', $1, 2) returning id`,
      [complaint.id],
    );
    const id = rows[0]?.id ?? '';
    const progress = {
      id,
      tries: 0,
      nextAt: new Date(),
      shutOutAt: null,
      reason: null,
      owner: null,
      externalId: null,
    };
    const call = { agency: 'tax', endpoint: 'desk', at: new Date(), ms: 3, status: null, reason: null };
    await recordDelivery(store.pool, { ...progress, state: 'waiting' }, { ...call, outcome: 'retry' });
    expect(await provided()).toEqual([]);
    await recordDelivery(store.pool, { ...progress, state: 'done' }, { ...call, outcome: 'done' });
    expect(await provided()).toMatchObject([
      { agency: 'tax', way: 'endpoint', recipient: 'desk', certain: true },
    ]);
  });

  const outcomeOf = (id: string, changed: Partial<NoticeOutcome>): NoticeOutcome => ({
    ...{ id, state: 'sent', attempting_since: null, tries: 1, next_at: new Date(), provider: 'solapi' },
    ...{
      provider_id: 'm1',
      last_error: null,
      sent_at: new Date(),
      report: null,
      report_by: null,
      ask_at: null,
    },
    ...changed,
  });

  test('by message, when a provider took it; what stays in the outbox has not left', async () => {
    const { finish } = createNoticeProgress(store);
    await finish(outcomeOf(await insertNotice(store, complaint.id, 'due'), { state: 'failed' }));
    await store.pool.query(`update notices set recipient = 'x' where complaint_id = $1`, [complaint.id]);
    await finish(outcomeOf(await insertNotice(store, complaint.id, 'due'), { provider: 'outbox' }));
    expect(await provided()).toEqual([]);
    await store.pool.query(`update notices set recipient = id::text where complaint_id = $1`, [complaint.id]);
    const id = await insertNotice(store, complaint.id, 'due');
    await finish(outcomeOf(id, {}));
    const told = {
      agency: null,
      way: 'sms',
      items: ['name', 'phone', 'text'],
      purpose: 'notice',
      basis: 'duty',
    };
    expect(await provided()).toMatchObject([told]);
    // The provider's report says the same again.
    const reported = {
      report: 'delivered',
      reported_at: new Date(),
      report_by: null,
      sent_at: new Date(),
    } as const;
    await inTransaction(store.pool, (client) =>
      recordReport(client, { id, state: 'sent', ...reported, last_error: null }),
    );
    expect(await provided()).toMatchObject([told]);
  });

  test('by message to an officer: the title, to the agency', async () => {
    const id = await insertNotice(store, complaint.id, 'due');
    await store.pool.query(
      `update notices set audience = 'officer', agency = 'tax', channel = 'email', provider = 'smtp', state = 'due' where id = $1`,
      [id],
    );
    await createNoticeProgress(store).finish(outcomeOf(id, { provider: 'smtp' }));
    expect(await provided()).toMatchObject([
      { agency: 'tax', way: 'email', items: ['text'], purpose: 'informing', basis: 'duty' },
    ]);
  });
});

test('what an agency got between two days is one question by index, however many there are', async () => {
  await store.pool.query(
    `insert into provisions (at, complaint_id, agency, way, recipient, seq, items, purpose, basis, certain, source)
     select now() - make_interval(mins => n), gen_random_uuid(), 'a' || n % 50, 'board', '', 1, '{text}', 'handling', 'act_16', true, gen_random_uuid()
     from generate_series(1, 50000) n`,
  );
  await store.pool.query('analyze provisions');
  const asked = { agency: 'a7', from: new Date(Date.now() - 2 * 86_400_000), to: new Date() };
  const { text, values } = toProvisionsText(asked, {}, 21);
  const { rows } = await store.pool.query(`explain (analyze, buffers, format json) ${text}`, values);
  const plan = JSON.stringify(rows[0]);
  expect(plan).toContain('provisions_of_agency');
  expect(plan).not.toContain('Seq Scan');
  // 2,880 minutes, of which every fiftieth is this agency's.
  const all = await store.pool.query(
    'select count(*)::int as n from provisions where agency = $1 and at >= $2',
    [asked.agency, asked.from],
  );
  expect(all.rows[0].n).toBeGreaterThanOrEqual(57);
  expect((await listProvisions(store, asked, {})).rows).toHaveLength(20);
  const complaintText = toProvisionsText({ complaintId: uuid() }, {}, 21);
  const one = await store.pool.query(`explain (format json) ${complaintText.text}`, complaintText.values);
  expect(JSON.stringify(one.rows[0])).toContain('provisions_of_complaint');
});
