import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agency } from '../../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { type SoapBoard, startSoapBoard } from '../../../boards/soap-board/index.ts';
import { inWords } from '../../../support/in-words.ts';
import { hwp, pdf, program, sha256 } from '../../../support/sample-files.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { openOffice } from '../../../support/test-office.ts';
import { waitFor } from '../../../support/wait-for.ts';

let folder: string;
let near: RestBoard;
let far: RestBoard;
let soap: SoapBoard;
let hub: TestHub;

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-files-'));
  near = await startRestBoard({ agencyName: '가까운 기관', apiKey: 'rest-key' });
  far = await startRestBoard({ agencyName: '먼 기관', apiKey: 'rest-key' });
  process.env.TECHNO_PASSWORD = 'soap-password';
  soap = await startSoapBoard({ agencyName: '세 번째 기관', user: 'minwon-hub', password: 'soap-password' });
  const limited: Agency = {
    ...readBoardAgency('rest-board', 'near', near.url),
    attachments: { maxBytes: 1_000_000, maxCount: 3, maxTotalBytes: 1_500_000 },
  };
  hub = await startTestHub(
    [
      limited,
      readBoardAgency('rest-board', 'far', far.url),
      readBoardAgency('soap-board', 'techno', soap.url),
    ],
    {
      rules: [
        { when: { category: ['기술'] }, to: 'far' },
        { when: { category: ['수출'] }, to: 'techno' },
      ],
      default: 'near',
    },
    { ATTACHMENTS_DIR: folder },
  );
});
afterAll(async () => {
  await hub.stop();
  await Promise.all([near.close(), far.close(), soap.close()]);
  await rm(folder, { recursive: true, force: true });
});

const onFar = (subject: string) => far.posts().find((post) => post.subject === subject);
const filesOnFar = (subject: string) => {
  const post = onFar(subject);
  return post ? far.files(post.mwNo) : [];
};
const recordsOf = async (subject: string) => {
  const { rows } = await hub.store.pool.query(
    `select a.declared->>'name' as name, a.state, a.last_error, a.tries, a.owner from attachments a
     join complaints c on c.id = a.complaint_id where c.content->>'title' = $1 order by a.seq, a.position`,
    [subject],
  );
  return inWords(rows) as typeof rows;
};
const retryNow = () =>
  hub.store.pool.query(
    "with a as (update attachments set next_at = now()) update attachment_deliveries set next_at = now() where next_at < 'infinity'",
  );

