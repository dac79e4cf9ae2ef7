import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BoardAdapter, BoardRef, Change } from '../../../adapters/contract.ts';
import type { NewEvent } from '../../../schemas/index.ts';
import type { SoapBoard } from '../../boards/soap-board/index.ts';
import { inWords } from '../../support/in-words.ts';
import { connect, readSettings, startBoard } from '../conformance/soap-fixture.ts';

const content = {
  title: '시제품 제작 지원 문의',
  body: '첫째 줄 <b> & "뷁"\n둘째 줄',
  kind: 'query',
  category: '기술',
  region: '대전',
  complainant: {
    name: '이몽룡',
    company: '나루테크',
    email: 'lee@naru.example',
    phone: '+821045670089',
    notifyBy: 'sms',
  },
  filedAt: '2026-11-20T00:30:05Z',
} as const;

const changeOf = (event: NewEvent, ref?: BoardRef): Change => ({
  event: {
    ...event,
    complaintId: '01900000-0000-7000-8000-000000000001',
    seq: 1,
    at: '2026-11-20T00:31:00Z',
    actor: { agency: 'hub', via: 'console' },
  },
  complaint: {
    id: '01900000-0000-7000-8000-000000000001',
    receiptNumber: '26-000123-4',
    origin: 'hub',
    assignee: 'techno',
    status: 'assigned',
    content,
    registeredAt: '2026-11-20T00:30:06Z',
    lastSeq: 9,
  },
  role: 'assignee',
  ...(ref && { ref }),
});
const registered = (changes: object = {}) =>
  changeOf({ type: 'registered', data: { content: { ...content, ...changes } } });

let board: SoapBoard;
let adapter: BoardAdapter;
let keys = 0;
beforeAll(async () => {
  board = await startBoard();
  adapter = connect(await readSettings(board));
});
beforeEach(() => {
  board.faults.mode = 'none';
});
afterAll(async () => {
  await adapter.close();
  await board.close();
});

const soon = () => AbortSignal.timeout(20_000);
const push = (change: Change, key = `key-${++keys}`) => adapter.push?.(change, { key, signal: soon() });
const postOf = (id: string) => board.posts().find(({ post }) => post.CVPL_NO === id);
async function newPost(): Promise<BoardRef> {
  return { externalId: board.file() };
}

describe('what the board gets', () => {
  test('a new complaint, in its own columns and codes', async () => {
    const outcome = await push(registered());
    expect(outcome).toEqual({ kind: 'done', ref: { externalId: expect.stringMatching(/^\d{4}-\d{6}$/) } });
    const id = outcome?.kind === 'done' ? outcome.ref.externalId : '';
    expect(postOf(id)?.post).toMatchObject({
      LINK_NO: '26-000123-4',
      CVPL_SJ: '시제품 제작 지원 문의',
      CVPL_CN: '첫째 줄 <b> & "뷁"\r\n둘째 줄',
      CVPL_SE: '2',
      CTGRY_CODE: '100',
      APLCNT_NM: '이몽룡',
      EMAIL_ADRES: 'lee@naru.example',
      HP1: '010',
      HP2: '4567',
      HP3: '0089',
      NTCN_MTHD: '2',
      STTUS_CODE: '10',
      FRST_REGIST_PNTTM: '20261120093005',
    });
  });

  test('answers and questions, with the ids that it gives them', async () => {
    const ref = await newPost();
    const answer = {
      text: '답변 본문',
      officer: { department: '기술지원팀', name: '한도윤', contact: '02-1' },
    };
    const interim = await push(
      changeOf({ type: 'interim_answered', data: { answer: { text: '검토 중' } } }, ref),
    );
    const final = await push(changeOf({ type: 'answered', data: { answer } }, ref));
    const question = await push(
      changeOf({ type: 'followed_up', data: { followUp: { text: '또 질문' } } }, ref),
    );
    const held = postOf(ref.externalId);
    expect(held?.answers).toMatchObject([
      { ANSWER_SE: '2', ANSWER_CN: '검토 중' },
      {
        ANSWER_SE: '1',
        ANSWER_CN: '답변 본문',
        DEPT_NM: '기술지원팀',
        CHARGER_NM: '한도윤',
        CHARGER_TELNO: '02-1',
      },
    ]);
    expect(held?.questions).toMatchObject([{ QESTN_CN: '또 질문' }]);
    const partIds = [...(held?.answers ?? []).map((a) => a.ANSWER_NO), held?.questions[0]?.QESTN_NO];
    expect([interim, final, question]).toEqual(
      partIds.map((partId) => ({ kind: 'done', ref: { ...ref, partId } })),
    );
  });

  test('progress, transfer and withdrawal', async () => {
    const [a, b, c, d] = [await newPost(), await newPost(), await newPost(), await newPost()];
    await push(changeOf({ type: 'status_changed', data: { from: 'assigned', to: 'in_progress' } }, a));
    await push(
      changeOf({ type: 'transferred', data: { from: 'techno', to: 'sbiz', reason: '소관 아님' } }, b),
    );
    await push(changeOf({ type: 'withdrawn', data: { reason: '해결됨' } }, c));
    const back = { from: 'sbiz', to: 'techno', reason: '반송' };
    await push(changeOf({ type: 'transferred', data: { ...back, from: 'techno', to: 'sbiz' } }, d));
    await push(changeOf({ type: 'transferred', data: back }, d));
    expect(postOf(a.externalId)?.post).toMatchObject({ STTUS_CODE: '30' });
    expect(postOf(b.externalId)?.post).toMatchObject({ STTUS_CODE: '80' });
    expect(postOf(d.externalId)?.post).toMatchObject({ STTUS_CODE: '10' });
    expect(postOf(c.externalId)?.post).toMatchObject({ STTUS_CODE: '90', CNCL_RESN: '해결됨' });
  });
});

