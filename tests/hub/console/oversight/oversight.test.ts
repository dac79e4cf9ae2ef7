import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toLedgerDay } from '../../../../hub/exchange/ledger/days.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitors,
  startConsole,
  toHidden,
} from '../console-server.ts';
import { insertComplaint, insertNotice, insertParkedItem, insertUsers } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
let roadNumber: string;
const nothing = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;
const visitAs = createVisitors(() => server.url).as;
const today = toLedgerDay(new Date());

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  // The sample complaint came out of nowhere: no item, and nobody was told.
  roadNumber = (await insertComplaint(store, { origin: 'road', assignee: 'road', registered: 0 }))
    .receiptNumber;
  for (let n = 0; n < 25; n += 1) await insertParkedItem(store, 'tax');
  server = await startConsole(store, {
    accept: createRecordedAccept(() => nothing).accept,
    parked: createRecordedActions(() => nothing),
  });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});

const insertAlert = async (condition: string, subject: string, state = 'open', opened = '1 hour') => {
  const id = uuid();
  await store.pool.query(
    `insert into alerts (id, condition, subject, state, since, seen_at, opened_at, ended_at, count, items, told)
     values ($1, $2, $3, $4, now() - $5::interval, now(), date_trunc('milliseconds', now()) - $5::interval, case when $4 = 'ended' then now() end, 3, '["unreachable"]', $6)`,
    [id, condition, subject, state, opened, JSON.stringify({ operator: new Date().toISOString() })],
  );
  return id;
};

describe('an address with a broken place in its list', () => {
  test.each([
    ['/?after=zzz&status=closed', '/?status=closed'],
    [`/?before=1_${'-'.repeat(36)}`, '/'],
    ['/parked?after=1', '/parked'],
    ['/parked?linksAfter=%27', '/parked'],
    [`/alerts?after=1795999999999~${'a'.repeat(36)}`, '/alerts'],
    ['/ledger?after=yesterday', '/ledger'],
    ['/outbox?before=0', '/outbox'],
    ['/?after=x&before=y', '/'],
  ])('%s leads to the first page', async (broken, first) => {
    const visitor = await visitAs('admin');
    const reply = await visitor.get(broken);
    expect([reply.status, reply.headers.get('location')]).toEqual([303, first]);
    expect((await visitor.get(first)).status).toBe(200);
  });

  test.each(['/ledger?after=2026-99-99~road', `/alerts?after=1_${uuid()}`, `/?after=${uuid()}`])(
    'and %s, which is one of another list, is no fault of ours',
    async (address) => {
      expect((await (await visitAs('admin')).get(address)).status).toBe(200);
    },
  );
});

