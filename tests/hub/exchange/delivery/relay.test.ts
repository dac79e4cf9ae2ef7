import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { type SoapBoard, startSoapBoard } from '../../../boards/soap-board/index.ts';
import { inWords } from '../../../support/in-words.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';

let rest: RestBoard;
let soap: SoapBoard;
let hub: TestHub;

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  process.env.TECHNO_PASSWORD = 'soap-password';
  rest = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
  soap = await startSoapBoard({
    agencyName: '기술혁신진흥원',
    user: 'minwon-hub',
    password: 'soap-password',
  });
  hub = await startTestHub(
    [readBoardAgency('rest-board', 'sbiz', rest.url), readBoardAgency('soap-board', 'techno', soap.url)],
    { rules: [{ when: { category: ['기술'] }, to: 'techno' }], default: 'sbiz' },
  );
});
afterAll(async () => {
  await hub.stop();
  await Promise.all([rest.close(), soap.close()]);
});

const onSoap = (title: string) => soap.posts().filter(({ post }) => post.CVPL_SJ === title);
const onRest = (no: number) => rest.posts().find(({ mwNo }) => mwNo === no);

describe('a complaint filed on one board', () => {
  it('reaches the board of the agency that must answer, and the answer comes back', async () => {
    const no = rest.file({ subject: '기술개발 과제 문의', ctgry: 'TECH' });
    const [there] = await waitFor('the complaint on the other board', () => {
      const found = onSoap('기술개발 과제 문의');
      return found.length > 0 && found;
    });
    soap.answer(String(there?.post.CVPL_NO), '다음 달에 공고합니다.');
    const answered = await waitFor('the answer on the first board', () => {
      const post = onRest(no);
      return post?.replies.length ? post : undefined;
    });
    expect(answered.replies.map(({ cn }) => cn)).toEqual([expect.stringContaining('다음 달에 공고합니다.')]);
    expect(answered.state).toBe('DONE');
    rest.followUp(no, '공고문은 어디에 올라옵니까?');
    await waitFor(
      'the follow-up on the other board',
      () => onSoap('기술개발 과제 문의')[0]?.questions.length === 1,
    );
    expect(onSoap('기술개발 과제 문의')).toHaveLength(1);
  });

  it('is transferred and answered elsewhere, once', async () => {
    const no = rest.file({ subject: '이송될 민원', ctgry: 'TECH' });
    const [there] = await waitFor('the complaint on the other board', () => {
      const found = onSoap('이송될 민원');
      return found.length > 0 && found;
    });
    soap.transfer(String(there?.post.CVPL_NO), 'sbiz', '소관이 아닙니다.');
    await waitFor('the transfer in the hub', async () => {
      const { rows } = await hub.store.pool.query(
        "select 1 from complaints where content->>'title' = '이송될 민원' and assignee = 'sbiz'",
      );
      return rows.length === 1;
    });
    rest.answer(no, '저희가 답변드립니다.');
    await waitFor('the answer on the board that holds a copy', () =>
      JSON.stringify(onSoap('이송될 민원')).includes('저희가 답변드립니다.'),
    );
    expect(onRest(no)?.replies).toHaveLength(1);
  });
});

describe('what cannot be applied', () => {
  it('is parked with the place and the reason; other posts go on', async () => {
    rest.file({ subject: '모르는 분류', ctgry: 'NOPE' });
    rest.file({ subject: '아는 분류', ctgry: 'TECH' });
    await waitFor('the good one', () => onSoap('아는 분류').length === 1);
    const { rows } = await hub.store.pool.query(
      "select problems, owner from raw_items where outcome = 'parked'",
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows[0].problems)).toContain('NOPE');
    expect(rows[0].owner).toBeTruthy();
  });

  it('parks a link whose board refuses, and delivers the others', async () => {
    const bad = rest.file({ subject: '그림 문자 😀', ctgry: 'TECH' });
    rest.file({ subject: '그림 문자 없음', ctgry: 'TECH' });
    await waitFor('the good one', () => onSoap('그림 문자 없음').length === 1);
    const parked = await waitFor('the parked link', async () => {
      const { rows } = await hub.store.pool.query(
        "select last_error, owner from links where state = 'parked'",
      );
      return rows.length > 0 && rows;
    });
    expect(inWords(parked)).toEqual([{ last_error: expect.stringContaining('😀'), owner: '한도윤' }]);
    expect(onRest(bad)?.replies).toEqual([]);
  });
});

describe('trouble at the board', () => {
  it('after a reset that hides a success, asks and does not send again', async () => {
    soap.faults.mode = 'resetAfterWrite';
    rest.file({ subject: '끊긴 연결', ctgry: 'TECH' });
    await waitFor('the attempt without an outcome', async () => {
      const { rows } = await hub.store.pool.query("select 1 from attempts where outcome = 'unknown'");
      return rows.length > 0;
    });
    soap.faults.mode = 'none';
    await waitFor('the link level', async () => {
      const { rows } = await hub.store.pool.query(
        "select l.held from links l join complaints c on c.id = l.complaint_id where c.content->>'title' = '끊긴 연결' and l.agency = 'techno' and l.held >= 1",
      );
      return rows.length === 1;
    });
    expect(onSoap('끊긴 연결')).toHaveLength(1);
  });
});

describe('two hubs on one database', () => {
  it('do nothing twice', async () => {
    const other = await hub.startAnother();
    const titles = Array.from({ length: 30 }, (_, index) => `함께 처리 ${index}`);
    for (const subject of titles) rest.file({ subject, ctgry: 'TECH' });
    await waitFor('all of them', () => titles.every((title) => onSoap(title).length > 0), 20_000);
    await other.stop();
    expect(titles.map((title) => onSoap(title).length)).toEqual(titles.map(() => 1));
    const { rows } = await hub.store.pool.query(
      "select count(*)::int as n from complaints where content->>'title' like '함께 처리%'",
    );
    expect(rows[0].n).toBe(30);
  });
});
