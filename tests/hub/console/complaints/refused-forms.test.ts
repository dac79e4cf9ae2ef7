import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Accepted } from '../../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import type { Status } from '../../../../schemas/index.ts';
import { type Problem, toReason } from '../../../../schemas/reason.ts';
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
let problems: Problem[];

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  const sample = await insertComplaint(store, { origin: 'road', assignee: 'tax' });
  path = `/complaints/${sample.receiptNumber}`;
  const refuse = (): Accepted => ({ outcome: 'refused', problems });
  const { accept } = createRecordedAccept(refuse);
  server = await startConsole(store, { accept, parked: createRecordedActions(refuse) });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});
beforeEach(() => setStatus('assigned'));

const visitors = createVisitors(() => server.url);
const visitAs = visitors.as;
const setStatus = (status: Status) => store.pool.query('update complaints set status = $1', [status]);
const statusOrder = (status: Status): Problem[] => [
  { pointer: '/status', reason: toReason('status_order', { wanted: 'closed', status }) },
];
const tooLate: Problem[] = [{ pointer: '/transfer', reason: toReason('too_late', { status: 'withdrawn' }) }];

test('what was chosen from the list is refused in the words of the reader, at its field', async () => {
  problems = statusOrder('assigned');
  const { text } = await (await visitAs('tax')).fill(path, `${path}/status`, { status: 'closed' });
  expect(text).toMatch(/id="status-status-problem"><span>종결 상태로 바꿀 수 없습니다. 현재 상태: 배정/);
});

test('a made-up code is answered by a request for an agency of the list', async () => {
  const sent = await (await visitAs('tax')).fill(path, `${path}/transfer`, { to: 'X Y', reason: '이유' });
  expect(sent.status).toBe(422);
  expect(sent.text).toMatch(/id="transfer-to-problem"><span>목록에서 기관을 선택하십시오/);
});

test('the list of statuses offers those that may follow the present one', async () => {
  const listOffered = async (status: Status) => {
    await setStatus(status);
    const { text } = await (await visitAs('tax')).get(path);
    const [, select = ''] = /id="status-status"([\s\S]*?)<\/select>/.exec(text) ?? [];
    return [...select.matchAll(/value="(\w+)"/g)].map(([, value]) => value);
  };
  expect(await listOffered('assigned')).toEqual([
    'in_progress',
    'supplement_requested',
    'closed',
    'rejected',
  ]);
  expect(await listOffered('answered')).toEqual(['in_progress', 'closed']);
});

test.each([
  ['transfer', { to: 'park', reason: '이유' }, tooLate],
  ['status', { status: 'closed' }, statusOrder('withdrawn')],
])('%s of a complaint that was withdrawn in another tab is refused aloud', async (form, fields, given) => {
  problems = given;
  const visitor = await visitAs('tax');
  const hidden = toHidden((await visitor.get(path)).text, `${path}/${form}`);
  await setStatus('withdrawn');
  const sent = await visitor.post(`${path}/${form}`, { ...hidden, ...fields });
  expect(sent.status).toBe(422);
  expect(sent.text).not.toContain(`action="${path}/${form}"`);
  const [, alert = ''] = /role="alert">([\s\S]*?)<\/div>/.exec(sent.text) ?? [];
  expect(alert).toContain(`<code>/${form}</code>`);
  expect(alert).toContain('현재 상태: 취하');
});

test('a file that is refused with a form that is no longer usable is named above the forms', async () => {
  const visitor = await visitAs('tax');
  const form = new FormData();
  const hidden = toHidden((await visitor.get(path)).text, `${path}/answer`);
  await setStatus('withdrawn');
  for (const [name, value] of Object.entries({ ...hidden, text: '답변' })) form.append(name, value);
  form.append('file', new Blob([]), '빈 것.pdf');
  const sent = await visitor.call(`${path}/answer`, { method: 'POST', body: form });
  expect(sent.status).toBe(422);
  expect(await sent.text()).toMatch(/role="alert">[\s\S]*?<li>빈 것.pdf: 내용이 없습니다/);
});
