import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type RestBoard, type RestBoardOptions, startRestBoard } from '../../boards/rest-board/index.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(options: Partial<RestBoardOptions> = {}): Promise<RestBoard> {
  const board = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'k', ...options });
  ends.push(() => board.close());
  return board;
}

const post = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const read = async (url: string) => (await fetch(url)).text();

test('people file, answer, ask and withdraw on the pages, and see it there', async () => {
  const board = await start();
  const filed = await post(`${board.pageUrl}new`, {
    subject: '<b>자금</b> 문의',
    contents: '첫 줄\n둘째 줄',
    ctgry: 'FUND',
    nm: '홍길동',
    mail: 'hong@company.example',
    hp: '01012345678',
    ntcMthd: 'S',
  });
  expect(filed.status).toBe(303);
  const page = new URL(filed.headers.get('location') ?? '', board.pageUrl).href;
  expect(await read(board.pageUrl)).toContain('&#60;b&#62;자금');
  await post(`${page}/reply`, {
    type: 'MID',
    cn: '확인하고 있습니다',
    dept: '지원부',
    chrg: '김담당',
    tel: '02-123-4567',
  });
  await post(`${page}/question`, { cn: '언제까지인가요?' });
  await post(`${page}/reply`, {
    type: 'FINAL',
    cn: '<p>가능합니다</p>',
    dept: '지원부',
    chrg: '김담당',
    tel: '',
  });
  const live = await read(`${page}/live`);
  for (const words of ['중간 회신', '확인하고 있습니다', '언제까지인가요?', '가능합니다', '답변 완료']) {
    expect(live).toContain(words);
  }
  await post(`${page}/transfer`, { to: 'techno', rsn: '소관이 아닙니다' });
  expect(board.posts()[0]).toMatchObject({ state: 'TRNS', trnsf: { to: 'techno', rsn: '소관이 아닙니다' } });
  await post(`${page}/withdraw`, { rsn: '해결되었습니다' });
  expect(board.posts()[0]).toMatchObject({
    state: 'CNCL',
    cnclRsn: '해결되었습니다',
    contents: '<p>첫 줄<br>둘째 줄</p>',
  });
});

test('the interface asks for its key and speaks of errors in its own shape', async () => {
  const board = await start();
  const refused = await fetch(`${board.url}api/v2/minwon`);
  expect([refused.status, await refused.json()]).toEqual([
    401,
    { result: 'ERR', code: 'E_KEY', msg: '인증키가 올바르지 않습니다' },
  ]);
});

test('what it holds, keys included, is still there after a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rest-board-'));
  ends.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'board.sqlite');
  const create = async (board: RestBoard) => {
    const headers = { 'x-api-key': 'k', 'idempotency-key': 'once', 'content-type': 'application/json' };
    const body = JSON.stringify({ subject: '제목', contents: '내용', wrtr: { nm: '홍길동' } });
    return (await fetch(`${board.url}api/v2/minwon`, { method: 'POST', headers, body })).json();
  };
  const before = await startRestBoard({ agencyName: 'a', apiKey: 'k', file });
  const first = await create(before);
  await before.close();
  const after = await start({ file });
  expect(await create(after)).toEqual(first);
  expect(after.posts().map(({ subject }) => subject)).toEqual(['제목']);
});
