import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitors,
  startConsole,
} from '../console-server.ts';
import { insertComplaint, insertUsers } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
const visitors = createVisitors(() => server.url);

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  // Due in an order of its own; the seventh has ended, and so has no deadline that runs.
  for (const [index, due] of [30, 10, 20, 50, 40, 60].entries())
    await insertComplaint(store, { title: `글${index}`, assignee: 'tax', due, registered: 100 - index });
  await insertComplaint(store, { title: '글6', assignee: 'tax', status: 'answered', due: 5, registered: 94 });
  for (let n = 0; n < 20; n += 1)
    await insertComplaint(store, { title: '딴글', assignee: 'road', registered: 200 + n });
  const never = () => ({ outcome: 'refused' as const, problems: [] });
  const { accept } = createRecordedAccept(never);
  server = await startConsole(store, { accept, parked: createRecordedActions(never) });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});

const titlesOf = (html: string) => [...html.matchAll(/>(글\d)<\/a>/g)].map(([, title]) => title);
const hrefOf = (html: string, label: string) =>
  new RegExp(`<a href="([^"]+)" title="${label} 순서 바꾸기"`).exec(html)?.[1]?.replaceAll('&amp;', '&') ??
  '';

test('a list is sorted by its heads, where an index serves', async () => {
  const admin = await visitors.as('admin');
  const newest = (await admin.get('/?assignee=tax')).text;
  expect(titlesOf(newest)).toEqual(['글6', '글5', '글4', '글3', '글2', '글1', '글0']);
  const oldest = (await admin.get(hrefOf(newest, '접수일시'))).text;
  expect(titlesOf(oldest)).toEqual(['글0', '글1', '글2', '글3', '글4', '글5', '글6']);
  expect(oldest).toMatch(/aria-sort="ascending"><a[^>]+title="접수일시/);
  const due = (await admin.get(hrefOf(newest, '처리기한'))).text;
  expect(titlesOf(due)).toEqual(['글1', '글2', '글0', '글4', '글3', '글5']);
  expect(due).toContain('처리기한 순서에는 처리 중인 민원만');
  const last = (await admin.get(hrefOf(due, '처리기한'))).text;
  expect(titlesOf(last)).toEqual(['글5', '글3', '글4', '글0', '글2', '글1']);
  const answered = (await admin.get('/?assignee=tax&status=answered&sort=due')).text;
  expect([titlesOf(answered), hrefOf(answered, '처리기한')]).toEqual([['글6'], '']);
});

test('an officer sees the numbers of what there is, and no row of zeros above them', async () => {
  const [own = '', ofNobody = ''] = (await (await visitors.as('tax')).get('/')).text
    .split('<section class="today"')
    .slice(1);
  expect(own).toMatch(/내 민원[\s\S]*지금은 없습니다\.[\s\S]*<\/section>/);
  expect(own).not.toContain('deadline=overdue');
  expect(ofNobody).toContain('owner=nobody&amp;deadline=overdue');
});

test('the number of all is told, and the length of a page is kept for the person', async () => {
  const admin = await visitors.as('admin');
  const page = (await admin.get('/')).text;
  expect(page).toContain('총 27건');
  expect(page.match(/name="tick"/g)).toHaveLength(20);
  const set = await admin.fill('/?assignee=tax', '/desk/settings', { size: '50' });
  expect(set.headers.get('location')).toBe('/?assignee=tax&done=desk_set');
  expect((await admin.get('/')).text.match(/name="tick"/g)).toHaveLength(27);
  expect((await (await visitors.as('counsellor')).get('/')).text.match(/name="tick"/g)).toHaveLength(20);
  expect((await admin.fill('/', '/desk/settings', { size: '37' })).status).toBe(400);
});

test('a filter is saved under a name, for this person alone, replaced by its name and removed', async () => {
  const admin = await visitors.as('admin');
  const at = '/?assignee=tax&status=answered&after=x';
  const save = (name: string) =>
    admin.fill('/?status=answered&assignee=tax', '/desk/filters', {
      name,
      query: 'assignee=tax&after=x&status=answered',
    });
  expect((await admin.get(at)).status).toBe(303);
  const saved = await save('세무 답변');
  expect(saved.headers.get('location')).toBe('/?status=answered&assignee=tax&done=filter_saved');
  const own = (await admin.get('/')).text;
  expect(own).toMatch(/<a href="\/\?status=answered&amp;assignee=tax">세무 답변<\/a>/);
  expect((await admin.get('/?assignee=tax&status=answered')).text).toMatch(/aria-current="page">세무 답변/);
  expect((await (await visitors.as('counsellor')).get('/')).text).not.toContain('세무 답변');
  await save('세무 답변');
  expect((await admin.get('/')).text.match(/>세무 답변</g)).toHaveLength(1);
  const refused = await save('가'.repeat(41));
  const again = await admin.get(refused.headers.get('location') ?? '');
  expect(again.status).toBe(422);
  const told = again.text;
  expect(told).toContain('<title>오류:');
  expect(told).toMatch(/id="filters-name-problem">[\s\S]*40자까지/);
  expect(told).toContain(`value="${'가'.repeat(41)}"`);
  const [, id = ''] = /\/desk\/filters\/([^/]+)\/remove/.exec(own) ?? [];
  await (await visitors.as('counsellor')).fill('/', `/desk/filters/${id}/remove`, {
    formToken:
      /name="formToken" value="([^"]+)"/.exec((await (await visitors.as('counsellor')).get('/')).text)?.[1] ??
      '',
  });
  expect((await admin.get('/')).text).toContain('세무 답변');
  await admin.fill('/', `/desk/filters/${id}/remove`, {});
  expect((await admin.get('/')).text).not.toContain('세무 답변');
});

test('an address with conditions that there are not says which were left out, and what there is', async () => {
  const admin = await visitors.as('admin');
  const { status, text } = await admin.get('/?status=gone&colour=red&assignee=nowhere&deadline=overdue');
  // As on every page that is asked for by an address: 422, and the list.
  expect(status).toBe(422);
  expect(text).toContain('colour: 없는 조건이라 빼고 보여 줍니다.');
  expect(text).toMatch(/처리상태: 없는 값 ‘gone’을 빼고 보여 줍니다\. 있는 값: 접수, [^<]*종결/);
  expect(text).toContain('처리기관: ‘nowhere’ 기관이 없어 맞는 민원이 없습니다.');
  expect(text).not.toContain('처리 기한: 없는 값');
  const good = await admin.get('/?status=answered&assignee=tax&sort=oldest&text=주차');
  expect(good.status).toBe(200);
  expect(good.text).not.toContain('쓸 수 없는 조건');
});
