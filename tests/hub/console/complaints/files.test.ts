import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractText } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pdf, program, sha256 } from '../../../support/sample-files.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { createVisitor, toHidden } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertUsers } from '../sample-board.ts';

let hub: TestHub;
let folder: string;
const visitors = new Map<string, ReturnType<typeof createVisitor>>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-files-'));
  const agencies = sampleDirectory.listAgencies().map(({ board: _, ...agency }) => agency);
  const limited = agencies.map((agency) =>
    agency.code === 'tax' ? { ...agency, attachments: { maxBytes: 50_000, maxCount: 2 } } : agency,
  );
  hub = await startTestHub(limited, { rules: [], default: 'tax' }, { ATTACHMENTS_DIR: folder });
  await insertUsers(hub.store);
  for (const login of ['counsellor', 'tax', 'road', 'auditor']) {
    const visitor = createVisitor(hub.url);
    await visitor.signIn(login);
    visitors.set(login, visitor);
  }
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

const as = (login: string) => visitors.get(login) as ReturnType<typeof createVisitor>;
type Files = Record<string, Buffer>;

/** Opens the page, fills the form that leads to `action` as a browser does, and sends it with its files. */
async function send(login: string, page: string, action: string, fields: object, files: Files) {
  const visitor = as(login);
  const form = new FormData();
  const hidden = toHidden((await visitor.get(page)).text, action);
  for (const [name, value] of Object.entries({ ...hidden, ...fields })) form.append(name, value);
  for (const [name, content] of Object.entries(files))
    form.append('file', new Blob([new Uint8Array(content)]), name);
  if (Object.keys(files).length === 0) form.append('file', new Blob([]), '');
  const response = await visitor.call(action, { method: 'POST', body: form });
  return { status: response.status, to: response.headers.get('location') ?? '', text: await response.text() };
}

const call = { name: '홍길동', phone: '010-1234-5678', language: 'ko', kind: 'query' };
const register = (title: string, files: Files, more = {}) =>
  send('counsellor', '/register', '/register', { ...call, title, body: '내용', ...more }, files);
const pathOf = ({ to }: { to: string }) => to.split('?')[0] ?? '';
const linkTo = (text: string, name: string) => new RegExp(`href="([^"]+)">${name}<`).exec(text)?.[1] ?? '';

