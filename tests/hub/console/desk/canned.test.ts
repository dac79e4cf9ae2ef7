import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitors,
  startConsole,
  toHidden,
} from '../console-server.ts';
import { insertComplaint, insertUsers } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
let path: string;
const visitors = createVisitors(() => server.url);

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  const { receiptNumber } = await insertComplaint(store, {
    assignee: 'road',
    name: '홍$&길동',
    title: '주차 <b>',
  });
  path = `/complaints/${receiptNumber}`;
  await store.pool.query(`update users set department = '도로관리과' where login = 'road'`);
  const never = () => ({ outcome: 'refused' as const, problems: [] });
  const { accept } = createRecordedAccept(never);
  server = await startConsole(store, { accept, parked: createRecordedActions(never) });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});

/** The form of a new text: its address has the id of the text to be. */
const saveAs = async (login: string, fields: { title: string; body: string }) => {
  const visitor = await visitors.as(login);
  const { text } = await visitor.get('/desk/canned');
  const action = /canned-new"[\s\S]*?action="([^"]+)"/.exec(text)?.[1] ?? '';
  return visitor.post(action, { ...toHidden(text, action), ...fields });
};

test('a canned answer is filled with what the complaint says, and stands in the form of the answer', async () => {
  const body =
    '{{complainant}}님, {{ receiptNumber }} 건입니다.\n{{agency}} {{department}} {{officer}} ({{contact}})';
  const saved = await saveAs('road', { title: '첫인사', body });
  expect(saved.headers.get('location')).toBe('/desk/canned?agency=road&done=canned_saved');
  const road = await visitors.as('road');
  const page = (await road.get(path)).text;
  const [, link = ''] = /<a href="([^"]+canned=[^"]+)" data-canned/.exec(page) ?? [];
  const filled = (await road.get(link.replaceAll('&amp;', '&'))).text;
  const number = path.split('/').at(-1);
  expect(filled).toContain(
    `홍$&amp;길동님, ${number} 건입니다.\n도로관리사업소 도로관리과 박도로 (051-123-4567)</textarea>`,
  );
  expect(filled).toMatch(/id="form-answer" open/);
  // Another agency has its own, and whoever only reads has none.
  for (const login of ['tax', 'counsellor', 'auditor'])
    expect((await (await visitors.as(login)).get(path)).text, login).not.toContain('첫인사');
  expect((await (await visitors.as('tax')).get('/desk/canned')).text).not.toContain('첫인사');
});

test('what is wrong is told at its field, and what was typed stays', async () => {
  const wrong = await saveAs('road', { title: '변수', body: '{{officer}} {{nobody}}' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toMatch(/-body-problem"><span>없는 변수가 있습니다/);
  expect(wrong.text).toContain('{{nobody}}</textarea>');
  expect((await saveAs('road', { title: '첫인사', body: '같은 제목' })).text).toMatch(
    /-title-problem"><span>같은 제목/,
  );
  expect((await saveAs('road', { title: '', body: 'x' })).text).toContain('제목을 60자까지');
  expect((await (await visitors.as('counsellor')).get('/desk/canned')).status).toBe(403);
});

test('only the own agency changes and removes it', async () => {
  const { rows } = await store.pool.query<{ id: string }>(
    `select id from canned_answers where title = '첫인사'`,
  );
  const id = rows[0]?.id ?? '';
  const tax = await visitors.as('tax');
  const [, formToken = ''] =
    /name="formToken" value="([^"]+)"/.exec((await tax.get('/desk/canned')).text) ?? [];
  await tax.post(`/desk/canned/${id}`, { formToken, agency: 'road', title: '남의 것', body: 'x' });
  await tax.post(`/desk/canned/${id}/remove`, { formToken, agency: 'road' });
  const road = await visitors.as('road');
  expect((await road.get('/desk/canned')).text).toContain('첫인사');
  await road.fill('/desk/canned', `/desk/canned/${id}`, { title: '끝인사', body: '안녕히 계십시오' });
  expect((await road.get('/desk/canned')).text).toContain('끝인사</h2>');
  await road.fill('/desk/canned', `/desk/canned/${id}/remove`, {});
  expect((await road.get('/desk/canned')).text).not.toContain('끝인사');
  const audit = await store.pool.query(
    `select actor, action from audit_entries where action like 'canned.%' and agency = 'road' order by id`,
  );
  expect(audit.rows.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
    ...['road canned.saved', 'road canned.saved', 'road canned.removed'],
  ]);
});
