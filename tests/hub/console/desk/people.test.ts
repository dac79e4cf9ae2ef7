import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUser } from '../../../../hub/access/people/users.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { createVisitors } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

let hub: TestHub;
const ids: Record<string, string> = {};
const visitors = createVisitors(() => hub.url);
const visitAs = visitors.as;

beforeAll(async () => {
  const agencies = sampleDirectory.listAgencies().map(({ board: _, ...agency }) => agency);
  hub = await startTestHub(agencies, { rules: [], default: 'tax' });
  await insertUsers(hub.store);
  for (const [login, name] of [
    ['deputy', '김대리'],
    ['third', '최셋째'],
  ] as const)
    await createUser(hub.store, { login, name, role: 'officer', agency: 'tax', password: samplePassword });
  for (const { login, id } of (await hub.store.pool.query('select login, id from users')).rows)
    ids[login] = id;
});
afterAll(() => hub?.stop());

/** A day from today, as Korea has it. */
const dayFrom = (days: number) =>
  new Date(Date.now() + 9 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

const setAt = async (by: string, login: string, what: string, fields: Record<string, string>) =>
  (await visitAs(by)).fill('/desk/people', `/desk/people/${ids[login]}/${what}`, fields);
const absence = (since: number, until: number, deputy = 'deputy') => ({
  ...{ since: dayFrom(since), until: dayFrom(until), deputy: ids[deputy] ?? '' },
});

const registerAt = async (title: string, person: string): Promise<string> => {
  const counsellor = await visitAs('counsellor');
  const { headers } = await counsellor.fill('/register', '/register', {
    ...{ name: '홍길동', phone: '010-1234-5678', notifyBy: 'sms', language: 'ko', confirmed: '1' },
    ...{ title, body: '내용', kind: 'query' },
  });
  const [path = ''] = (headers.get('location') ?? '').split('?');
  const assign = `${path}/step-officer_assigned`;
  await (await visitAs('deputy')).fill(`${path}?step=officer_assigned`, assign, { person });
  return path;
};

test('while an officer is away, the work stands on the deputy’s first page too, and the form says so', async () => {
  const set = await setAt('third', 'tax', 'absence', absence(0, 3));
  expect(set.headers.get('location')).toBe('/desk/people?agency=tax&done=absence_set');
  const path = await registerAt('부재 중 배정', '이세무 (tax)');
  const deputy = await visitAs('deputy');
  const form = (await deputy.get(`${path}?step=officer_assigned`)).text;
  expect(form).toMatch(/이세무: \d{4}\. \d+\. \d+\.까지 부재, 대리자 김대리/);
  const work = (await deputy.get('/')).text;
  expect(work).toContain('대리하는 일 (이세무)');
  expect(work).toContain('부재 중 배정');
  expect((await deputy.get('/?owner=covered')).text).toContain('부재 중 배정');
  expect((await (await visitAs('third')).get('/')).text).not.toContain('부재 중 배정');
  expect((await (await visitAs('tax')).get('/')).text).toContain('부재 중 배정');

  await hub.store.pool.query(`update absences set since = since - 10, until = since - 1`);
  expect((await deputy.get('/')).text).not.toContain('대리하는 일');
  expect((await deputy.get('/?owner=covered')).text).not.toContain('부재 중 배정');
  expect((await deputy.get(`${path}?step=officer_assigned`)).text).not.toContain('부재, 대리자');
});

test('a complaint is assigned to a department, and waits there until somebody takes it', async () => {
  await setAt('tax', 'deputy', 'department', { department: '민원과' });
  const path = await registerAt('부서 배정', '[민원과]');
  const deputy = await visitAs('deputy');
  const work = (await deputy.get('/')).text;
  expect(work).toMatch(/우리 부서에 배정된 민원 \(민원과\)/);
  expect(work).toContain('부서 배정</a>');
  expect((await (await visitAs('third')).get('/')).text).not.toContain('부서 배정</a>');
  expect((await deputy.get(path)).text).toMatch(/담당자<\/dt><dd>민원과/);
  await deputy.fill(path, `${path}/step-officer_assigned`, { person: '김대리 (deputy)' });
  const { rows } = await hub.store.pool.query(
    `select officer, officer_user from complaints where content ->> 'title' = '부서 배정'`,
  );
  expect(rows).toEqual([
    { officer: { name: '김대리', department: '민원과', contact: undefined }, officer_user: 'deputy' },
  ]);
  expect((await deputy.get('/?owner=department')).text).not.toContain('부서 배정</a>');
});

test('the complaints of a department without people, and of an officer who left, stand on everybody’s first page', async () => {
  await setAt('tax', 'deputy', 'department', { department: '옛 부서' });
  await registerAt('부서에 남은 민원', '[옛 부서]');
  const third = await visitAs('third');
  expect((await third.get('/')).text).not.toContain('부서에 남은 민원');
  await setAt('tax', 'deputy', 'department', { department: '새 부서' });
  const work = (await third.get('/')).text;
  expect(work).toContain('사람이 없는 부서의 민원 (옛 부서)');
  expect(work).toContain('부서에 남은 민원</a>');
  expect((await third.get('/?owner=unstaffed')).text).toContain('부서에 남은 민원</a>');
  expect((await (await visitAs('road')).get('/')).text).not.toContain('부서에 남은 민원');

  await createUser(hub.store, {
    ...{ login: 'leaver', name: '박떠남', role: 'officer', agency: 'tax' },
    password: samplePassword,
  });
  await registerAt('떠난 사람의 민원', '박떠남 (leaver)');
  expect((await third.get('/')).text).not.toContain('떠난 사람의 민원');
  await hub.store.pool.query("update users set disabled_at = now() where login = 'leaver'");
  expect((await third.get('/')).text).toMatch(/떠난 담당자의 민원[\s\S]*떠난 사람의 민원<\/a>/);
  expect((await third.get('/?owner=gone')).text).toContain('떠난 사람의 민원</a>');
});

test('what cannot be is refused beside its field, and nobody sets it for another agency', async () => {
  const refused = async (fields: Record<string, string>) => {
    const { status, text } = await setAt('tax', 'third', 'absence', fields);
    expect(status).toBe(422);
    return [...text.matchAll(/id="person-third-(\w+)-problem"/g)].map(([, field]) => field);
  };
  expect(await refused({ since: '', until: '2026-02-30', deputy: '' })).toEqual(['since', 'until', 'deputy']);
  expect(await refused(absence(2, 1))).toEqual(['until']);
  expect(await refused(absence(-5, -1))).toEqual(['until']);
  expect(await refused(absence(0, 1, 'third'))).toEqual(['deputy']);
  expect(await refused(absence(0, 1, 'road'))).toEqual(['deputy']);
  await setAt('tax', 'deputy', 'absence', absence(1, 2, 'tax'));
  expect(await refused(absence(2, 5))).toEqual(['deputy']);
  expect((await setAt('tax', 'deputy', 'absence', { remove: '1' })).status).toBe(303);
  expect((await setAt('tax', 'third', 'absence', absence(2, 5))).status).toBe(303);
  const road = await visitAs('road');
  const [, formToken = ''] =
    /name="formToken" value="([^"]+)"/.exec((await road.get('/desk/people')).text) ?? [];
  const foreign = await road.post(`/desk/people/${ids.tax}/department`, {
    formToken,
    agency: 'tax',
    department: '도로',
  });
  expect(foreign.status).toBe(404);
  expect((await road.get('/desk/people?agency=tax')).text).not.toContain('이세무');
  expect((await (await visitAs('counsellor')).get('/desk/people?agency=tax')).status).toBe(403);
  const { rows } = await hub.store.pool.query(
    `select distinct action from audit_entries where action like 'desk.%' order by 1`,
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'desk.absence_removed',
    'desk.absence_set',
    'desk.department_set',
  ]);
});
