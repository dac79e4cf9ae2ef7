import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { createVisitors } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertUsers } from '../sample-board.ts';

let hub: TestHub;
let visitors: ReturnType<typeof createVisitors>;
beforeAll(async () => {
  const agencies = sampleDirectory.listAgencies().map(({ board: _, ...agency }) => agency);
  hub = await startTestHub(agencies, { rules: [], default: 'road' });
  await insertUsers(hub.store);
  visitors = createVisitors(() => hub.url);
});
afterAll(() => hub?.stop());

const page = '/rules/clock';
const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const day = (list: string, date: string, name: string) => ({ list, date, name });

test('days and periods are added in a draft, and the deadline is tried with and without them', async () => {
  const admin = await visitors.as('admin');
  const kept = await admin.fill(page, `${page}/days`, day('holidays', '2026-12-31', '임시공휴일'));
  expect(kept.headers.get('location')).toBe(`${page}?done=draft_kept&year=2026`);
  const period = { kind: 'other', amount: '8', unit: 'hours', from: '2026-12-01', source: '규정 제5조' };
  await admin.fill(page, `${page}/periods`, period);
  // Wednesday 30 December 15:00: three hours end at 18:00; eight go over the free Thursday and New Year to Monday.
  const text = plain((await admin.get(`${page}?kind=other&at=2026-12-30T15:00`)).text);
  expect(text).toMatch(/시행 중인 규칙 처리기한 2026\. 12\. 30\. 18:00 적용한 기간 근무시간 3시간/);
  expect(text).toMatch(
    /내 초안 처리기한 2027\. 1\. 4\. 15:00 적용한 기간 근무시간 8시간 규정 제5조.*2026-12-31 추가한 휴일 임시공휴일 2027-01-01 공휴일 1월 1일/,
  );
  await admin.fill(`${page}/review`, `${page}/apply`, { note: '연말' });
  const { rows } = await hub.store.pool.query(`select body from configurations where name = 'clock'`);
  expect(rows).toEqual([
    {
      body: {
        holidays: { '2026-12-31': '임시공휴일' },
        periods: [{ kind: 'other', hours: 8, from: '2026-12-01', source: '규정 제5조' }],
      },
    },
  ]);
});

test('what is not a day or a period comes back beside its field', async () => {
  const admin = await visitors.as('admin');
  const noName = await admin.fill(page, `${page}/days`, day('workingDays', '2026-02-30', ''));
  expect(noName.status).toBe(422);
  expect(noName.text).toContain('날짜를 2026-12-31처럼 적으십시오.');
  const long = { kind: 'query', amount: '41', unit: 'hours', from: '2027-01-01', source: '근거' };
  const refused = await admin.fill(page, `${page}/periods`, long);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('1~365일 또는 1~40시간으로 적으십시오.');
  expect(refused.text).toContain('value="근거"');
});

test('days and own periods are dropped again, those of the law are not', async () => {
  const admin = await visitors.as('admin');
  await admin.fill(page, `${page}/days`, { ...day('holidays', '2026-12-31', ''), action: 'drop' });
  expect((await admin.fill(page, `${page}/periods`, { action: 'drop', at: '1' })).status).toBe(400);
  const before = (await admin.get(page)).text;
  expect(before.match(/name="action" value="drop"/g)).toHaveLength(1);
  await admin.fill(page, `${page}/periods`, { action: 'drop', at: '0' });
  const review = plain((await admin.get(`${page}/review`)).text);
  expect(review).toContain('/holidays/2026-12-31 삭제');
  await admin.fill(page, `${page}/discard`, {});
});

test('the calendar of a year names what is off, and says which coming years are unknown', async () => {
  const admin = await visitors.as('admin');
  const { text } = await admin.get(`${page}?year=2026`);
  expect(text).toContain('2026년 달력');
  expect(text.match(/<caption>/g)).toHaveLength(12);
  expect(text).toMatch(/class="off changed" title="임시공휴일">31/);
  expect(text).toMatch(/2028년의 공휴일을 아직 모릅니다/);
  expect((await admin.get(`${page}?year=2028`)).text).toContain('이 해의 공휴일을 모릅니다');
  expect((await admin.get(`${page}?year=9999`)).status).toBe(200);
});