describe('a file', () => {
  it('travels with a complaint, an answer and a follow-up to the other board, byte for byte', async () => {
    const [plan, photo, reply] = [hwp(), pdf(300_000), pdf()];
    const no = near.file({ subject: '파일 왕복', ctgry: 'TECH' }, [
      { name: '사업 계획서(최종).hwp', content: plan },
      { name: '증빙.pdf', content: photo },
    ]);
    await waitFor('both files on the other board', () => filesOnFar('파일 왕복').length === 2);
    far.answer(onFar('파일 왕복')?.mwNo ?? 0, '검토했습니다.', [{ name: '검토 의견.pdf', content: reply }]);
    await waitFor('the answer with its file', () => near.files(no).length === 3);
    near.followUp(no, '도면을 더 보냅니다.', [{ name: '도면.pdf', content: photo }]);
    await waitFor('the file of the follow-up', () => filesOnFar('파일 왕복').length === 4);
    const all = [
      { of: 'post', name: '사업 계획서(최종).hwp', sha256: sha256(plan) },
      { of: 'post', name: '증빙.pdf', sha256: sha256(photo) },
      { of: 'reply', name: '검토 의견.pdf', sha256: sha256(reply) },
      { of: 'question', name: '도면.pdf', sha256: sha256(photo) },
    ];
    const sorted = (files: object[]) => files.map((file) => JSON.stringify(file)).sort();
    expect(sorted(filesOnFar('파일 왕복'))).toEqual(sorted(all));
    expect(sorted(near.files(no))).toEqual(sorted(all));
    const { rows } = await hub.store.pool.query('select 1 from attachment_contents where sha256 = $1', [
      sha256(photo),
    ]);
    expect(rows).toHaveLength(1);
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
  });

  it('travels into an EUC-KR envelope and out of a download address', async () => {
    const [plan, reply] = [pdf(), hwp(200_000)];
    const no = near.file({ subject: 'SOAP와 파일', ctgry: 'EXPORT' }, [
      { name: '수출 계획.pdf', content: plan },
    ]);
    const there = await waitFor('the file on the SOAP board', () => {
      const found = soap.posts().find(({ post }) => post.CVPL_SJ === 'SOAP와 파일');
      return found?.files.length === 1 && found;
    });
    const id = there.post.CVPL_NO;
    soap.answer(id, '붙임과 같습니다.', {}, [{ name: '붙임.hwp', content: reply }]);
    await waitFor('the file of the answer', () => near.files(no).length === 2);
    expect(soap.files(id)).toEqual([
      { of: 'post', name: '수출 계획.pdf', sha256: sha256(plan) },
      { of: 'reply', name: '붙임.hwp', sha256: sha256(reply) },
    ]);
    expect(near.files(no)).toEqual([
      { of: 'post', name: '수출 계획.pdf', sha256: sha256(plan) },
      { of: 'reply', name: '붙임.hwp', sha256: sha256(reply) },
    ]);
  });

  it('goes to the board of a new assignee, too', async () => {
    const form = pdf();
    const no = near.file({ subject: '이송과 파일', ctgry: 'FUND' }, [{ name: '신청서.pdf', content: form }]);
    await waitFor('the file in the hub', async () => (await recordsOf('이송과 파일'))[0]?.state === 'held');
    near.transfer(no, 'far', '소관이 아닙니다.');
    const [there] = await waitFor('the file there', () => {
      const files = filesOnFar('이송과 파일');
      return files.length > 0 && files;
    });
    expect(there).toEqual({ of: 'post', name: '신청서.pdf', sha256: sha256(form) });
  });

  it('never comes before the text that it belongs to', async () => {
    const no = near.file({ subject: '글보다 늦은 파일', ctgry: 'TECH' });
    await waitFor('the link level', async () => {
      const { rows } = await hub.store.pool.query(`select l.held = l.due as level from links l, complaints c
        where c.id = l.complaint_id and l.agency = 'far' and c.content->>'title' = '글보다 늦은 파일'`);
      return rows[0]?.level === true;
    });
    const ofLink = `from complaints c where c.id = l.complaint_id and l.agency = 'far' and c.content->>'title' = '글보다 늦은 파일'`;
    await hub.store.pool.query(`update links l set next_at = now() + interval '1 hour' ${ofLink}`);
    near.followUp(no, '사진을 보냅니다.', [{ name: '사진.pdf', content: pdf() }]);
    await waitFor(
      'the file in the hub',
      async () => (await recordsOf('글보다 늦은 파일'))[0]?.state === 'held',
    );
    near.file({ subject: '앞지른 파일', ctgry: 'TECH' }, [{ name: '먼저.pdf', content: pdf() }]);
    await waitFor('the file of a later complaint', () => filesOnFar('앞지른 파일').length === 1);
    expect(filesOnFar('글보다 늦은 파일')).toEqual([]);
    await hub.store.pool.query(`update links l set next_at = now() ${ofLink}`);
    await waitFor('the file behind its text', () => filesOnFar('글보다 늦은 파일').length === 1);
    expect(filesOnFar('글보다 늦은 파일')).toMatchObject([{ of: 'question', name: '사진.pdf' }]);
  });

  it('is fetched when a board adds it to an answer that was told without it', async () => {
    const no = near.file({ subject: '나중에 붙인 파일', ctgry: 'TECH' });
    const there = await waitFor('the complaint', () => onFar('나중에 붙인 파일'));
    const replyNo = far.answer(there.mwNo, '붙임을 보십시오.');
    await waitFor('the answer', () => near.posts().find(({ mwNo }) => mwNo === no)?.replies.length === 1);
    const late = pdf();
    far.attach(there.mwNo, { name: '붙임.pdf', content: late }, { replyNo });
    await waitFor('its file', () => near.files(no).length === 1);
    expect(near.files(no)).toEqual([{ of: 'reply', name: '붙임.pdf', sha256: sha256(late) }]);
  });
});

describe('what the hub does not take', () => {
  it('is refused with its reason, and the rest goes on', async () => {
    near.file({ subject: '거부될 파일', ctgry: 'TECH' }, [
      { name: '설치.exe', content: program() },
      { name: '설치.pdf', content: program() },
      { name: '좋은 것.pdf', content: pdf() },
      { name: '네 번째.pdf', content: pdf() },
    ]);
    near.file({ subject: '큰 파일', ctgry: 'TECH' }, [{ name: '큰 것.pdf', content: pdf(1_000_001) }]);
    near.file({ subject: '모두 합쳐 큰 파일', ctgry: 'TECH' }, [
      { name: '하나.pdf', content: pdf(800_000) },
      { name: '둘.pdf', content: pdf(800_000) },
    ]);
    await waitFor('the good one', () => filesOnFar('거부될 파일').length === 1);
    const done = (records: { state: string }[]) => records.every(({ state }) => state !== 'wanted');
    const records = await waitFor('a verdict on each', async () => {
      const rows = [...(await recordsOf('거부될 파일')), ...(await recordsOf('큰 파일'))];
      return rows.length === 5 && done(rows) && rows;
    });
    expect(records).toMatchObject([
      { state: 'refused', last_error: expect.stringContaining('.exe') },
      { state: 'refused', last_error: expect.stringContaining('its content is application/x-msdownload') },
      { state: 'held' },
      { state: 'refused', last_error: 'more than 3 files come with one text' },
      { state: 'refused', last_error: 'is larger than 976.6 KB' },
    ]);
    const both = await waitFor('a verdict on both', async () => {
      const rows = await recordsOf('모두 합쳐 큰 파일');
      return rows.length === 2 && done(rows) && rows;
    });
    expect(both.map(({ state }) => state).sort()).toEqual(['held', 'refused']);
    expect(onFar('큰 파일')).toBeDefined();
  });
});

