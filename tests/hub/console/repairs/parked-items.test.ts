import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putRawFields, toRawFields } from '../../../../hub/console/repairs/items/raw-fields.ts';
import { toReason } from '../../../../schemas/reason.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { type SoapBoard, startSoapBoard } from '../../../boards/soap-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createVisitor } from '../console-server.ts';
import { insertUsers } from '../sample-board.ts';

describe('what came in, as fields', () => {
  const raw = { no: 7, writer: { name: '김철 ', tel: null }, tags: ['a', 'AI'], at: '1\r\n2' };
  const reason = toReason('unknown_code', { table: 'kind', value: 'AI', known: 'LAW, ETC' });

  it('marks the value that the reason names, with the codes that are known', () => {
    const fields = toRawFields(raw, [{ pointer: '/content/kind', reason }]);
    expect(fields?.map(({ label, value }) => [label, value])).toEqual([
      ['no', '7'],
      ['writer.name', '김철 '],
      ['writer.tel', ''],
      ['tags.0', 'a'],
      ['tags.1', 'AI'],
      ['at', '1\n2'],
    ]);
    expect(fields?.filter((field) => field.reason)).toEqual([
      expect.objectContaining({ label: 'tags.1', reason, known: ['LAW', 'ETC'] }),
    ]);
    expect(toRawFields('a text', [])).toBeUndefined();
  });

  it('keeps what nobody changed as it came, and the types of what was', () => {
    const typed = { f0: '8', f1: '김철', f2: '', f3: 'a', f4: 'ETC', f5: '1\n2' };
    expect(putRawFields(raw, typed)).toEqual({ ...raw, no: 8, tags: ['a', 'ETC'] });
    const own = JSON.parse('{"__proto__": "x"}');
    expect(JSON.stringify(putRawFields(own, { f0: 'y' }))).toBe('{"__proto__":"y"}');
  });
});

describe('parked items in the console', () => {
  let from: RestBoard;
  let to: RestBoard;
  let hub: TestHub;
  let admin: ReturnType<typeof createVisitor>;

  beforeAll(async () => {
    process.env.SBIZ_API_KEY = 'rest-key';
    from = await startRestBoard({ agencyName: '보내는 기관', apiKey: 'rest-key' });
    to = await startRestBoard({ agencyName: '받는 기관', apiKey: 'rest-key' });
    const agencies = [
      readBoardAgency('rest-board', 'sbiz', from.url),
      readBoardAgency('rest-board', 'other', to.url),
    ];
    hub = await startTestHub(agencies, { rules: [], default: 'other' });
    await insertUsers(hub.store);
    admin = createVisitor(hub.url);
    await admin.signIn('admin');
  });
  afterAll(async () => {
    await hub.stop();
    await Promise.all([from.close(), to.close()]);
  });

  const listParked = async (): Promise<string[]> => {
    const { rows } = await hub.store.pool.query<{ id: string }>(
      "select id from raw_items where outcome = 'parked' order by id",
    );
    return rows.map(({ id }) => id);
  };
  const waitForParked = (count: number) =>
    waitFor(`${count} parked items`, async () => {
      const ids = await listParked();
      return ids.length === count ? ids : undefined;
    });
  const fieldOf = (text: string, label: string) =>
    new RegExp(`for="item-(f\\d+)">${label}</label>`).exec(text)?.[1] ?? '';

  it('are corrected in the field that is wrong, by a code that the table knows', async () => {
    from.file({ subject: '분류가 틀린 민원', ctgry: 'WRONG' });
    const [id] = await waitForParked(1);
    const path = `/parked/items/${id}`;
    const { text } = await admin.get(path);
    const field = fieldOf(text, 'ctgry');
    expect(text).toMatch(new RegExp(`<select[^>]+id="item-${field}"[^>]+aria-invalid="true"`));
    expect(text).toMatch(new RegExp(`id="item-${field}-problem"><span>[^<]*WRONG`));
    expect(text).toContain('<option value="FUND">');
    // The code can be given a meaning in the draft of the configuration.
    expect(text).toContain('action="/agencies/sbiz/workbench/codes"');

    // Counted by hand: in the third line, behind the colon and the space.
    const broken = await admin.fill(path, `${path}/retry`, { body: '{\n "a": 1,\n "b": \n}' });
    expect(broken.status).toBe(422);
    expect(broken.text).toContain('JSON 형식이 아닙니다. 3번째 줄 7번째 글자에서 막혔습니다.');
    // What other readers would take is refused without a place.
    const comma = await admin.fill(path, `${path}/retry`, { body: '{"a": 1,}' });
    expect(comma.text).toContain('JSON 형식이 아닙니다. 다시 확인하십시오.');

    const wrong = await admin.fill(path, `${path}/correct`, { [field]: 'NEITHER' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toMatch(/problem"><span>[^<]*NEITHER/);
    const sent = await admin.fill(path, `${path}/correct`, { [field]: 'FUND' });
    expect(sent.headers.get('location')).toMatch(/^\/complaints\/[\d-]+\?done=item_applied$/);
    expect(await listParked()).toEqual([]);
  });

  it('with the same reasons are decided about together', async () => {
    for (const n of [1, 2, 3]) from.file({ subject: `같은 사유 ${n}`, ctgry: 'AI' });
    from.file({ subject: '다른 사유', ctgry: 'ELSE' });
    await waitForParked(4);
    const page = (await admin.get('/parked')).text;
    expect(page).toContain('3건');
    for (const n of [1, 2, 3])
      expect(page).toMatch(new RegExp(`<a href="/parked/items/[0-9a-f-]{36}">같은 사유 ${n}</a>`));
    const [, group = ''] = /action="(\/parked\/groups\/[0-9a-f-]+)\/correct"/.exec(page) ?? [];
    const [, formToken = ''] = /name="formToken" value="([^"]+)"/.exec(page) ?? [];
    const retried = await admin.post(`${group}/retry`, { formToken });
    expect(retried.headers.get('location')).toBe('/parked?decided=0&left=3');
    const unknown = await admin.post(`${group}/correct`, { formToken, by: 'NEITHER' });
    expect(unknown.headers.get('location')).toBe('/parked?done=code_missing');
    const corrected = await admin.post(`${group}/correct`, { formToken, by: 'FUND' });
    expect(corrected.headers.get('location')).toBe('/parked?decided=3&left=0');
    expect((await admin.get('/parked?decided=3&left=0')).text).toContain('3건을 처리했습니다');
    const { rows } = await hub.store.pool.query(
      "select content ->> 'title' as title from complaints where content ->> 'title' like '같은%' order by 1",
    );
    expect(rows.map(({ title }) => title)).toEqual(['같은 사유 1', '같은 사유 2', '같은 사유 3']);
    // That of another reason waits, and nobody without the right decides.
    expect(await listParked()).toHaveLength(1);
    const auditor = createVisitor(hub.url);
    await auditor.signIn('auditor');
    const own = /name="formToken" value="([^"]+)"/.exec((await auditor.get('/parked')).text)?.[1] ?? '';
    expect((await auditor.post(`${group}/retry`, { formToken: own })).status).toBe(403);
  });

  it('are discarded together, with the reason', async () => {
    from.file({ subject: '버릴 것', ctgry: 'ELSE' });
    await waitForParked(2);
    const page = (await admin.get('/parked')).text;
    const [, group = ''] = /action="(\/parked\/groups\/[0-9a-f-]+)\/discard"/.exec(page) ?? [];
    const [, formToken = ''] = /name="formToken" value="([^"]+)"/.exec(page) ?? [];
    expect((await admin.post(`${group}/discard`, { formToken, reason: '' })).headers.get('location')).toBe(
      '/parked?done=reason_missing',
    );
    await admin.post(`${group}/discard`, { formToken, reason: '시험 글' });
    const { rows } = await hub.store.pool.query(
      "select decided_by from raw_items where outcome = 'discarded'",
    );
    expect(rows).toEqual([{ decided_by: 'admin' }, { decided_by: 'admin' }]);
  });
});

