import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { createVisitors, toHidden } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertUsers } from '../sample-board.ts';

let hub: TestHub;
const visitors = createVisitors(() => hub.url);
const visitAs = visitors.as;
type Visitor = Awaited<ReturnType<typeof visitAs>>;

beforeAll(async () => {
  const agencies = sampleDirectory.listAgencies().map(({ board: _, ...agency }) => agency);
  hub = await startTestHub(agencies, {
    rules: [{ when: { category: ['도로'] }, to: 'road' }],
    default: 'tax',
  });
  await insertUsers(hub.store);
});
afterAll(() => hub?.stop());

const register = async (title: string, category = '세금'): Promise<string> => {
  const counsellor = await visitAs('counsellor');
  const { headers } = await counsellor.fill('/register', '/register', {
    ...{ name: '홍길동', phone: '010-1234-5678', notifyBy: 'sms', language: 'ko', confirmed: '1' },
    ...{ title, body: '내용입니다', kind: 'query', category },
  });
  return /complaints\/([\d-]+)/.exec(headers.get('location') ?? '')?.[1] ?? '';
};

/** Sends a form with several ticks, as a browser does. */
async function send(visitor: Visitor, action: string, fields: Record<string, string>, ticks: string[]) {
  const page = (await visitor.get('/?all=1')).text;
  const [, formToken = ''] = /name="formToken" value="([^"]+)"/.exec(page) ?? [];
  const body = new URLSearchParams([
    ...Object.entries({ formToken, back: '/?all=1', ...fields }),
    ...ticks.map((number): [string, string] => ['tick', number]),
  ]);
  const response = await visitor.call(action, { method: 'POST', body });
  const location = response.headers.get('location') ?? '';
  return { status: response.status, location, headers: response.headers, text: await response.text() };
}

/** What a page says of one complaint. */
const rowOf = (html: string, number: string) =>
  new RegExp(`<tr>(?:(?!</tr>)[\\s\\S])*${number}[\\s\\S]*?</tr>`)
    .exec(html)?.[0]
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ') ?? '';

const stepsOf = async (number: string) =>
  (
    await hub.store.pool.query<{ kind: string }>(
      `select e.data #>> '{step,kind}' as kind from events e join complaints c on c.id = e.complaint_id
       where c.receipt_number = $1 and e.type = 'step_taken' order by seq`,
      [number],
    )
  ).rows.map(({ kind }) => kind);

test('several are extended: each is judged by itself first, and sent twice nothing happens twice', async () => {
  const tax = await visitAs('tax');
  const [open, extended, answered, foreign] = [
    await register('연장할 민원'),
    await register('이미 연장한 민원'),
    await register('답변한 민원'),
    await register('남의 민원', '도로'),
  ];
  const at = `/complaints/${extended}`;
  await tax.fill(`${at}?step=extended`, `${at}/step-extended`, {
    ...{ amount: '2', reason: '조사', confirmed: '1' },
  });
  expect(await stepsOf(extended)).toEqual(['extended']);
  await tax.fill(`/complaints/${answered}`, `/complaints/${answered}/answer`, {
    ...{ text: '답변입니다', officer: '이세무', confirmed: '1' },
  });
  const ticks = [open, extended, answered, foreign];

  const form = await send(tax, '/bulk', { act: 'extend' }, ticks);
  expect(form.text).toContain('고른 민원 3건');
  expect(form.text).not.toContain('남의 민원');
  const { key = '' } = toHidden(form.text, '/bulk/extend/check');

  const wrong = await send(tax, '/bulk/extend/check', { key, days: '삼', hours: '', reason: '' }, ticks);
  expect(wrong.status).toBe(422);
  expect(wrong.text).toMatch(/id="bulk-reason-problem">[\s\S]*사유를 적으십시오/);
  expect(wrong.text).toContain('value="삼"');

  const fields = { key, days: '3', hours: '', reason: '현장 확인' };
  const asked = await send(tax, '/bulk/extend/check', fields, ticks);
  expect(asked.text).toContain('1건을 처리하고 2건은 그대로 둡니다');
  expect(rowOf(asked.text, open)).toMatch(/\d+\. \d\d:\d\d .*→ .*\d+\. \d\d:\d\d .*알림 1건/);
  expect(rowOf(asked.text, extended)).toMatch(/동의.*시행령 제21조/);
  expect(rowOf(asked.text, answered)).not.toBe('');
  expect(await stepsOf(open)).toEqual([]);

  const sent = await Promise.all([1, 2].map(() => send(tax, '/bulk/extend/do', fields, ticks)));
  expect(sent.map(({ status }) => status)).toEqual([303, 303]);
  const again = await send(tax, '/bulk/extend/do', fields, ticks);
  expect(again.location).toBe(sent[0]?.location);
  expect(await stepsOf(open)).toEqual(['extended']);
  expect(await stepsOf(extended)).toEqual(['extended']);
  const result = (await tax.get(again.location)).text;
  expect(rowOf(result, open)).toContain('처리함');
  expect(rowOf(result, extended)).toMatch(/처리하지 못함.*시행령 제21조/);
  // Nobody else sees what was done here.
  expect((await (await visitAs('road')).get(again.location)).status).toBe(404);
  const shown = /처리기한<\/dt>[\s\S]*?datetime="([^"]+)"/.exec(
    (await tax.get(`/complaints/${open}`)).text,
  )?.[1];
  const promised = /→[\s\S]*?datetime="([^"]+)"/.exec(asked.text)?.[1];
  expect(shown).toBe(promised);
}, 60_000);