describe('what does not fit the charset', () => {
  test('is refused by name before anything is sent', async () => {
    const before = board.faults.requests;
    expect(inWords(await push(registered({ body: '가나😀다–라' })))).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('😀 (U+1F600)'),
      fields: [
        {
          pointer: '/CVPL_CN',
          message: 'cannot be written in cp949: 😀 (U+1F600) at position 3, – (U+2013) at position 5',
        },
      ],
    });
    expect(inWords(await push(registered({ title: '가\u000b' })))).toMatchObject({
      kind: 'refused',
      fields: [{ pointer: '/CVPL_SJ', message: expect.stringContaining('U+000B') }],
    });
    expect(board.faults.requests).toBe(before);
  });

  test('is put together where syllables came as separate letters', async () => {
    const outcome = await push(registered({ title: '한글'.normalize('NFD') }));
    const id = outcome?.kind === 'done' ? outcome.ref.externalId : '';
    expect(postOf(id)?.post.CVPL_SJ).toBe('한글');
  });

  test('is refused by the board itself where the adapter lets it through', async () => {
    const lenient = connect({ ...(await readSettings(board)), charset: 'utf-8' });
    const outcome = await lenient.push?.(registered({ body: '가😀' }), { key: 'utf-8', signal: soon() });
    expect(inWords(outcome)).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/E003.*CVPL_CN U\+1F600/),
    });
    await lenient.close();
  });
});

