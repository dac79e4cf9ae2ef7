import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createContentStore } from '../../../../hub/attachments/content-store.ts';
import { openDiskStore } from '../../../../hub/attachments/disk-store.ts';
import { countMasked } from '../../../../hub/insight/inspection/count-masked.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createVisitors } from '../../console/console-server.ts';
import { insertUsers } from '../../console/sample-board.ts';

let folder: string;
let road: RestBoard;
let tax: RestBoard;
let hub: TestHub;
const visitAs = createVisitors(() => hub.url).as;
// Of nobody: no office has the digits 0000.
const rrn = '000101-4000016';

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-withheld-'));
  road = await startRestBoard({ agencyName: '도로과', apiKey: 'rest-key' });
  tax = await startRestBoard({ agencyName: '세무과', apiKey: 'rest-key' });
  hub = await startTestHub(
    [readBoardAgency('rest-board', 'road', road.url), readBoardAgency('rest-board', 'tax', tax.url)],
    { rules: [], default: 'tax' },
    { ATTACHMENTS_DIR: folder },
  );
  await insertUsers(hub.store);
});
afterAll(async () => {
  await hub.stop();
  await Promise.all([road.close(), tax.close()]);
  await rm(folder, { recursive: true });
});

const file = (subject: string, content = `주민번호 ${rrn}`) =>
  road.file({ subject, contents: '파일을 보세요' }, [
    { name: '신청서.txt', content: Buffer.from(content) },
    { name: '사진 설명.txt', content: Buffer.from('번호 없음') },
  ]);
const find = (board: RestBoard, subject: string) => board.posts().find((post) => post.subject === subject);

/** The complaint once its post and its other file are on the second board. */
async function settle(subject: string) {
  const post = await waitFor('the post with one file', () => {
    const there = find(tax, subject);
    return there && tax.files(there.mwNo).length === 1 ? there : undefined;
  });
  const row = await waitFor('the file that is held back', async () => {
    const { rows } = await hub.store.pool.query(
      `select a.id, c.receipt_number, a.agency from attachments a join complaints c on c.id = a.complaint_id
       where c.content ->> 'title' = $1 and a.state = 'withheld'`,
      [subject],
    );
    return rows[0];
  });
  const at = `/complaints/${row.receipt_number}`;
  return { post, at, file: `${at}/attachments/${row.id}` };
}

it('a file with a number stays here, the post goes without it, and it follows when an officer names the law', async () => {
  file('급여 신청');
  const { post, at, file: path } = await settle('급여 신청');
  expect(tax.files(post.mwNo).map(({ name }) => name)).toEqual(['사진 설명.txt']);
  const officer = await visitAs('tax');
  const page = await officer.get(at);
  expect(page.text).toContain('보류: 고유식별번호가 있음');
  expect(page.text).toContain('주민등록번호 1');
  expect(page.text).not.toContain(`href="${path}"`);
  for (const login of ['tax', 'road', 'counsellor', 'admin'])
    expect((await (await visitAs(login)).get(path)).status, login).toBe(404);
  expect((await (await visitAs('road')).get(`${path}/decide`)).status).toBe(403);
  const refused = await officer.fill(`${path}/decide`, `${path}/release`, { law: '관행' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('조문을 함께');
  const released = await officer.fill(`${path}/decide`, `${path}/release`, {
    law: '고용보험법 시행령 제145조의2',
  });
  expect(released.headers.get('location')).toBe(`${at}?done=file_released`);
  await waitFor('the file on the other board', () => tax.files(post.mwNo).length === 2);
  expect((await officer.get(path)).status).toBe(200);
  const { rows } = await hub.store.pool.query(
    "select actor, detail from audit_entries where action = 'file.released'",
  );
  expect(rows).toMatchObject([{ actor: 'tax', detail: { law: '고용보험법 시행령 제145조의2' } }]);
});

it('one that is removed is gone from the store, and its name and the reason stay', async () => {
  file('두 번째 신청', `제 번호는 ${rrn}입니다`);
  const { at, post, file: path } = await settle('두 번째 신청');
  const officer = await visitAs('tax');
  expect((await officer.fill(`${path}/decide`, `${path}/remove`, { why: ' ' })).status).toBe(422);
  await officer.fill(`${path}/decide`, `${path}/remove`, { why: '번호를 지우고 다시 내기로 함' });
  const page = await officer.get(at);
  expect(page.text).toContain('번호를 지우고 다시 내기로 함');
  expect((await officer.get(path)).status).toBe(404);
  const { rows } = await hub.store.pool.query(
    `select d.state from attachment_deliveries d where d.attachment_id = $1`,
    [path.split('/').at(-1)],
  );
  expect(rows).toEqual([{ state: 'skipped' }]);
  expect(tax.files(post.mwNo)).toHaveLength(1);
  const contents = createContentStore(hub.store, openDiskStore(folder));
  await hub.store.pool.query("update attachment_contents set check_at = now() - interval '1 hour'");
  expect(await contents.sweep()).toBe(1);
});

it('what is found counts in the monthly inspection', async () => {
  const month = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Seoul',
    year: 'numeric',
    month: '2-digit',
  }).format();
  // The released one is nobody's to withhold any more; the removed one has no content.
  file('세 번째 신청', `${rrn} 확인`);
  await settle('세 번째 신청');
  expect(await countMasked(hub.store, 'road', month)).toEqual([{ kind: 'rrn', numbers: 1, items: 1 }]);
});

it('a file from before is found in the background and held back', async () => {
  file('예전 신청', '아직 번호 없음');
  const there = await waitFor('both files', () => {
    const post = find(tax, '예전 신청');
    return post && tax.files(post.mwNo).length === 2 ? post : undefined;
  });
  expect(there).toBeDefined();
  const contents = createContentStore(hub.store, openDiskStore(folder), {
    readInside: async () => ({ numbers: { rrn: 1 }, unread: null }),
  });
  await hub.store.pool.query(
    `update attachment_contents set inside = null where sha256 in (select sha256 from attachments where declared ->> 'name' = '신청서.txt'
       and complaint_id = (select id from complaints where content ->> 'title' = '예전 신청'))`,
  );
  expect(await contents.lookBack('[]')).toEqual({ looked: 1, withheld: 1 });
  expect(await contents.lookBack('[]')).toEqual({ looked: 0, withheld: 0 });
});
