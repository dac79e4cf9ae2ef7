import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Open311Board } from '../../boards/open311-board/index.ts';
import { type RestBoard, startRestBoard } from '../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { readSampleAgency, secret, startBoard } from '../conformance/open311-fixture.ts';

/** A whole hub between a board with an interface of its own and a city that speaks Open311. */

let rest: RestBoard;
let city: Open311Board;
let hub: TestHub;
beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  process.env.BUSAN_API_KEY = secret;
  rest = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
  city = await startBoard({ patience: 1 });
  // Without an attribute for the key the board itself would take a request twice.
  const attributes = { company: 'company', notify_by: 'notifyBy' };
  const busan = await readSampleAgency(city.url, { attributes, tokens: { tries: 5, pauseSeconds: 0.1 } });
  const routing = { rules: [{ when: { category: ['수출'] }, to: 'busan' }], default: 'sbiz' };
  hub = await startTestHub([readBoardAgency('rest-board', 'sbiz', rest.url), busan], routing);
});
afterAll(async () => {
  await hub?.stop();
  await Promise.all([rest, city].map((board) => board?.close()));
});

const postOf = (no: number) => rest.posts().find(({ mwNo }) => mwNo === no);
const requestAbout = (words: string) =>
  city.requests().find(({ description }) => description.startsWith(words));
const query = async (sql: string) => (await hub.store.pool.query(sql)).rows;

test('a complaint becomes a request, and the updates of the city its answers', async () => {
  const no = rest.file({
    subject: '수출 바우처 문의',
    contents: '언제까지인가요?',
    ctgry: 'EXPORT',
    rgn: '부산',
  });
  const { no: id, ...request } = await waitFor('the request', () => requestAbout('수출 바우처 문의'));
  expect(request).toMatchObject({
    service_code: 'TRADE-03',
    address_string: '부산',
    first_name: '홍길동',
    email: 'hong@company.example',
    attributes: { company: '한빛상회', notify_by: 'email' },
  });
  expect(request.description).toMatch(
    /^수출 바우처 문의\r\n\r\n언제까지인가요\?\r\n\r\n\[민원허브 접수 \S+, \S+\/1\]$/,
  );

  city.update(id, '확인하고 있습니다.', 'investigating');
  await waitFor('the interim answer', () => postOf(no)?.replies.some(({ type }) => type === 'MID'));
  city.update(id, '12월 31일까지입니다.', 'fixed', [
    { name: '공고문.pdf', content: Buffer.from('%PDF-1.7 공고') },
  ]);
  await waitFor('the answer with its file', () =>
    postOf(no)?.replies.some(({ atchFiles }) => atchFiles.length),
  );
  const replies = postOf(no)?.replies.map(({ type, cn, dept, tel }) => ({ type, cn, dept, tel }));
  const officer = { dept: '생활민원과', tel: '051-120' };
  expect(replies).toEqual([
    { type: 'MID', cn: '<p>확인하고 있습니다.</p>', ...officer },
    { type: 'FINAL', cn: '<p>12월 31일까지입니다.</p>', ...officer },
  ]);
  expect(postOf(no)?.state).toBe('DONE');
  expect(rest.files(no)).toMatchObject([{ of: 'reply', name: '공고문.pdf' }]);

  rest.followUp(no, '신청서는 어디에 있나요?');
  const asked = await waitFor('the question', () =>
    requestAbout('수출 바우처 문의')?.updates.find(({ description }) => description.startsWith('신청서는')),
  );
  expect(asked).toMatchObject({
    description: expect.stringContaining('[민원허브 추가 질의 '),
    status: 'open',
  });
});

test('a request of a citizen is answered elsewhere, and the answer stands at the city with who gave it', async () => {
  const id = city.file({ description: '가로등이 꺼졌습니다\n\n공원 입구입니다.' }, [
    { name: '사진.png', content: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') },
  ]);
  const post = await waitFor('the complaint', () =>
    rest.posts().find(({ subject }) => subject === '가로등이 꺼졌습니다'),
  );
  expect(post.contents).toContain('위치: 부산광역시 해운대구 우동 1 (35.1631, 129.1635)');
  expect(post.wrtr).toMatchObject({ nm: '홍길동', hp: '010-1234-5678' });
  rest.answer(post.mwNo, '내일 고치겠습니다.');
  const answer = await waitFor('the answer', () =>
    requestAbout('가로등')?.updates.find(({ description }) => description.startsWith('내일')),
  );
  expect(answer.description).toMatch(
    /^내일 고치겠습니다\.\r\n\r\n담당: 민원지원부 · 김담당 · 02-123-4567\r\n\r\n\[민원허브 답변 \S+, \S+\]$/,
  );
  expect(city.requests().find(({ no }) => no === id)?.status).toBe('fixed');
});

test('a request whose reply was lost is found, and not made twice', async () => {
  city.faults.mode = 'resetAfterWrite';
  rest.file({ subject: '끊긴 접수', contents: '내용', ctgry: 'EXPORT' });
  await waitFor('the request', () => requestAbout('끊긴 접수'));
  await waitFor('the unknown outcome', async () => {
    const rows = await query("select 1 from attempts where outcome = 'unknown'");
    return rows.length > 0;
  });
  city.faults.mode = 'none';
  const found = await waitFor('a level link', async () => {
    const [link] = await query(
      `select l.external_id from links l join complaints c on c.id = l.complaint_id
       where c.content ->> 'title' = '끊긴 접수' and l.agency = 'busan' and l.external_id is not null and l.held = l.due`,
    );
    return link;
  });
  expect(found.external_id).toBe(String(requestAbout('끊긴 접수')?.no));
  expect(city.requests().filter(({ description }) => description.startsWith('끊긴 접수'))).toHaveLength(1);
}, 30_000);

test('what the hub wrote comes back from the city, and is nobody’s news', async () => {
  await waitFor('the echo of the answer and of the question', async () => {
    const rows = await query(
      "select 1 from raw_items where agency = 'busan' and (body like '%내일 고치겠습니다%' or body like '%신청서는 어디에%')",
    );
    return rows.length >= 2;
  });
  const events = await query(
    `select type, count(*)::int as n from events where type in ('registered', 'answered', 'interim_answered', 'followed_up', 'revised')
     group by type order by type`,
  );
  expect(events).toEqual([
    { type: 'answered', n: 2 },
    { type: 'followed_up', n: 1 },
    { type: 'interim_answered', n: 1 },
    { type: 'registered', n: 3 },
  ]);
  expect(await query("select outcome, problems from raw_items where outcome = 'parked'")).toEqual([]);
  expect(await query("select last_error from links where state = 'parked'")).toEqual([]);
});
