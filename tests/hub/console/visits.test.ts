import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Accepted } from '../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { said } from '../../../schemas/reason.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitor,
  createVisitors,
  startConsole,
  toHidden,
} from './console-server.ts';
import {
  insertComplaint,
  insertNotice,
  insertParkedItem,
  insertUsers,
  samplePassword,
} from './sample-board.ts';

let store: Store;
let server: ConsoleServer;
let roadNumber: string;
let taxNumber: string;
let itemId: string;
let noticeId: string;

const duplicate: Accepted = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 };

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  const road = await insertComplaint(store, { title: '<script>alert(1)</script> & 도로' });
  roadNumber = road.receiptNumber;
  taxNumber = (await insertComplaint(store, { origin: 'tax', assignee: 'tax', title: '세금 문의' }))
    .receiptNumber;
  itemId = await insertParkedItem(store);
  noticeId = await insertNotice(store, road.id, 'sent', '<p>민원이 접수되었습니다</p>');
  await insertNotice(store, road.id, 'failed');
  server = await startConsole(store, {
    accept: createRecordedAccept(() => duplicate).accept,
    parked: createRecordedActions(() => duplicate),
  });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});

const visitors = createVisitors(() => server.url);
const visitAs = visitors.as;

describe('signing in', () => {
  test('leads where one wanted to go, and out again', async () => {
    const visitor = createVisitor(server.url);
    const turned = await visitor.get(`/complaints/${roadNumber}?x=1`);
    expect(turned.status).toBe(303);
    const to = turned.headers.get('location')!;
    expect(to).toBe(`/sign-in?to=${encodeURIComponent(`/complaints/${roadNumber}?x=1`)}`);
    const entered = await visitor.fill(to, '/sign-in', { login: 'admin', password: samplePassword });
    expect(entered.headers.get('location')).toBe(`/complaints/${roadNumber}?x=1`);
    expect(entered.headers.getSetCookie()[0]).toMatch(/^session=[\w-]{43}; .*HttpOnly; SameSite=Lax/);
    expect((await visitor.get('/')).status).toBe(200);
    const session = visitor.cookies.get('session')!;
    await visitor.fill('/', '/sign-out', {});
    visitor.cookies.set('session', session);
    expect((await visitor.get('/')).status).toBe(303);
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    '/\n//evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/%2e//evil.example',
    '/%2E%2e//evil.example',
    '/parked/../..//evil.example',
    '/..\\\\evil.example',
    '/.\t//evil.example',
    'javascript:alert(1)',
  ])('does not lead to %j', async (to) => {
    const entered = await createVisitor(server.url).post('/sign-in', {
      login: 'admin',
      password: samplePassword,
      to,
    });
    expect(entered.headers.get('location')).toBe('/');
    const visitor = await visitAs('admin');
    const again = await visitor.get(`/sign-in?${new URLSearchParams({ to })}`);
    expect(again.headers.get('location')).toBe('/');
    const spoken = await createVisitor(server.url).post('/language', { language: 'ko', to });
    expect(spoken.headers.get('location')).toBe('/');
  });

  test('says that it was refused and keeps the login', async () => {
    const refused = await createVisitor(server.url).post('/sign-in', { login: 'admin', password: 'wrong' });
    expect(refused.status).toBe(401);
    expect(refused.text).toContain('아이디 또는 비밀번호가 올바르지 않습니다');
    expect(refused.text).toContain('value="admin"');
  });

  test('says when and how to go on after too many tries, in both languages; a known browser goes on', async () => {
    const known = createVisitor(server.url);
    await known.signIn('tax');
    expect(known.cookies.get('device')).toMatch(/^[\w-]{43}$/);
    known.cookies.delete('session');
    await store.pool.query(`update sign_in_tries set tries = 0`);
    const visitor = createVisitor(server.url);
    const wrong = () => visitor.post('/sign-in', { login: 'tax', password: 'wrong' });
    for (let n = 0; n < 10; n++) expect((await wrong()).status).toBe(401);
    const turned = await wrong();
    expect(turned.status).toBe(429);
    const seconds = Number(turned.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(14 * 60);
    expect(seconds).toBeLessThanOrEqual(16 * 60);
    expect(turned.text).toMatch(/ 이후에 다시 시도하십시오. 전에 로그인했던 브라우저에서는 지금도/);
    await visitor.post('/language', { language: 'en' });
    expect((await wrong()).text).toMatch(/Try again after .*\d\d:\d\d.* administrator/);
    await known.signIn('tax');
  });

  test('over https the cookie belongs to this host alone', async () => {
    const secure = await startConsole(store, {
      accept: createRecordedAccept(() => duplicate).accept,
      parked: createRecordedActions(() => duplicate),
      environment: { PUBLIC_URL: 'https://hub.example.kr' },
    });
    const entered = await createVisitor(secure.url).post('/sign-in', {
      login: 'admin',
      password: samplePassword,
    });
    expect(entered.headers.getSetCookie()[0]).toMatch(/^__Host-session=.*Path=\/; .*HttpOnly; Secure/);
    expect(entered.headers.get('strict-transport-security')).toContain('max-age');
    await secure.app.close();
  });
});

describe('forms from elsewhere', () => {
  test('are refused: without the token, with another one, from another origin or site', async () => {
    const visitor = await visitAs('admin');
    const path = `/complaints/${roadNumber}/status`;
    const { formToken } = toHidden((await visitor.get(`/complaints/${roadNumber}`)).text, path);
    const good = { status: 'in_progress', formToken: formToken! };
    expect((await visitor.post(path, { status: 'in_progress' })).status).toBe(403);
    expect((await visitor.post(path, { ...good, formToken: 'x' })).status).toBe(403);
    expect((await visitor.post(path, good, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await visitor.post(path, good, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await visitor.post(path, good, { origin: server.url })).status).toBe(303);
    const foreign = await visitor.post('/sign-in', { login: 'admin' }, { origin: 'null' });
    expect(foreign.status).toBe(403);
  });
});

describe('rights', () => {
  const pages = (): string[] => [
    '/',
    '/register',
    '/parked',
    `/parked/items/${itemId}`,
    '/agencies',
    '/agencies/road',
    '/outbox',
    `/outbox/${noticeId}`,
    `/outbox/${noticeId}/html`,
    '/users',
    `/complaints/${roadNumber}`,
    `/complaints/${taxNumber}`,
  ];
  const statuses = async (login: string) => {
    const visitor = await visitAs(login);
    const answers: Record<number, number> = {};
    const list: number[] = [];
    for (const page of pages()) list.push((await visitor.get(page)).status);
    for (const status of list) answers[status] = (answers[status] ?? 0) + 1;
    return list.join(' ');
  };
  test.each([
    ['admin', '200 200 200 200 200 200 200 200 200 200 200 200'],
    ['counsellor', '200 200 200 200 200 200 200 200 200 403 200 200'],
    ['auditor', '200 403 200 200 200 200 200 403 403 403 200 200'],
    ['road', '200 403 403 403 403 403 403 403 403 403 200 404'],
  ])('%s sees what is his', async (login, expected) => {
    expect(await statuses(login)).toBe(expected);
  });

  test('forms appear only for those who may use them, and are refused to others', async () => {
    const formsOf = async (login: string) => {
      const { text } = await (await visitAs(login)).get(`/complaints/${roadNumber}`);
      return [...text.matchAll(/action="\/complaints\/[^/"]+\/([a-z-]+)"/g)].map(([, name]) => name);
    };
    expect(await formsOf('road')).toEqual(['answer', 'interim', 'status', 'transfer', 'notes']);
    expect(await formsOf('counsellor')).toEqual(['follow-up', 'transfer', 'withdraw', 'notes']);
    expect(await formsOf('auditor')).toEqual([]);
    const counsellor = await visitAs('counsellor');
    const { text } = await counsellor.get(`/complaints/${roadNumber}`);
    const formToken = /name="formToken" value="([^"]+)"/.exec(text)![1]!;
    const refused = await counsellor.post(`/complaints/${roadNumber}/answer`, { formToken, text: '답변' });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('권한이 없습니다');
  });

  test('an auditor sees no name, number, address or raw item, nor what files are called', async () => {
    const { rows } = await store.pool.query(
      `select links.id, complaint_id from links join complaints on complaints.id = complaint_id
       where receipt_number = $1`,
      [roadNumber],
    );
    const [link] = rows;
    const says = JSON.stringify(said('550 <hong@example.kr> unknown, call 010-1234-5678'));
    const names = ['홍길동 900101-1234567.hwp', '홍길동', 'v1.홍길동'];
    for (const [n, name] of names.entries()) {
      const file = `00000000-0000-7000-8000-00000000000${n}`;
      await store.pool.query(
        `insert into attachments (id, complaint_id, seq, position, agency, via, reference, declared, state, last_error)
         values ($1::uuid, $2, 1, $3, 'road', 'board', $1::uuid::text, $4, 'failed', $5)`,
        [file, link.complaint_id, n + 1, JSON.stringify({ name }), says],
      );
      await store.pool.query(
        `insert into attachment_deliveries (attachment_id, link_id, agency, seq, state, last_error) values ($1, $2, 'road', 1, 'parked', $3)`,
        [file, link.id, says],
      );
    }
    await store.pool.query(`update notices set last_error = $1`, [says]);
    await store.pool.query(`update links set last_error = $1, state = 'parked' where id = $2`, [
      says,
      link.id,
    ]);
    const shown = [
      '/',
      '/parked',
      '/outbox',
      '/outbox?state=failed',
      '/agencies',
      '/agencies/road',
      '/alerts',
    ];
    const more = ['/repairs', '/repairs/replays?preview=1', '/repairs/remap?agency=road', '/ledger'];
    const secrets = ['홍길동', '010-1234-5678', '+821012345678', 'hong@example.kr', '김철', '900101'];
    const auditor = await visitAs('auditor');
    for (const page of [...pages(), ...shown, ...more]) {
      const { text } = await auditor.get(page);
      for (const secret of secrets) expect(text, page).not.toContain(secret);
    }
    // The page says that this is by the role, and does not look as if the agency had sent stars.
    expect((await auditor.get(`/complaints/${roadNumber}`)).text).toContain(
      '이 역할에는 이름과 연락처를 가려서',
    );
    expect((await (await visitAs('admin')).get(`/complaints/${roadNumber}`)).text).not.toContain(
      '이 역할에는',
    );
    const message = await auditor.get(`/outbox/${crypto.randomUUID()}`);
    expect([message.status, message.text]).toEqual([
      403,
      expect.stringContaining('알림 본문은 열 수 없습니다'),
    ]);
    const parked = (await auditor.get('/parked')).text;
    expect(parked).toContain('***.hwp');
    const open = (await (await visitAs('admin')).get('/parked')).text;
    for (const name of names) expect(open).toContain(name);
    expect(open).toContain('hong@example.kr');
    await store.pool.query(`update links set state = 'open' where id = $1`, [link.id]);
  });

  test("an officer's board holds only what the agency has part in", async () => {
    const { text } = await (await visitAs('road')).get('/');
    expect(text).toContain(roadNumber);
    expect(text).not.toContain(taxNumber);
  });
});

describe('pages', () => {
  test('escape what people wrote and allow no script of their own', async () => {
    const visitor = await visitAs('admin');
    for (const page of ['/', `/complaints/${roadNumber}`]) {
      const { text, headers } = await visitor.get(page);
      expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; 도로');
      expect(text).not.toContain('<script>alert');
      const policy = headers.get('content-security-policy')!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  test('a kept message is shown in a sandbox that runs nothing', async () => {
    const visitor = await visitAs('admin');
    expect((await visitor.get(`/outbox/${noticeId}`)).text).toContain(
      `<iframe class="message" sandbox src="/outbox/${noticeId}/html"`,
    );
    const { headers, text } = await visitor.get(`/outbox/${noticeId}/html`);
    expect(text).toBe('<p>민원이 접수되었습니다</p>');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*sandbox$/);
  });

  test('speak English when asked to, and remember it', async () => {
    const visitor = createVisitor(server.url);
    expect((await visitor.get('/sign-in')).text).toContain('<html lang="ko">');
    const switched = await visitor.fill('/sign-in', '/language', { language: 'en' });
    expect(switched.headers.get('location')).toBe('/sign-in');
    expect((await visitor.get('/sign-in')).text).toContain('<html lang="en">');
    await visitor.signIn('admin');
    for (const page of [
      '/',
      '/register',
      '/parked',
      '/agencies',
      '/outbox',
      '/users',
      `/complaints/${roadNumber}`,
    ])
      expect((await visitor.get(page)).text, page).toMatch(/Integrated board/);
  });

  test('that do not exist say so in both languages, and a failure reveals nothing', async () => {
    const visitor = await visitAs('admin');
    const missing = [
      '/nowhere',
      '/complaints/26-0000-0000-0',
      '/agencies/none',
      '/assets/../console-pages.ts',
      `/outbox/${itemId}`,
    ];
    for (const page of missing) {
      const { status, text } = await visitor.get(page);
      expect([status, text.includes('페이지를 찾을 수 없습니다')], page).toEqual([404, true]);
    }
    await store.pool.query('alter table notices rename to notices_away');
    const failed = await visitor.get('/outbox');
    await store.pool.query('alter table notices_away rename to notices');
    expect(failed.status).toBe(500);
    expect(failed.text).toContain('일시적인 오류입니다');
    expect(failed.text).not.toMatch(/notices|relation|select/);
  });

  test.each(['010-1234-5678', '+82 10 1234 5678', '01012345678', 'HONG@example.kr'])(
    'of the board find a person by %s, but not for who sees no numbers',
    async (typed) => {
      const at = `/?text=${encodeURIComponent(typed)}`;
      expect((await (await visitAs('counsellor')).get(at)).text).toContain(`/complaints/${roadNumber}"`);
      expect((await (await visitAs('auditor')).get(at)).text).not.toContain(`/complaints/${roadNumber}"`);
      expect((await (await visitAs('counsellor')).get('/?text=010-1111-2222')).text).toContain('조건에 맞는');
    },
  );

  test.each([
    ['/?text=%00주차&origin=%00', 200],
    ['/?status=nonsense&deadline=x', 422],
    ['/outbox?state=x', 200],
  ])('bear any address: %s', async (page, status) => {
    expect((await (await visitAs('admin')).get(page)).status).toBe(status);
  });
});
