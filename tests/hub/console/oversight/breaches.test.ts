import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BreachFacts } from '../../../../hub/personal/breaches/breach.ts';
import { findReportReasons, listDuties } from '../../../../hub/personal/breaches/judge-breach.ts';
import { sumText, whoseText } from '../../../../hub/personal/breaches/whose-data.ts';
import { inTransaction, openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { append, sampleEntry } from '../../personal/sample-log.ts';
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
let hong: { id: string; receiptNumber: string };
let again: { id: string; receiptNumber: string };
let kim: { id: string; receiptNumber: string };
let park: { id: string; receiptNumber: string };
const nothing = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;
const visitAs = createVisitors(() => server.url).as;

/** 2026-11-02 09:00 in Korea is midnight of that day in Greenwich. */
const at = (time: string) => new Date(`2026-11-02T${time}:00+09:00`);

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await store.pool.query("select make_access_months('2026-11-01')");
  await insertUsers(store);
  hong = await insertComplaint(store, { name: '홍길동', phone: '+821011112222' });
  again = await insertComplaint(store, { name: '홍길동', phone: '+821011112222' });
  kim = await insertComplaint(store, { name: '김철수', phone: '+821033334444', email: 'kim@example.kr' });
  park = await insertComplaint(store, { name: '박영희', phone: '+821055556666' });
  const by = { actor: 'thief', address: '203.0.113.9' };
  await append(store, [
    sampleEntry({ ...by, at: at('10:00'), subjects: [hong.id, again.id], items: ['name', 'text'] }),
    sampleEntry({ ...by, at: at('11:00'), subjects: [hong.id], items: ['contact'] }),
    // Out of the span, by another account, and from another address.
    sampleEntry({ ...by, at: at('13:00'), subjects: [park.id] }),
    sampleEntry({ at: at('10:30'), subjects: [park.id], actor: 'kim' }),
    // By another account from that address, and masked.
    sampleEntry({
      at: at('11:30'),
      subjects: [kim.id],
      actor: 'lee',
      address: by.address,
      masked: true,
      items: ['name', 'contact'],
    }),
    // Nothing that is a complaint.
    sampleEntry({ ...by, at: at('10:10'), items: ['raw'] }),
  ]);
  await store.pool.query(
    `insert into provisions (at, complaint_id, agency, way, recipient, seq, items, purpose, basis, certain, source)
     values ($1, $2, 'tax', 'board', '', 1, '{name,phone,text}', 'handling', 'act_16', true, gen_random_uuid())`,
    [at('10:20'), park.id],
  );
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
  title: '상담원 계정 도용',
  ...{ knownAt: '2026-11-03 09:00', from: '2026-11-02 09:00', to: '2026-11-02 12:00' },
  actors: 'thief\n',
  addresses: '203.0.113.9',
  ...{ happened: '피싱으로 비밀번호가 새었습니다.', advice: '비밀번호를 바꾸십시오.' },
  ...{ measures: '계정을 막았습니다.', contact: '정보보호과 02-000-0000' },
};

async function open(fields: Record<string, string>): Promise<string> {
  const admin = await visitAs('admin');
  const made = await admin.fill('/breaches/new', '/breaches/new', fields);
  expect(made.status).toBe(303);
  return String(made.headers.get('location')).split('?')[0] ?? '';
}

test('an account and an address: whose data, which items, and who else is left out', async () => {
  const address = await open(form);
  const admin = await visitAs('admin');
  const { text } = await admin.get(address);
  // Hong with two complaints, and Kim masked: two persons, three complaints.
  expect(text).toContain('정보주체 2명, 민원 3건');
  expect(text).toContain('민원이 되지 않은 접수 1건');
  for (const one of [hong, again, kim]) expect(text).toContain(one.receiptNumber);
  expect(text).not.toContain(park.receiptNumber);
  expect(text).toContain('가린 이름·연락처');
  // 72 hours after 09:00 of the third.
  expect(text).toContain('2026. 11. 6. 09:00');
  expect(text).toContain('당국 신고 대상이 아닙니다');
  for (const number of ['1.', '2.', '3.', '4.', '5.']) expect(text).toContain(`\n${number} `);
  for (const words of [form.happened, form.advice, form.measures, form.contact])
    expect(text).toContain(words);

  const csv = await admin.fill(address, `${address}/csv`, { reason: '통지 발송' });
  const lines = csv.text.trim().split('\r\n');
  expect(lines).toHaveLength(4);
  const own = lines.find((line) => line.startsWith(hong.receiptNumber));
  expect(own).toBe(
    `${hong.receiptNumber},홍길동,,'+821011112222,hong@example.kr,contact name text,2026-11-02T01:00:00.000Z,2026-11-02T02:00:00.000Z,2`,
  );
  const { rows } = await store.pool.query(
    `select reason, masked, cardinality(subjects) as n from access_entries where purpose = 'breach_list'`,
  );
  expect(rows).toEqual([{ reason: '통지 발송', masked: false, n: 3 }]);
});