describe('the ledger', () => {
  test.each([
    ['admin', 200],
    ['auditor', 200],
    ['road', 200],
    ['counsellor', 403],
  ])('is there for %s: %i', async (login, status) => {
    expect((await (await visitAs(login)).get('/ledger')).status).toBe(status);
  });

  test('shows each agency its numbers, and an officer only his own', async () => {
    const all = (await (await visitAs('auditor')).get('/ledger')).text;
    expect(all).toContain('도로관리사업소');
    expect(all).toMatch(/state=parked[^>]*>보류 25</);
    expect(all).toMatch(/side=received&amp;state=difference[^>]*>불일치 1</);
    const officer = await visitAs('tax');
    const own = (await officer.get('/ledger?agency=road')).text;
    expect(own).toContain('중소기업세무지원센터');
    expect(own).not.toContain('도로관리사업소');
    expect((await officer.get(`/ledger/${today}/road`)).status).toBe(404);
  });

  test('leads to the things behind a number, page by page', async () => {
    const visitor = await visitAs('admin');
    const named = await visitor.get(`/ledger/${today}/road?side=received&state=difference`);
    expect(named.text).toContain(roadNumber);
    expect(named.text).toContain('민원의 근거 자료가 없음');
    const first = await visitor.get(`/ledger/${today}/tax?side=received&state=parked`);
    const items = (text: string) =>
      [...text.matchAll(/\/parked\/items\/([0-9a-f-]{36})/g)].map(([, id]) => id);
    expect(items(first.text)).toHaveLength(20);
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(first.text) ?? [];
    const second = await visitor.get(next.replaceAll('&amp;', '&'));
    expect(items(second.text)).toHaveLength(5);
    expect(new Set([...items(first.text), ...items(second.text)]).size).toBe(25);
  });

  test('says when there is nothing, and which days can be asked for', async () => {
    const visitor = await visitAs('admin');
    expect((await visitor.get('/ledger?from=2001-01-01&to=2001-01-02')).text).toContain(
      '이 기간에 기록이 없습니다.',
    );
    const wrong = await visitor.get('/ledger?from=2001-01-01&to=2001-03-02');
    expect([wrong.status, wrong.text.includes('31일까지')]).toEqual([422, true]);
    expect((await visitor.get('/ledger/2026-02-30/road')).status).toBe(404);
    expect((await visitor.get('/ledger?after=2001-01-01~x&from=y')).status).toBe(200);
  });

  test('goes on over days and agencies', async () => {
    const visitor = await visitAs('admin');
    const at = new Date('2001-01-01T12:00:00+09:00');
    const id = `${at
      .getTime()
      .toString(16)
      .padStart(12, '0')
      .replace(/(.{8})/, '$1-')}-7000-8000-`;
    for (let n = 10; n < 35; n += 1)
      await store.pool.query(
        `insert into raw_items (id, agency, source, external_id, version, body, actor, received_at, outcome)
         values ($1, $2, 'poll', 'x', '1', '{}', '{}', $3, 'discarded')`,
        [`${id}0000000000${n}`, `agency-${n}`, at],
      );
    const agenciesOf = (text: string) =>
      [...text.matchAll(/<span class="quiet">(agency-\d+)</g)].map(([, a]) => a);
    const first = await visitor.get('/ledger?from=2001-01-01&to=2001-01-02');
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(first.text) ?? [];
    const second = await visitor.get(next.replaceAll('&amp;', '&'));
    expect([...agenciesOf(first.text), ...agenciesOf(second.text)]).toEqual(
      Array.from({ length: 25 }, (_, n) => `agency-${n + 10}`),
    );
    expect(agenciesOf(first.text)).toHaveLength(20);
  });
});