describe('a form with files', () => {
  test('brings them, and whoever may see the complainant saves them under their Korean names', async () => {
    const content = pdf(300_000);
    const path = pathOf(await register('파일과 접수', { '임대차 계약서.pdf': content }));
    const page = await as('tax').get(path);
    const at = linkTo(page.text, '임대차 계약서.pdf');
    expect(page.text).toContain('293 KB');
    const got = await as('tax').call(at);
    expect(sha256(Buffer.from(await got.arrayBuffer()))).toBe(sha256(content));
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    expect(got.headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''%EC%9E%84/);
    expect((await as('road').call(at)).status).toBe(404);
    expect((await as('auditor').call(at)).status).toBe(403);
    const audited = (await as('auditor').get(path)).text;
    expect(audited).not.toContain('/attachments/');
    expect(audited).not.toContain('임대차');
    expect(audited).toContain('***.pdf');

    const answered = await send(
      'tax',
      path,
      `${path}/answer`,
      { text: '답변', officer: '이세무', confirmed: '1' },
      {
        '안내문.pdf': pdf(),
      },
    );
    expect(answered.to).toBe(`${path}?done=answer`);
    const added = await send('counsellor', path, `${path}/follow-up`, { text: '또' }, { '추가.pdf': pdf() });
    expect(added.to).toBe(`${path}?done=follow_up`);
    const { text } = await as('counsellor').get(path);
    for (const name of ['임대차 계약서.pdf', '안내문.pdf', '추가.pdf'])
      expect((await as('counsellor').call(linkTo(text, name))).status).toBe(200);
  });

  test('are named in the printable document, which masks persons as the page does', async () => {
    const path = pathOf(await register('문서로', { '임대차 계약서.pdf': pdf() }));
    expect((await as('tax').get(path)).text).toContain(`href="${path}/document"`);
    const readDocument = async (login: string) => {
      const got = await as(login).call(`${path}/document`);
      expect(got.headers.get('content-type')).toBe('application/pdf');
      return (await extractText(new Uint8Array(await got.arrayBuffer()), { mergePages: true })).text;
    };
    const [own, audited] = [await readDocument('tax'), await readDocument('auditor')];
    for (const words of ['홍길동', '임대차 계약서.pdf']) {
      expect(own).toContain(words);
      expect(audited).not.toContain(words);
    }
    expect(audited).toContain('문서로');
    expect((await as('road').call(`${path}/document`)).status).toBe(404);
  });

  test('works without one, and the same form sent twice is applied once', async () => {
    const path = pathOf(await register('파일 없는 접수', {}));
    expect(path).toMatch(/^\/complaints\//);
    const fields = { key: '01934a52-7c3e-7000-8000-00000000000b', ...call, title: '두 번', body: '내용' };
    const file = { '한 번.pdf': pdf() };
    const twice = [1, 2].map(() => send('counsellor', '/register', '/register', fields, file));
    const [first, second] = (await Promise.all(twice)).map(pathOf);
    expect(second).toBe(first);
    const another = await send('counsellor', '/register', '/register', fields, { '다른 것.pdf': pdf() });
    expect(pathOf(another)).not.toBe(first);
  });

  test('says what is wrong with a file, and keeps the good ones', async () => {
    const wrong = await register('나쁜 파일', {
      '프로그램.pdf': program(),
      '실행.exe': program(),
      '좋은 것.pdf': pdf(),
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('<strong>프로그램.pdf</strong>');
    expect(wrong.text).toContain('이름은 .pdf이지만 내용은');
    const [, id = ''] = /name="uploaded" value="([^"]+)" checked/.exec(wrong.text) ?? [];
    const path = pathOf(await register('나쁜 파일', {}, { uploaded: id }));
    const { text } = await as('counsellor').get(path);
    expect(linkTo(text, '좋은 것.pdf')).not.toBe('');
    expect(text).not.toContain('프로그램.pdf');
  });

  test('takes no more than a thousand that nothing names yet', async () => {
    const { pool } = hub.store;
    await pool.query(
      "insert into uploads (id, agency, name) select gen_random_uuid(), 'hub', 'a.pdf' from generate_series(1, 1000)",
    );
    const refused = await register('너무 많은 파일', { '하나 더.pdf': pdf() });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('<strong>하나 더.pdf</strong>');
    expect(refused.text).toContain('아직 민원에 붙지 않은 파일은 1000개, 1024 MB까지입니다');
    await pool.query('delete from uploads where sha256 is null');
    expect((await register('너무 많은 파일', { '하나 더.pdf': pdf() })).status).toBe(303);
  });

  test('tells the limits of the agency', async () => {
    const path = pathOf(await register('한도', {}));
    const large = await send('tax', path, `${path}/answer`, { text: '답변' }, { '큰 것.pdf': pdf(50_001) });
    expect(large.status).toBe(422);
    expect(large.text).toContain('48.8 KB보다 큽니다');
    const many = { '1.pdf': pdf(), '2.pdf': pdf(), '3.pdf': pdf() };
    const refused = await send('tax', path, `${path}/answer`, { text: '답변' }, many);
    expect(refused.text).toContain('파일이 2개를 넘습니다');
    const { rows } = await hub.store.pool.query(
      "select 1 from events where type = 'answered' and data::text like '%한도%'",
    );
    expect(rows).toEqual([]);
  });

  test('without the token of the session registers nothing, however complete it is', async () => {
    for (const formToken of ['', 'x', undefined]) {
      const form = new FormData();
      if (formToken !== undefined) form.append('formToken', formToken);
      for (const [name, value] of Object.entries({ ...call, title: '남의 양식', body: '내용' }))
        form.append(name, value);
      const sent = await as('counsellor').call('/register', { method: 'POST', body: form });
      expect(sent.status).toBe(403);
    }
    const { rows } = await hub.store.pool.query(
      "select 1 from complaints where content ->> 'title' = '남의 양식'",
    );
    expect(rows).toEqual([]);
  });

  test('of another site is refused before a byte of its files is read', async () => {
    const before = await hub.store.pool.query('select count(*) as n from uploads');
    const visitor = as('counsellor');
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(pdf())]), 'a.pdf');
    form.append('formToken', toHidden((await visitor.get('/register')).text, '/register').formToken ?? '');
    const late = await visitor.call('/register', { method: 'POST', body: form });
    expect(late.status).toBe(403);
    const after = await hub.store.pool.query('select count(*) as n from uploads');
    expect(after.rows).toEqual(before.rows);
  });
});