describe('a delivery that its board cannot write', () => {
  let soap: SoapBoard;
  let rest: RestBoard;
  let hub: TestHub;
  beforeAll(async () => {
    process.env.SBIZ_API_KEY = 'rest-key';
    process.env.TECHNO_PASSWORD = 'soap-password';
    soap = await startSoapBoard({
      agencyName: '기술혁신진흥원',
      user: 'minwon-hub',
      password: 'soap-password',
    });
    rest = await startRestBoard({ agencyName: '보내는 기관', apiKey: 'rest-key' });
    const agencies = [
      readBoardAgency('rest-board', 'sbiz', rest.url),
      readBoardAgency('soap-board', 'techno', soap.url),
    ];
    hub = await startTestHub(agencies, { rules: [], default: 'techno' });
    await insertUsers(hub.store);
  });
  afterAll(async () => {
    await hub.stop();
    await Promise.all([soap.close(), rest.close()]);
  });

  it('is sent with the sign replaced on that board alone', async () => {
    rest.file({ subject: '좋아요 😀 감사' });
    await waitFor('the parked link', async () => {
      const { rows } = await hub.store.pool.query("select 1 from links where state = 'parked'");
      return rows.length === 1;
    });
    const admin = createVisitor(hub.url);
    await admin.signIn('admin');
    const page = (await admin.get('/parked')).text;
    const [, action = ''] = /action="(\/parked\/links\/[0-9a-f-]+\/rewrite)"/.exec(page) ?? [];
    expect(page).toContain('😀 (U+1F600) 대신');
    const wrong = await admin.fill('/parked', action, { sign: '😀', by: '[😀]' });
    expect(wrong.headers.get('location')).toBe('/parked?done=sign_wrong#links');
    const sent = await admin.fill('/parked', action, { sign: '😀', by: '(웃음)' });
    expect(sent.headers.get('location')).toBe('/parked?done=link_retried');
    await waitFor('the complaint on the board', async () => {
      const { rows } = await hub.store.pool.query(
        "select 1 from links where agency = 'techno' and held = due and state = 'open'",
      );
      return rows.length === 1;
    });
    expect(soap.posts().map(({ post }) => post.CVPL_SJ)).toEqual(['좋아요 (웃음) 감사']);
    const { rows } = await hub.store.pool.query("select content ->> 'title' as title from complaints");
    expect(rows).toEqual([{ title: '좋아요 😀 감사' }]);
  });
});
