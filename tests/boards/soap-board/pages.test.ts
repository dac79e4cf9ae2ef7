import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SoapBoard, startSoapBoard } from './index.ts';

const options = { agencyName: '기술혁신진흥원', user: 'partner', password: 'page-pass' };
let folder: string;
let board: SoapBoard;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soap-board-'));
  board = await startSoapBoard({ ...options, file: join(folder, 'board.sqlite') });
});
afterAll(async () => {
  await board.close();
  await rm(folder, { recursive: true });
});

/** Sends a form as a browser does without JavaScript. */
const submit = (path: string, fields: Record<string, string>) =>
  fetch(board.pageUrl + path, { method: 'POST', body: new URLSearchParams(fields) });

test('people file and answer on its pages, and it keeps what they wrote', async () => {
  const filed = await submit('/file', {
    CVPL_SJ: '<b>제목</b>',
    CVPL_CN: '내용',
    APLCNT_NM: '성춘향',
    CVPL_SE: '2',
  });
  expect(filed.status).toBe(200);
  const id = new URL(filed.url).pathname.replace('/cvpl/', '');
  const answered = await submit(`/cvpl/${id}/answer`, {
    ANSWER_CN: '답변 한 줄\r\n둘째 줄',
    CHARGER_NM: '한도윤',
  });
  const page = await answered.text();
  expect(page).toContain('답변 한 줄<br>둘째 줄');
  expect(page).toContain('답변완료');
  expect(await (await fetch(board.pageUrl)).text()).toContain('&lt;b&gt;제목&lt;/b&gt;');

  await board.close();
  board = await startSoapBoard({ ...options, file: join(folder, 'board.sqlite') });
  expect(board.posts().map(({ post, answers }) => [post.CVPL_NO, post.STTUS_CODE, answers.length])).toEqual([
    [id, '40', 1],
  ]);
});

test('a form that is not filled in comes back with the reason and what was written', async () => {
  const refused = await submit('/file', { CVPL_SJ: '제목만', CVPL_CN: '', APLCNT_NM: '김' });
  expect(refused.status).toBe(422);
  const page = await refused.text();
  expect(page).toContain('필수 항목이 없습니다: CVPL_CN');
  expect(page).toContain('value="제목만"');
  expect((await fetch(`${board.pageUrl}/cvpl/none`)).status).toBe(404);
});
