import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Accepted, Incoming } from '../../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { pruneWhatIsOver } from '../../../../hub/store/prune.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitor,
  createVisitors,
  startConsole,
  toHidden,
} from '../console-server.ts';
import { insertComplaint, insertUsers, samplePassword } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
let sample: Awaited<ReturnType<typeof insertComplaint>>;
let received: Incoming[];
let path: string;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  sample = await insertComplaint(store, { origin: 'road', assignee: 'tax' });
  path = `/complaints/${sample.receiptNumber}`;
  const applied = (): Accepted => ({
    ...{ outcome: 'applied', complaintId: sample.id, receiptNumber: sample.receiptNumber },
    ...{ lastSeq: 3, events: 1 },
  });
  const recorded = createRecordedAccept(applied);
  received = recorded.received;
  server = await startConsole(store, {
    accept: recorded.accept,
    parked: createRecordedActions(applied),
  });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});
beforeEach(async () => {
  received.length = 0;
  await store.pool.query('delete from drafts');
});

const visitors = createVisitors(() => server.url);
const words = '쓰던 답변 <b>입니다</b>\n두 번째 줄';
const shownWords = '쓰던 답변 &lt;b&gt;입니다&lt;/b&gt;\n두 번째 줄</textarea>';
const countDrafts = async () => Number((await store.pool.query('select count(*) from drafts')).rows[0].count);
const hiddenOf = async (visitor: ReturnType<typeof createVisitor>, form: string) =>
  toHidden((await visitor.get(path)).text, `${path}/${form}`);
const keep = async (
  visitor: ReturnType<typeof createVisitor>,
  form: string,
  fields: Record<string, string>,
) => visitor.post(`${path}/${form}/draft`, { ...(await hiddenOf(visitor, form)), ...fields });
const decode = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#34;', '"').replaceAll('&amp;', '&');

describe('a draft', () => {
  test('is kept while typing, offered to its person alone, and gone once it is sent', async () => {
    const tax = await visitors.as('tax');
    expect((await keep(tax, 'answer', { text: words, contact: '02-1' })).status).toBe(204);
    expect((await keep(tax, 'answer', { text: `${words}`, contact: '02-2' })).status).toBe(204);
    const { text } = await tax.get(`${path}?draft=answer`);
    expect(text).toContain(shownWords);
    expect(text).toContain('value="02-2"');
    expect(text).toMatch(/<details name="action" id="form-answer" open>/);
    expect(text).toContain('임시 저장한 내용입니다');
    expect((await (await visitors.as('admin')).get(path)).text).not.toContain('쓰던 답변');
    const sent = await tax.fill(path, `${path}/answer`, { text: words, confirmed: '1' });
    expect(sent.status).toBe(303);
    expect(await countDrafts()).toBe(0);
  });

  test('is discarded by a button, and when its words are deleted', async () => {
    const tax = await visitors.as('tax');
    await keep(tax, 'transfer', { to: 'park', reason: '소관이 아닙니다' });
    expect((await tax.get(path)).text).toContain('소관이 아닙니다</textarea>');
    const gone = await keep(tax, 'transfer', { discard: '1' });
    expect([gone.status, gone.headers.get('location'), await countDrafts()]).toEqual([303, path, 0]);
    await keep(tax, 'transfer', { to: 'park', reason: 'x' });
    await keep(tax, 'transfer', { to: 'park', reason: '' });
    expect(await countDrafts()).toBe(0);
  });

  test('is refused without the token, without the right, for other forms, and when it is too long', async () => {
    const tax = await visitors.as('tax');
    expect((await tax.post(`${path}/answer/draft`, { text: words })).status).toBe(403);
    expect((await keep(tax, 'status', { status: 'closed' })).status).toBe(404);
    expect((await keep(tax, 'answer', { text: '가'.repeat(120_001) })).status).toBe(413);
    const hidden = await hiddenOf(await visitors.as('counsellor'), 'follow-up');
    const counsellor = await (await visitors.as('counsellor')).post(`${path}/answer/draft`, {
      ...hidden,
      text: words,
    });
    expect([counsellor.status, await countDrafts()]).toEqual([404, 0]);
  });

  test('goes after thirty days, and with its complaint', async () => {
    const tax = await visitors.as('tax');
    await keep(tax, 'answer', { text: words });
    await store.pool.query(`update drafts set saved_at = now() - interval '29 days'`);
    await pruneWhatIsOver(store);
    expect(await countDrafts()).toBe(1);
    await store.pool.query(`update drafts set saved_at = now() - interval '31 days'`);
    expect((await tax.get(path)).text).not.toContain('쓰던 답변');
    await pruneWhatIsOver(store);
    expect(await countDrafts()).toBe(0);
  });

  test('of a registration stands beside the empty form, and fills it when it is chosen', async () => {
    const counsellor = await visitors.as('counsellor');
    const hidden = toHidden((await counsellor.get('/register')).text, '/register');
    const fields = { name: '김전화', title: '가로등 고장', body: '골목의 가로등이 꺼져 있습니다' };
    expect((await counsellor.post('/register/draft', { ...hidden, ...fields })).status).toBe(204);
    const empty = (await counsellor.get('/register')).text;
    expect(empty).toContain('쓰다 만 접수');
    expect(empty).not.toContain('꺼져 있습니다');
    const filled = (await counsellor.get(`/register?draft=${hidden.key}`)).text;
    expect(filled).toContain('꺼져 있습니다</textarea>');
    expect(toHidden(filled, '/register').key).toBe(hidden.key);
    await counsellor.post('/register', { ...toHidden(filled, '/register'), ...fields, kind: 'query' });
    expect([received.length, await countDrafts()]).toEqual([1, 0]);
  });
});

