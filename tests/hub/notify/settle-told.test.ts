import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listUndelivered } from '../../../hub/insight/duties/read-duties.ts';
import { inTransaction, openStore, type Store } from '../../../hub/store/database.ts';
import { recordReport, retryNotice, settleTold } from '../../../hub/store/states/notice-state.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { insertComplaint } from '../console/sample-board.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase(), 4);
});
afterAll(() => store.close());

const insert = async (complaint: string, channel: string, state: string, seq = 1): Promise<string> => {
  const id = uuid();
  await store.pool.query(
    `insert into notices (id, complaint_id, seq, template, audience, agency, recipient, channel, address, language, state)
     values ($1, $2, $3, 'registered', 'complainant', 'road', '홍길동', $4, 'a', 'ko', $5)`,
    [id, complaint, seq, channel, state],
  );
  return id;
};
const report = (id: string, state: 'sent' | 'failed') =>
  inTransaction(store.pool, async (client) => {
    const { rows } = await client.query('select sent_at from notices where id = $1 for update', [id]);
    const times = { reported_at: new Date(), report_by: null, sent_at: rows[0].sent_at };
    const outcome = { report: state === 'sent' ? 'delivered' : 'undelivered', last_error: null } as const;
    await recordReport(client, { id, state, ...times, ...outcome });
  });
const listIds = async () =>
  (await listUndelivered(store, { kept: false }, { size: 100 })).rows.map(({ id }) => id).sort();
const countMarked = async () => {
  const { rows } = await store.pool.query('select id from notices where told_otherwise order by id');
  return rows.map(({ id }) => id);
};
/** Those that reached nobody: without what `settleTold` keeps. */
const countFromScratch = async () => {
  const { rows } = await store.pool.query(`select id from notices n where state in ('failed', 'unreachable')
    and not exists (select from notices o where o.complaint_id = n.complaint_id and o.seq = n.seq
      and o.channel <> n.channel and o.state in ('due', 'sent')) order by id`);
  return rows.map(({ id }) => id);
};

test('what was sent by another channel is settled, and owed again when that did not arrive either', async () => {
  const { id } = await insertComplaint(store);
  const text = await insert(id, 'sms', 'failed');
  const mail = await insert(id, 'email', 'due');
  expect(await settleTold(store), 'nothing was sent yet').toBe(0);
  await store.pool.query("update notices set state = 'sent' where id = $1", [mail]);
  expect(await settleTold(store)).toBe(1);
  expect(await countMarked()).toEqual([text]);
  expect(await listIds()).toEqual([]);
  await report(mail, 'failed');
  expect(await countMarked()).toEqual([]);
  expect(await listIds()).toEqual([text, mail].sort());
});

test('it waits for nobody: what is being reported is left for the next time, and the report is never passed over', async () => {
  const { id } = await insertComplaint(store);
  const text = await insert(id, 'sms', 'failed');
  const mail = await insert(id, 'email', 'sent');
  await inTransaction(store.pool, async (client) => {
    await client.query('select from notices where id = $1 for update', [mail]);
    expect(await settleTold(store)).toBe(0);
  });
  const settling = await store.pool.connect();
  await settling.query('begin');
  expect(await settleTold({ pool: settling as never })).toBe(1);
  const reported = report(mail, 'failed');
  await settling.query('commit');
  settling.release();
  await reported;
  expect(await listIds()).toEqual(expect.arrayContaining([text, mail]));
});

test('after any steps the list is that of a look at every notice', async () => {
  let state = 72;
  const random = (below: number) => {
    // Numerical Recipes' generator: the same steps at every run.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const { id } = await insertComplaint(store);
  const ids: string[] = [];
  for (let seq = 10; seq < 30; seq += 1)
    for (const channel of ['sms', 'email'])
      ids.push(await insert(id, channel, ['due', 'sent', 'failed', 'unreachable'][random(4)] ?? '', seq));
  let marked = 0;
  for (let n = 0; n < 300; n += 1) {
    const one = ids[random(ids.length)] ?? '';
    const step = random(5);
    if (step === 0) await report(one, 'failed');
    if (step === 1) await report(one, 'sent');
    if (step === 2) await retryNotice(store.pool, one, 'operator');
    if (step === 3) marked += await settleTold(store);
    if (step === 4)
      await store.pool.query("update notices set state = 'sent' where id = $1 and state = 'due'", [one]);
    if (n % 10 === 0) expect(await listIds()).toEqual(await countFromScratch());
  }
  expect(marked, 'else the comparison says nothing').toBeGreaterThan(10);
});

test('a batch ends where it began: every notice is looked at', async () => {
  await store.pool.query('delete from notices');
  const { id } = await insertComplaint(store);
  await store.pool.query(
    `insert into notices (id, complaint_id, seq, template, audience, agency, recipient, channel, address, language, state)
     select gen_random_uuid(), $1, seq, 'registered', 'complainant', 'road', '홍길동', channel, 'a', 'ko',
       case channel when 'sms' then 'failed' when 'email' then case when seq % 600 = 0 then 'sent' else 'failed' end end
     from generate_series(1, 600) seq, unnest(array['sms', 'email']) channel`,
    [id],
  );
  expect(await settleTold(store)).toBe(1);
});
