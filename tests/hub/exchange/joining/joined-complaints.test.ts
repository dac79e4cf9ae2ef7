import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { pdf, sha256 } from '../../../support/sample-files.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';
import { call } from '../../doors/call.ts';

const desks: Agency[] = ['town', 'road', 'desk'].map((code) => ({
  code,
  name: { ko: `${code} 기관` },
  officers: [{ name: '담당' }],
}));
let boards: WireBoards;
let hub: TestHub;
const keys: Record<string, string> = {};

beforeAll(async () => {
  boards = await startWireBoards();
  const gate = toWireAgency(boards, 'gate');
  const body = '{ "title": event.data.answer.text, "seq": event.seq }';
  const push = gate.board!.settings.push as Record<string, unknown>;
  for (const type of ['answered', 'interim_answered']) push[type] = { method: 'POST', path: 'new', body };
  hub = await startTestHub([...desks, gate], {
    rules: [{ when: { category: ['도로'] }, to: 'road' }],
    default: 'town',
  });
  for (const agency of ['town', 'road', 'desk', 'gate'])
    keys[agency] = (await createApiKey(hub.store, agency)).key;
});
afterAll(async () => {
  await hub.stop();
  await boards.close();
});

let filed = 0;
interface Filed {
  name?: string;
  category?: string;
  title?: string;
  kind?: string;
  by?: string;
}
/** A complaint of somebody else each time, unless a name is given. */
async function file({ by = 'desk', name, title = '가로등 고장', ...more }: Filed = {}): Promise<string> {
  filed += 1;
  const content = {
    title,
    body: '골목 가로등이 켜지지 않습니다.',
    kind: 'query',
    complainant: { name: name ?? `주민 ${filed}` },
    filedAt: new Date().toISOString(),
    ...more,
  };
  const made = await call<{ receiptNumber: string }>(hub, keys[by], 'POST', '/complaints', {
    externalId: `${by}-${filed}`,
    content,
  });
  expect([made.status, made.body]).toEqual([201, expect.anything()]);
  return made.body.receiptNumber;
}
const fileMany = (count: number, more: Filed = {}) =>
  Promise.all(Array.from({ length: count }, () => file(more)));

const send = (agency: string, number: string, part: string, value: object) =>
  call<{ errors?: { pointer: string; message: string }[] }>(
    hub,
    keys[agency],
    'POST',
    `/complaints/${number}/${part}`,
    value,
  );
const take = (agency: string, number: string, step: object) => send(agency, number, 'steps', step);
const join = (lead: string, complaints: string[], agency = 'town') =>
  take(agency, lead, { kind: 'joined', complaints, reason: '같은 골목의 같은 고장' });

interface Event {
  seq: number;
  type: string;
  answer?: { text: string };
  step?: { kind: string };
}
const eventsOf = async (number: string, agency = 'town') =>
  (await call<{ events: Event[] }>(hub, keys[agency], 'GET', `/complaints/${number}/events`)).body.events;
const readOf = async (number: string) =>
  (await call<{ status: string; dueAt: string }>(hub, keys.town, 'GET', `/complaints/${number}`)).body;
const textsOf = async (number: string) =>
  (await eventsOf(number)).flatMap(({ answer }) => answer?.text ?? []);
const hears = (number: string, words: string) =>
  waitFor(`${number} to hear ${words}`, async () =>
    (await textsOf(number)).some((text) => text.includes(words)),
  );
const levelled = () =>
  waitFor('joined complaints to be told', async () => {
    const { rows } = await hub.store.pool.query('select 1 from joins where told < due');
    return rows.length === 0;
  });

