import { randomUUID } from 'node:crypto';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { append, sampleEntry } from '../../personal/sample-log.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitors,
  startConsole,
} from '../console-server.ts';
import { insertComplaint, insertEvent, insertNotice, insertUsers } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
const nothing = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;
const visitAs = createVisitors(() => server.url).as;
type Inserted = Awaited<ReturnType<typeof insertComplaint>>;
/** Two of the person, by number and by mail; another person of the same name; somebody who names the person; and a stranger. */
let byPhone: Inserted;
let byMail: Inserted;
let namesake: Inserted;
let neighbour: Inserted;
let stranger: Inserted;
let item: string;

const own = { name: '정가온', phone: '+821077778888', email: 'gaon@example.kr' };

async function insertItem(body: string): Promise<string> {
  const id = randomUUID();
  await store.pool.query(
    `insert into raw_items (id, agency, source, external_id, version, body, actor, received_at, outcome)
     values ($1, 'tax', 'poll', $2, '1', $3, '{"agency":"tax","via":"board"}', now(), 'parked')`,
    [id, `P-${id.slice(0, 6)}`, body],
  );
  return id;
}

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await store.pool.query("select make_access_months('2026-11-01')");
  await store.pool.query('select make_access_months(current_date)');
  await insertUsers(store);
  byPhone = await insertComplaint(store, { ...own, email: 'old@example.kr', title: '첫째 민원' });
  byMail = await insertComplaint(store, {
    ...{ name: '정가온', phone: '+821000000001', email: 'GAON@example.kr', title: '둘째 민원' },
    body: '이웃 최다운(010-2222-3333, daun@example.kr)도 보았습니다. 제 번호는 010-7777-8888입니다.',
  });
  namesake = await insertComplaint(store, {
    name: '정가온',
    phone: '+821099990000',
    email: 'other@example.kr',
    title: '동명이인',
  });
  neighbour = await insertComplaint(store, {
    ...{ name: '최다운', phone: '+821022223333', email: 'daun@example.kr', title: '소음' },
    body: '옆집 정가온 씨와 저의 번호는 010-2222-3333입니다.\n밤마다 시끄럽습니다.',
  });
  stranger = await insertComplaint(store, {
    name: '박무관',
    phone: '+821055556666',
    email: 'park@example.kr',
    title: '남의 민원',
  });
  item = await insertItem(JSON.stringify({ writer: '가온', tel: '010 7777 8888', text: '접수되지 않은 글' }));
  await insertItem(JSON.stringify({ writer: '박무관', tel: '010-5555-6666' }));
  await insertEvent(store, byPhone.id, 3, 'answered', {
    answer: {
      text: '처리했습니다.',
      officer: { department: '도로과', name: '박도로', contact: '051-123-4567' },
    },
  });
  await insertNotice(store, byPhone.id, 'sent', '<p>알림</p>');
  await store.pool.query(
    "insert into notes (id, complaint_id, agency, author, body) values (gen_random_uuid(), $1, 'road', '박도로', '전화로 확인함')",
    [byPhone.id],
  );
  await store.pool.query(
    `insert into provisions (at, complaint_id, agency, way, recipient, seq, items, purpose, basis, certain, source)
     values (now(), $1, 'road', 'board', '', 1, '{name,phone,text}', 'handling', 'act_16', true, gen_random_uuid())`,
    [byPhone.id],
  );
  await append(store, [
    sampleEntry({ at: new Date('2026-11-05T01:00:00Z'), subjects: [byPhone.id, stranger.id], actor: 'road' }),
    sampleEntry({ at: new Date('2026-11-05T02:00:00Z'), subjects: [stranger.id], actor: 'nosy' }),
  ]);
  server = await startConsole(store, {
    accept: createRecordedAccept(() => nothing).accept,
    parked: createRecordedActions(() => nothing),
  });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});

const form = {
  ...{ kind: 'access', way: 'phone', name: '정가온', phone: '010-7777-8888', email: 'gaon@example.kr' },
  wants: '저에 관하여 가지고 있는 것을 모두 보고 싶습니다. 900101-1234568',
};
const path = '/subject-requests';