describe('a form whose session has ended', () => {
  const typed = { text: words, department: '', officer: '이세무', contact: '' };
  const openAndLose = async (
    post: (visitor: ReturnType<typeof createVisitor>, hidden: object) => unknown,
  ) => {
    const visitor = createVisitor(server.url);
    await visitor.signIn('tax');
    const hidden = await hiddenOf(visitor, 'answer');
    visitor.cookies.delete('session');
    return { visitor, sent: await post(visitor, hidden) };
  };

  test.each(['urlencoded', 'multipart'])('comes back with its words after signing in: %s', async (kind) => {
    const { visitor, sent } = await openAndLose(async (one, hidden) => {
      const fields = { ...hidden, ...typed };
      if (kind === 'urlencoded') return one.post(`${path}/answer`, fields);
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      body.append('file', new Blob(['x'.repeat(200_000)]), '붙임.txt');
      const response = await one.call(`${path}/answer`, { method: 'POST', body });
      return { status: response.status, text: await response.text() };
    });
    const { status, text } = sent as { status: number; text: string };
    expect(status).toBe(401);
    expect(text).toContain('로그인이 끝났습니다');
    expect(text).toContain(shownWords);
    expect(text.includes('첨부파일은 다시')).toBe(kind === 'multipart');
    const hidden = Object.entries(toHidden(text, '/sign-in'));
    const carried = Object.fromEntries(hidden.map(([name, value]) => [name, decode(value)]));
    expect(carried.typed).not.toContain('formToken');
    const wrong = await visitor.post('/sign-in', { ...carried, login: 'tax', password: 'not it at all' });
    expect([wrong.status, wrong.text.includes(shownWords)]).toEqual([401, true]);
    const again = toHidden(wrong.text, '/sign-in');
    expect(again).toEqual(toHidden(text, '/sign-in'));
    const inside = await visitor.post('/sign-in', { ...carried, login: 'tax', password: samplePassword });
    const to = inside.headers.get('location') ?? '';
    expect(to).toBe(`${path}?draft=answer#form-answer`);
    expect((await visitor.get(to)).text).toContain(shownWords);
    expect(received).toEqual([]);
  });

  test('of another person keeps nothing where that person has no right', async () => {
    const { visitor, sent } = await openAndLose((one, hidden) =>
      one.post(`${path}/answer`, { ...hidden, ...typed }),
    );
    const hidden = Object.entries(toHidden((sent as { text: string }).text, '/sign-in'));
    const carried = Object.fromEntries(hidden.map(([name, value]) => [name, decode(value)]));
    await visitor.post('/sign-in', { ...carried, login: 'road', password: samplePassword });
    expect(await countDrafts()).toBe(0);
  });

  test('repeats no password', async () => {
    const visitor = createVisitor(server.url);
    const { status, text } = await visitor.post('/account/password', {
      current: 'my old password',
      password: 'my next password',
      again: 'my next password',
    });
    expect([status, text.includes('my old'), text.includes('my next')]).toEqual([401, false, false]);
  });
});

test('a form of an earlier session is not taken, and its words go on as a draft when the person says so', async () => {
  const tax = await visitors.as('tax');
  const other = { formToken: 'of-another-session', key: 'k', text: words };
  const refused = await tax.post(`${path}/answer`, other);
  expect([refused.status, received.length, await countDrafts()]).toEqual([403, 0, 0]);
  expect(refused.text).toContain(shownWords);
  const hidden = Object.entries(toHidden(refused.text, '/typed')).map(([name, value]) => [
    name,
    decode(value),
  ]);
  const goneOn = await tax.post('/typed', Object.fromEntries(hidden));
  expect(goneOn.headers.get('location')).toBe(`${path}?draft=answer#form-answer`);
  expect((await tax.get(path)).text).toContain(shownWords);
  const foreign = await tax.post(`${path}/answer`, other, { origin: 'https://elsewhere.example' });
  expect([foreign.status, foreign.text.includes('쓰던 답변')]).toEqual([403, false]);
});

describe('before it is sent', () => {
  const sms = '문자 010-1234-5678';
  test.each([
    ['tax', 'answer', { text: words }, [sms, '로', '세무']],
    ['tax', 'transfer', { to: 'park', reason: '소관 아님' }, [sms]],
    ['counsellor', 'withdraw', { reason: '해결됨' }, []],
  ])('%s is asked about %s, told who gets it, and may go back', async (login, form, fields, receivers) => {
    const visitor = await visitors.as(login);
    const asked = await visitor.fill(path, `${path}/${form}`, fields);
    expect([asked.status, received.length]).toEqual([200, 0]);
    expect(asked.text).toContain('보내기 전에 확인하십시오');
    for (const receiver of receivers) expect(asked.text).toContain(receiver);
    const carried = Object.fromEntries(
      Object.entries(toHidden(asked.text, `${path}/${form}`)).map(([name, value]) => [name, decode(value)]),
    );
    expect(carried).toMatchObject(fields);
    const back = await visitor.post(`${path}/${form}`, { ...carried, change: '1' });
    expect([back.status, received.length]).toEqual([200, 0]);
    expect(back.text).toMatch(new RegExp(`id="form-${form}" open`));
    const sent = await visitor.post(`${path}/${form}`, { ...carried, confirmed: '1' });
    expect([sent.status, received.length, await countDrafts()]).toEqual([303, 1, 0]);
    expect(JSON.stringify(received[0]?.raw)).not.toContain('confirmed');
  });
});
