import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUser } from '../../../hub/access/people/users.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { createVisitor, toHidden } from './console-server.ts';
import { sampleDirectory } from './sample-agencies.ts';
import { insertUsers, samplePassword } from './sample-board.ts';

let hub: TestHub;
beforeAll(async () => {
  // Agencies without boards: everything happens on the console.
  const agencies = sampleDirectory.listAgencies().map(({ board: _, ...agency }) => agency);
  hub = await startTestHub(agencies, {
    rules: [{ when: { category: ['세금'] }, to: 'tax' }],
    default: 'road',
  });
  await insertUsers(hub.store);
});
afterAll(() => hub.stop());

const visitAs = async (login: string) => {
  const visitor = createVisitor(hub.url);
  await visitor.signIn(login);
  return visitor;
};

test('a call is registered, routed, transferred, answered and followed up through the real exchange', async () => {
  const counsellor = await visitAs('counsellor');
  const fields = { name: '홍길동', phone: '010-1234-5678', notifyBy: 'sms', language: 'ko' };
  const matter = { title: '세금계산서 오류', body: '발급이 되지 않습니다', kind: 'query', category: '세금' };
  const registered = await counsellor.fill('/register', '/register', { ...fields, ...matter });
  expect(registered.status).toBe(303);
  const [path = ''] = registered.headers.get('location')!.split('?');
  expect(path).toMatch(/^\/complaints\/\d\d-\d{4}-\d{4}-\d$/);
  await waitFor('the complaint to be found by its words', async () => {
    const page = await counsellor.get(`/?text=${encodeURIComponent('세금 계산서')}`);
    return page.text.includes(path);
  });

  const tax = await visitAs('tax');
  await tax.fill(path, `${path}/transfer`, { to: 'road', reason: '소관이 다릅니다', confirmed: '1' });
  const road = await visitAs('road');
  const shown = (await road.get(path)).text;
  expect(shown).toContain('소관이 다릅니다');
  expect(shown).toMatch(/배정 근거<\/dt><dd>소관이 다릅니다 <span class="quiet">담당자 지정/);
  const answer = {
    text: '처리했습니다',
    department: '도로관리과',
    officer: '박도로',
    contact: '051-123-4567',
    confirmed: '1',
  };
  const answered = await road.fill(path, `${path}/answer`, answer);
  expect(answered.headers.get('location')).toBe(`${path}?done=answer`);
  expect((await tax.fill(path, `${path}/answer`, answer)).status).toBe(403);

  await counsellor.fill(path, `${path}/follow-up`, { text: '고맙습니다. 또 궁금합니다.' });
  const { rows } = await hub.store.pool.query(
    `select type, actor ->> 'agency' as agency, actor ->> 'user' as "user" from events order by seq`,
  );
  expect(rows.filter(({ user }) => user !== null)).toMatchObject([
    { type: 'registered', agency: 'hub', user: 'counsellor' },
    { type: 'transferred', agency: 'tax', user: 'tax' },
    { type: 'answered', agency: 'road', user: 'road' },
    { type: 'followed_up', agency: 'hub', user: 'counsellor' },
  ]);
});

test('a page that was gone back to sets what it says now, and adds nothing twice', async () => {
  const counsellor = await visitAs('counsellor');
  const matter = { title: '되돌린 화면', body: '내용', kind: 'query', category: '세금' };
  const registered = await counsellor.fill('/register', '/register', {
    name: '김',
    language: 'ko',
    ...matter,
  });
  const [path = ''] = registered.headers.get('location')!.split('?');
  const tax = await visitAs('tax');
  // One page, and so one key of the form, for all of them.
  const page = (await tax.get(path)).text;
  const set = (status: string) => tax.post(`${path}/status`, { ...toHidden(page, `${path}/status`), status });
  const statusNow = async () =>
    (await hub.store.pool.query("select status from complaints where content->>'title' = '되돌린 화면'"))
      .rows[0].status;
  for (const status of ['in_progress', 'supplement_requested', 'in_progress', 'in_progress']) {
    expect((await set(status)).status).toBe(303);
    expect(await statusNow()).toBe(status);
  }
  const interim = {
    ...toHidden(page, `${path}/interim`),
    text: '알아보고 있습니다',
    officer: '김세무',
    confirmed: '1',
  };
  for (let n = 0; n < 2; n += 1) await tax.post(`${path}/interim`, interim);
  const { rows } = await hub.store.pool.query(
    `select e.type, count(*)::int as n from events e join complaints c on c.id = e.complaint_id
     where c.content->>'title' = '되돌린 화면' and e.type in ('status_changed', 'interim_answered') group by 1 order by 1`,
  );
  expect(rows).toEqual([
    { type: 'interim_answered', n: 1 },
    { type: 'status_changed', n: 3 },
  ]);
});

test('a form sent twice at once registers one complaint', async () => {
  const counsellor = await visitAs('counsellor');
  const key = '019a2000-0000-7000-8000-000000000001';
  const fields = { key, name: '김민원', title: '두 번 누름', body: '내용', kind: 'query', language: 'ko' };
  const sent = await Promise.all([1, 2].map(() => counsellor.fill('/register', '/register', fields)));
  expect(new Set(sent.map(({ headers }) => headers.get('location'))).size).toBe(1);
  const { rows } = await hub.store.pool.query(
    `select from complaints where content ->> 'title' = '두 번 누름'`,
  );
  expect(rows).toHaveLength(1);
});

test('a user made on the command line signs in', async () => {
  await createUser(hub.store, { login: 'second', name: '둘째', role: 'auditor', password: samplePassword });
  expect((await (await visitAs('second')).get('/')).status).toBe(200);
});
