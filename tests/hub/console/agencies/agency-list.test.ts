import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Agency } from '../../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createVisitor } from '../console-server.ts';
import { insertComplaint, insertUsers } from '../sample-board.ts';

const codes = Array.from({ length: 120 }, (_, n) => `a${String(n).padStart(3, '0')}`);
let hub: TestHub;
let visitor: ReturnType<typeof createVisitor>;

beforeAll(async () => {
  const agencies = codes.map(
    (code): Agency => ({
      code,
      name: { ko: `기관 ${code.slice(1)}`, en: `Office ${code}` },
      officers: [{ name: '김' }],
    }),
  );
  hub = await startTestHub(agencies, { rules: [], default: 'a000' });
  await insertUsers(hub.store);
  await hub.store.pool.query(
    `insert into boards (agency, failures, last_error) values ('a077', 1, '{"code":"said","said":"unreachable: no connection"}')`,
  );
  visitor = createVisitor(hub.url);
  await visitor.signIn('admin');
});
afterAll(() => hub.stop());

async function open(path: string) {
  const { status, text } = await visitor.get(path);
  expect(status).toBe(200);
  const shown = [...text.matchAll(/href="\/agencies\/(a\d+)"/g)].map(([, code]) => code);
  const link = (rel: string) =>
    new RegExp(`rel="${rel}" href="([^"]+)"`).exec(text)?.[1]?.replaceAll('&amp;', '&');
  return { shown, text, link };
}

test('the agencies come in pages, those in trouble first, forth and back', async () => {
  const expected = ['a077', ...codes.filter((code) => code !== 'a077')];
  const first = await open('/agencies');
  expect(first.shown).toEqual(expected.slice(0, 50));
  expect(first.text).toContain('기관 수 120');
  const second = await open(first.link('next') ?? '');
  expect(second.shown).toEqual(expected.slice(50, 100));
  const third = await open(second.link('next') ?? '');
  expect(third.shown).toEqual(expected.slice(100));
  expect(third.link('next')).toBeUndefined();
  expect((await open(third.link('prev') ?? '')).shown).toEqual(expected.slice(50, 100));
});

test('the text of a configuration is for those who may see configurations, as it was applied', async () => {
  const text = (await open('/agencies/a003')).text;
  const [, shown = ''] = /<pre class="code"[^>]*>([\s\S]*?)<\/pre>/.exec(text) ?? [];
  expect(shown).toContain('code: a003');
  expect(shown).toContain('기관 003');
  const counsellor = createVisitor(hub.url);
  await counsellor.signIn('counsellor');
  const page = await counsellor.get('/agencies/a003');
  expect(page.status).toBe(200);
  expect(page.text).not.toContain('code: a003');
  expect(page.text).not.toContain('<pre');
  // Which version is in force is no secret.
  expect(page.text).toContain('제1판');
});

test('an agency is found by its code or by a part of its name, in whatever case', async () => {
  expect((await open('/agencies?text=A07')).shown).toEqual([
    'a077',
    'a070',
    'a071',
    'a072',
    'a073',
    'a074',
    'a075',
    'a076',
    'a078',
    'a079',
  ]);
  expect((await open(`/agencies?text=${encodeURIComponent('기관 11')}`)).shown).toHaveLength(10);
  expect((await open('/agencies?text=OFFICE%20a003')).shown).toEqual(['a003']);
  const paged = await open('/agencies?text=office');
  expect(paged.link('next')).toContain('text=office');
  const none = await open('/agencies?text=nowhere');
  expect(none.shown).toEqual([]);
  expect(none.text).toContain('찾는 기관이 없습니다');
});

test('on the board, few agencies are a choice; of many, the code or the name is typed', async () => {
  expect((await visitor.get('/')).text).toContain('<option value="a001">');
  await hub.store.pool.query(
    `insert into configurations (kind, name, version, body, author)
     select 'agency', 'm' || n, 1, jsonb_build_object('code', 'm' || n, 'name', jsonb_build_object('ko', '많은 ' || n),
       'officers', '[{"name": "김"}]'::jsonb), 'test' from generate_series(1, 200) n`,
  );
  await hub.store.pool.query(`select pg_notify('hub_configuration', '')`);
  const { receiptNumber } = await insertComplaint(hub.store, { origin: 'm7', assignee: 'm9' });
  await waitFor(
    'the new agencies',
    async () => !(await visitor.get('/')).text.includes('<option value="a001">'),
  );
  for (const query of ['origin=m7', `assignee=${encodeURIComponent('많은 9')}`])
    expect((await visitor.get(`/?${query}`)).text).toContain(receiptNumber);
  expect((await visitor.get('/?origin=m8')).text).not.toContain(receiptNumber);
});
