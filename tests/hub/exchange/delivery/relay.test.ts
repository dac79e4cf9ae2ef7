import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toLedgerDay } from '../../../../hub/exchange/ledger/days.ts';
import { isBalanced, readLedgerDay } from '../../../../hub/exchange/ledger/ledger.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { type SoapBoard, startSoapBoard } from '../../../boards/soap-board/index.ts';
import { inWords } from '../../../support/in-words.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createReconciler } from '../reconcile/reconciling.ts';

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

describe('a step of the procedure', () => {
  const supplement = { type: 'SUPREQ', cn: '사업자등록증을 보내 주십시오.' } as const;
  /** Our part of what the first board shows: words and status. */
  const shown = (id: string) => {
    const found = soap.posts().find(({ post }) => post.CVPL_NO === id);
    return {
      words: found?.answers.map(({ ANSWER_CN = '' }) => ANSWER_CN.replaceAll('\r\n', '\n')),
      status: found?.post.STTUS_CODE,
    };
  };

  it('is told in words on a board that knows none, once, and comes back as nobody’s news', async () => {
    const id = soap.file({ CVPL_SJ: '보완할 민원', CTGRY_CODE: '900' });
    const { mwNo } = await waitFor('the complaint on the other board', () =>
      rest.posts().find(({ subject }) => subject === '보완할 민원'),
    );
    rest.step(mwNo, supplement);
    const demanded = '[보완 요구]\n사업자등록증을 보내 주십시오.';
    await waitFor('the demand', () => shown(id).status === '35');
    expect(shown(id).words).toEqual([demanded]);
    // The words come as an interim answer, by which this board says that work goes on. It does not: the demand stands.
    rest.step(mwNo, { type: 'EXT', days: 5, rsn: '현장 확인이 필요합니다.' });
    const extended = '[처리기간 연장]\n5일 연장합니다.\n사유: 현장 확인이 필요합니다.';
    await waitFor('the extension', () => shown(id).words?.length === 2 && shown(id).status === '35');
    soap.followUp(id, '사업자등록증입니다.');
    await waitFor('the supplement', () => onRest(mwNo)?.addQs.length === 1 && onRest(mwNo)?.state === 'PROC');
    rest.step(mwNo, { type: 'STOP', grnd: 'TEST', rsn: '시험 의뢰' });
    rest.step(mwNo, { type: 'GO', grnd: 'TEST' });
    rest.step(mwNo, { type: 'REF', rsn: '지원 대상이 아닙니다.', rmdy: '60일 이내 이의신청' });
    const refused = '[거부]\n사유: 지원 대상이 아닙니다.\n구제 방법: 60일 이내 이의신청';
    await waitFor('the refusal', () => shown(id).words?.length === 3 && shown(id).status === '50');
    expect(shown(id).words).toEqual([demanded, extended, refused]);
    // Both boards are read to their ends before the history is looked at.
    const reconciler = createReconciler(hub);
    for (const agency of ['sbiz', 'techno']) {
      const { drifts } = await reconciler.compare(agency);
      expect(drifts.filter(({ externalId }) => [id, String(mwNo)].includes(externalId))).toEqual([]);
    }
    const { rows } = await hub.store.pool.query(
      `select e.type, e.data -> 'step' ->> 'kind' as kind, e.data ->> 'to' as "to"
       from events e join complaints c on c.id = e.complaint_id where c.content ->> 'title' = '보완할 민원' order by e.seq`,
    );
    expect(rows.map(({ type, kind, to }) => [type, kind ?? to].filter(Boolean).join(' '))).toEqual([
      'registered',
      'assigned sbiz',
      'step_taken supplement_requested',
      'status_changed supplement_requested',
      'step_taken extended',
      'followed_up',
      'status_changed in_progress',
      'step_taken clock_stopped',
      'step_taken clock_resumed',
      'step_taken refused',
      'status_changed rejected',
    ]);
    const { rows: told } = await hub.store.pool.query(
      `select e.data -> 'step' ->> 'kind' as kind, count(*)::int as n from notices n
       join complaints c on c.id = n.complaint_id join events e on e.complaint_id = n.complaint_id and e.seq = n.seq
       where c.content ->> 'title' = '보완할 민원' and n.template = 'step' and n.audience = 'complainant' group by 1 order by 1`,
    );
    const steps = ['clock_resumed', 'clock_stopped', 'extended', 'refused', 'supplement_requested'];
    expect(told).toEqual(steps.map((kind) => ({ kind, n: 1 })));
    const book = await readLedgerDay(hub.store, toLedgerDay(new Date()));
    expect(book.filter((row) => !isBalanced(row))).toEqual([]);
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