async function take(fields: Record<string, string> = form): Promise<string> {
  const made = await (await visitAs('counsellor')).fill(`${path}/new`, `${path}/new`, fields);
  expect(made.status, made.text).toBe(303);
  return String(made.headers.get('location')).split('?')[0] ?? '';
}
async function identified(fields: Record<string, string> = form): Promise<string> {
  const address = await take(fields);
  const counsellor = await visitAs('counsellor');
  const done = await counsellor.fill(address, `${address}/identify`, {
    ...{ identity: 'contact_of_record', note: '기록된 번호로 걸어 본인이 받음' },
  });
  expect(done.headers.get('location')).toContain('done=request_identified');
  return address;
}
/** A step that the page does not offer, taken all the same. */
async function postTo(address: string, step: string, fields: Record<string, string>) {
  const counsellor = await visitAs('counsellor');
  const formToken = /name="formToken" value="([^"]+)"/.exec((await counsellor.get(address)).text)?.[1] ?? '';
  return counsellor.post(`${address}/${step}`, { ...fields, formToken });
}
const numberOf = (address: string) => address.split('/').at(-1) ?? '';
const auditOf = async (address: string) =>
  (
    await store.pool.query<{ action: string; actor: string }>(
      'select action, actor from audit_entries where subject = $1 order by id',
      [`request ${numberOf(address)}`],
    )
  ).rows;

test('nobody has asked: the list says so', async () => {
  const { text } = await (await visitAs('auditor')).get(path);
  expect(text).toContain('해당하는 요구가 없습니다');
  expect(text).not.toContain('요구 받기');
});

test('received: what is wrong is said beside it; the number that no law allows is masked before it is kept', async () => {
  const counsellor = await visitAs('counsellor');
  const wrong = await counsellor.fill(`${path}/new`, `${path}/new`, {
    ...{ kind: 'correct', way: 'rest', name: '', phone: '12', receivedOn: '2026-13-01', agentName: '김대리' },
  });
  expect(wrong.status).toBe(422);
  for (const words of [
    ...['전화번호가 아닙니다', '2026-12-01처럼 쓰십시오', '무엇을 어떻게 바꿀지 하나는 적으십시오'],
    'value="김대리"',
  ])
    expect(wrong.text).toContain(words);
  const address = await take();
  const page = await counsellor.get(address);
  expect(page.text).toContain('900101-*******');
  expect(page.text).not.toContain('1234568');
  const { rows } = await store.pool.query(
    'select facts::text as facts from subject_requests where number = $1',
    [numberOf(address)],
  );
  expect(rows[0].facts).not.toContain('1234568');
  // Before it is seen who asks, nothing is looked for or given out.
  const search = await counsellor.get(`${address}/search`);
  expect(search.status).toBe(422);
  expect(search.text).toContain('본인 확인을 먼저 하십시오');
});

