import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createReplayActions } from '../../../../hub/exchange/replay/replays.ts';
import { signalChannels } from '../../../../hub/store/signals/signal-channels.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../../boards/webhook-receiver/index.ts';
import { inWords } from '../../../support/in-words.ts';
import { openSender, type Sender, senderAgency } from '../../../support/sender.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { type OfficeActions, openOffice } from '../../../support/test-office.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';

const toSecret = (word: string) => `whsec_${Buffer.from(word.padEnd(32, '.')).toString('base64')}`;
const [oldSecret, newSecret] = [toSecret('old'), toSecret('new')];

let folder: string;
let receiver: WebhookReceiver;
let boards: WireBoards;
let hub: TestHub;
let office: OfficeActions;
let sender: Sender;
let partner: Agency;

beforeAll(async () => {
  process.env.PARTNER_SECRET = oldSecret;
  process.env.PARTNER_NEXT_SECRET = newSecret;
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-webhook-'));
  receiver = await startWebhookReceiver({ file: join(folder, 'partner.db'), secrets: [oldSecret] });
  partner = {
    code: 'partner',
    name: { ko: '받는 기관' },
    officers: [{ name: '담당자' }],
    board: {
      adapter: 'webhook',
      networks: ['127.0.0.0/8'],
      settings: { url: receiver.url, secrets: ['env:PARTNER_SECRET'] },
      timeout: 0.3,
      breaker: { failures: 3, pause: 0.1, longestPause: 0.1 },
    },
  };
  boards = await startWireBoards();
  const agencies = [partner, toWireAgency(boards, 'read', { read: true }), senderAgency];
  hub = await startTestHub(agencies, { rules: [], default: 'partner' });
  office = openOffice(hub, agencies);
  sender = await openSender(hub);
});
afterAll(async () => {
  await office.close();
  await hub.stop();
  await Promise.all([receiver.close(), boards.close()]);
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  receiver.behave = () => undefined;
});

const query = async (text: string, values: unknown[] = []) => (await hub.store.pool.query(text, values)).rows;
const linkOf = async (receiptNumber: string) =>
  (
    await query(
      `select l.* from links l join complaints c on c.id = l.complaint_id
       where c.receipt_number = $1 and l.agency = 'partner'`,
      [receiptNumber],
    )
  )[0];
/** Pauses between tries grow: a test need not wait for them. */
const hurry = () => query("update links set next_at = now() where state = 'open' and held < due");
const level = (receiptNumber: string) =>
  waitFor(
    `${receiptNumber} level`,
    async () => {
      await hurry();
      const { held, due } = await linkOf(receiptNumber);
      return held === due;
    },
    20_000,
  );
const sequencesOf = (receiptNumber: string) =>
  receiver
    .events()
    .filter(({ subject }) => subject === receiptNumber)
    .map(({ sequence }) => sequence);
const deliveriesOf = (receiptNumber: string) =>
  receiver.deliveries.filter(({ subject }) => subject === receiptNumber);

async function fileWithQuestions(title: string, questions: number): Promise<string> {
  const receiptNumber = await sender.file(title);
  for (let n = 1; n <= questions; n += 1) await sender.ask(receiptNumber, `${title}: 질의 ${n}`);
  return receiptNumber;
}

/** Kill it: connections are cut, and the port is closed until the restart. */
async function restart(
  secrets = receiver.secrets,
  whileDown: () => Promise<unknown> = async () => undefined,
) {
  const port = Number(new URL(receiver.url).port);
  await receiver.close();
  await whileDown();
  receiver = await startWebhookReceiver({ file: join(folder, 'partner.db'), port, secrets });
}

it('each complaint comes in order, under the id that the partner gave it', async () => {
  const numbers = await Promise.all(['가', '나', '다'].map((title) => fileWithQuestions(title, 4)));
  for (const number of numbers) await level(number);
  for (const [index, number] of numbers.entries()) {
    // 1 registered, 2 assigned, then the questions.
    expect(sequencesOf(number)).toEqual([1, 2, 3, 4, 5, 6]);
    const events = receiver.events().filter(({ subject }) => subject === number);
    expect(events.map(({ type }) => type.split('.').at(-2))).toEqual([
      'registered',
      'assigned',
      'followed_up',
      'followed_up',
      'followed_up',
      'followed_up',
    ]);
    const held = receiver.cases().find(({ receiptNumber }) => receiptNumber === number);
    expect(held?.title).toBe(['가', '나', '다'][index]);
    expect(events.slice(1).map(({ data }) => data.externalId)).toEqual(Array(5).fill(held?.externalId));
    expect((await linkOf(number)).external_id).toBe(held?.externalId);
  }
});

