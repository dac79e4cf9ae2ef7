import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKannel } from '../../../hub/notify/providers/kannel.ts';
import { createSolapi } from '../../../hub/notify/providers/solapi.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createExclusive, type Exclusive } from '../../../hub/store/exclusive.ts';
import { startKannel } from '../../sinks/kannel-sink.ts';
import { startSolapi } from '../../sinks/solapi-sink.ts';
import { inWords } from '../../support/in-words.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { createSender, listNotices, saveAnswered } from './saved.ts';

let store: Store;
let exclusive: Exclusive;
let solapi: Awaited<ReturnType<typeof startSolapi>>;
let kannel: Awaited<ReturnType<typeof startKannel>>;
let now: number;
const clock = () => new Date(now);
const hong = { name: '홍길동', phone: '+821012345678', notifyBy: 'sms' as const };
const account = { key: 'NCSKEY', secret: 'secret-of-the-sink' };
const minutes = (n: number) => n * 60_000;

beforeEach(async () => {
  store = openStore(await createFreshDatabase());
  exclusive = createExclusive(store);
  solapi = await startSolapi(account);
  kannel = await startKannel({ user: 'hub', password: 'pa ss&word' });
  now = Date.now();
});
afterEach(async () => {
  await exclusive.close();
  await solapi.close();
  await kannel.close();
  await store.close();
});
const bySolapi = (parts: { secret?: string; timeout?: number } = {}) =>
  createSender(
    store,
    exclusive,
    { sms: createSolapi({ ...account, sender: '0317901234', url: solapi.url, ...parts }) },
    clock,
  );
const byKannel = (query = '', url = kannel.url) =>
  createSender(
    store,
    exclusive,
    {
      sms: createKannel({
        user: 'hub',
        password: 'pa ss&word',
        sender: '0317901234',
        url: url + query,
        timeout: 500,
      }),
    },
    clock,
  );

describe('Solapi', () => {
  it('signs, and sends a long message in EUC-KR characters', async () => {
    const complaint = await saveAnswered(store, hong, { text: '뷁 보수 완료 😀' });
    now = Date.now();
    await bySolapi().drain('sms');
    const [notice] = await listNotices(store);
    expect(solapi.messages()).toEqual([
      {
        to: '01012345678',
        from: '0317901234',
        type: 'LMS',
        subject: '민원 처리 결과',
        text: expect.stringMatching(
          new RegExp(`${complaint.receiptNumber}.*031-790-1234.*ㅂㅞㄺ 보수 완료$`, 's'),
        ),
        customFields: { notice: notice?.id },
      },
    ]);
    expect(notice).toMatchObject({ state: 'sent', provider: 'solapi', provider_id: 'M1' });
  });

  it('finds by the used signature that a call without a reply had arrived', async () => {
    solapi.faults.push('reset-after');
    await saveAnswered(store, hong);
    now = Date.now();
    await bySolapi().drain('sms');
    expect(inWords(await listNotices(store))).toMatchObject([{ state: 'due', attempting_since: clock() }]);
    now += minutes(1);
    // Another process goes on.
    await bySolapi().drain('sms');
    expect(inWords(await listNotices(store))).toMatchObject([{ state: 'sent', attempting_since: null }]);
    expect(solapi.messages()).toHaveLength(1);
  });

  it.each(['reset-before', 'hang'] as const)('sends what had not arrived (%s)', async (fault) => {
    solapi.faults.push(fault);
    await saveAnswered(store, hong);
    now = Date.now();
    await bySolapi({ timeout: 500 }).drain('sms');
    now += minutes(1);
    await bySolapi().drain('sms');
    expect(inWords(await listNotices(store))).toMatchObject([{ state: 'sent', provider_id: 'M1' }]);
    expect(solapi.messages()).toHaveLength(1);
  });

  it('sends anew when the old signature can no longer tell: rather twice than not at all', async () => {
    solapi.faults.push('reset-after');
    now -= minutes(14.5);
    await saveAnswered(store, hong);
    await store.pool.query('update notices set next_at = $1', [clock()]);
    await bySolapi().drain('sms');
    now += minutes(14.5);
    await bySolapi().drain('sms');
    expect(inWords(await listNotices(store))).toMatchObject([{ state: 'sent', provider_id: 'M2' }]);
  });

  it('takes the way by e-mail when the message is refused', async () => {
    solapi.faults.push({ status: 400, body: { errorCode: '1029', errorMessage: 'not EUC-KR' } });
    await saveAnswered(store, { ...hong, email: 'hong@example.kr' });
    now = Date.now();
    const sender = bySolapi();
    await sender.drain('sms');
    await sender.drain('email');
    expect(inWords(await listNotices(store))).toMatchObject([
      {
        channel: 'sms',
        state: 'failed',
        last_error: 'the gateway answered 400 1029 not EUC-KR; told by email instead',
      },
      { channel: 'email', state: 'sent', provider: 'outbox' },
    ]);
  });

  it('counts a wrong secret against nobody', async () => {
    await saveAnswered(store, hong);
    now = Date.now();
    await bySolapi({ secret: 'wrong' }).drain('sms');
    expect(inWords(await listNotices(store))).toMatchObject([
      {
        state: 'due',
        tries: 0,
        attempting_since: null,
        last_error: 'the gateway answered 403 SignatureDoesNotMatch',
      },
    ]);
  });

  describe('answers', () => {
    afterEach(() => nock.cleanAll());
    const answers: [number, object | string, object][] = [
      [200, { statusCode: '2000', messageId: 'M7' }, { kind: 'done', id: 'M7' }],
      [200, 'not json', { kind: 'unknown' }],
      [200, { statusCode: '1062' }, { kind: 'retry', scope: 'provider' }],
      [400, { errorCode: '1031' }, { kind: 'refused' }],
      [400, { errorCode: '2062' }, { kind: 'retry', scope: 'provider' }],
      [403, { errorCode: 'DuplicatedSignature' }, { kind: 'done' }],
      [403, { errorCode: 'Forbidden' }, { kind: 'retry', scope: 'provider' }],
      [429, {}, { kind: 'retry', scope: 'provider', after: expect.any(Date) }],
      [500, 'broken', { kind: 'retry', scope: 'message' }],
      [503, 'busy', { kind: 'retry', scope: 'provider' }],
      [504, '', { kind: 'unknown' }],
    ];
    it.each(answers)('%i %j', async (status, body, expected) => {
      nock('https://api.solapi.com').post('/messages/v4/send').reply(status, body, { 'retry-after': '7' });
      const provider = createSolapi({ ...account, sender: '0317901234' });
      const message = { noticeId: 'n', threadId: 't', channel: 'sms' as const, language: 'ko' as const };
      const text = { subject: 's', text: 't', html: null, link: null, urgent: false };
      const attempt = { started: new Date(), repeated: false };
      expect(await provider.send({ ...message, ...text, address: hong.phone }, attempt)).toMatchObject(
        expected,
      );
    });
  });
});