test('found by number, mail and name, over complaints, parked items and texts of others; a person says whose it is', async () => {
  const address = await identified();
  const counsellor = await visitAs('counsellor');
  const { text } = await counsellor.get(`${address}/search`);
  for (const one of [byPhone, byMail, namesake]) expect(text).toContain(`is.complaint.${one.id}`);
  expect(text).toContain(`is.mention.${neighbour.id}`);
  expect(text).toContain(`is.raw_item.${item}`);
  expect(text).not.toContain(stranger.id);
  expect(text.match(/name="is\.raw_item\./g)).toHaveLength(2);
  // The namesake is told apart by what was found: the name alone.
  const kept = await counsellor.fill(`${address}/search`, `${address}/holdings`, {
    [`is.complaint.${byPhone.id}`]: 'yes',
    [`is.complaint.${byMail.id}`]: 'yes',
    [`is.complaint.${namesake.id}`]: 'no',
    [`is.mention.${neighbour.id}`]: 'yes',
    [`is.raw_item.${item}`]: 'yes',
  });
  expect(kept.headers.get('location')).toContain('done=request_found');
  expect((await counsellor.get(address)).text).toContain('확인한 5건 가운데 본인 것 4건');

  const refused = await counsellor.fill(address, `${address}/export`, { exportReason: '' });
  expect(refused.status).toBe(422);
  const file = await counsellor.fill(address, `${address}/export`, { exportReason: '본인에게 교부' });
  expect(file.status).toBe(200);
  expect(file.headers.get('content-disposition')).toContain(`subject-request-${numberOf(address)}.json`);
  const data = JSON.parse(file.text) as {
    sections: { table: string; rows: Record<string, unknown>[] }[];
    person: unknown;
  };
  const rowsOf = (table: string) => data.sections.find((one) => one.table === table)?.rows ?? [];
  expect(rowsOf('complaints').map(({ receiptNumber }) => receiptNumber)).toEqual([
    byPhone.receiptNumber,
    byMail.receiptNumber,
  ]);
  // Two events each as registered, and the answer.
  expect(rowsOf('events')).toHaveLength(5);
  expect(rowsOf('notes')).toMatchObject([{ body: '전화로 확인함', author: '박도로' }]);
  expect(rowsOf('notices')).toMatchObject([{ recipient: '홍길동', address: 'hong@example.kr' }]);
  expect(rowsOf('outbox')).toHaveLength(1);
  expect(rowsOf('provisions')).toMatchObject([{ agency: 'road', items: ['name', 'phone', 'text'] }]);
  expect(rowsOf('raw_items')).toHaveLength(1);
  expect(rowsOf('links').length).toBeGreaterThan(0);
  // Who saw it, without whose else it was, and nobody who saw a stranger.
  const saw = rowsOf('access_entries');
  expect(saw.map(({ actor }) => actor)).toContain('road');
  expect(saw.map(({ actor }) => actor)).not.toContain('nosy');
  expect(file.text).not.toContain(stranger.id);
  // Another person's number and mail in the own text are masked; the own ones stay, also the earlier ones, and the officer's office.
  expect(file.text).toContain('010-7777-8888');
  for (const others of ['010-2222-3333', 'daun@example.kr', '+821099990000', 'other@example.kr', '박무관'])
    expect(file.text).not.toContain(others);
  expect(file.text).toContain('old@example.kr');
  expect(file.text).toContain('051-123-4567');
  // Of the neighbour's complaint the line that names the person, and not the rest, and not whose it is.
  expect(rowsOf('mentions')).toEqual([
    { agency: 'road', at: expect.any(String), passage: '옆집 정가온 씨와 저의 번호는 ***-****-3333입니다.' },
  ]);
  expect(file.text).not.toContain(neighbour.receiptNumber);
  const { rows } = await store.pool.query(
    "select reason, masked, subjects from access_entries where purpose = 'subject_export'",
  );
  expect(rows).toEqual([{ reason: '본인에게 교부', masked: false, subjects: expect.any(Array) }]);
  expect(rows[0].subjects).toEqual(expect.arrayContaining([byPhone.id, byMail.id, neighbour.id, item]));
  expect(rows[0].subjects).not.toContain(namesake.id);
});

test('decided with a ground, told, and then it stays: each step stands in both logs', async () => {
  const address = await identified();
  const counsellor = await visitAs('counsellor');
  const bad = await counsellor.fill(address, `${address}/decide`, { outcome: 'refused', contact: '' });
  expect(bad.status).toBe(422);
  expect(bad.text).toContain('근거 조문을 하나는 고르십시오');
  // A ground of another kind of request is none.
  const foreign = await counsellor.fill(address, `${address}/decide`, {
    ...{ outcome: 'refused', grounds: 'delete_record', reason: '안 됨', contact: '정보보호과' },
  });
  expect(foreign.status).toBe(422);
  const decision = {
    ...{ outcome: 'partly', grounds: 'access_others', reason: '이웃에 관한 부분은 드리지 못합니다.' },
    contact: '정보보호과 051-000-0000',
  };
  const early = await postTo(address, 'told', { note: '먼저' });
  expect(early.headers.get('location')).toContain('request_too_late');
  await counsellor.fill(address, `${address}/decide`, decision);
  const page = await counsellor.get(address);
  for (const words of [
    ...['요구하신 것 가운데 일부를 합니다', '제35조 제4항 제2호', '제38조 제5항', decision.contact],
    decision.reason,
  ])
    expect(page.text).toContain(words);
  await counsellor.fill(address, `${address}/told`, { note: '등기우편 발송' });
  const told = await counsellor.get(address);
  expect(told.text).not.toContain(`action="${address}/decide"`);
  expect((await counsellor.get(path)).text).not.toContain(`"${address}"`);
  expect((await counsellor.get(`${path}?list=done`)).text).toContain(`"${address}"`);
  expect((await auditOf(address)).map(({ action }) => action)).toEqual([
    ...['request.received', 'request.identified', 'request.decided', 'request.told'],
  ]);
});

test('seeing is put off to a later day with a reason; a correction is not', async () => {
  const address = await identified({ ...form, receivedOn: '2026-11-30' });
  const counsellor = await visitAs('counsellor');
  // Ten days after 30 November 2026, a Thursday.
  expect((await counsellor.get(address)).text).toContain('2026. 12. 10. 23:59');
  const early = await counsellor.fill(address, `${address}/postpone`, {
    until: '2026-12-10',
    note: '감사 중',
  });
  expect(early.text).toContain('지금 기한보다 뒤여야 합니다');
  await counsellor.fill(address, `${address}/postpone`, { until: '2026-12-24', note: '감사 중' });
  const page = await counsellor.get(address);
  for (const words of [
    '2026. 12. 24. 23:59',
    '전의 기한 2026. 12. 10. 23:59',
    '2026년 12월 24일까지 연기합니다',
  ])
    expect(page.text).toContain(words);
  const other = await identified({ ...form, kind: 'correct', newPhone: '010-1212-3434' });
  const refused = await postTo(other, 'postpone', { until: '2030-01-01', note: '바쁨' });
  expect(refused.headers.get('location')).toContain('request_too_late');
});

test('an auditor reads it masked and changes nothing; officers see nothing', async () => {
  const address = await take();
  const auditor = await visitAs('auditor');
  const { text } = await auditor.get(address);
  expect(text).toContain('정*온');
  for (const hidden of ['정가온', '7777-8888', 'gaon@']) expect(text).not.toContain(hidden);
  for (const place of [`${path}/new`, `${address}/search`])
    expect((await auditor.get(place)).status).toBe(403);
  const officer = await visitAs('road');
  for (const place of [path, address]) expect((await officer.get(place)).status).toBe(403);
  expect((await (await visitAs('counsellor')).get(`${path}/999999`)).status).toBe(404);
});

describe('the list', () => {
  test('has a second page, the most urgent first, and counts what is late', async () => {
    const counsellor = await visitAs('counsellor');
    await store.pool.query("update subject_requests set state = 'withdrawn'");
    const late = await take({ ...form, receivedOn: '2026-11-02' });
    for (let n = 0; n < 22; n += 1) await take();
    await store.pool.query(
      "update subject_requests set due_at = date_trunc('second', now()) + interval '9 days' where number <> $1",
      [numberOf(late)],
    );
    await store.pool.query(
      "update subject_requests set due_at = date_trunc('second', now()) - interval '1 day' where number = $1",
      [numberOf(late)],
    );
    const first = await counsellor.get(path);
    expect(first.text).toContain('답할 것 23건 · 기한 지남 1건 · 3일 안에 기한 0건');
    const links = [...first.text.matchAll(/href="(\/subject-requests\/\d+)"/g)].map(([, href]) => href);
    expect(links).toHaveLength(20);
    expect(links[0]).toBe(late);
    const next = /rel="next" href="([^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await counsellor.get(next);
    const more = [...second.text.matchAll(/href="(\/subject-requests\/\d+)"/g)].map(([, href]) => href);
    expect(more).toHaveLength(3);
    expect(links).not.toContain(more[0]);
    const back = /rel="prev" href="([^"]+)"/.exec(second.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await counsellor.get(back)).text).toContain(`"${late}"`);
  });
});