describe('what is read', () => {
  test('a post with everything in it, lists of one included', async () => {
    const id = board.file({ CVPL_CN: '첫 줄\r\n둘째 줄', FRST_REGIST_PNTTM: '20261120093005', CVPL_SE: '5' });
    board.answer(id, '답변', { CHARGER_NM: '한도윤' }, [{ name: '도면.hwp', content: Buffer.from('abc') }]);
    board.followUp(id, '질문');
    board.transfer(id, 'sbiz', '소관 아님');
    const pulled = await adapter.pull?.(undefined, soon());
    const raw = pulled?.posts.find(({ externalId }) => externalId === id)?.raw;
    expect(await adapter.normalise(raw)).toEqual({
      ok: true,
      post: {
        content: {
          title: '특허 출원 지원금 문의',
          body: '첫 줄\n둘째 줄',
          kind: 'grievance',
          category: '특허',
          region: '대전',
          complainant: {
            name: '성춘향',
            company: '가람정밀',
            email: 'sung@garam.example',
            phone: '+821023456789',
            notifyBy: 'email',
          },
          filedAt: '2026-11-20T09:30:05+09:00',
          attachments: [],
        },
        status: 'transferred',
        answers: [
          {
            id: expect.stringMatching(/^A/),
            interim: false,
            text: '답변',
            answeredAt: expect.stringMatching(/\+09:00$/),
            officer: { name: '한도윤' },
            attachments: [
              {
                id: expect.stringMatching(/^FILE_/),
                name: '도면.hwp',
                size: 3,
                url: expect.stringContaining('/cmm/fms/FileDown.do?atchFileId=FILE_'),
              },
            ],
          },
        ],
        followUps: [
          {
            id: expect.stringMatching(/^Q/),
            text: '질문',
            writtenAt: expect.any(String),
            attachments: [],
          },
        ],
        transfer: { to: 'sbiz', reason: '소관 아님' },
      },
    });
  });

  test('a file is read on the board’s own host only, whatever its post says', async () => {
    const asked: string[] = [];
    const stranger = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('secret');
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    const reference = { name: 'a.pdf', url: `http://127.0.0.1:${port}/internal` };
    const fetched = adapter.fetchAttachment?.({ reference, ref: { externalId: '1' } }, soon());
    await expect(fetched).rejects.toThrow(`http://127.0.0.1:${port} is not the board's own host`);
    expect(asked).toEqual([]);
    stranger.close();
  });

  test('a damaged text stops its own post, and says so', async () => {
    const good = board.file({
      CVPL_SJ: 'plain',
      CVPL_CN: 'plain',
      APLCNT_NM: 'plain',
      AREA_NM: '',
      CMPNY_NM: '',
    });
    const bad = board.file();
    board.faults.mode = 'wrongBytes';
    const pulled = await adapter.pull?.(undefined, soon());
    const normalised = async (id: string) =>
      adapter.normalise(pulled?.posts.find(({ externalId }) => externalId === id)?.raw);
    expect(await normalised(good)).toMatchObject({ ok: true });
    expect(await normalised(bad)).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([expect.objectContaining({ pointer: '/content/title' })]),
    });
  });
});

describe('how a push ends', () => {
  test('what belongs to a post that the board does not hold is refused, not sent', async () => {
    const before = board.faults.requests;
    const outcome = await push(changeOf({ type: 'answered', data: { answer: { text: '답변' } } }));
    expect(inWords(outcome)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('does not hold'),
    });
    expect(board.faults.requests).toBe(before);
  });

  test.each([
    ['textFault', 'unknown', 'ORA-00060'],
    ['error500', 'unknown', 'HTML page'],
    ['html', 'unknown', 'HTML page'],
    ['errorIn200', 'refused', 'E999'],
    ['busyIn200', 'retry', '잠시 후'],
    ['malformed', 'unknown', 'not well-formed'],
    ['resetAfterWrite', 'unknown', 'no whole reply'],
    ['reordered', 'done', ''],
    ['wrongBytes', 'done', ''],
  ] as const)('%s: %s', async (mode, kind, reason) => {
    board.faults.mode = mode;
    const outcome = await push(registered());
    expect(outcome?.kind).toBe(kind);
    expect(inWords(outcome)).toMatchObject(
      kind === 'done' ? {} : { reason: expect.stringContaining(reason) },
    );
  });

  test('a reply that drips is given up with the signal', async () => {
    board.faults.mode = 'slow';
    const signal = AbortSignal.timeout(300);
    const outcome = await adapter.push?.(registered(), { key: 'slow', signal });
    expect(outcome?.kind).toBe('unknown');
  });

  test('after a lost reply the board is asked by key, and holds it once', async () => {
    board.faults.mode = 'resetAfterWrite';
    const change = registered({ title: '한 번만' });
    expect((await push(change, 'lost'))?.kind).toBe('unknown');
    board.faults.mode = 'none';
    const found = await adapter.find?.(change, { key: 'lost', signal: soon() });
    const again = await push(change, 'lost');
    expect(again).toEqual({ kind: 'done', ref: found });
    expect(board.posts().filter(({ post }) => post.CVPL_SJ === '한 번만')).toHaveLength(1);
  });
});