describe('alerts', () => {
  test('show what stands, since when and who was told; an officer sees what is his to repair', async () => {
    const empty = await (await visitAs('admin')).get('/alerts');
    expect(empty.text).toContain('지금 경보가 없습니다.');
    await insertAlert('board-away', 'road');
    await insertAlert('board-away', 'tax');
    await insertAlert('items-parked', 'road');
    await insertAlert('provider-failing', 'email');
    await insertAlert('backlog', 'road', 'ended');
    const { text } = await (await visitAs('counsellor')).get('/alerts');
    expect(text.match(/게시판에 연결되지 않음/g)).toHaveLength(2);
    expect(text).toContain('운영자');
    expect(text).not.toContain('전달 대기');
    expect(text).not.toMatch(/action="\/alerts\/[^"]+acknowledge"/);
    const own = (await (await visitAs('road')).get('/alerts')).text;
    expect(own.match(/게시판에 연결되지 않음/g)).toHaveLength(1);
    expect(own).not.toContain('받은 자료 보류');
    expect((await (await visitAs('admin')).get('/alerts?state=ended')).text).toContain('30분 넘게 전달 대기');
  });

  test('say of a message that lies in the outbox that it was kept, and not that it was sent', async () => {
    await store.pool.query(
      `insert into alert_messages (id, audience, channel, address, subject, text, state, provider, tries, next_at, created_at, sent_at)
       values ($1, 'road', 'email', 'a@example.kr', '경보', '글', 'sent', 'outbox', 0, now(), now(), now())`,
      [uuid()],
    );
    const { text } = await (await visitAs('road')).get('/alerts');
    const [, messages = ''] = text.split('id="messages"');
    expect(messages).toContain('보관됨');
    expect(messages).not.toContain('발송 완료');
  });

  test('name what they speak of, lead to it, and are counted in the menu', async () => {
    const complaint = await insertComplaint(store, { title: '가로등 고장' });
    const item = await insertParkedItem(store, 'road');
    const name = async (condition: string, said: string) =>
      store.pool.query(`update alerts set items = $2 where condition = $1 and subject = 'road'`, [
        condition,
        JSON.stringify([{ code: 'said', said }]),
      ]);
    await name('board-away', complaint.receiptNumber);
    await name('items-parked', item);
    const { text } = await (await visitAs('counsellor')).get('/alerts');
    expect(text).toContain('<a href="/parked">');
    expect(text).toContain('<a href="/agencies/road">');
    expect(text).toContain(
      `<a href="/complaints/${complaint.receiptNumber}">${complaint.receiptNumber} 가로등 고장</a>`,
    );
    expect(text).toContain(`<a href="/parked/items/${item}">환급 &lt;b&gt;문의&lt;/b&gt;</a>`);
    expect(text).not.toContain(`>${item}<`);
    expect(text).toMatch(/href="\/alerts"[^>]*>경보 <span class="menu-count">4<\/span>/);
    const own = (await (await visitAs('road')).get('/')).text;
    expect(own).toMatch(/href="\/alerts"[^>]*>경보 <span class="menu-count">1<\/span>/);
  });

  test('show a message in the language of who reads it, whatever language it went out in', async () => {
    const words = {
      ko: { subject: '[민원 허브 경보] 발생 1건', text: '국문 본문' },
      en: { subject: '[Minwon Hub alerts] 1 new', text: 'English text' },
    };
    await store.pool.query(
      `insert into alert_messages (id, audience, channel, address, subject, text, language, words, state, next_at, created_at)
       values ($1, 'operator', 'email', 'x@example.kr', $2, $3, 'ko', $4, 'sent', now(), now())`,
      [uuid(), words.ko.subject, words.ko.text, JSON.stringify(words)],
    );
    const visitor = await visitAs('admin');
    const korean = (await visitor.get('/alerts')).text;
    expect([korean.includes('국문 본문'), korean.includes('English text')]).toEqual([true, false]);
    await visitor.fill('/alerts', '/language', { language: 'en' });
    const english = (await visitor.get('/alerts')).text;
    expect([english.includes('국문 본문'), english.includes('English text')]).toEqual([false, true]);
    expect(english).toContain('[Minwon Hub alerts] 1 new');
    await visitor.fill('/alerts', '/language', { language: 'ko' });
  });

  test('keep their messages to be read, each audience its own', async () => {
    for (const audience of ['operator', 'road'])
      await store.pool.query(
        `insert into alert_messages (id, audience, channel, address, subject, text, state, next_at, created_at)
         values ($1, $2, 'email', 'x@example.kr', '경보', $3, 'sent', now(), now())`,
        [uuid(), audience, `text for ${audience}`],
      );
    const all = (await (await visitAs('admin')).get('/alerts')).text;
    expect([all.includes('text for operator'), all.includes('text for road')]).toEqual([true, true]);
    const own = (await (await visitAs('road')).get('/alerts')).text;
    expect([own.includes('text for operator'), own.includes('text for road')]).toEqual([false, true]);
  });

  test('are acknowledged with login and time, by an officer only his own', async () => {
    const { rows } = await store.pool.query("select id, subject from alerts where condition = 'board-away'");
    const idOf = (subject: string) => rows.find((row) => row.subject === subject).id as string;
    const officer = await visitAs('road');
    const own = `/alerts/${idOf('road')}/acknowledge`;
    const done = await officer.fill('/alerts', own, {});
    expect(done.headers.get('location')).toBe('/alerts?done=alert_acknowledged');
    const [, formToken = ''] =
      /name="formToken" value="([^"]+)"/.exec((await officer.get('/alerts')).text) ?? [];
    const foreign = await officer.post(`/alerts/${idOf('tax')}/acknowledge`, { formToken });
    expect(foreign.headers.get('location')).toBe('/alerts?done=alert_gone');
    const now = await store.pool.query(
      "select subject, acknowledged_by, acknowledged_count from alerts where condition = 'board-away' order by subject",
    );
    expect(now.rows).toEqual([
      { subject: 'road', acknowledged_by: 'road', acknowledged_count: 3 },
      { subject: 'tax', acknowledged_by: null, acknowledged_count: null },
    ]);
    expect((await (await visitAs('auditor')).get('/alerts')).text).toContain('road<span class="quiet">');
  });

  test('go on page by page', async () => {
    for (let n = 0; n < 25; n += 1) await insertAlert('deadline-passed', `z${n}`, 'ended', `${n + 2} hours`);
    const visitor = await visitAs('admin');
    const subjects = (text: string) =>
      [...text.matchAll(/<span class="quiet">(z\d+)</g)].map(([, one]) => one);
    const first = (await visitor.get('/alerts?state=ended')).text;
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(first) ?? [];
    const second = (await visitor.get(next.replaceAll('&amp;', '&'))).text;
    expect([...subjects(first), ...subjects(second)]).toEqual(Array.from({ length: 25 }, (_, n) => `z${n}`));
    const [, back = ''] = /rel="prev" href="([^"]+)"/.exec(second) ?? [];
    expect(subjects((await visitor.get(back.replaceAll('&amp;', '&'))).text)).toEqual(subjects(first));
  });
});

