import { afterAll, beforeAll, expect, it } from 'vitest';
import { replayDeliveries } from '../../../../hub/store/states/endpoint-state.ts';
import type { Agency } from '../../../../schemas/index.ts';
import type { WebhookReceiver } from '../../../boards/webhook-receiver/index.ts';
import { waitFor } from '../../../support/wait-for.ts';
import {
  type EndpointStage,
  openStage,
  sequencesOf,
  startReceiver,
  toEndpoint,
  toSecret,
} from './endpoint-stage.ts';

let first: WebhookReceiver;
let second: WebhookReceiver;
let stage: EndpointStage;

const officers = [{ name: '담당' }];
/** An agency with a feed: its program fetches, and its endpoints are told beside it. */
const fed = (...webhooks: NonNullable<Agency['webhooks']>): Agency => ({
  code: 'fed',
  name: { ko: '피드 기관' },
  officers,
  feed: true,
  ...(webhooks.length > 0 && { webhooks }),
});

beforeAll(async () => {
  first = await startReceiver();
  second = await startReceiver();
  const other: Agency = {
    code: 'other',
    name: { ko: '이송 기관' },
    officers,
    webhooks: [toEndpoint('second', second)],
  };
  stage = await openStage([fed(toEndpoint('first', first)), other], 'fed');
});
afterAll(async () => {
  await stage.hub.stop();
  await Promise.all([first.close(), second.close()]);
});

interface FeedChange {
  receiptNumber: string;
  event: { seq: number };
}

it('beside the feed: both get every event, and neither waits for the other', async () => {
  const number = await stage.sender.file('피드와 함께');
  await stage.sender.ask(number, '질의');
  await stage.told('first');
  expect(sequencesOf(first, number)).toEqual([1, 2, 3]);
  const call = await stage.call('fed');
  const reply = await call('/api/v1/changes?limit=500');
  const { changes } = (await reply.json()) as { changes: FeedChange[] };
  expect(changes.filter((one) => one.receiptNumber === number).map(({ event }) => event.seq)).toEqual([
    1, 2, 3,
  ]);
});

it('an agency that a complaint is transferred to gets its history without the progress, and its own acts', async () => {
  const number = await stage.sender.file('이송');
  await stage.sender.ask(number, '질의');
  const fedCall = await stage.call('fed');
  const send = async (call: typeof fedCall, method: string, path: string, body: object) => {
    const reply = await call(`/api/v1/complaints/${number}${path}`, {
      method,
      body: JSON.stringify(body),
    });
    expect(reply.status, await reply.clone().text()).toBeLessThan(300);
  };
  await send(fedCall, 'PUT', '/status', { status: 'in_progress' });
  await send(fedCall, 'POST', '/transfer', { to: 'other', reason: '소관' });
  const otherCall = await stage.call('other');
  await send(otherCall, 'POST', '/answers', { text: '답변', officer: { name: '담당' } });
  await stage.told('second');
  const rows = await stage.query(
    `select e.seq, e.type from events e join complaints c on c.id = e.complaint_id where c.receipt_number = $1 order by seq`,
    [number],
  );
  expect(rows.map(({ type }) => type)).toEqual([
    'registered',
    'assigned',
    'followed_up',
    'status_changed',
    'transferred',
    'answered',
  ]);
  expect(sequencesOf(second, number)).toEqual([1, 2, 3, 6]);
  await stage.told('first');
  expect(sequencesOf(first, number)).toEqual([1, 2, 3, 4, 5, 6]);
});

