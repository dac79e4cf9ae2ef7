import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Provider, Sent } from '../../../../hub/notify/message.ts';
import { createProviders } from '../../../../hub/notify/providers/index.ts';
import { createTrialSender } from '../../../../hub/notify/trials/send-trials.ts';
import { listTrials, mostAnHour, planTrial } from '../../../../hub/notify/trials/trial-messages.ts';
import { readSettings } from '../../../../hub/settings.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createExclusive, type Exclusive } from '../../../../hub/store/exclusive.ts';
import { pruneWhatIsOver } from '../../../../hub/store/prune.ts';
import { said } from '../../../../schemas/reason.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

let store: Store;
let exclusive: Exclusive;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  exclusive = createExclusive(store);
});
afterAll(async () => {
  await exclusive?.close();
  await store?.close();
});
beforeEach(async () => void (await store.pool.query('delete from trial_messages')));

const log = pino({ level: 'silent' });
const trial = {
  person: 'admin',
  channel: 'email' as const,
  address: 'admin@example.kr',
  language: 'ko' as const,
  template: 'answered',
  subject: '[시험] 처리 결과',
  text: '본문',
  html: null,
};

/** A provider that answers as told and remembers what it was given. */
function createStub(answers: Sent[]): Provider & { given: unknown[] } {
  const given: unknown[] = [];
  return {
    name: 'stub',
    concurrency: 1,
    repeatableFor: 0,
    given,
    send: async (message) => {
      given.push(message);
      return answers.shift() ?? { kind: 'done' };
    },
    close: async () => undefined,
  };
}

it('goes by the provider of its channel, and says so to the person alone', async () => {
  const providers = createProviders(readSettings({}));
  const email = createStub([]);
  const sender = createTrialSender({ store, exclusive, providers: { ...providers, email }, log });
  await planTrial(store, trial);
  await planTrial(store, { ...trial, channel: 'sms', address: '+821012345678' });
  await sender.drain('email');
  const [text, mail] = await listTrials(store, 'admin', 'answered');
  expect(email.given).toMatchObject([
    { address: 'admin@example.kr', subject: '[시험] 처리 결과', text: '본문' },
  ]);
  expect([mail?.state, mail?.provider, text?.state]).toEqual(['sent', 'stub', 'due']);
  await sender.drain('sms');
  expect((await listTrials(store, 'admin', 'answered'))[0]).toMatchObject({
    state: 'sent',
    provider: 'outbox',
  });
  expect(await listTrials(store, 'other', 'answered')).toEqual([]);
  const { rows } = await store.pool.query(
    'select (select count(*)::int from notices) + (select count(*)::int from outbox) as n',
  );
  expect(rows).toEqual([{ n: 0 }]);
});

it('is tried again a few times, and a refusal ends it', async () => {
  const away: Sent = { kind: 'retry', reason: said('away'), scope: 'provider' };
  const email = createStub([away, away, away, away]);
  const providers = { ...createProviders(readSettings({})), email };
  let now = Date.now();
  const sender = createTrialSender({ store, exclusive, providers, log, clock: () => new Date(now) });
  await planTrial(store, trial);
  now += 1000;
  for (let n = 1; n <= 4; n += 1) {
    await sender.drain('email');
    await sender.drain('email');
    expect(email.given).toHaveLength(n);
    now += 10 * 60_000;
  }
  expect((await listTrials(store, 'admin', 'answered'))[0]).toMatchObject({
    state: 'failed',
    tries: 4,
    last_error: said('away'),
  });
  const refusing = createStub([{ kind: 'refused', reason: said('no such address') }]);
  await planTrial(store, trial);
  const clock = () => new Date(now);
  await createTrialSender({
    store,
    exclusive,
    providers: { ...providers, email: refusing },
    log,
    clock,
  }).drain('email');
  expect((await listTrials(store, 'admin', 'answered'))[0]).toMatchObject({ state: 'failed', tries: 1 });
});

it('a person may ask for so many within an hour, also at once', async () => {
  const ids = await Promise.all(Array.from({ length: mostAnHour + 5 }, () => planTrial(store, trial)));
  expect(ids.filter(Boolean)).toHaveLength(mostAnHour);
  expect(await planTrial(store, { ...trial, person: 'second' })).toBeDefined();
  await store.pool.query("update trial_messages set created_at = now() - interval '31 days'");
  expect(await planTrial(store, trial)).toBeDefined();
  await pruneWhatIsOver(store);
  expect((await store.pool.query('select from trial_messages')).rowCount).toBe(1);
});