test('the letter and the data are papers in Korean, with words for codes', async () => {
  const address = await identified();
  const counsellor = await visitAs('counsellor');
  expect((await counsellor.get(`${address}/letter`)).status).toBe(404);
  await counsellor.fill(`${address}/search`, `${address}/holdings`, {
    [`is.complaint.${byPhone.id}`]: 'yes',
  });
  await counsellor.fill(address, `${address}/decide`, {
    outcome: 'granted',
    contact: '정보보호과 051-000-0000',
  });
  const readPdf = async (response: Response) => {
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const pdf = await getDocumentProxy(new Uint8Array(await response.arrayBuffer()));
    return (await extractText(pdf, { mergePages: true })).text.replace(/\s+/g, ' ');
  };
  const letter = await readPdf(await counsellor.call(`${address}/letter`));
  for (const words of [
    '개인정보 열람 요구 결과 안내',
    '정가온 귀하',
    '제38조 제5항',
    '정보보호과 051-000-0000',
  ])
    expect(letter).toContain(words);
  const formToken = /name="formToken" value="([^"]+)"/.exec((await counsellor.get(address)).text)?.[1] ?? '';
  const body = new URLSearchParams({ formToken, exportReason: '교부', as: 'pdf' });
  const data = await readPdf(await counsellor.call(`${address}/export`, { method: 'POST', body }));
  for (const words of [
    ...['개인정보 열람 자료', byPhone.receiptNumber, '처리했습니다.', '처리상태: 배정', '010-7777-8888'],
    '개인정보 접속기록',
  ])
    expect(data).toContain(words);
  expect(data).not.toContain(byMail.receiptNumber);
});