it('an endpoint that is added gets events from then on; one that is removed leaves nothing behind', async () => {
  const before = await stage.sender.file('추가 전');
  const late = await startReceiver();
  const gone = await startReceiver();
  const settings = { events: ['registered', 'followed_up'] };
  await stage.configure(
    fed(toEndpoint('first', first), toEndpoint('late', late, settings), toEndpoint('gone', gone, settings)),
  );
  await gone.close();
  const number = await waitFor('the new endpoints in force', async () => {
    const tried = await stage.sender.file(`추가 ${Date.now()}`);
    const rows = await stage.query("select 1 from endpoint_deliveries where endpoint = 'gone'");
    return rows.length > 0 && tried;
  });
  await stage.told('late');
  expect(sequencesOf(late, before)).toEqual([]);
  expect(sequencesOf(late, number)).toEqual([1]);
  await stage.configure(fed(toEndpoint('first', first), toEndpoint('late', late, settings)));
  const another = await stage.hub.startAnother();
  await waitFor(
    'nothing of it left',
    async () =>
      (await stage.query("select 1 from endpoint_deliveries where endpoint = 'gone'")).length === 0 &&
      (await stage.query("select 1 from endpoint_health where endpoint = 'gone'")).length === 0,
    20_000,
  );
  await another.stop();
  expect(
    (await stage.query("select 1 from endpoint_deliveries where endpoint = 'late'")).length,
  ).toBeGreaterThan(0);
  await late.close();
});

it('what waits of a kind that was taken off the list is passed over, and nothing sticks', async () => {
  first.behave = () => ({ status: 503 });
  const number = await stage.sender.file('목록');
  await stage.sender.ask(number, '질의');
  await stage.configure(fed(toEndpoint('first', first, { events: ['registered', 'followed_up'] })));
  await waitFor('the new list in force', async () => {
    const tried = await stage.sender.file(`목록 ${Date.now()}`);
    const rows = await stage.query(
      `select 1 from endpoint_deliveries d join complaints c on c.id = d.complaint_id
       where d.endpoint = 'first' and c.receipt_number = $1`,
      [tried],
    );
    return rows.length === 1;
  });
  first.behave = () => undefined;
  await stage.told('first');
  expect(sequencesOf(first, number)).toEqual([1, 3]);
  await stage.configure(fed(toEndpoint('first', first)));
});

it('a replay tells one endpoint again, under the same ids and in order', async () => {
  await stage.told('first');
  const number = await waitFor('every kind in force', async () => {
    const tried = await stage.sender.file(`재전송 ${Date.now()}`);
    await stage.told('first');
    return sequencesOf(first, tried).length === 2 && tried;
  });
  await stage.sender.ask(number, '질의');
  await stage.told('first');
  const idsOf = () =>
    first.deliveries.filter(({ subject }) => subject === number).map(({ webhookId }) => webhookId);
  const before = idsOf();
  const since = new Date(Date.now() - 60_000);
  await replayDeliveries(stage.hub.store.pool, { agency: 'fed', endpoint: 'first', since, user: 'admin' });
  await waitFor('all again', () => idsOf().length === 2 * before.length, 20_000);
  await stage.told('first');
  expect(idsOf()).toEqual([...before, ...before]);
  expect(sequencesOf(first, number)).toEqual([1, 2, 3]);
});

it('secrets are changed without a refusal; a wrong one stops the endpoint until the configuration is right', async () => {
  const use = async (...secrets: string[]) => {
    await stage.configure(fed(toEndpoint('first', first, { secrets })));
    await waitFor('so many signatures', async () => {
      const number = await stage.sender.file(`비밀 ${Date.now()}`);
      await waitFor('one try', () => first.deliveries.some(({ subject }) => subject === number));
      return first.deliveries.findLast(({ subject }) => subject === number)?.signatures === secrets.length;
    });
  };
  await use('env:ENDPOINT_SECRET', 'env:ENDPOINT_NEXT_SECRET');
  await stage.told('first');
  first.secrets = [toSecret('new')];
  await stage.sender.file('바뀐 뒤');
  await use('env:ENDPOINT_NEXT_SECRET');
  await stage.told('first');
  expect(await stage.query("select 1 from endpoint_deliveries where state = 'parked'")).toEqual([]);

  first.secrets = [toSecret('third')];
  const number = await stage.sender.file('틀린 비밀');
  await waitFor('the breaker, for long', async () => {
    const rows = await stage.query(
      "select 1 from endpoint_health where endpoint = 'first' and closed_until > now() + interval '30 seconds'",
    );
    return rows.length === 1;
  });
  first.secrets = [toSecret('old')];
  await stage.configure(fed(toEndpoint('first', first)));
  await waitFor('told at once', () => sequencesOf(first, number).length === 2, 20_000);
  expect(await stage.query("select 1 from endpoint_deliveries where state = 'parked'")).toEqual([]);
});
