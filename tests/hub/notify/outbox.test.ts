import { afterEach, beforeEach, expect, it } from 'vitest';
import { createProviders } from '../../../hub/notify/providers/index.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createExclusive, type Exclusive } from '../../../hub/store/exclusive.ts';
import { inWords } from '../../support/in-words.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { createSender, listNotices, saveAnswered } from './saved.ts';

let store: Store;
let exclusive: Exclusive;
beforeEach(async () => {
  store = openStore(await createFreshDatabase());
  exclusive = createExclusive(store);
});
afterEach(async () => {
  await exclusive.close();
  await store.close();
});

it('keeps what nobody is configured to send, once, together with its outcome', async () => {
  const complaint = await saveAnswered(store, { name: '홍길동', email: 'hong@example.kr' });
  await saveAnswered(store, { name: '홍길동', phone: '+821012345678' }, { text: '답변 😀' });
  const sender = createSender(store, exclusive, {});
  await sender.drain('email');
  await sender.drain('sms');
  // As after a process that ended before it knew: the same work again.
  await store.pool.query("update notices set state = 'due'");
  await sender.drain('email');
  await sender.drain('sms');
  const { rows } = await store.pool.query('select * from outbox order by notice_id');
  const [mail, text] = await listNotices(store);
  expect(rows).toMatchObject([
    {
      notice_id: mail?.id,
      address: 'hong@example.kr',
      subject: `[하남시청] 민원 처리 결과를 알려 드립니다 (${complaint.receiptNumber})`,
      html: expect.stringContaining('<html lang="ko">'),
    },
    { notice_id: text?.id, address: '+821012345678', html: null, text: expect.stringMatching(/답변$/) },
  ]);
  expect([mail?.state, text?.state, mail?.provider]).toEqual(['sent', 'sent', 'outbox']);
});

it('a notice that somebody settled meanwhile is not sent', async () => {
  await saveAnswered(store, { name: '홍길동', email: 'hong@example.kr' });
  await store.pool.query("update notices set state = 'failed'");
  await createSender(store, exclusive, {}).drain('email');
  expect((await store.pool.query('select 1 from outbox')).rowCount).toBe(0);
});

it('a notice that cannot be written fails alone', async () => {
  await saveAnswered(store, { name: '가', email: 'a@example.kr' });
  await saveAnswered(store, { name: '나', email: 'b@example.kr' });
  await store.pool.query("update notices set template = 'gone' where recipient = '가'");
  await createSender(store, exclusive, {}).drain('email');
  expect(inWords(await listNotices(store))).toMatchObject([
    { state: 'failed', last_error: expect.stringContaining('cannot be written') },
    { state: 'sent' },
  ]);
});

it('begins nothing after stop', async () => {
  await saveAnswered(store, { name: '홍길동', email: 'hong@example.kr' });
  const sender = createSender(store, exclusive, {});
  await sender.stop();
  await sender.drain('email');
  expect(inWords(await listNotices(store))).toMatchObject([{ state: 'due', tries: 0 }]);
});

it('chooses providers by the settings and names what is missing', () => {
  const unset = { MAIL_FROM: 'a@b.kr', SMS_PROVIDER: 'outbox' } as const;
  const names = (settings: Parameters<typeof createProviders>[0]) => {
    const { email, sms } = createProviders(settings);
    void email.close();
    return [email.name, sms.name];
  };
  expect(names(unset)).toEqual(['outbox', 'outbox']);
  const account = { SMS_KEY: 'k', SMS_SECRET: 's', SMS_SENDER: '0317901234' };
  expect(names({ ...unset, ...account, SMTP_URL: 'smtp://127.0.0.1', SMS_PROVIDER: 'solapi' })).toEqual([
    'smtp',
    'solapi',
  ]);
  expect(() => createProviders({ ...unset, ...account, SMS_PROVIDER: 'kannel' })).toThrow(
    /^SMS_URL must be set/,
  );
  expect(() => createProviders({ ...unset, SMS_PROVIDER: 'solapi' })).toThrow(
    'SMS_KEY, SMS_SECRET, SMS_SENDER',
  );
});