test('an officer takes several; the contact centre may not, and another agency has no part', async () => {
  const [one, two] = [await register('맡을 민원 하나'), await register('맡을 민원 둘')];
  const tax = await visitAs('tax');
  const form = await send(tax, '/bulk', { act: 'assign' }, [one, two]);
  const { key = '' } = toHidden(form.text, '/bulk/assign/check');
  const fields = { key, person: '이세무 (tax)' };
  const asked = await send(tax, '/bulk/assign/check', fields, [one, two]);
  expect(rowOf(asked.text, one)).toContain('담당자 없음 → 이세무 (tax)');
  const done = await send(tax, '/bulk/assign/do', fields, [one, two]);
  expect((await tax.get(done.location)).text).toContain('처리 2건, 바뀐 것 없음 0건, 처리하지 못함 0건');
  const { rows } = await hub.store.pool.query(
    'select distinct officer_user from complaints where receipt_number = any($1)',
    [[one, two]],
  );
  expect(rows).toEqual([{ officer_user: 'tax' }]);
  const counsellor = await send(await visitAs('counsellor'), '/bulk/assign/do', { ...fields, key }, [one]);
  expect(counsellor.status).toBe(403);
  const road = await send(await visitAs('road'), '/bulk', { act: 'assign' }, [one]);
  expect([road.status, road.text.includes('맡을 민원')]).toEqual([422, false]);
  // The key of a run belongs to whoever began it.
  const admin = await send(await visitAs('admin'), '/bulk/assign/do', fields, [one]);
  expect(admin.status).toBe(400);
});

test('several are handed over, and one that ended meanwhile is refused in the result', async () => {
  const [one, ended] = [await register('넘길 민원'), await register('끝난 민원')];
  const tax = await visitAs('tax');
  const form = await send(tax, '/bulk', { act: 'transfer' }, [one, ended]);
  const { key = '' } = toHidden(form.text, '/bulk/transfer/check');
  const fields = { key, to: 'park', reason: '공원 소관' };
  const asked = await send(tax, '/bulk/transfer/check', fields, [one, ended]);
  expect(rowOf(asked.text, ended)).toMatch(/중소기업세무지원센터 → 공원녹지과/);
  await (await visitAs('counsellor')).fill(`/complaints/${ended}`, `/complaints/${ended}/withdraw`, {
    ...{ reason: '취하', confirmed: '1' },
  });
  const done = await send(tax, '/bulk/transfer/do', fields, [one, ended]);
  const result = (await tax.get(done.location)).text;
  expect(rowOf(result, one)).toContain('처리함');
  expect(rowOf(result, ended)).toMatch(/처리하지 못함 \S/);
  // What was claimed and broken off is sent again under its key: the exchange does it once.
  await hub.store.pool.query(
    `update bulk_results set outcome = 'doing', at = now() - interval '2 minutes' where receipt_number = $1`,
    [one],
  );
  await send(tax, '/bulk/transfer/do', fields, [one, ended]);
  expect(rowOf((await tax.get(done.location)).text, one)).toContain('처리함');
  const { rows } = await hub.store.pool.query(
    `select count(*)::int as n from events e join complaints c on c.id = e.complaint_id
     where c.receipt_number = $1 and e.type = 'transferred'`,
    [one],
  );
  expect(rows).toEqual([{ n: 1 }]);
});

test('a list is exported and printed, masked for auditors, noted, and without notes', async () => {
  const number = await register('=cmd|"/c calc"');
  const tax = await visitAs('tax');
  await tax.fill(`/complaints/${number}`, `/complaints/${number}/notes`, { text: '비밀메모' });
  const file = await send(tax, '/bulk', { act: 'csv', reason: '월간 회의' }, [number, number]);
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(file.headers.get('content-disposition')).toMatch(
    /^attachment; filename="complaints-\d{4}-\d\d-\d\d\.csv"$/,
  );
  const lines = file.text.replace('\uFEFF', '').split('\r\n');
  expect(lines[0]).toMatch(
    /^접수번호,접수기관 번호,제목,처리상태,민원 종류,접수기관,처리기관,담당 부서,담당자,민원인,/,
  );
  expect(lines[1]).toMatch(
    new RegExp(
      `^${number},,"'=cmd\\|""/c calc""",배정,질의[^,]*,민원상담센터,중소기업세무지원센터,,,홍길동,\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d,`,
    ),
  );
  expect(lines).toHaveLength(3);
  expect(file.text).not.toContain('비밀메모');
  const masked = await send(await visitAs('auditor'), '/bulk', { act: 'csv', reason: '감사' }, [number]);
  expect(masked.text).toContain('홍*동');
  const printed = await send(tax, '/bulk', { act: 'print' }, [number]);
  expect(printed.text).toContain('내용입니다');
  expect(printed.text).not.toContain('비밀메모');
  const { rows } = await hub.store.pool.query(
    `select actor, action, detail from audit_entries where action like 'complaints.%' order by id`,
  );
  const detail = { receiptNumbers: [number] };
  expect(rows).toEqual([
    { actor: 'tax', action: 'complaints.exported', detail },
    { actor: 'auditor', action: 'complaints.exported', detail },
    { actor: 'tax', action: 'complaints.printed', detail },
  ]);
  expect((await send(tax, '/bulk', { act: 'csv' }, [])).text).toContain('고른 민원이 없습니다');
});
