import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { type SoapBoard, startSoapBoard } from '../../../boards/soap-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createVisitor } from '../console-server.ts';
import { insertUsers } from '../sample-board.ts';

/** A whole hub that seals what it keeps, with a board that can change a post and one that cannot. */
let rest: RestBoard;
let soap: SoapBoard;
let hub: TestHub;
let folder: string;

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  process.env.TECHNO_PASSWORD = 'soap-password';
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-sealing-'));
  const key = join(folder, 'sealing.key');
  await writeFile(key, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  rest = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
  soap = await startSoapBoard({
    agencyName: '기술혁신진흥원',
    user: 'minwon-hub',
    password: 'soap-password',
  });
  hub = await startTestHub(
    [readBoardAgency('rest-board', 'sbiz', rest.url), readBoardAgency('soap-board', 'techno', soap.url)],
    { rules: [{ when: { category: ['기술'] }, to: 'techno' }], default: 'sbiz' },
    { SEALING_KEY: `file:${key}` },
  );
  await insertUsers(hub.store);
}, 60_000);
afterAll(async () => {
  await hub?.stop();
  await Promise.all([rest?.close(), soap?.close()]);
  await rm(folder, { recursive: true, force: true });
});

test('found though it lies sealed, corrected in the own complaint, told to the board that takes it, and seen to on both', async () => {
  const no = rest.file({
    ...{ subject: '난간 보수', contents: '난간이 흔들립니다.', ctgry: 'TECH' },
    wrtr: { nm: '남궁한', mail: 'namgung@example.kr', hp: '010-7777-1234', ntcMthd: 'E' },
  });
  await waitFor('the copy', () => soap.posts().find(({ post }) => post.CVPL_SJ === '난간 보수'));
  const [complaint] = await waitFor('all of it brought', async () => {
    const { rows } = await hub.store.pool.query<{ id: string; receiptNumber: string }>(
      `select id, receipt_number as "receiptNumber" from complaints c where exists (select from links l where l.complaint_id = c.id and l.agency = 'techno')
         and not exists (select from links l where l.complaint_id = c.id and l.held < l.due) and exists (select from complaint_terms t where t.complaint_id = c.id)`,
    );
    return rows.length === 1 ? rows : undefined;
  });
  const counsellor = createVisitor(hub.url);
  await counsellor.signIn('counsellor');
  const made = await counsellor.fill('/subject-requests/new', '/subject-requests/new', {
    ...{
      kind: 'correct',
      way: 'counter',
      name: '남궁한',
      phone: '010-7777-1234',
      wants: '이름과 번호를 바로잡아 주십시오.',
    },
    ...{ newName: '남궁환', newPhone: '010-7777-9999' },
  });
  const address = String(made.headers.get('location')).split('?')[0] ?? '';
  const sealed = await hub.store.pool.query('select facts::text as facts, name_mark from subject_requests');
  expect(sealed.rows[0].facts).toMatch(/^"\$sealed1\$/);
  expect(sealed.rows[0].name_mark).toMatch(/^[\w-]{16}$/);

  await counsellor.fill(address, `${address}/identify`, { identity: 'id_document', note: '주민등록증을 봄' });
  const found = await counsellor.get(`${address}/search`);
  expect(found.text).toContain(complaint?.receiptNumber);
  expect(found.text).toMatch(/찾음">전화번호, 이름</);
  await counsellor.fill(`${address}/search`, `${address}/holdings`, {
    [`is.complaint.${complaint?.id}`]: 'yes',
  });
  // Nothing is corrected before it is decided.
  expect((await counsellor.get(address)).text).not.toContain('정정 실행');
  await counsellor.fill(address, `${address}/decide`, { outcome: 'granted', contact: '정보보호과' });
  const corrected = await counsellor.fill(address, `${address}/correct`, {});
  expect(corrected.headers.get('location')).toContain('done=request_corrected');

  const page = await waitFor('the boards to be told or passed over', async () => {
    const { text } = await counsellor.get(address);
    return text.includes('게시판에서 직접 고쳐야 함') && text.includes('전달함: 게시판에서 확인')
      ? text
      : undefined;
  });
  expect(page).toContain('name="agency" value="techno"');
  // The origin's board goes on showing the old name, also when it says something new: that takes nothing back.
  rest.followUp(no, '언제 됩니까');
  await waitFor('the question', async () => {
    const { rows } = await hub.store.pool.query("select from events where type = 'followed_up'");
    return rows.length === 1;
  });
  const history = await hub.store.pool.query('select type from events order by seq');
  expect(history.rows.filter(({ type }) => type === 'revised')).toHaveLength(1);

  for (const left of [2, 1]) {
    const before = await counsellor.get(address);
    expect(before.text.match(/\/hand-work"/g)).toHaveLength(left);
    const done = await counsellor.fill(address, `${address}/hand-work`, {});
    expect(done.headers.get('location')).toContain('done=request_hand_done');
  }
  const after = await counsellor.get(address);
  expect(after.text.match(/게시판에서 확인함/g)).toHaveLength(2);

  // The complaint says the right name; the history says what stood there before.
  const shown = (await counsellor.get(`/complaints/${complaint?.receiptNumber}`)).text;
  expect(shown).toContain('남궁환');
  // Once more there is nothing to do.
  const again = await counsellor.fill(address, `${address}/correct`, {});
  expect(again.status).toBe(422);
  expect(again.text).toContain('바꿀 것이 없습니다');

  // The file has both names, for both were held.
  const file = await counsellor.fill(address, `${address}/export`, { exportReason: '확인' });
  const { sections } = JSON.parse(file.text) as {
    sections: { table: string; rows: { type?: string; data?: unknown }[] }[];
  };
  const events = sections.find(({ table }) => table === 'events')?.rows ?? [];
  expect(JSON.stringify(events.find(({ type }) => type === 'registered'))).toContain('남궁한');
  expect(JSON.stringify(events.find(({ type }) => type === 'revised'))).toContain('남궁환');
  expect(file.text).not.toContain('$sealed1$');
}, 120_000);