describe('trouble with files', () => {
  it('that cannot be fetched delays no event of the complaint, and is over when the board gives it', async () => {
    near.faults.mode = 'error500';
    near.faults.filesOnly = true;
    const content = pdf();
    const no = near.file({ subject: '늦는 파일', ctgry: 'TECH' }, [{ name: '늦음.pdf', content }]);
    await waitFor('a failed try', async () => (await recordsOf('늦는 파일'))[0]?.tries > 0);
    const there = await waitFor('the complaint', () => onFar('늦는 파일'));
    far.answer(there.mwNo, '파일 없이도 답변합니다.');
    await waitFor('the answer', () => near.posts().find(({ mwNo }) => mwNo === no)?.state === 'DONE');
    expect(filesOnFar('늦는 파일')).toEqual([]);
    near.faults.mode = 'none';
    await retryNow();
    await waitFor('the file', () => filesOnFar('늦는 파일').length === 1);
    expect(filesOnFar('늦는 파일')[0]?.sha256).toBe(sha256(content));
  });

  it('that were brought without a reply are asked for and not brought twice', async () => {
    far.faults.mode = 'resetAfterWrite';
    far.faults.filesOnly = true;
    near.file({ subject: '대답 없는 파일', ctgry: 'TECH' }, [{ name: '한 번.pdf', content: pdf() }]);
    await waitFor('the unknown outcome', async () => {
      const { rows } = await hub.store.pool.query(
        "select 1 from attachment_deliveries where attempting and tries > 0 and agency = 'far'",
      );
      return rows.length > 0;
    });
    far.faults.mode = 'none';
    await retryNow();
    await waitFor('the outcome', async () => {
      const { rows } = await hub.store.pool.query('select 1 from attachment_deliveries where attempting');
      return rows.length === 0;
    });
    expect(filesOnFar('대답 없는 파일')).toHaveLength(1);
  });

  it('that fail at the last try wait for a person, with owner and reason', async () => {
    near.faults.mode = 'error500';
    near.faults.filesOnly = true;
    near.file({ subject: '없는 파일', ctgry: 'TECH' }, [{ name: '없음.pdf', content: pdf() }]);
    await waitFor('a failed try', async () => (await recordsOf('없는 파일'))[0]?.tries > 0);
    await hub.store.pool.query("update attachments set tries = 11, next_at = now() where state = 'wanted'");
    const [record] = await waitFor('giving up', async () => {
      const rows = await recordsOf('없는 파일');
      return rows[0]?.state === 'failed' && rows;
    });
    expect(record).toMatchObject({ tries: 12, owner: '김담당', last_error: expect.stringContaining('500') });
    near.faults.mode = 'none';
    const { rows } = await hub.store.pool.query("select id from attachments where state = 'failed'");
    const office = openOffice(hub, []);
    await office.parked.retryFile({ id: rows[0].id }, 'admin');
    await waitFor('the file', () => filesOnFar('없는 파일').length === 1);
    await expect(office.parked.giveUpFile({ id: rows[0].id }, 'admin', '필요 없음')).rejects.toThrow(
      'not parked',
    );
    await office.close();
  });

  it('that a board refuses are parked at that board, and a person does without', async () => {
    far.faults.mode = 'errorIn200';
    far.faults.filesOnly = true;
    near.file({ subject: '거절된 파일', ctgry: 'TECH' }, [{ name: '거절.pdf', content: pdf() }]);
    const parked = await waitFor('the refusal', async () => {
      const { rows } = await hub.store.pool.query(
        "select attachment_id, link_id, owner, last_error from attachment_deliveries where state = 'parked'",
      );
      return rows.length === 1 && rows[0];
    });
    expect(inWords(parked)).toMatchObject({
      owner: '김담당',
      last_error: expect.stringContaining('저장하지 못했습니다'),
    });
    far.faults.mode = 'none';
    const office = openOffice(hub, []);
    const file = { id: parked.attachment_id, linkId: parked.link_id };
    await office.parked.giveUpFile(file, 'admin', '기관이 받지 않음');
    const { rows } = await hub.store.pool.query(
      'select state, last_error, decided_by from attachment_deliveries where attachment_id = $1',
      [file.id],
    );
    expect(inWords(rows)).toEqual([
      { state: 'skipped', last_error: '기관이 받지 않음', decided_by: 'admin' },
    ]);
    await office.close();
  });
});
