import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { retryDelivery, skipDelivery } from '../../../../hub/store/states/endpoint-state.ts';
import type { Agency } from '../../../../schemas/index.ts';
import type { WebhookReceiver } from '../../../boards/webhook-receiver/index.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';
import { type EndpointStage, openStage, sequencesOf, startReceiver, toEndpoint } from './endpoint-stage.ts';

let folder: string;
let boards: WireBoards;
let stats: WebhookReceiver;
let chat: WebhookReceiver;
let stage: EndpointStage;
let agency: Agency;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-endpoints-'));
  boards = await startWireBoards();
  stats = await startReceiver(join(folder, 'stats.db'));
  chat = await startReceiver();
  agency = {
    ...toWireAgency(boards, 'kotra', {}),
    webhooks: [
      toEndpoint('statistics', stats),
      toEndpoint('chat', chat, { events: ['registered', 'followed_up'] }),
    ],
  };
  stage = await openStage([agency], 'kotra');
});
afterAll(async () => {
  await stage.hub.stop();
  await Promise.all([stats.close(), chat.close(), boards.close()]);
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  stats.behave = () => undefined;
  chat.behave = () => undefined;
});

async function file(title: string, questions: number): Promise<string> {
  const number = await stage.sender.file(title);
  for (let n = 1; n <= questions; n += 1) await stage.sender.ask(number, `${title} ${n}`);
  return number;
}
const boardIsLevel = (number: string) =>
  waitFor('the board level', async () => {
    const rows = await stage.query(
      `select 1 from links l join complaints c on c.id = l.complaint_id
       where c.receipt_number = $1 and l.agency = 'kotra' and l.held = l.due`,
      [number],
    );
    return rows.length === 1;
  });
const parked = () =>
  stage.query("select id, owner, last_error from endpoint_deliveries where state = 'parked'");

it('each endpoint is told of the kinds of event that it wants, in order, beside the board', async () => {
  const numbers = await Promise.all(['가', '나', '다'].map((title) => file(title, 3)));
  await stage.told('statistics');
  await stage.told('chat');
  for (const number of numbers) {
    // 1 registered, 2 assigned, then the questions.
    expect(sequencesOf(stats, number)).toEqual([1, 2, 3, 4, 5]);
    expect(sequencesOf(chat, number)).toEqual([1, 3, 4, 5]);
    await boardIsLevel(number);
  }
});

it('an endpoint that is down delays neither the board nor the other, and gets all in order later', async () => {
  const port = Number(new URL(stats.url).port);
  await stats.close();
  const numbers = [await file('라', 2), await file('마', 2)];
  for (const number of numbers) await boardIsLevel(number);
  await stage.told('chat');
  for (const number of numbers) expect(sequencesOf(chat, number)).toEqual([1, 3, 4]);
  await waitFor('the breaker', async () => {
    await stage.hurry();
    const rows = await stage.query(
      "select 1 from endpoint_health where endpoint = 'statistics' and failures >= 3 and closed_until is not null",
    );
    return rows.length === 1;
  });
  expect(await stage.query("select 1 from boards where agency = 'kotra' and failures > 0")).toEqual([]);
  expect(await stage.query("select 1 from endpoint_health where endpoint = 'chat' and failures > 0")).toEqual(
    [],
  );
  stats = await startReceiver(join(folder, 'stats.db'), port);
  await stage.told('statistics');
  for (const number of numbers) expect(sequencesOf(stats, number)).toEqual([1, 2, 3, 4]);
  expect(
    await stage.query("select failures, closed_until from endpoint_health where endpoint = 'statistics'"),
  ).toEqual([{ failures: 0, closed_until: null }]);
});

it('through lost replies, hangs and failures nothing is lost, doubled or out of order', async () => {
  let calls = 0;
  stats.behave = () => {
    calls += 1;
    return (['reset-after-write', undefined, 'error-500', 'html', undefined, 'hang'] as const)[calls % 6];
  };
  const numbers = [await file('바', 2), await file('사', 2)];
  await stage.told('statistics');
  for (const number of numbers) {
    expect(sequencesOf(stats, number)).toEqual([1, 2, 3, 4]);
    const ids = stats.deliveries
      .filter(({ subject }) => subject === number)
      .map(({ webhookId }) => webhookId);
    expect([...new Set(ids)].sort()).toEqual([1, 2, 3, 4].map((seq) => `kotra/${number}/${seq}`));
  }
  expect(await parked()).toEqual([]);
});

it('what is refused parks that complaint at that endpoint alone; retried or skipped, it goes on in order', async () => {
  const first = await stage.sender.file('독');
  const second = await stage.sender.file('독 둘');
  await stage.told('statistics');
  stats.behave = ({ sequence }) => (sequence === 3 ? { status: 422, body: '' } : undefined);
  for (const number of [first, second])
    for (const text of ['하나', '둘']) await stage.sender.ask(number, text);
  await waitFor('both parked', async () => (await parked()).length === 2);
  const neighbour = await stage.sender.file('이웃');
  await waitFor('the neighbour', () => sequencesOf(stats, neighbour).length === 2);
  expect([sequencesOf(stats, first), sequencesOf(stats, second)]).toEqual([
    [1, 2],
    [1, 2],
  ]);
  await stage.told('chat');
  expect(sequencesOf(chat, first)).toEqual([1, 3, 4]);
  stats.behave = () => undefined;
  const idOf = async (number: string) => {
    const rows = await stage.query(
      `select d.id from endpoint_deliveries d join complaints c on c.id = d.complaint_id
       where d.state = 'parked' and c.receipt_number = $1`,
      [number],
    );
    return String(rows[0]?.id);
  };
  const { pool } = stage.hub.store;
  const where = { agency: 'kotra', endpoint: 'statistics' };
  expect(await retryDelivery(pool, await idOf(first), 'admin')).toEqual(where);
  const id = await idOf(second);
  expect(await skipDelivery(pool, { id, user: 'admin', reason: '필요 없음' })).toEqual(where);
  expect(await skipDelivery(pool, { id, user: 'admin', reason: '필요 없음' })).toBeUndefined();
  await stage.told('statistics');
  expect(sequencesOf(stats, first)).toEqual([1, 2, 3, 4]);
  expect(sequencesOf(stats, second)).toEqual([1, 2, 4]);
});
