import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { createVisitors, toHidden } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertComplaint, insertUsers } from '../sample-board.ts';

let hub: TestHub;
let visitors: ReturnType<typeof createVisitors>;
beforeAll(async () => {
  const agencies = sampleDirectory.listAgencies().map(({ board: _, ...agency }) => agency);
  const rules = [
    { when: { category: ['세금'] }, to: 'tax', note: '2025년 협약' },
    { when: { keyword: ['주차'] }, to: 'road' },
  ];
  hub = await startTestHub(agencies, { rules, default: 'road' });
  await insertUsers(hub.store);
  await hub.store.pool.query(
    `insert into users (id, login, name, role, language, password_hash)
     select gen_random_uuid(), 'second', '둘째', role, language, password_hash from users where login = 'admin'`,
  );
  visitors = createVisitors(() => hub.url);
});
afterAll(() => hub?.stop());

const page = '/rules/routing';
const listRules = (html: string) =>
  [...html.matchAll(/<tr id="rule-(\d+)">([\s\S]*?)<\/tr>/g)].map(([, , row = '']) =>
    row
      .replace(/<td data-label="변경">[\s\S]*/, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
async function readInForce(name = 'routing') {
  const { rows } = await hub.store.pool.query(
    'select version, body, note, author from configurations where name = $1 order by version desc limit 1',
    [name],
  );
  return rows[0];
}
/** Reviews the draft and applies it with a note. */
async function apply(login: string, note = '협약 변경') {
  const visitor = await visitors.as(login);
  return visitor.fill(`${page}/review`, `${page}/apply`, { note });
}

test('rules are read in words, changed in a draft, reviewed and applied', async () => {
  const admin = await visitors.as('admin');
  expect(listRules((await admin.get(page)).text)).toEqual([
    '1 분야 세금 2025년 협약 중소기업세무지원센터',
    '2 검색어 주차 도로관리사업소',
  ]);
  const added = await admin.fill(`${page}/rule`, `${page}/rule`, {
    keyword: '가로수\n공원 ',
    kind_grievance: 'yes',
    to: 'park',
    before: '1',
  });
  expect(added.headers.get('location')).toBe(`${page}?done=draft_kept`);
  const draft = (await admin.get(page)).text;
  expect(listRules(draft)).toEqual([
    '1 검색어 가로수 또는 공원 종류 고충 공원녹지과',
    '2 분야 세금 2025년 협약 중소기업세무지원센터',
    '3 검색어 주차 도로관리사업소',
  ]);
  expect(draft).toContain('내 초안을 보고 있습니다');
  const change = (fields: Record<string, string>) => admin.fill(page, `${page}/change`, fields);
  await change({ number: '1', action: 'down' });
  await change({ number: '3', action: 'remove' });
  await change({ action: 'default', to: 'park' });
  // Nobody else sees it, and nothing is in force yet.
  expect(listRules((await (await visitors.as('second')).get(page)).text)).toHaveLength(2);
  expect(await readInForce()).toMatchObject({ version: 1 });

  const review = plain((await admin.get(`${page}/review`)).text);
  expect(review).toMatch(
    /삭제 규칙 2 → 도로관리사업소 검색어 주차 추가 규칙 2 → 공원녹지과 검색어 가로수 또는 공원/,
  );
  expect(review).toMatch(/기본 기관 도로관리사업소 → 공원녹지과/);
  expect((await apply('admin', '')).status).toBe(422);
  const applied = await apply('admin');
  expect(applied.headers.get('location')).toBe(`${page}?done=rules_applied`);
  expect(await readInForce()).toEqual({
    version: 2,
    author: 'admin',
    note: '협약 변경',
    body: {
      rules: [
        { when: { category: ['세금'] }, to: 'tax', note: '2025년 협약' },
        { when: { keyword: ['가로수', '공원'], kind: ['grievance'] }, to: 'park' },
      ],
      default: 'park',
    },
  });
  expect((await admin.get(page)).text).not.toContain('내 초안을 보고 있습니다');
});

test('a rule without a condition comes back with what was typed', async () => {
  const admin = await visitors.as('admin');
  const refused = await admin.fill(`${page}/rule`, `${page}/rule`, { note: '왜 있는지', to: 'tax' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('조건을 하나 이상 적으십시오.');
  expect(refused.text).toContain('value="왜 있는지"');
  expect((await admin.get(page)).text).not.toContain('내 초안을 보고 있습니다');
});

test('a page that is out of date changes no other rule', async () => {
  const admin = await visitors.as('admin');
  const before = (await admin.get(page)).text;
  await admin.fill(page, `${page}/change`, { number: '1', action: 'down' });
  const late = await admin.post(`${page}/change`, {
    ...toHidden(before, `${page}/change`),
    number: '1',
    action: 'remove',
  });
  expect(late.headers.get('location')).toBe(`${page}?done=rules_moved`);
  expect(listRules((await admin.get(page)).text)).toHaveLength(2);
  await admin.fill(page, `${page}/discard`, {});
  expect((await admin.get(page)).text).not.toContain('내 초안을 보고 있습니다');
});

test('mistakes of the text are told by line, and an unknown agency at its rule', async () => {
  const admin = await visitors.as('admin');
  const write = (source: string) => admin.fill(page, `${page}/text`, { source });
  await write('rules: [\ndefault: road\n');
  const broken = (await admin.get(page)).text;
  expect(broken).toContain('초안의 원문에 오류가 있어');
  expect(broken).toMatch(/<span class="number">\d행<\/span>/);
  await write('# why\nrules:\n  - when: { keyword: [주차] }\n    to: nobody\ndefault: road\n');
  const unknown = (await admin.get(page)).text;
  expect(unknown).toMatch(/id="rule-1"[\s\S]*class="trouble"[\s\S]*nobody/);
  const review = (await admin.get(`${page}/review`)).text;
  expect(review).toContain('4행');
  expect(review).not.toContain(`action="${page}/apply"`);
  // Comments stay when the rules are changed by the forms.
  await admin.fill(page, `${page}/change`, { action: 'default', to: 'tax' });
  expect((await admin.get(page)).text).toContain('# why');
  await admin.fill(page, `${page}/discard`, {});
});

test('two people at once: the second sees what changed and joins it', async () => {
  const [admin, second] = [await visitors.as('admin'), await visitors.as('second')];
  await admin.fill(page, `${page}/change`, { action: 'default', to: 'tax' });
  await second.fill(`${page}/rule`, `${page}/rule`, { region: '부산', to: 'road', before: '1' });
  const { version } = await readInForce();
  await apply('admin', '기본 기관');
  const review = (await second.get(`${page}/review`)).text;
  expect(review).toContain(`그 사이 admin님이 ${version + 1}판을 적용했습니다.`);
  expect(review).not.toContain(`action="${page}/apply"`);
  await second.fill(`${page}/review`, `${page}/merge`, {});
  expect((await apply('second', '부산')).headers.get('location')).toBe(`${page}?done=rules_applied`);
  const { body } = await readInForce();
  expect(body.default).toBe('tax');
  expect(body.rules[0]).toEqual({ when: { region: ['부산'] }, to: 'road' });
});

test('an earlier version comes back, and the page says what that undoes', async () => {
  const admin = await visitors.as('admin');
  const { version } = await readInForce();
  const versions = (await admin.get(`${page}/versions`)).text;
  expect(versions).toContain('기본 기관');
  const first = `${page}/versions/1`;
  const plan = (await admin.get(first)).text;
  expect(plan).toContain('부산');
  expect((await admin.fill(first, first, {})).status).toBe(422);
  await admin.fill(first, first, { note: '처음으로' });
  expect(await readInForce()).toMatchObject({
    version: version + 1,
    note: '처음으로',
    body: { default: 'road' },
  });
  expect((await admin.get(`${page}/versions/99`)).status).toBe(404);
});

test('an auditor looks and changes nothing, others do not see the rules', async () => {
  const auditor = await visitors.as('auditor');
  const shown = (await auditor.get(page)).text;
  expect(listRules(shown)).toHaveLength(2);
  expect(shown).not.toContain(`action="${page}`);
  expect((await auditor.get(`${page}/versions/1`)).status).toBe(200);
  const token = toHidden((await auditor.get('/')).text, '/sign-out');
  for (const action of ['rule', 'change', 'text', 'apply', 'merge', 'discard', 'versions/1'])
    expect((await auditor.post(`${page}/${action}`, token)).status, action).toBe(403);
  expect((await (await visitors.as('tax')).get(page)).status).toBe(403);
});

test('a text is tried by the rules in force and by the draft', async () => {
  const admin = await visitors.as('admin');
  await admin.fill(`${page}/rule`, `${page}/rule`, { keyword: '가로수', to: 'park', before: '1' });
  const tried = await admin.fill(`${page}/try`, `${page}/try`, {
    title: '가로수와 주차',
    body: '<b>내용</b>',
    category: '세금',
  });
  const results = tried.text
    .split('<h2 id="tried-')
    .slice(1)
    .map((part) => part.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '));
  expect(results[0]).toMatch(
    /시행 중인 규칙: 중소기업세무지원센터 규칙 1이 정합니다.*함께 맞는 규칙.*규칙 2 → 도로관리사업소/,
  );
  expect(results[1]).toMatch(/내 초안: 공원녹지과 규칙 1이 정합니다/);
  expect(tried.text).toContain('&lt;b&gt;내용&lt;/b&gt;');
});

test('the draft is simulated over the newest complaints', async () => {
  const admin = await visitors.as('admin');
  const { receiptNumber } = await insertComplaint(hub.store, { title: '가로수 가지', body: '내용' });
  await insertComplaint(hub.store, { title: '주차', body: '내용' });
  const { text } = await admin.get(`${page}/simulation`);
  expect(text).toContain('민원 2건 가운데 1건의 처리기관이 달라집니다.');
  expect(text).toContain(`/complaints/${receiptNumber}`);
  const other = (await admin.get(`${page}/simulation?from=tax&to=park`)).text;
  expect(other).not.toContain(`/complaints/${receiptNumber}`);
  await admin.fill(page, `${page}/discard`, {});
  expect((await admin.get(`${page}/simulation`)).text).toContain('비교할 초안이 없습니다');
});
