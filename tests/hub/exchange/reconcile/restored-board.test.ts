import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agency } from '../../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { type SoapBoard, startSoapBoard } from '../../../boards/soap-board/index.ts';
import { readRestBoard, readSoapBoard } from '../../../demo/board-copies.ts';
import { inWords } from '../../../support/in-words.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createReconciler, inShort } from './reconciling.ts';

let folder: string;
let rest: RestBoard;
let soap: SoapBoard;
let hub: TestHub;
const file = (name: string) => join(folder, name);
const openRest = (port = 0) =>
  startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key', file: file('rest.db'), port });
const openSoap = (port = 0) =>
  startSoapBoard({
    agencyName: '기술혁신진흥원',
    user: 'minwon-hub',
    password: 'soap-password',
    file: file('soap.db'),
    port,
  });
const portOf = ({ pageUrl }: { pageUrl: string }) => Number(new URL(pageUrl).port);

/** A copy of a board's database as its backup makes one. */
async function copy(from: string, to: string) {
  await rm(file(to), { force: true });
  const db = new DatabaseSync(file(from));
  await backup(db, file(to));
  db.close();
}

async function restore(name: string) {
  for (const suffix of ['', '-wal', '-shm']) await rm(file(`${name}.db${suffix}`), { force: true });
  await copy(`${name}.backup`, `${name}.db`);
}

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  process.env.TECHNO_PASSWORD = 'soap-password';
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-restored-'));
  rest = await openRest();
  soap = await openSoap();
  const agencies: Agency[] = [
    readBoardAgency('rest-board', 'sbiz', rest.url),
    readBoardAgency('soap-board', 'techno', soap.url),
  ];
  hub = await startTestHub(agencies, {
    rules: [{ when: { category: ['기술'] }, to: 'techno' }],
    default: 'sbiz',
  });
});
afterAll(async () => {
  await hub.stop();
  await Promise.all([rest.close(), soap.close()]);
  await rm(folder, { recursive: true, force: true });
});

const onSoap = (title: string) => soap.posts().find(({ post }) => post.CVPL_SJ === title);
const onRest = (title: string) => rest.posts().find(({ subject }) => subject === title);
const level = () =>
  waitFor('all links level', async () => {
    const { rows } = await hub.store.pool.query(
      'select exists (select from links where held < due) as behind',
    );
    return !rows[0].behind;
  });
const eventCount = async () => {
  const { rows } = await hub.store.pool.query('select count(*)::int as n from events');
  return rows[0].n;
};

/** What both boards hold, without the numbers that they give and that a restored board gives anew. */
const holdings = () => ({
  rest: readRestBoard(rest)
    .map(({ id: _id, isOwn: _own, ...copy }) => copy)
    .sort(byTitle),
  soap: readSoapBoard(soap)
    .map(({ id: _id, isOwn: _own, ...copy }) => copy)
    .sort(byTitle),
});
const byTitle = (a: { title: string }, b: { title: string }) => (a.title < b.title ? -1 : 1);

async function story(): Promise<void> {
  const old = rest.file({ subject: '지난주 민원', ctgry: 'TECH' });
  soap.file({ CVPL_SJ: '지난주 기술 민원', CTGRY_CODE: '900' });
  await waitFor('both on the other board', () => onSoap('지난주 민원') && onRest('지난주 기술 민원'));
  await level();
  await copy('rest.db', 'rest.backup');
  await copy('soap.db', 'soap.backup');

  // The week that the copies do not know: of old posts and of new ones, from both sides.
  soap.interim(String(onSoap('지난주 민원')?.post.CVPL_NO), '살펴보고 있습니다.');
  rest.followUp(old, '언제 답변하나요?');
  rest.answer(Number(onRest('지난주 기술 민원')?.mwNo), '지난주 것에 답합니다.');
  rest.file({ subject: '이번 주 민원', ctgry: 'TECH' });
  rest.file({ subject: '이번 주 자기 민원', ctgry: 'FUND' });
  soap.file({ CVPL_SJ: '이번 주 기술 민원', CTGRY_CODE: '900' });
  await waitFor('the new ones', () => onSoap('이번 주 민원') && onRest('이번 주 기술 민원'));
  soap.answer(String(onSoap('이번 주 민원')?.post.CVPL_NO), '이번 주 것에 답합니다.');
  const own = Number(onRest('이번 주 자기 민원')?.mwNo);
  rest.interim(own, '자기 민원을 검토합니다.');
  rest.answer(own, '자기 민원에 답합니다.');
  await waitFor('the answers and the question', () => {
    const answered =
      onRest('이번 주 민원')?.replies.length === 1 && onSoap('지난주 기술 민원')?.answers.length === 1;
    return (
      answered && onSoap('지난주 민원')?.questions.length === 1 && onRest('지난주 민원')?.replies.length === 1
    );
  });
  rest.withdraw(Number(onRest('이번 주 민원')?.mwNo), '해결됨');
  await waitFor('the withdrawal', () => onSoap('이번 주 민원')?.post.STTUS_CODE === '90');
  await waitFor('every answer', async () => {
    const { rows } = await hub.store.pool.query("select 1 from events where type = 'answered'");
    return rows.length === 3;
  });
  await level();
}