describe('joined complaints', () => {
  it('are answered by the answer to the one that leads them, each on its own board', async () => {
    const lead = await file();
    const others = [...(await fileMany(2, { by: 'gate' })), ...(await fileMany(2))];
    const [first = '', second = '', third = '', fourth = ''] = others;
    const few = await join(lead, others.slice(1));
    expect([few.status, few.body.errors]).toMatchObject([422, [{ pointer: '/complaints' }]]);
    expect(few.body.errors?.[0]?.message).toMatch(/5 complainants.*Decree, article 6/);
    expect((await join(lead, others)).status).toBe(201);
    for (const number of others) await hears(number, '[병합]');
    expect(await textsOf(lead)).toEqual([]);
    const lastSeqs = await Promise.all(others.map(async (number) => (await eventsOf(number)).length));

    // Seven days of a query from a day on end a week after it; five more make it a week later still.
    const before = await readOf(second);
    expect((await take('town', lead, { kind: 'extended', days: 5, reason: '자재 수급' })).status).toBe(201);
    await waitFor('the others to be extended', async () => (await readOf(second)).dueAt > before.dueAt);
    const leads = await readOf(lead);
    expect((await readOf(second)).dueAt.slice(0, 10)).toBe(leads.dueAt.slice(0, 10));

    const part = { kind: 'parted', complaints: [fourth], reason: '다른 골목' };
    expect((await take('town', lead, part)).status).toBe(201);
    await hears(fourth, '[병합 해제]');
    const answer = { text: '가로등을 고쳤습니다.', officer: { name: '박도로' } };
    expect((await send('town', lead, 'answers', answer)).status).toBe(201);
    for (const number of [first, second, third]) await hears(number, '가로등을 고쳤습니다.');
    await levelled();
    expect(await Promise.all(others.map(async (number) => (await readOf(number)).status))).toEqual([
      ...['answered', 'answered', 'answered'],
      'in_progress',
    ]);
    const kinds = (await eventsOf(first)).slice(lastSeqs[0]).map(({ type, step }) => step?.kind ?? type);
    expect(kinds).toEqual(['extended', 'answered']);
    await waitFor(
      'the board on which they were filed to show it',
      () => boards.effects.filter(({ title }) => title === '가로등을 고쳤습니다.').length === 2,
    );
    const { rows } = await hub.store.pool.query(
      `select c.receipt_number as number from notices n join complaints c on c.id = n.complaint_id
       where n.template = 'answered' and n.audience = 'complainant' order by 1`,
    );
    expect(rows.map(({ number }) => number)).toEqual([lead, first, second, third].toSorted());

    // After a crash before it was noted, it is told once more, and changes nothing.
    const told = await eventsOf(first);
    await hub.store.pool.query('update joins set told = joined_seq - 1');
    await levelled();
    expect(await eventsOf(first)).toEqual(told);
    const late = await take('town', lead, { ...part, complaints: [first] });
    expect([late.status, late.body.errors?.[0]?.message]).toMatchObject([422, /Decree, article 6/]);
  });

  it('are joined to one complaint, of the agency that answers them', async () => {
    const [lead = '', ...others] = await fileMany(5);
    const foreign = await file({ category: '도로', by: 'town' });
    const unseen = await file({ category: '도로' });
    const wrong = await join(lead, [...others, foreign, unseen]);
    expect(wrong.body.errors).toMatchObject([
      { pointer: '/complaints/4', message: expect.stringContaining('road') },
      { pointer: '/complaints/5', message: expect.not.stringContaining('road') },
    ]);
    // Two ask at the same moment: one of them is told that it came too late.
    const rival = await file();
    const both = await Promise.all([join(lead, others), join(rival, [...others, lead])]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 422]);
    expect((await join(await file(), others)).body.errors?.[0]?.message).toMatch(/joined to another/);
    expect((await join(others[0]!, await fileMany(4))).body.errors?.[0]?.pointer).toBe('');
  });

  it('go with the leading one to another agency, and go on alone when it is taken back', async () => {
    const [lead = '', ...others] = await fileMany(5);
    expect((await join(lead, others)).status).toBe(201);
    await levelled();
    await send('town', lead, 'transfer', { to: 'road', reason: '도로 소관' });
    await waitFor('all of them to be there', async () => {
      const { rows } = await hub.store.pool.query(
        "select 1 from complaints where receipt_number = any($1::text[]) and assignee = 'road'",
        [others],
      );
      return rows.length === 4;
    });
    expect((await send('desk', lead, 'withdrawal', { reason: '해결됨' })).status).toBe(201);
    for (const number of others) await hears(number, '[병합 해제]');
    await levelled();
    const { rows } = await hub.store.pool.query(
      `select count(*)::int as n from joins j join complaints l on l.id = j.lead_id
       where l.receipt_number = $1 and j.parted_seq is null`,
      [lead],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('get the files of the answer, also when their content comes later', async () => {
    const [lead = '', first = '', ...others] = await fileMany(5);
    expect((await join(lead, [first, ...others])).status).toBe(201);
    await levelled();
    const content = pdf();
    const uploaded = await fetch(`${hub.url}/api/v1/attachments?name=plan.pdf`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.town}` },
      body: new Uint8Array(content),
    });
    const { id } = (await uploaded.json()) as { id: string };
    const attachments = [{ id, name: 'plan.pdf' }];
    expect((await send('town', lead, 'answers', { text: '붙임을 보십시오.', attachments })).status).toBe(201);
    const listFiles = async () => {
      const { rows } = await hub.store.pool.query<{ state: string; sha256: string }>(
        `select a.state, a.sha256 from attachments a join complaints c on c.id = a.complaint_id
         where c.receipt_number = $1`,
        [first],
      );
      return rows;
    };
    const held = [{ state: 'held', sha256: sha256(content) }];
    await waitFor('the file to be named', async () => (await listFiles()).length === 1);
    expect(await listFiles()).toEqual(held);
    // As where the answer came from a board, and the hub has fetched its file by now.
    await hub.store.pool.query(
      `update attachments set state = 'wanted', sha256 = null
       where complaint_id = (select id from complaints where receipt_number = $1)`,
      [first],
    );
    await waitFor('its content to come', async () => (await listFiles())[0]?.state === 'held');
    expect(await listFiles()).toEqual(held);
  });

  it('are left alone when their complainants took them back, and say what could not be said of them', async () => {
    const [lead = '', first = '', second = '', ...others] = await fileMany(5);
    // The second was extended twice already, which is all that the law allows.
    await take('town', second, { kind: 'extended', days: 1, reason: '첫 번째' });
    await take('town', second, { kind: 'extended', days: 1, reason: '두 번째', consent: '통화' });
    expect((await join(lead, [first, second, ...others])).status).toBe(201);
    await levelled();
    await send('desk', first, 'withdrawal', {});
    await take('town', lead, { kind: 'extended', days: 3, reason: '현장 확인' });
    await send('town', lead, 'answers', { text: '마쳤습니다.' });
    await levelled();
    expect((await readOf(first)).status).toBe('withdrawn');
    expect((await readOf(second)).status).toBe('answered');
    const { rows } = await hub.store.pool.query(
      `select j.problem #>> '{params,reasons,0,code}' as code from joins j join complaints c on c.id = j.complaint_id
       where j.problem is not null and c.receipt_number = any($1::text[])`,
      [[first, second, ...others]],
    );
    expect(rows).toEqual([{ code: 'extension_third' }]);
  });
});

describe('the third identical complaint of one person', () => {
  const again = { name: '반복인', title: '불법 주차 단속', by: 'gate' };
  const close = (number: string, earlier: string[]) =>
    take('town', number, { kind: 'closed_as_repeat', earlier, reason: '새로운 내용이 없음' });
  const answer = async (agency: string, number: string) => {
    const text = `단속하였습니다 ${number}`;
    expect((await send(agency, number, 'answers', { text })).status).toBe(201);
    await waitFor('the result to be told', async () => {
      const { rows } = await hub.store.pool.query(
        `select 1 from attempts t join links l on l.id = t.link_id join complaints c on c.id = l.complaint_id
         where c.receipt_number = $1 and l.agency = 'gate' and t.seq = c.last_seq and t.outcome = 'done'`,
        [number],
      );
      return rows.length > 0;
    });
  };
  const known = (numbers: string[]) =>
    waitFor('their words to be indexed', async () => {
      const { rows } = await hub.store.pool.query(
        `select 1 from complaint_terms t join complaints c on c.id = t.complaint_id
         where c.receipt_number = any($1::text[]) and t.text_mark is not null`,
        [numbers],
      );
      return rows.length === numbers.length;
    });

  it('is closed once two results were told, whichever agencies they were of', async () => {
    // Answered by another agency, which the closing one may not read.
    const first = await file({ ...again, category: '도로' });
    await answer('road', first);
    const second = await file(again);
    await known([first, second]);
    const early = await close(second, [first, second]);
    expect([early.status, early.body.errors?.[0]?.message]).toMatchObject([422, /article 23/]);
    await answer('town', second);
    const third = await file(again);
    const stranger = await file({ ...again, name: '다른 사람' });
    await known([third, stranger]);
    expect((await close(stranger, [first, second])).body.errors?.[0]?.message).toMatch(/number 1/);
    expect((await close(third, [first, stranger])).body.errors?.[0]?.pointer).toBe('/earlier/1');
    expect((await close(third, [first, second])).status).toBe(201);
    expect((await readOf(third)).status).toBe('closed');
    const { rows } = await hub.store.pool.query(
      `select n.template from notices n join complaints c on c.id = n.complaint_id
       where c.receipt_number = $1 and n.audience = 'complainant' and n.template <> 'registered'`,
      [third],
    );
    expect(rows).toEqual([{ template: 'step' }]);
    await waitFor('the board on which it was filed to show it', () =>
      boards.effects.some(({ title }) => title.startsWith('[반복민원 종결]') && title.includes(second)),
    );
  });
});