describe('the shape of a board', () => {
  const change = (place: string, uses: string[], since: string) => ({ place, kind: 'gone', uses, since });
  const first = change('post.title', ['/normalise', '/pull/externalId'], '2026-11-20T00:30:00.000Z');
  const keep = (changes: object[]) =>
    store.pool.query(
      `insert into board_shapes (agency, adapter, approved, approved_at, seen, seen_at, changes, concerned, looked_at, next_at)
       values ('road', 'rest', '[]', now(), '[{"place": "post.id"}]', now(), $1, 1, now(), now())
       on conflict (agency) do update set changes = excluded.changes`,
      [JSON.stringify(changes)],
    );

  test('is shown with what changed and where it is used; only an administrator takes it as normal', async () => {
    await keep([first]);
    const auditor = (await (await visitAs('auditor')).get('/agencies/road')).text;
    expect(auditor).toContain('연계 설정이 쓰는 항목 1개가 바뀌었습니다');
    for (const words of ['<code>post.title</code>', '없어짐', '<code>/board/settings/pull/externalId</code>'])
      expect(auditor).toContain(words);
    expect(auditor).not.toContain('action="/agencies/road/shape"');

    const admin = await visitAs('admin');
    const { text } = await admin.get('/agencies/road');
    await keep([first, change('post.body', ['/normalise'], '2026-11-20T01:30:00.000Z')]);
    const fields = toHidden(text, '/agencies/road/shape');
    const late = await admin.post('/agencies/road/shape', fields);
    expect(late.headers.get('location'), 'it changed again').toBe('/agencies/road?done=shape_moved#shape');
    const done = await admin.fill('/agencies/road', '/agencies/road/shape', {});
    expect(done.headers.get('location')).toBe('/agencies/road?done=shape_taken#shape');
    expect((await admin.get('/agencies/road')).text).toContain('기준과 같습니다.');
    const { rows } = await store.pool.query('select approved, approved_by, concerned from board_shapes');
    expect(rows).toEqual([{ approved: [{ place: 'post.id' }], approved_by: 'admin', concerned: 0 }]);
  });
});

describe('what became of texts', () => {
  const texts = [
    ['sent', 'awaited', '전달 결과 대기'],
    ['sent', 'delivered', '전달 확인'],
    ['failed', 'undelivered', '전달 실패'],
    ['sent', 'unconfirmed', '전달 미확인'],
  ] as const;

  test('is shown, counted, and found by the choice of states', async () => {
    for (const [state, report] of texts) {
      const { id, receiptNumber } = await insertComplaint(store, {
        origin: 'road',
        assignee: 'road',
        registered: 0,
      });
      const notice = await insertNotice(store, id, state);
      await store.pool.query('update notices set report = $2, sent_at = now() where id = $1', [
        notice,
        report,
      ]);
      numbers.set(report, receiptNumber);
    }
    const visitor = await visitAs('counsellor');
    const all = (await visitor.get('/outbox')).text;
    expect(all).toMatch(
      /14일 동안.*\s.*state=undelivered">전달 실패 1<\/a>.*\s.*\s.*state=unconfirmed">전달 미확인 1<\/a>/,
    );
    for (const [, report, words] of texts) {
      const list = (await visitor.get(`/outbox?state=${report}`)).text;
      expect(list, report).toContain(`>${words}</span>`);
      for (const [other, number] of numbers)
        expect(list.includes(`/complaints/${number}`), `${other} in ${report}`).toBe(other === report);
      const file = (await visitor.get(`/complaints/${numbers.get(report)}`)).text;
      expect(file, report).toContain(`>${words}</span>`);
    }
  });
  const numbers = new Map<string, string>();
});
