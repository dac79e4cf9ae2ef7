import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SinkRequest, startHttpSink } from '../../sinks/http-sink.ts';
import { startSmtpSink } from '../../sinks/smtp-sink.ts';
import { createAgencies, startWatch } from './watch.ts';

const secret = `whsec_${Buffer.from('a key of 32 bytes for this test!').toString('base64')}`;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let gateway: Awaited<ReturnType<typeof startHttpSink>>;
let received: SinkRequest[];
let watch: Awaited<ReturnType<typeof startWatch>>;

beforeEach(async () => {
  received = [];
  sink = await startSmtpSink();
  gateway = await startHttpSink(0, (request) => {
    received.push(request);
    return { status: 204, body: '' };
  });
  watch = await startWatch({
    directory: createAgencies(200),
    smtp: sink.url,
    webhook: { url: `${gateway.url}/alerts`, secret },
    timeout: 1_000,
  });
});
afterEach(async () => {
  await watch.close();
  await gateway.close();
  await sink.close();
});

const sql = (text: string, values: unknown[] = []) => watch.store.pool.query(text, values);
const setBoards = (failures: number, some = '%') =>
  sql(
    `insert into boards (agency, poll_failures, poll_error, poll_error_kind) select 'a' || n, $1, '{"code":"said","said":"connect ECONNREFUSED"}', 'unreachable'
     from generate_series(0, 199) n where 'a' || n like $2
     on conflict (agency) do update set poll_failures = excluded.poll_failures`,
    [failures, some],
  );
const mailsTo = async (address: string) =>
  (await sink.mails()).filter(({ envelope }) => envelope.to.includes(address));
const toOperator = () => mailsTo('operator@hub.example.kr');

describe('200 agencies that fail at once', () => {
  it('are one message to each recipient, a digest while it lasts, and one when it ends', async () => {
    await setBoards(1);
    await watch.go(4, 1);
    expect(sink.count(), 'short trouble is none').toBe(0);
    await watch.go(16, 1);
    const mails = await toOperator();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toBe('[민원 허브 경보] 발생 200건');
    expect(mails[0]?.text).toMatch(/- 기관 0 \(a0\): 게시판에 연결되지 않음 \(\d+\)\n/);
    expect(mails[0]?.text, 'no word of the other language').not.toMatch(/Board|unreachable/);
    expect(mails[0]?.text).toContain('외 170건');
    expect(mails[0]?.text).toContain('https://hub.example.kr/alerts');
    expect(sink.count(), 'and one to each agency').toBe(201);
    expect((await mailsTo('officer@a7.example.kr'))[0]?.text).not.toContain('a8');
    expect(received).toHaveLength(1);

    await watch.go(12 * 60, 30);
    expect((await toOperator()).map(({ subject }) => subject)).toEqual([
      '[민원 허브 경보] 발생 200건',
      '[민원 허브 경보] 지속 200건',
      '[민원 허브 경보] 지속 200건',
    ]);
    await setBoards(0);
    await watch.go(60, 5);
    expect((await toOperator()).slice(3).map(({ subject }) => subject)).toEqual([
      '[민원 허브 경보] 해제 200건',
    ]);
    await watch.go(12 * 60, 60);
    expect(await toOperator()).toHaveLength(4);
    expect(received).toHaveLength(4);
  });
});

describe('one agency', () => {
  it('that comes and goes is told of once', async () => {
    await setBoards(1, 'a7');
    await watch.go(8, 1);
    for (let turn = 0; turn < 12; turn += 1) {
      await setBoards(turn % 2, 'a7');
      await watch.go(6, 2);
    }
    expect((await toOperator()).map(({ subject }) => subject)).toEqual(['[민원 허브 경보] 발생 1건']);
  });

  it('whose trouble somebody has acknowledged is in no digest, and its end is told', async () => {
    await setBoards(1, 'a7');
    await watch.go(10, 1);
    await sql(
      `update alerts set acknowledged_by = 'admin', acknowledged_at = now(), acknowledged_count = count`,
    );
    await watch.go(13 * 60, 60);
    expect(await toOperator()).toHaveLength(1);
    await setBoards(0, 'a7');
    await watch.go(60, 5);
    expect((await toOperator())[1]?.subject).toBe('[민원 허브 경보] 해제 1건');
  });
});

describe('the webhook', () => {
  it('is signed, and says what it is about', async () => {
    await setBoards(1, 'a7');
    await watch.go(8, 1);
    const [request] = received;
    const verified = new Webhook(secret).verify(
      request!.body,
      request!.headers as Record<string, string>,
      {
        tolerance: 60 * 60,
      } as never,
    );
    expect(verified).toMatchObject({
      type: 'alerts',
      data: {
        started: [{ condition: 'board-away', subject: 'a7', count: 1, items: ['unreachable'] }],
        ended: [],
        lasting: [],
      },
    });
    expect(request?.url.pathname).toBe('/alerts');
    const altered = request!.body.replace('a7', 'a8');
    expect(() => new Webhook(secret).verify(altered, request!.headers as Record<string, string>)).toThrow();
  });

  it('that gives no answer gets the same message again, and once more is not told', async () => {
    gateway.faults.push('reset-after', { status: 503, body: '' });
    await setBoards(1, 'a7');
    await watch.go(20, 1);
    // The first request arrived, and its reply was lost; the second was turned away before it was kept.
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([
      received[0]?.headers['webhook-id'],
      received[0]?.headers['webhook-id'],
    ]);
    const { rows } = await sql(`select state, tries from alert_messages where channel = 'webhook'`);
    expect(rows).toEqual([{ state: 'sent', tries: 2 }]);
  });
});

it('what a process that ended did not write down is told again under the same id', async () => {
  await setBoards(1, 'a7');
  await watch.go(8, 1);
  await sql(`update alert_messages set state = 'due', tries = 0, provider = null, sent_at = null`);
  await watch.look();
  expect(new Set((await toOperator()).map(({ messageId }) => messageId)).size).toBe(1);
  expect(await toOperator()).toHaveLength(2);
  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(
    Array(2).fill(received[0]?.headers['webhook-id']),
  );
});

describe('e-mail', () => {
  it('waits for a server that is down, and is then sent once', async () => {
    sink.faults.closed = true;
    await setBoards(1, 'a7');
    await watch.go(30, 2);
    expect(sink.count()).toBe(0);
    sink.faults.closed = false;
    await watch.go(3);
    expect(await toOperator()).toHaveLength(1);
  });

  it('whose reply was lost is the same mail again', async () => {
    sink.faults.resetAfterData = 1;
    await setBoards(1, 'a7');
    await watch.go(12, 1);
    const ids = (await toOperator()).map(({ messageId }) => messageId);
    const all = (await sink.mails()).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(1);
    expect(all).toHaveLength(3);
    expect(new Set(all).size).toBe(2);
  });
});

it('two processes tell no more than one', async () => {
  const other = await startWatch({ directory: createAgencies(200), store: watch.store, smtp: sink.url });
  await setBoards(1, 'a7');
  for (let n = 0; n < 12; n += 1) await Promise.all([watch.go(1, 1), other.go(1, 1)]);
  expect(await toOperator()).toHaveLength(1);
  expect(await mailsTo('officer@a7.example.kr')).toHaveLength(1);
});