describe('a board that was restored from an old copy', () => {
  it('differs in nothing before', async () => {
    await story();
    const { compare } = createReconciler(hub);
    for (const agency of ['sbiz', 'techno'] as const) {
      const report = await compare(agency);
      expect(inShort(report)).toEqual([]);
      expect(report.posts).toBe((agency === 'sbiz' ? rest : soap).posts().length);
    }
  });

  it.each([
    ['sbiz', 'rest'],
    ['techno', 'soap'],
  ] as const)('%s is made whole again, nothing doubled', async (agency, name) => {
    const { compare, repair } = createReconciler(hub);
    const [before, events] = [holdings(), await eventCount()];
    const port = portOf(name === 'rest' ? rest : soap);
    await (name === 'rest' ? rest : soap).close();
    await restore(name);
    if (name === 'rest') rest = await openRest(port);
    else soap = await openSoap(port);
    expect(holdings()).not.toEqual(before);

    const report = await compare(agency);
    expect(report.drifts.filter(({ kind }) => kind === 'missing_there')).toHaveLength(
      before[name].length - holdings()[name].length,
    );
    expect(report.drifts.filter(({ kind }) => kind === 'differs').length).toBeGreaterThan(0);
    expect(holdings()).not.toEqual(before);
    await repair(agency, report);
    expect(holdings()).toEqual(before);
    expect(await eventCount()).toBe(events);
    expect(inShort(await compare(agency))).toEqual([]);
    expect(holdings()).toEqual(before);
  });

  it('gives the numbers of lost posts to new ones: each stays what it is', async () => {
    const { compare, repair } = createReconciler(hub);
    const before = holdings();
    const port = portOf(rest);
    await rest.close();
    await restore('rest');
    rest = await openRest(port);
    const known = await hub.store.pool.query("select external_id from links where agency = 'sbiz'");
    const no = rest.file({ subject: '복구한 뒤의 새 민원', ctgry: 'FUND' });
    expect(known.rows).toContainEqual({ external_id: String(no) });
    await waitFor('the new post parked', async () => {
      const { rows } = await hub.store.pool.query("select problems from raw_items where outcome = 'parked'");
      return JSON.stringify(inWords(rows)).includes('is another');
    });
    const report = await compare('sbiz');
    expect(inShort(report)).toContain(`missing_there ${no}`);
    expect(inShort(report)).toContain(`missing_here ${no}`);
    await repair('sbiz', report);
    const titles = (list: { title: string }[]) => list.map(({ title }) => title).sort();
    expect(titles(holdings().rest)).toEqual([...titles(before.rest), '복구한 뒤의 새 민원'].sort());
    expect(holdings().rest.filter(({ title }) => !title.startsWith('복구'))).toEqual(before.rest);
    expect(holdings().soap).toEqual(before.soap);
    const { rows } = await hub.store.pool.query(
      "select count(*)::int as n from complaints where content->>'title' = '복구한 뒤의 새 민원'",
    );
    expect(rows[0].n).toBe(1);
    expect(inShort(await compare('sbiz'))).toEqual([]);
  });
});
