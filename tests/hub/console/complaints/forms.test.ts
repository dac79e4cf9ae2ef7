import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Accepted, Incoming } from '../../../../hub/exchange/intake/incoming.ts';
import { ParkedActionError } from '../../../../hub/exchange/parked/parked-actions.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { said, toReason } from '../../../../schemas/reason.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitors,
  startConsole,
  toHidden,
} from '../console-server.ts';
import { insertComplaint, insertParkedItem, insertUsers } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
let sample: Awaited<ReturnType<typeof insertComplaint>>;
let answer: () => Accepted;
let received: Incoming[];
let actions: ReturnType<typeof createRecordedActions>;
let path: string;

const applied = (): Accepted => ({
  outcome: 'applied',
  complaintId: sample.id,
  receiptNumber: sample.receiptNumber,
  lastSeq: 3,
  events: 1,
});

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  sample = await insertComplaint(store, { origin: 'road', assignee: 'tax' });
  path = `/complaints/${sample.receiptNumber}`;
  const recorded = createRecordedAccept(() => answer());
  received = recorded.received;
  actions = createRecordedActions(() => answer());
  server = await startConsole(store, { accept: recorded.accept, parked: actions });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});
beforeEach(() => {
  answer = applied;
  received.length = 0;
  actions.asked.length = 0;
});

const visitors = createVisitors(() => server.url);
const visitAs = visitors.as;

