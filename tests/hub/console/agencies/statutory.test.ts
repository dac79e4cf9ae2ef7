import { afterAll, beforeAll, expect, test } from 'vitest';
import { findInForce } from '../../../../hub/configuration/versions.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { startConfigurationHub } from '../configuration/configuration-hub.ts';

let parts: Awaited<ReturnType<typeof startConfigurationHub>>;
beforeAll(async () => {
  parts = await startConfigurationHub();
});
afterAll(() => parts.hub.stop());

const page = '/agencies/road/statutory';
const as = (login: string) => parts.visitors.as(login);
const head = '사무명,처리기간,근거법령,시행일,구비서류\n';

async function send(fields: Record<string, string>, file?: string) {
  const admin = await as('admin');
  const form = new FormData();
  const [, formToken = ''] = /name="formToken" value="([^"]+)"/.exec((await admin.get(page)).text) ?? [];
  for (const [name, value] of Object.entries({ formToken, ...fields })) form.append(name, value);
  form.append('file', new Blob(file === undefined ? [] : [file]), file === undefined ? '' : '기준표.csv');
  const response = await admin.call(page, { method: 'POST', body: form });
  return { status: response.status, to: response.headers.get('location'), text: await response.text() };
}
const apply = async () =>
  (await as('admin')).fill('/agencies/road/configuration/review', '/agencies/road/configuration/apply', {
    note: '기준표',
  });

test('a table is imported into a draft, reviewed, applied with its comments kept, exported, and added to', async () => {
  const empty = (await (await as('admin')).get(page)).text;
  expect(empty).toContain('아직 등록된 법정민원이 없습니다.');
  expect(empty, 'the path has the name, not the code').toContain('href="/agencies/road">도로관리사업소</a>');
  const sent = await send({ how: 'merge' }, `${head}도로점용 허가,5일,도로법 제61조,2026-01-01,위치도\n`);
  expect(sent).toMatchObject({ status: 303, to: '/agencies/road/configuration/review' });
  expect((await (await as('admin')).get('/agencies/road/configuration/review')).text).toContain(
    '도로점용 허가',
  );
  await apply();
  const inForce = await findInForce(parts.hub.store.db, { kind: 'agency', name: 'road' });
  expect(inForce?.source).toContain('# 당직실');
  expect((inForce?.body as Agency | undefined)?.statutory).toEqual([
    { name: '도로점용 허가', days: 5, law: '도로법 제61조', from: '2026-01-01', documents: ['위치도'] },
  ]);

  const more =
    '사무명\t처리기간\t근거법령\t시행일\n도로점용 허가\t6일\t도로법 제61조\t2027-01-01\n굴착 신고\t즉시\t도로법\t2026-01-01';
  expect((await send({ how: 'merge', pasted: more })).status).toBe(303);
  await apply();
  const csv = await (await as('auditor')).call(`${page}.csv`);
  expect((await csv.text()).split('\r\n').slice(1, -1)).toEqual([
    '도로점용 허가,5일,도로법 제61조,2026-01-01,위치도,,',
    '도로점용 허가,6일,도로법 제61조,2027-01-01,,,',
    '굴착 신고,3시간,도로법,2026-01-01,,,',
  ]);
});

test('a table with faults changes nothing, and comes back with each line that is wrong', async () => {
  const { status, text } = await send({ how: 'replace', pasted: `${head}가,백일,법,,` });
  expect(status).toBe(422);
  expect(text).toMatch(/2행<\/a> 처리기간:[\s\S]*처리기간이 아닙니다: 백일/);
  expect(text).toContain('가,백일,법,,</textarea>');
  expect((await send({ how: 'merge' })).text).toContain('파일을 고르거나 표를 붙여 넣으십시오');
  expect((await send({}, 'x'.repeat(2_200_000))).text).toContain('파일이 2MB보다 큽니다');
});

test('nobody imports without the right', async () => {
  const auditor = await as('auditor');
  expect((await auditor.get(page)).text).not.toContain('표 가져오기');
  expect((await (await as('road')).get(page)).status).toBe(403);
});