describe('Kannel', () => {
  it('sends Korean as UCS-2 and cuts at ten parts', async () => {
    await saveAnswered(store, hong, { text: '가'.repeat(2_000) });
    now = Date.now();
    await byKannel().drain('sms');
    const [message] = kannel.messages();
    expect(message).toMatchObject({ to: hong.phone, from: '0317901234', charset: 'UTF-8', coding: '2' });
    expect(message?.text).toMatch(/^\[하남시청\].*가…$/s);
    expect(message?.text?.length).toBe(670);
    expect(inWords(await listNotices(store))).toMatchObject([{ state: 'sent', provider: 'kannel' }]);
  });

  it('sends again after a lost reply, because it cannot be asked', async () => {
    kannel.faults.push('reset-before');
    await saveAnswered(store, hong);
    now = Date.now();
    await byKannel().drain('sms');
    now += minutes(1);
    await byKannel().drain('sms');
    expect(inWords(await listNotices(store))).toMatchObject([{ state: 'sent', tries: 2 }]);
    expect(kannel.messages()).toHaveLength(1);
  });

  it('pauses while the gateway has no operator, and gives up on what it refuses', async () => {
    kannel.faults.push({ status: 503, body: 'no smsc' }, { status: 400, body: 'bad' });
    await saveAnswered(store, hong);
    now = Date.now();
    const sender = byKannel();
    await sender.drain('sms');
    expect(inWords(await listNotices(store))).toMatchObject([{ state: 'due', tries: 0 }]);
    now += 5_000;
    await sender.drain('sms');
    expect(inWords(await listNotices(store))).toMatchObject([
      { state: 'failed', last_error: 'the gateway answered 400 bad' },
    ]);
  });

  it('keeps the query of its address, by which an operator is chosen', async () => {
    const routed = await startKannel({ user: 'hub', password: 'pa ss&word', operators: ['KT'] });
    await saveAnswered(store, hong);
    now = Date.now();
    await byKannel('/?smsc=KT&account=minwon&password=wrong', routed.url).drain('sms');
    expect(routed.messages()).toMatchObject([{ smsc: 'KT', account: 'minwon', to: hong.phone }]);
    await routed.close();
  });

  it('ends a notice that has no way, and says what the gateway answered', async () => {
    const routed = await startKannel({ user: 'hub', password: 'pa ss&word', operators: ['KT'] });
    await saveAnswered(store, hong);
    await saveAnswered(store, { ...hong, email: 'hong@example.kr' });
    now = Date.now();
    const sender = byKannel('', routed.url);
    await sender.drain('sms');
    await sender.drain('email');
    const answer = 'the gateway answered 403 Not routable. Do not try again';
    expect(inWords(await listNotices(store))).toMatchObject([
      { channel: 'sms', state: 'failed', last_error: answer },
      { channel: 'sms', state: 'failed', last_error: `${answer}; told by email instead` },
      { channel: 'email', state: 'sent' },
    ]);
    await routed.close();
  });

  it('takes a refused account for the outage of everybody, and tells no secret', async () => {
    kannel.faults.push({
      status: 403,
      body: '<html><body>Authorization failed: pa ss&word pa+ss%26word a@b.kr +821012345678</body></html>',
    });
    await saveAnswered(store, hong);
    now = Date.now();
    await byKannel().drain('sms');
    expect(inWords(await listNotices(store))).toMatchObject([
      { state: 'due', tries: 0, last_error: 'the gateway answered 403 Authorization failed: … … … …' },
    ]);
  });
});