describe('a form of a complaint', () => {
  const officer = { department: '', officer: '이세무', contact: '' };
  test.each([
    [
      'tax',
      'answer',
      { text: ' 답변입니다 ', ...officer },
      'tax',
      { answers: [{ text: '답변입니다', officer: { name: '이세무' } }] },
    ],
    [
      'tax',
      'interim',
      { text: '확인 중', ...officer },
      'tax',
      { answers: [{ text: '확인 중', interim: true, officer: { name: '이세무' } }] },
    ],
    ['tax', 'status', { status: 'in_progress' }, 'tax', { status: 'in_progress' }],
    [
      'tax',
      'transfer',
      { to: 'park', reason: '소관 아님' },
      'tax',
      { transfer: { to: 'park', reason: '소관 아님' } },
    ],
    [
      'counsellor',
      'transfer',
      { to: 'park', reason: '소관 아님' },
      'hub',
      { transfer: { to: 'park', reason: '소관 아님' } },
    ],
    ['counsellor', 'follow-up', { text: '언제 되나요' }, 'hub', { followUps: [{ text: '언제 되나요' }] }],
    ['counsellor', 'withdraw', { reason: '' }, 'hub', { withdrawal: {} }],
    [
      'admin',
      'answer',
      { text: '대신 답변', ...officer },
      'tax',
      { answers: [{ text: '대신 답변', officer: { name: '이세무' } }] },
    ],
    ['admin', 'withdraw', { reason: '해결됨' }, 'hub', { withdrawal: { reason: '해결됨' } }],
  ])('of %s, %s, says it in the right name', async (login, form, fields, agency, post) => {
    const visitor = await visitAs(login);
    const sent = await visitor.fill(path, `${path}/${form}`, { ...fields, confirmed: '1' });
    expect(sent.headers.get('location')).toBe(`${path}?done=${form.replace('-', '_')}`);
    expect(received).toMatchObject([
      {
        agency,
        user: login,
        source: 'console',
        version: '1',
        complaintId: sample.id,
        normalised: { ok: true, post },
      },
    ]);
    const raw = JSON.stringify(received[0]?.raw);
    for (const hidden of ['formToken', 'key']) expect(raw).not.toContain(hidden);
    expect((await visitor.get(`${path}?done=${form.replace('-', '_')}`)).text).toContain('role="status"');
  });

  test('sent twice has one key; changed and sent again it has another', async () => {
    const visitor = await visitAs('tax');
    const action = `${path}/answer`;
    const hidden = toHidden((await visitor.get(path)).text, action);
    const fields = { ...hidden, text: '답변', confirmed: '1' };
    await Promise.all([visitor.post(action, fields), visitor.post(action, fields)]);
    await visitor.post(action, { ...fields, text: '고친 답변' });
    const keys = received.map(({ externalId }) => externalId);
    expect(keys[0]).toContain(hidden.key);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  test('comes back with what was typed and what is wrong, and is not handed on', async () => {
    const visitor = await visitAs('tax');
    const sent = await visitor.fill(path, `${path}/transfer`, { to: '', reason: '이유 <b>' });
    expect(sent.status).toBe(422);
    expect(received).toEqual([]);
    expect(sent.text).toMatch(
      /<details name="action" id="form-transfer" open>\s*<summary>다른 기관으로 이송/,
    );
    expect(sent.text).toContain('이유 &lt;b&gt;</textarea>');
    expect(sent.text).toMatch(
      /id="transfer-to"[^>]*aria-invalid="true" aria-describedby=" ?transfer-to-problem"/,
    );
    expect(sent.text).toContain('필수 항목입니다');
  });

  test('shows what the exchange refuses, at its field or above the form', async () => {
    const visitor = await visitAs('tax');
    answer = () => ({
      outcome: 'refused',
      problems: [
        { pointer: '/transfer/to', reason: toReason('unknown_agency', { agency: 'nowhere' }) },
        { pointer: '/transfer', reason: said('the board is closed') },
      ],
    });
    const { text, status } = await visitor.fill(path, `${path}/transfer`, {
      to: 'park',
      reason: '이유',
      confirmed: '1',
    });
    expect(status).toBe(422);
    expect(text).toMatch(/id="transfer-to-problem"><span>nowhere 기관이 없습니다/);
    expect(text).toContain('<li><code>/transfer</code> the board is closed</li>');
  });

  test('that changed nothing says so', async () => {
    answer = () => ({ ...applied(), events: 0 }) as Accepted;
    const sent = await (await visitAs('tax')).fill(path, `${path}/status`, { status: 'closed' });
    expect(sent.headers.get('location')).toBe(`${path}?done=nothing`);
  });
});

describe('registering a call', () => {
  const matter = {
    title: '전화 민원',
    body: '내용',
    kind: 'other',
    category: '교통',
    region: '',
    company: '',
  };

  test('finds who is calling, keeps what is typed, and fills in what is known', async () => {
    const visitor = await visitAs('counsellor');
    const found = await visitor.fill('/register', '/register', {
      phone: '010 1234 5678',
      title: '새 민원',
      lookup: '1',
    });
    expect(found.status).toBe(200);
    expect(found.text).toContain(`href="${path}"`);
    expect(found.text).toMatch(/name="name" value="홍길동"/);
    expect(found.text).toMatch(/name="title" value="새 민원"/);
    expect(found.text).toMatch(/name="phone" value="010 1234 5678"/);
    const unknown = await visitor.fill('/register', '/register', { phone: '02-123-4567', lookup: '1' });
    expect(unknown.text).toContain('이전 민원이 없습니다');
    expect(received).toEqual([]);
  });

  test.each([
    ['a land line and text messages', { phone: '02-765-4321', notifyBy: 'sms' }, '이 번호로는 문자를'],
    ['no address and e-mail', { phone: '010-9876-5432', notifyBy: 'email' }, '전자우편 주소를 적으십시오'],
  ])('is refused at the form with %s', async (_, way, words) => {
    const counsellor = await visitAs('counsellor');
    const sent = await counsellor.fill('/register', '/register', { ...matter, name: '김민원', ...way });
    expect([sent.status, received.length]).toEqual([422, 0]);
    expect(sent.text).toMatch(new RegExp(`id="register-notifyBy-problem"><span>${words}`));
    expect(sent.text).toMatch(
      /tabindex="-1" autofocus role="alert">[\s\S]*<a href="#register-notifyBy">통지 방법: /,
    );
    expect(sent.text).toMatch(/<title>오류: 전화 접수/);
    expect(sent.text).not.toContain('이전 민원이 없습니다');
  });

  test('says which agency would get it, before anything is saved', async () => {
    const counsellor = await visitAs('counsellor');
    const asked = await counsellor.fill('/register', '/register', { ...matter, preview: '1' });
    expect([asked.status, received.length]).toEqual([200, 0]);
    expect(asked.text).toContain('처리기관은 도로관리사업소입니다');
  });

  test('hands the complaint on for the contact centre, the number in international form', async () => {
    const before = Date.now();
    const sent = await (await visitAs('counsellor')).fill('/register', '/register', {
      ...matter,
      name: '김민원',
      phone: '010-9876-5432',
      email: '',
      notifyBy: 'sms',
      language: 'ko',
    });
    expect(sent.headers.get('location')).toBe(`${path}?done=registered`);
    const post = { content: { title: '전화 민원', body: '내용', kind: 'other', category: '교통' } };
    expect(received).toMatchObject([{ agency: 'hub', user: 'counsellor', normalised: { ok: true, post } }]);
    const [{ normalised }] = received as [Incoming];
    const content = normalised.ok ? normalised.post.content : undefined;
    expect(content?.complainant).toEqual({
      name: '김민원',
      phone: '+821098765432',
      notifyBy: 'sms',
      language: 'ko',
    });
    expect(content).not.toHaveProperty('region');
    expect(Date.parse(content?.filedAt ?? '')).toBeGreaterThanOrEqual(before);
  });

  test.each([
    ['name', '', 'problem-required', '필수 항목입니다'],
    ['phone', '12', 'phone', '전화번호 형식이 아닙니다'],
    ['email', 'hong@', 'email', '전자우편 주소여야 합니다 (예: hong@example.kr)'],
    ['title', '', 'required', '필수 항목입니다'],
    ['title', '가'.repeat(301), 'title', '300자를 넘을 수 없습니다'],
  ])('a wrong %s (%.10s) is pointed at', async (field, value, _why, message) => {
    const good = { ...matter, name: '김민원', phone: '', email: '', notifyBy: '', language: 'ko' };
    const sent = await (await visitAs('counsellor')).fill('/register', '/register', {
      ...good,
      [field]: value,
    });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain(message);
    expect(sent.text).toMatch(new RegExp(`id="register-${field}-problem"`));
    expect(sent.text).toContain('내용</textarea>');
    expect(received).toEqual([]);
  });
});

describe('what is parked', () => {
  let item: string;
  let page: string;
  beforeAll(async () => {
    item = await insertParkedItem(store);
    page = `/parked/items/${item}`;
  });

  test('is shown with its reasons and as it came in', async () => {
    const { text } = await (await visitAs('admin')).get(page);
    expect(text).toContain('the code 99 has no mapping');
    expect(text).toContain('&#34;subject&#34;: &#34;환급 &lt;b&gt;문의&lt;/b&gt;&#34;');
  });

  test('is tried again as corrected, or unchanged', async () => {
    const visitor = await visitAs('admin');
    const sent = await visitor.fill(page, `${page}/retry`, { body: '{"state": "01"}' });
    expect(sent.headers.get('location')).toBe(`${path}?done=item_applied`);
    await visitor.fill(page, `${page}/retry`, {});
    expect(actions.asked).toEqual([
      ['retryItem', item, 'admin', { state: '01' }],
      ['retryItem', item, 'admin'],
    ]);
  });

  test('stays with what was typed when that is no JSON or is still wrong', async () => {
    const visitor = await visitAs('admin');
    const broken = await visitor.fill(page, `${page}/retry`, { body: '{"state": ' });
    expect([broken.status, broken.text.includes('JSON 형식이 아닙니다')]).toEqual([422, true]);
    expect(actions.asked).toEqual([]);
    answer = () => ({
      outcome: 'parked',
      rawItemId: item,
      problems: [{ pointer: '/title', reason: toReason('required') }],
    });
    const wrong = await visitor.fill(page, `${page}/retry`, { body: '{"state": "02"}' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('<code>/title</code> 필수 항목입니다<');
    expect(wrong.text).toContain('{&#34;state&#34;: &#34;02&#34;}</textarea>');
  });

  test('is let through by whoever answers for its sender', async () => {
    const visitor = await visitAs('admin');
    expect((await visitor.get(page)).text).toContain('>&lt;b&gt;그 글&lt;/b&gt;</blockquote>');
    const sent = await visitor.fill(page, `${page}/amend`, { decision: 'vouched' });
    expect(sent.headers.get('location')).toBe(`${path}?done=item_applied`);
    expect((await visitor.fill(page, `${page}/amend`, { decision: 'x' })).status).toBe(404);
    expect(actions.asked).toEqual([['amendItem', item, 'admin', 'vouched']]);
  });

  test('is discarded only with a reason', async () => {
    const visitor = await visitAs('admin');
    expect((await visitor.fill(page, `${page}/discard`, { reason: ' ' })).status).toBe(422);
    expect(actions.asked).toEqual([]);
    const sent = await visitor.fill(page, `${page}/discard`, { reason: '시험 자료' });
    expect(sent.headers.get('location')).toBe('/parked?done=item_discarded');
    expect(actions.asked).toEqual([['discardItem', item, 'admin', '시험 자료']]);
  });

  test('links and notices are retried, and an event is passed over only with a reason', async () => {
    await store.pool.query(`update links set state = 'parked', due = 3 where id = $1`, [sample.links.tax]);
    const visitor = await visitAs('admin');
    const link = `/parked/links/${sample.links.tax}`;
    await visitor.fill('/parked', `${link}/retry`, {});
    await visitor.fill('/parked', `${link}/skip`, { reason: '' });
    await visitor.fill('/parked', `${link}/skip`, { reason: '중복', externalId: '17' });
    expect(actions.asked).toEqual([
      ['retryLink', sample.links.tax, 'admin'],
      ['skipEvent', sample.links.tax, 'admin', '중복', '17'],
    ]);
  });

  test('says so when somebody else was quicker', async () => {
    answer = () => {
      throw new ParkedActionError('gone', 'no longer parked');
    };
    const visitor = await visitAs('admin');
    const sent = await visitor.fill(page, `${page}/retry`, {});
    expect(sent.headers.get('location')).toBe('/parked?done=parked_gone');
  });

  test('is not for a counsellor to decide', async () => {
    const visitor = await visitAs('counsellor');
    const { text } = await visitor.get(page);
    expect(text).not.toContain('<textarea');
    const formToken = /name="formToken" value="([^"]+)"/.exec(text)![1]!;
    expect((await visitor.post(`${page}/discard`, { formToken, reason: 'x' })).status).toBe(403);
  });
});

describe('keys', () => {
  test('a key is shown this once, then revoked', async () => {
    const visitor = await visitAs('admin');
    const { text } = await visitor.fill('/agencies/road', '/agencies/road/keys', {});
    const key = /mwk_[\w-]{43}/.exec(text)![0];
    const again = (await visitor.get('/agencies/road')).text;
    expect(again).not.toContain(key);
    expect(again).toContain(`…${key.slice(-4)}`);
    const revoke = /action="(\/agencies\/road\/keys\/[^"]+)"/.exec(again)![1]!;
    await visitor.fill('/agencies/road', revoke, {});
    expect((await visitor.get('/agencies/road')).text).toContain('폐기됨');
    const { rows } = await store.pool.query(
      "select actor, way, action from audit_entries where agency = 'road' and action like 'connection.key%' order by id",
    );
    const by = { actor: 'admin', way: 'console' };
    expect(rows).toEqual([
      { ...by, action: 'connection.key_make' },
      { ...by, action: 'connection.key_revoke' },
    ]);
  });
});