test('copies that an agency got count, and an intrusion calls for the authority', async () => {
  const address = await open({ ...form, actors: '', addresses: '', agencies: 'tax', intrusion: 'yes' });
  const { text } = await (await visitAs('admin')).get(address);
  expect(text).toContain('정보주체 1명, 민원 1건');
  expect(text).toContain(park.receiptNumber);
  expect(text).toContain('당국에도 신고해야 합니다: 외부로부터의 불법적인 접근');
});

test('what was done is noted once each, and a closed case stays as it is', async () => {
  const address = await open(form);
  const admin = await visitAs('admin');
  expect((await admin.fill(address, `${address}/note`, { act: 'told', note: '' })).status).toBe(422);
  for (const act of ['told', 'told', 'closed'])
    await admin.fill(address, `${address}/note`, { act, note: `${act}함` });
  const page = await admin.get(address);
  expect(page.text.match(/told함/g)).toHaveLength(1);
  expect(page.text).not.toContain(`action="${address}/note"`);
  const changed = await admin.post(`${address}/edit`, {
    ...form,
    formToken: /name="formToken" value="([^"]+)"/.exec(page.text)?.[1] ?? '',
  });
  expect(changed.headers.get('location')).toContain('done=nothing');
  const { rows } = await store.pool.query(`select action from audit_entries where subject = $1 order by id`, [
    `breach ${address.split('/').at(-1)}`,
  ]);
  expect(rows.map(({ action }) => action)).toEqual(['breach.opened', 'breach.told', 'breach.closed']);
});

test('what is wrong in the form is said beside it, and what was typed stays', async () => {
  const admin = await visitAs('admin');
  const page = await admin.fill('/breaches/new', '/breaches/new', {
    ...{
      title: '시험',
      knownAt: '어제',
      from: '2026-11-02 12:00',
      to: '2026-11-02 09:00',
      agencies: 'nowhere',
    },
  });
  expect(page.status).toBe(422);
  for (const words of [
    '2026-11-30 14:05처럼 쓰십시오',
    '끝이 처음보다 뒤여야 합니다',
    '설정에 없는 기관 코드',
  ])
    expect(page.text).toContain(words);
  expect(page.text).toContain('value="어제"');
});

test('an auditor sees it masked and changes nothing; others see nothing', async () => {
  const address = await open(form);
  const auditor = await visitAs('auditor');
  const page = await auditor.get(address);
  expect(page.text).toContain('홍*동');
  expect(page.text).not.toContain('홍길동');
  expect(page.text).not.toContain('1111-2222');
  expect((await auditor.get('/breaches/new')).status).toBe(403);
  for (const login of ['road', 'counsellor'])
    expect((await (await visitAs(login)).get(address)).status).toBe(403);
});

describe('what is due (시행령, articles 39 and 40)', () => {
  const facts = { knownAt: '2026-11-03T00:00:00.000Z', sensitive: false, intrusion: false } as BreachFacts;
  test.each([
    [999, {}, []],
    [1000, {}, ['many']],
    [1, { sensitive: true }, ['sensitive']],
    [1, { intrusion: true }, ['intrusion']],
  ])('%i persons, %o', (persons, marks, reasons) => {
    expect(findReportReasons({ facts: { ...facts, ...marks } }, persons)).toEqual(reasons);
  });

  test('72 hours from when it became known; what was done later is late', () => {
    const breach = {
      facts: { ...facts, intrusion: true },
      record: [{ act: 'told' as const, at: '2026-11-06T00:00:01.000Z', by: 'x', note: 'x' }],
    };
    const due = new Date('2026-11-06T00:00:00.000Z');
    expect(listDuties(breach, 5, new Date('2026-11-05T23:59:59.000Z'))).toEqual([
      { act: 'told', due, doneAt: '2026-11-06T00:00:01.000Z', isLate: true },
      { act: 'reported', due, doneAt: undefined, isLate: false },
    ]);
    expect(listDuties(breach, 0)).toMatchObject([{ act: 'reported' }]);
  });
});

test('whose data it was is asked by index, however long the logs are', async () => {
  await inTransaction(store.pool, async (client) => {
    await client.query('set local enable_seqscan = off');
    for (const [text, values] of [
      [
        whoseText(21),
        [
          at('09:00'),
          at('12:00'),
          ['thief'],
          ['203.0.113.9'],
          ['tax'],
          '00000000-0000-0000-0000-000000000000',
        ],
      ],
      [sumText, [at('09:00'), at('12:00'), ['thief'], ['203.0.113.9'], ['tax']]],
    ] as const) {
      const { rows } = await client.query(`explain (format json) ${text}`, [...values]);
      const plan = JSON.stringify(rows[0]);
      expect(plan).toContain('actor_at_idx');
      expect(plan).toContain('address_at_idx');
      expect(plan).toContain('provisions_of_agency');
      expect(plan).not.toContain('Seq Scan');
    }
  });
});