it('through lost replies, hangs and failures nothing is doubled, parked or out of order', async () => {
  let calls = 0;
  receiver.behave = () => {
    calls += 1;
    return (['reset-after-write', undefined, 'error-500', 'html', undefined, 'hang'] as const)[calls % 6];
  };
  const numbers = await Promise.all(['라', '마'].map((title) => fileWithQuestions(title, 2)));
  for (const number of numbers) await level(number);
  for (const number of numbers) {
    expect(sequencesOf(number)).toEqual([1, 2, 3, 4]);
    const ids = deliveriesOf(number).map(({ webhookId }) => webhookId);
    expect(ids.length, 'some were sent again').toBeGreaterThan(4);
    expect(new Set(ids).size, 'under the same id').toBe(4);
  }
  const outcomes = await query(
    "select distinct outcome from attempts a join links l on l.id = a.link_id where l.agency = 'partner' order by 1",
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'unknown']);
  expect(await query("select 1 from links where state = 'parked'")).toEqual([]);
});

it('a receiver that is down closes the breaker, and gets all in order once it is up again', async () => {
  const numbers: string[] = [];
  await restart(receiver.secrets, async () => {
    for (const title of ['바', '사', '아', '자']) numbers.push(await fileWithQuestions(title, 2));
    await waitFor('the breaker', async () => {
      await hurry();
      const [row] = await query(
        "select 1 from boards where agency = 'partner' and failures >= 3 and closed_until is not null",
      );
      return row !== undefined;
    });
  });
  for (const number of numbers) await level(number);
  for (const number of numbers) expect(sequencesOf(number)).toEqual([1, 2, 3, 4]);
  expect(await query("select failures from boards where agency = 'partner'")).toEqual([{ failures: 0 }]);
});

it('what the partner refuses parks that complaint with its words; retried, it goes on in order', async () => {
  const body = '{"title":"분류 오류","detail":"우리 업무가 아닙니다"}';
  const headers = { 'content-type': 'application/problem+json' };
  const poisoned = await sender.file('독');
  receiver.behave = ({ sequence, subject }) =>
    sequence === 3 && subject === poisoned ? { status: 422, headers, body } : undefined;
  for (const question of ['하나', '둘', '셋']) await sender.ask(poisoned, question);
  await waitFor('the parked link', async () => (await linkOf(poisoned)).state === 'parked');
  const neighbour = await fileWithQuestions('이웃', 1);
  await level(neighbour);
  const { id, last_error: reason, owner } = await linkOf(poisoned);
  expect([inWords(reason), owner]).toEqual([expect.stringContaining('우리 업무가 아닙니다'), '담당자']);
  expect(sequencesOf(poisoned)).toEqual([1, 2]);
  receiver.behave = () => undefined;
  await office.parked.retryLink(id, 'admin');
  await level(poisoned);
  expect(sequencesOf(poisoned)).toEqual([1, 2, 3, 4, 5]);
});

it('a replay sends it again under the same ids, and doubles nothing', async () => {
  const number = await fileWithQuestions('재전송', 2);
  await level(number);
  const before = deliveriesOf(number).map(({ webhookId }) => webhookId);
  const replays = createReplayActions(hub.store, office.boards, () => undefined);
  const filter = { receiptNumber: number, agency: 'partner' };
  expect((await replays.preview(filter)).agencies).toEqual([
    { agency: 'partner', links: 1, events: 4, mayDouble: false },
  ]);
  await replays.start({ filter, perMinute: 6000, by: 'admin' });
  await waitFor('all again', () => deliveriesOf(number).length === 2 * before.length);
  await level(number);
  expect(deliveriesOf(number).map(({ webhookId }) => webhookId)).toEqual([...before, ...before]);
  expect(sequencesOf(number)).toEqual([1, 2, 3, 4]);
});

it('secrets are changed without a refusal', async () => {
  const numbers: string[] = [];
  const file = async () => {
    const number = await fileWithQuestions(`비밀 ${numbers.length}`, 1);
    await level(number);
    numbers.push(number);
    return deliveriesOf(number).at(-1)?.signatures;
  };
  /** In force, and at work in the hub. */
  const use = async (...secrets: string[]) => {
    const body = { ...partner, board: { ...partner.board, settings: { url: receiver.url, secrets } } };
    await query(
      `insert into configurations (kind, name, version, body, author)
       select 'agency', 'partner', max(version) + 1, $1, 'test' from configurations where name = 'partner'`,
      [JSON.stringify(body)],
    );
    await query(`select pg_notify('${signalChannels.configuration}', '')`);
    await waitFor('so many signatures', async () => (await file()) === secrets.length);
  };
  await file();
  await use('env:PARTNER_SECRET', 'env:PARTNER_NEXT_SECRET');
  // The partner changes over whenever it likes, and takes only the new one from then on.
  await restart([newSecret]);
  await file();
  await use('env:PARTNER_NEXT_SECRET');
  for (const number of numbers) expect(sequencesOf(number)).toEqual([1, 2, 3]);
  expect(
    await query("select 1 from attempts where outcome = 'refused' and reason::text like '%401%'"),
  ).toEqual([]);
});

it('is not compared every night with what it should hold, for it tells nobody', async () => {
  await query("update configurations set applied_at = now() - interval '2 days'");
  const another = await hub.startAnother();
  const asked = await waitFor('the nightly comparison of the others', async () => {
    const rows = await query('select agency from reconciliations');
    return rows.length > 0 && rows;
  });
  await another.stop();
  expect(asked).toEqual([{ agency: 'read' }]);
});
