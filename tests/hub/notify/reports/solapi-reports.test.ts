import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSolapi } from '../../../../hub/notify/providers/solapi.ts';
import { createAskReports } from '../../../../hub/notify/reports/ask-reports.ts';
import { createTakeReport } from '../../../../hub/notify/reports/take-report.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createExclusive, type Exclusive } from '../../../../hub/store/exclusive.ts';
import { retryNotice } from '../../../../hub/store/states/notice-state.ts';
import { startSolapi } from '../../../sinks/solapi-sink.ts';
import { inWords } from '../../../support/in-words.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { createSender, listNotices, saveAnswered } from '../saved.ts';

const account = { key: 'NCSKEY', secret: 'secret-of-the-sink' };
const log = pino({ level: 'silent' });
const minute = 60_000;
const hour = 60 * minute;
let store: Store;
let exclusive: Exclusive;
let solapi: Awaited<ReturnType<typeof startSolapi>>;
let now: number;
let looked: string[];
const clock = () => new Date(now);

beforeEach(async () => {
  store = openStore(await createFreshDatabase());
  exclusive = createExclusive(store);
  solapi = await startSolapi(account);
  looked = [];
  now = Date.now();
});
afterEach(async () => {
  await exclusive.close();
  await solapi.close();
  await store.close();
});

const provider = () => createSolapi({ ...account, sender: '0317901234', url: solapi.url, timeout: 500 });
const send = async () => {
  now = Date.now();
  await createSender(store, exclusive, { sms: provider() }, clock).drain('sms');
};
const hong = { name: '홍길동', phone: '+821012345678', notifyBy: 'sms' as const };
function createAsking(secret = account.secret) {
  const parts = { store, hours: 26, changed: () => undefined, log, clock };
  const takeReport = createTakeReport({ ...parts, look: (topic) => looked.push(topic) });
  const asked = createSolapi({ ...account, secret, sender: '0317901234', url: solapi.url, timeout: 500 });
  const run = createAskReports({ ...parts, exclusive, takeReport, provider: asked });
  return () => run(new AbortController().signal);
}
const read = async () => inWords(await listNotices(store));

it('asks until the operator has a result', async () => {
  await saveAnswered(store, hong);
  await send();
  const ask = createAsking();
  await ask();
  expect(solapi.asked(), 'not at once').toBe(0);
  expect(await read()).toMatchObject([{ state: 'sent', report: 'awaited', provider_id: 'M1' }]);
  now += minute;
  await ask();
  await ask();
  expect(solapi.asked(), 'once in its time').toBe(1);
  solapi.become('M1', 'SENDING', '3000');
  now += minute;
  await ask();
  expect(await read()).toMatchObject([{ report: 'awaited' }]);
  solapi.become('M1', 'COMPLETE', '4000');
  now += 10 * minute;
  await ask();
  expect(await read()).toMatchObject([
    { state: 'sent', report: 'delivered', reported_at: clock(), ask_at: null },
  ]);
  now += 10 * hour;
  await ask();
  expect(solapi.asked()).toBe(3);
});

it('tells the person by mail what the operator could not deliver, once', async () => {
  await saveAnswered(store, { ...hong, email: 'hong@example.kr' });
  await saveAnswered(store, hong);
  await send();
  solapi.become('M1', 'COMPLETE', '3021');
  solapi.become('M2', 'COMPLETE', '3021');
  now += minute;
  const ask = createAsking();
  await ask();
  await ask();
  const told = 'the operator reports that the text was not delivered (Solapi 3021)';
  expect(await read()).toMatchObject([
    { channel: 'sms', state: 'failed', report: 'undelivered', last_error: `${told}; told by email instead` },
    {
      channel: 'sms',
      state: 'failed',
      last_error: `${told}; there is no other way to tell this person: check the number, then telephone or write`,
    },
    { channel: 'email', state: 'due', report: null },
  ]);
  expect(looked).toEqual(['notify:email']);
});

it('counts as not confirmed what nobody reported in time, and hears a late report all the same', async () => {
  await saveAnswered(store, hong);
  await send();
  const ask = createAsking();
  now += 26 * hour;
  await ask();
  expect(await read()).toMatchObject([
    {
      state: 'sent',
      report: 'unconfirmed',
      last_error: 'no report of its delivery came within 26 hours; telephone if it matters',
    },
  ]);
  solapi.become('M1', 'COMPLETE', '4000');
  now += 6 * hour;
  await ask();
  expect(await read()).toMatchObject([{ report: 'delivered', last_error: null }]);
});

it.each([
  ['refused', { status: 403, body: { errorCode: 'Forbidden' } }],
  ['broken', 'reset-after'],
] as const)('leaves a gateway alone that does not answer (%s)', async (_, fault) => {
  await saveAnswered(store, hong);
  await saveAnswered(store, hong);
  await send();
  solapi.become('M1', 'COMPLETE', '4000');
  solapi.become('M2', 'COMPLETE', '4000');
  const ask = createAsking();
  now += minute;
  solapi.faults.push(fault, fault);
  await ask();
  await ask();
  expect(await read()).toMatchObject([{ report: 'awaited' }, { report: 'awaited' }]);
  expect(solapi.faults, 'asked two at once, and not again in this second').toEqual([]);
  now += 5_000;
  await ask();
  expect(await read()).toMatchObject([{ report: 'delivered' }, { report: 'delivered' }]);
});

it('waits for nothing where the id was lost with the reply, and says so at the end', async () => {
  solapi.faults.push('reset-after');
  await saveAnswered(store, hong);
  await send();
  now += minute;
  await createSender(store, exclusive, { sms: provider() }, clock).drain('sms');
  expect(await read()).toMatchObject([{ state: 'sent', report: 'awaited', provider_id: null, ask_at: null }]);
  now += 26 * hour;
  await createAsking()();
  expect(await read()).toMatchObject([{ state: 'sent', report: 'unconfirmed' }]);
});

it('does not ask about a notice that a person has sent again', async () => {
  await saveAnswered(store, hong);
  await send();
  solapi.become('M1', 'COMPLETE', '3021');
  now += minute;
  const ask = createAsking();
  await ask();
  const [notice] = await listNotices(store);
  await retryNotice(store.pool, notice!.id, 'kim');
  expect(await read()).toMatchObject([{ state: 'due', report: null, reported_at: null, ask_at: null }]);
  now += hour;
  await ask();
  expect(solapi.asked()).toBe(1);
  await send();
  expect(await read()).toMatchObject([{ state: 'sent', report: 'awaited', provider_id: 'M2' }]);
});
